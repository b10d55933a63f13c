"""Reads the initiatives of an edition: its `cities`, `deserving_known` and `special_mention`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.library.enums import BasicDataKind, GlobalGoal, HonourKind, Stage
from laurels.website.award_file.shapes import BasicDatumShape, InitiativeShape, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from laurels.website.award_file.places import Fields

SHORTLISTED = "shortlisted"
HONOURS = {
    "winner": HonourKind.WINNER,
    "city of your choice": HonourKind.CITY_OF_YOUR_CHOICE,
    "medal of honor": HonourKind.MEDAL_OF_HONOR,
    "special mention": HonourKind.SPECIAL_MENTION,
    "public recommended city": HonourKind.PUBLIC_RECOMMENDED_CITY,
    "media-attention city": HonourKind.MEDIA_ATTENTION_CITY,
}
OUTCOMES = (*HONOURS, SHORTLISTED)
ADDRESS = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def read_initiatives(edition: Fields, themes: Collection[str]) -> tuple[InitiativeShape, ...]:
    """Return all initiatives in the order in which they get their addresses."""
    found = [_read_shortlisted(fields, themes) for fields in edition.each("cities")]
    found += [_read_deserving(fields, themes) for fields in edition.each("deserving_known")]
    if edition.has("special_mention"):
        found.append(_read_special_mention(edition.child("special_mention"), themes))
    _refuse_twins(edition, found)
    return tuple(found)


def _read_shortlisted(fields: Fields, themes: Collection[str]) -> InitiativeShape:
    city, country, country_code = _read_city(fields)
    latitude, longitude = _read_coordinates(fields)
    shape = InitiativeShape(
        place=fields.path,
        city=city,
        country=country,
        country_code=country_code,
        latitude=latitude,
        longitude=longitude,
        stage=Stage.SHORTLISTED,
        address=_read_address(fields),
        title=fields.text("initiative_title", longest=300) or None,
        title_note=fields.text("title_note", longest=500),
        summary=fields.text("summary", longest=600),
        themes=fields.texts("themes", choices=themes),
        goals=fields.wholes("sdgs", least=min(GlobalGoal), most=max(GlobalGoal)),
        goals_note=fields.text("sdgs_note", longest=500),
        population=fields.whole("population", most=10**9),
        population_note=fields.text("population_note", longest=500),
        presentation_group=fields.text("presentation_group", longest=120),
        basic_data=_read_basic_data(fields),
        outcome=_read_outcome(fields),
    )
    fields.done()
    return shape


def _read_deserving(fields: Fields, themes: Collection[str]) -> InitiativeShape:
    city, country, country_code = _read_city(fields)
    latitude, longitude = _read_coordinates(fields)
    shape = InitiativeShape(
        place=fields.path,
        city=city,
        country=country,
        country_code=country_code,
        latitude=latitude,
        longitude=longitude,
        stage=Stage.DESERVING,
        address=_read_address(fields),
        title=fields.text("title", longest=300) or None,
        title_note=fields.text("title_note", longest=500),
        summary=fields.text("summary", longest=600),
        themes=fields.texts("themes", choices=themes),
        outcome=Outcome(note=fields.text("outcome"), sources=_read_sources(fields)),
    )
    fields.done()
    return shape


def _read_special_mention(fields: Fields, themes: Collection[str]) -> InitiativeShape:
    city, country, country_code = _read_city(fields)
    latitude, longitude = _read_coordinates(fields)
    shape = InitiativeShape(
        place=fields.path,
        city=city,
        country=country,
        country_code=country_code,
        latitude=latitude,
        longitude=longitude,
        # Nothing is recorded of how far it came before the jury named it.
        stage=Stage.ENTERED,
        address=_read_address(fields),
        title=fields.text("title", longest=300) or None,
        summary=fields.text("summary", longest=600),
        themes=fields.texts("themes", choices=themes),
        outcome=_read_outcome(fields),
        is_known_by_its_outcome=True,
    )
    fields.done()
    return shape


def _read_city(fields: Fields) -> tuple[str, str, str]:
    return (
        fields.text("city", longest=120, required=True),
        fields.text("country", longest=120, required=True),
        fields.text(
            "iso2",
            required=True,
            pattern="[A-Z]{2}",
            hint="two capital letters, as in ISO 3166-1",
        ),
    )


def _read_coordinates(fields: Fields) -> tuple[float | None, float | None]:
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if fields.has(one) and not fields.has(other):
            fields.problem(other, f"is missing, while {one} is there")
    return (
        fields.number("lat", least=-90, most=90),
        fields.number("lon", least=-180, most=180),
    )


def _read_basic_data(fields: Fields) -> tuple[BasicDatumShape, ...]:
    found: dict[str, BasicDatumShape] = {}
    for row in fields.each("basic_data"):
        kind = row.choice("figure", BasicDataKind.values, required=True)
        if kind in found:
            row.problem("figure", f"{kind} stands there twice")
        found[kind] = BasicDatumShape(
            kind=kind,
            value=row.text("value", longest=200, required=True),
            year=row.whole("year", least=1500, most=2199),
            source=row.text("source", longest=500),
        )
        row.done()
    return tuple(found.values())


def _read_address(fields: Fields) -> str:
    return fields.text(
        "address", longest=200, pattern=ADDRESS, hint="an address part, as in 2023-cape-town"
    )


def _read_sources(fields: Fields) -> tuple[str, ...]:
    return fields.texts("sources", longest=500)


def _read_outcome(fields: Fields) -> Outcome:
    words = fields.texts("outcomes", choices=OUTCOMES)
    return Outcome(
        honours=tuple(HONOURS[word] for word in words if word != SHORTLISTED),
        public_votes=fields.whole("public_votes", most=2**53 - 1),
        public_votes_note=fields.text("public_votes_note"),
        note=fields.text("note"),
        sources=_read_sources(fields),
    )


def _refuse_twins(edition: Fields, initiatives: list[InitiativeShape]) -> None:
    """Two of one city are told apart by their titles or addresses only, at the next loading."""
    names: dict[tuple[object, ...], str] = {}
    addresses: dict[str, str] = {}
    for one in initiatives:
        key = (one.city.casefold(), one.country_code, one.title)
        place = one.place.removeprefix(f"{edition.path}.")
        if one.city and key in names and not one.address:
            title = f"the title {one.title!r}" if one.title else "no title"
            edition.problem(
                place, f"{one.city} stands with {title} at {names[key]} already; add an address"
            )
        names.setdefault(key, one.place)
        if one.address and one.address in addresses:
            edition.problem(
                f"{place}.address", f"{one.address} stands at {addresses[one.address]} already"
            )
        addresses.setdefault(one.address, one.place)
