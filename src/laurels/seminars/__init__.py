"""Runs the seminars in which the shortlisted cities present themselves, and who comes to them."""
