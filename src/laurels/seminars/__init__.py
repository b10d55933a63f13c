"""Announces the seminars in which the shortlisted cities present themselves."""
