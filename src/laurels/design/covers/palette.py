"""The colours of a cover: the sky by the sun's height, the ground by latitude."""

from __future__ import annotations

from typing import NamedTuple


class Sky(NamedTuple):
    """The seven colours of one light."""

    top: str
    low: str
    sun: str
    far: str
    mid: str
    near: str
    lamp: str


NIGHT = Sky("#12283a", "#3a5f70", "#f3e6c4", "#2a5262", "#1f414f", "#132d38", "#f5bd63")
TWILIGHT = Sky("#34476b", "#d98f7c", "#f7d9b0", "#5b5878", "#433f5c", "#2b2b44", "#f6c27a")
GOLDEN = Sky("#e9b77c", "#f6dcae", "#c8371b", "#cf8455", "#a4573a", "#6d3529", "#fbe3ae")
LOW = Sky("#c9dcd6", "#f6e7cd", "#d8492a", "#9fb8a8", "#6f917f", "#3f6157", "#fbeed2")
HIGH = Sky("#a9cdd3", "#e8eee0", "#f4c65f", "#8fb7a0", "#5f9079", "#2f5f55", "#fdf3d6")
LIGHTS = ((-12.0, NIGHT), (0.0, TWILIGHT), (12.0, GOLDEN), (35.0, LOW))

AWNING = "#c8371b"
SOILS = ((23.5, ("#b9823f", "#8a5a2c")), (48.0, ("#c2a46b", "#8d7344")))
POLAR_SOIL = ("#a9ada2", "#6c766f")


def sky_at(altitude: float) -> Sky:
    """Return the colours for a sun at that height, in degrees."""
    return next((sky for below, sky in LIGHTS if altitude < below), HIGH)


def soil_at(latitude: float) -> tuple[str, str]:
    """Return soil and earth for that latitude, in degrees."""
    return next((pair for below, pair in SOILS if abs(latitude) < below), POLAR_SOIL)
