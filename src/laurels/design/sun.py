"""Where the sun stands on 1 November: good to two degrees, enough for drawings. Pure."""

from __future__ import annotations

from math import asin, cos, pi, sin

RADIANS = pi / 180
DECLINATION = -14.5 * RADIANS
EQUATION_OF_TIME = 4  # degrees: on this day the sun runs 16 minutes ahead


def hour_angle(longitude: float, hour: float) -> float:
    """Return the sun's angle past the meridian in radians, at that hour of UTC."""
    return (longitude + EQUATION_OF_TIME + (hour - 12) * 15) * RADIANS


def altitude(latitude: float, longitude: float, hour: float) -> float:
    """Return the sun's height above the horizon in degrees, below zero at night."""
    turn = hour_angle(longitude, hour)
    place = latitude * RADIANS
    height = sin(place) * sin(DECLINATION) + cos(place) * cos(DECLINATION) * cos(turn)
    return asin(height) / RADIANS
