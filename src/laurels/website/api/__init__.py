"""Answers programs: the award's public record as JSON, read-only, under `/api/v1/`."""
