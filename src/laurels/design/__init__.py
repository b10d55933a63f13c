"""Holds all that is seen: templates, style sheets, scripts, covers and the map."""
