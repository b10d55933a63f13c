"""The cities by which zones are called."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# The settings call a zone by it (ZONE_PLACES), and mark no words.
HOST = gettext_noop("Guangzhou")
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


# One of them on each inhabited continent.
CONTINENTS = (
    "America/Los_Angeles",
    "America/Bogota",
    "Europe/London",
    "Africa/Nairobi",
    "Asia/Kolkata",
    "Pacific/Auckland",
)

# Names that browsers still give to zones that the IANA database has renamed.
RENAMED = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Godthab": "America/Nuuk",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}


def is_known(zone: str) -> bool:
    """Return whether the zone database has a zone of this name; "" is none."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def place_of(zone: str) -> str:
    """Return the city by which a zone is called: the host's own, else the zone's city."""
    named = getattr(settings, "ZONE_PLACES", {}).get(zone)
    return named or _last_part(zone)


def own_place_of(zone: str) -> str:
    """Return the city by which its people call a zone, in its own spelling where we know it."""
    zone = RENAMED.get(zone, zone)
    known = next((str(name) for name, of_city in CITIES if of_city == zone), "")
    return known or _last_part(zone)


def own_names() -> dict[str, str]:
    """Return the zones whose people call them otherwise than by the last part of their name."""
    zones = (*(zone for _name, zone in CITIES), *RENAMED)
    return {zone: own_place_of(zone) for zone in zones if own_place_of(zone) != _last_part(zone)}


def _last_part(zone: str) -> str:
    """Return "Mexico City" of "America/Mexico_City"; of "Etc/GMT+5", which lies west, "UTC-5"."""
    area, _, last = zone.rpartition("/")
    if area == "Etc" and last.startswith(("GMT+", "GMT-")):
        sign = "\N{MINUS SIGN}" if last[3] == "+" else "+"
        return f"UTC{sign}{last[4:]}"
    return last.replace("_", " ")
