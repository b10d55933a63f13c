"""What machines read of a case: JSON-LD in the words of schema.org. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from laurels.library.enums import Licence
from laurels.library.rules.citations import AWARD, NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.library.models import City, InitiativePage

# What would end the script or begin another, as Django's `json_script` writes it.
UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(
    initiative: InitiativePage, *, url: str, image: str, awards: Sequence[str]
) -> dict[str, Any]:
    """Return a case as schema.org's Article; what is not recorded is left out.

    `url` and `image` are whole addresses; `awards` are the honours that may be told.
    """
    published, changed = initiative.first_published_at, initiative.last_published_at
    found = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "headline": initiative.recorded_title or NOT_RECORDED,
        "abstract": initiative.summary,
        "inLanguage": initiative.words_language,
        "image": image,
        "datePublished": published and published.date().isoformat(),
        "dateModified": changed and changed.date().isoformat(),
        "license": Licence(initiative.licence).url,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": AWARD},
        "contentLocation": _place(initiative.city),
        "about": [{"@type": "DefinedTerm", "name": each.name} for each in initiative.themes.all()],
        "keywords": [f"SDG {goal.number}" for goal in initiative.goals.all()]
        + [tag.name for tag in initiative.urban_agenda_tags.all()],
        "award": list(awards),
        "citation": list(initiative.sources),
    }
    return {name: value for name, value in found.items() if value}


def script_of(data: dict[str, Any]) -> str:
    """Return the JSON so that it can stand in a `script` element."""
    return json.dumps(data, ensure_ascii=False).translate(UNSAFE)


def _place(city: City) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "City",
        "name": city.name,
        "alternateName": city.local_name,
        "address": {"@type": "PostalAddress", "addressCountry": city.country_code},
    }
    if city.has_coordinates:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": city.latitude,
            "longitude": city.longitude,
        }
    return {name: value for name, value in place.items() if value}
