"""Covers: a drawn landscape for a city from its name, position, themes and hour. Pure."""

from laurels.design.covers.scene import Scene, draw

__all__ = ["Scene", "draw"]
