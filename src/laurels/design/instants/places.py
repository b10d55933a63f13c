"""The cities by which zones are called."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

CITIES = (
    (_("Los Angeles"), "America/Los_Angeles"),
    (_("Mexico City"), "America/Mexico_City"),
    (_("Bogotá"), "America/Bogota"),
    (_("New York"), "America/New_York"),
    (_("São Paulo"), "America/Sao_Paulo"),
    (_("London"), "Europe/London"),
    (_("Lagos"), "Africa/Lagos"),
    (_("Berlin"), "Europe/Berlin"),
    (_("Cairo"), "Africa/Cairo"),
    (_("Johannesburg"), "Africa/Johannesburg"),
    (_("Istanbul"), "Europe/Istanbul"),
    (_("Nairobi"), "Africa/Nairobi"),
    (_("Moscow"), "Europe/Moscow"),
    (_("Tehran"), "Asia/Tehran"),
    (_("Dubai"), "Asia/Dubai"),
    (_("Delhi"), "Asia/Kolkata"),
    (_("Jakarta"), "Asia/Jakarta"),
    (_("Beijing"), "Asia/Shanghai"),
    (_("Seoul"), "Asia/Seoul"),
    (_("Sydney"), "Australia/Sydney"),
    (_("Auckland"), "Pacific/Auckland"),
)


def place_of(zone: str) -> str:
    """Return the city by which a zone is called: the host's own, else the zone's city."""
    named = getattr(settings, "ZONE_PLACES", {}).get(zone)
    return named or zone.rpartition("/")[2].replace("_", " ")


def own_place_of(zone: str) -> str:
    """Return the city by which its people call a zone, in its own spelling where we know it."""
    known = next((str(name) for name, of_city in CITIES if of_city == zone), "")
    return known or zone.rpartition("/")[2].replace("_", " ")
