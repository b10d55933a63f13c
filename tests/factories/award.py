"""A small award's file to load: one edition before its reveal, two cities, everything legal."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

REAL_FILE = Path(__file__).parents[2] / "data/award"


def real_documents() -> dict[str, Any]:
    """Return the three documents of the Guangzhou Award."""
    return {path.name: json.loads(path.read_text()) for path in REAL_FILE.glob("*.json")}


def make_city_entry(city: str = "Cape Town", iso2: str = "ZA", **fields: Any) -> dict[str, Any]:
    return {
        "city": city,
        "country": "South Africa",
        "iso2": iso2,
        "lat": -33.92,
        "lon": 18.42,
        "initiative_title": f"Food in {city}",
        "outcomes": ["winner"],
        "public_votes": 4711,
        "sources": ["https://award.example/the-winner"],
        **fields,
    }


SMALL: dict[str, Any] = {
    "editions.json": {
        "conventions": {"theme_vocabulary": {"food": "food systems", "health": "public health"}},
        "totals": {"initiatives_1_to_6": 2, "cities": 2, "countries": 1, "source": "the jury"},
        "editions": [
            {
                "ordinal": 1,
                "year": 2023,
                "launch_date": "2023-02-23",
                "submission_deadline": "2023-08-31T23:59:59+08:00",
                "technical_committee": {"announced": "2023-09-14"},
                "vote": {"opens": "2023-11-01", "closes": "2023-11-30", "winner": "Cape Town"},
                "ceremony": {"date": "2023-12-07", "place": "Guangzhou"},
                "counts": {"initiatives": 2, "shortlisted": 2},
                "cities": [
                    make_city_entry(themes=["food"], sdgs=[2, 3]),
                    make_city_entry("Durban", lat=-29.86, lon=31.02, outcomes=["medal of honor"]),
                ],
                "deserving_known": [
                    {"city": "Cape Town", "country": "South Africa", "iso2": "ZA", "title": "Bins"}
                ],
                "seminars": [
                    {
                        "n": 1,
                        "title": "Resilient for all",
                        "start": "2023-11-06T20:30:00+08:00",
                        "end": "2023-11-06T22:00:00+08:00",
                        "cities": ["Durban"],
                        "cities_complete": True,
                    }
                ],
            }
        ],
    },
    "focus.json": {
        "articles": [
            {
                "title": "Newest",
                "kind": "bundle",
                "published_on": "2024-07-03",
                "themes": ["food"],
                "about": "How cities eat.",
                "initiatives": [
                    {"city": "Cape Town", "country": "South Africa"},
                    {"city": "Atlantis", "country": None},
                ],
            },
            {"title": "Oldest", "kind": "news"},
        ]
    },
    "partners.json": {
        "partners": [
            {"slug": "uclg", "name": "United Cities", "short": "UCLG", "url": "https://uclg.org/"},
            {"slug": "metropolis", "name": "World Association", "short": "Metropolis"},
        ],
        "campaign": {"partner": "metropolis", "edition": 1},
    },
}


def small_documents() -> dict[str, Any]:
    """Return a copy of the small award's documents, to be spoiled at will."""
    return copy.deepcopy(SMALL)


def write_documents(folder: Path, documents: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, document in documents.items():
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    return folder
