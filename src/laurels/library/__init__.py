"""Keeps cities and their initiatives, with themes, goals and honours."""
