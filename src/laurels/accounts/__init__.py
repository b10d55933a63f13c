"""Knows the people who work on the award, and signs them in."""
