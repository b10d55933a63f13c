"""Reads `editions.json`: themes, totals and editions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from laurels.website.award_file.initiatives import OUTCOMES, read_initiatives
from laurels.website.award_file.moments import EditionParts, read_moments
from laurels.website.award_file.places import LARGEST_VOTES
from laurels.website.award_file.seminars import read_seminars
from laurels.website.award_file.shapes import EditionShape, EditionsShape, TotalsShape

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from laurels.website.award_file.places import Fields

HOST_CITY = "Guangzhou"
HOST_TIMEZONE = "Asia/Shanghai"
THEME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
COUNTS = {
    "initiatives": "initiatives_count",
    "valid_initiatives": "valid_count",
    "cities": "cities_count",
    "valid_cities": "valid_cities_count",
    "countries": "countries_count",
    "valid_countries": "valid_countries_count",
    "first_time_countries": "first_time_countries_count",
    "deserving": "deserving_count",
    "exemplary": "exemplary_count",
    "shortlisted": "shortlisted_count",
}


def read_editions(document: Fields) -> EditionsShape:
    """Return what `editions.json` says; problems go to the document's report."""
    conventions = document.child("conventions")
    themes = _read_themes(conventions.child("theme_vocabulary"))
    for position, word in enumerate(conventions.texts("outcome_vocabulary")):
        if word not in OUTCOMES:
            conventions.problem(
                f"outcome_vocabulary[{position}]", f'"{word}" is no outcome that Laurels knows'
            )
    slugs = [slug for slug, _ in themes]
    editions = [_read_edition(fields, slugs) for fields in document.each("editions", required=True)]
    _refuse_twins(document, editions)
    totals = _read_totals(document.child("totals")) if document.has("totals") else None
    document.done("generated")
    return EditionsShape(tuple(themes), tuple(editions), totals)


def _read_themes(vocabulary: Fields) -> list[tuple[str, str]]:
    themes = []
    for slug in vocabulary.keys():  # noqa: SIM118 -- no dict: it marks the fields as read
        description = vocabulary.text(slug, longest=250, required=True)
        vocabulary.check_key(slug, pattern=THEME, hint="an address part, as in care-ageing")
        themes.append((slug, description))
    return themes


def _read_totals(fields: Fields) -> TotalsShape:
    totals = TotalsShape(
        initiatives_count=fields.whole("initiatives_1_to_6", required=True) or 0,
        cities_count=fields.whole("cities", required=True) or 0,
        countries_count=fields.whole("countries", required=True) or 0,
        source=fields.text("source", longest=500),
    )
    fields.done()
    return totals


def _read_edition(fields: Fields, themes: Collection[str]) -> EditionShape:
    zone_name = fields.text("host_timezone") or HOST_TIMEZONE
    if zone_name not in available_timezones():
        fields.problem("host_timezone", f"{zone_name} is not a time zone, as in Asia/Shanghai")
        zone_name = HOST_TIMEZONE
    zone = ZoneInfo(zone_name)
    parts = EditionParts(
        edition=fields,
        committee=fields.child("technical_committee"),
        jury=fields.child("jury"),
        presentations=fields.child("presentations"),
        vote=fields.child("vote"),
        ceremony=fields.child("ceremony"),
    )
    initiatives = read_initiatives(fields, themes)
    cities = [one.city for one in initiatives if not one.is_known_by_its_outcome]
    seminars = read_seminars(fields, cities, zone)
    counts = fields.child("counts")
    shape = EditionShape(
        place=fields.path,
        ordinal=fields.whole("ordinal", least=1, most=999, required=True) or 0,
        year=fields.whole("year", least=1000, most=9999, required=True) or 0,
        facts={
            "host_city": fields.text("host_city", longest=120) or HOST_CITY,
            "host_timezone": zone_name,
            **_read_facts(parts, counts),
        },
        outcome=_read_outcome(parts, counts),
        moments=read_moments(parts, seminars, zone),
        initiatives=initiatives,
        seminars=seminars,
    )
    for part in (parts.committee, parts.jury, parts.presentations, parts.vote, parts.ceremony):
        part.done()
    counts.done()
    fields.done()
    return shape


def _read_facts(parts: EditionParts, counts: Fields) -> dict[str, Any]:
    """Return what is known of an edition before anything is decided, by field of the model."""
    edition, committee, jury = parts.edition, parts.committee, parts.jury
    return {
        **{field: counts.whole(key) for key, field in COUNTS.items()},
        "label": edition.text("label", longest=120),
        "topics": list(edition.texts("themes", longest=200)),
        "launch_place": edition.text("launch_place", longest=300),
        "committee_place": committee.text("place", longest=300),
        "committee_size": committee.whole("size", most=999),
        "committee_countries_count": committee.whole("countries", most=999),
        "committee_chair": _join(committee.text("chair"), committee.text("co_chair")),
        "committee_criteria": list(committee.texts("criteria", longest=200)),
        "jury_size": jury.whole("size", most=999),
        "jury_chair": jury.text("chair", longest=300),
        "jury_place": jury.text("place", longest=300),
        "jury_criteria": list(jury.texts("criteria", longest=200)),
        "presentations_format": parts.presentations.text("format"),
        "vote_name": parts.vote.text("name", longest=200),
        "ceremony_place": parts.ceremony.text("place", longest=300),
    }


def _read_outcome(parts: EditionParts, counts: Fields) -> dict[str, Any]:
    """Return what tells an outcome or may tell one: every note, count of votes and source."""
    edition, vote = parts.edition, parts.vote
    return {
        "winners_count": counts.whole("winners"),
        "committee_note": parts.committee.text("note"),
        "jury_note": parts.jury.text("note"),
        "seminars_note": edition.text("seminar_note"),
        "vote_rules": vote.text("rules"),
        "vote_total": vote.whole("total_votes", most=LARGEST_VOTES),
        "vote_top_three_sum": vote.whole("top3_sum", most=LARGEST_VOTES),
        "vote_winner": vote.text("winner", longest=300),
        "vote_ranking": list(vote.texts("ranking", longest=300)),
        "vote_note": vote.text("note"),
        "guests_count": parts.ceremony.whole("guests"),
        "guests_note": parts.ceremony.text("guests_note", longest=300),
        "deserving_note": edition.text("deserving_note"),
        "note": edition.text("note"),
        "sources": list(edition.texts("sources", longest=500)),
        "seminar_sources": list(edition.texts("seminar_sources", longest=500)),
    }


def _join(*texts: str) -> str:
    return "; ".join(filter(None, texts))


def _refuse_twins(document: Fields, editions: list[EditionShape]) -> None:
    for name in ("ordinal", "year"):
        places: dict[int, str] = {}
        for edition in editions:
            value = getattr(edition, name)
            if value and value in places:
                document.problem(f"{edition.place}.{name}", f"{value} stands at {places[value]}")
            places.setdefault(value, edition.place)
