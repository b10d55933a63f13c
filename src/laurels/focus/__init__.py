"""Publishes FOCUS articles, which bundle initiatives under one theme."""
