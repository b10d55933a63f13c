"""The columns of a file of initiatives: what goes out, and what comes in. One list for both."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from laurels.library.enums import BasicDataKind, HonourKind, Licence, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from laurels.library.models import InitiativePage

LONGEST_CHAPTER = 20_000  # characters; a cell of a spreadsheet holds 32,767


class Kind(StrEnum):
    """What a column holds. Lists are texts with "; " between them, LINES one to a line."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    LIST = "list"
    LINES = "lines"
    FIGURES = "figures"


class Column(NamedTuple):
    """One column. `name` stands in the file, `field` is what the initiative calls it.

    `value` reads it of an initiative that has everything at hand; `longest` is in characters.
    """

    name: str
    kind: Kind
    about: str
    value: Callable[[InitiativePage], Any]
    field: str = ""
    longest: int = 500
    choices: tuple[str, ...] = ()
    required: bool = False
    is_outcome: bool = False
    least: float | None = None
    most: float | None = None


CHAPTERS = {
    "problem": "What was wrong, and for whom.",
    "what_was_done": "What the city did.",
    "by_whom": "Who did it, and with whom.",
    "cost_and_funding": "What it cost and who paid.",
    "results": "What came of it, in words.",
    "what_failed": "What did not work.",
    "what_another_city_needs": "What another city needs for it.",
}


def _basic(kind: str, part: str) -> Callable[[InitiativePage], Any]:
    def value(page: InitiativePage) -> Any:
        found = next((row for row in page.basic_data.all() if row.kind == kind), None)
        return getattr(found, part) if found else None

    return value


def _basic_columns() -> list[Column]:
    columns = []
    for kind in BasicDataKind:
        name = f"basic_{kind.value}"
        about = f"Basic data, as given by the city: {kind.label}."
        columns += [
            Column(name, Kind.TEXT, about, _basic(kind, "value"), longest=200),
            Column(
                f"{name}_year",
                Kind.WHOLE,
                "The year of that figure.",
                _basic(kind, "year"),
                least=1500,
                most=2199,
            ),
            Column(f"{name}_source", Kind.TEXT, "Where it is from.", _basic(kind, "source")),
        ]
    return columns


def _plain(name: str, about: str, *, field: str = "", **more: Any) -> Column:
    """Return a text column that is a field of the initiative."""
    own = field or name
    return Column(name, Kind.TEXT, about, lambda page: getattr(page, own), field=own, **more)


def _figures(page: InitiativePage) -> list[list[Any]]:
    return [
        [row.label, row.value, row.unit, row.year, row.source]
        for row in sorted(page.figures.all(), key=lambda row: (row.sort_order or 0, row.pk or 0))
    ]


COLUMNS: tuple[Column, ...] = (
    Column(
        "address",
        Kind.TEXT,
        "The address for life: 2023-cape-town. Leave it empty for a new initiative.",
        lambda page: page.slug,
        longest=200,
    ),
    Column(
        "year",
        Kind.WHOLE,
        "The year of the edition.",
        lambda page: page.edition.year,
        required=True,
        least=1000,
        most=9999,
    ),
    Column(
        "city",
        Kind.TEXT,
        "The city, region or district.",
        lambda page: page.city.name,
        longest=120,
        required=True,
    ),
    Column(
        "local_name",
        Kind.TEXT,
        "Its name in its own language.",
        lambda page: page.city.local_name,
        longest=120,
    ),
    Column(
        "country",
        Kind.TEXT,
        "The country's name.",
        lambda page: page.city.country,
        longest=120,
        required=True,
    ),
    Column(
        "country_code",
        Kind.TEXT,
        "Two capital letters, as in ISO 3166-1.",
        lambda page: page.city.country_code,
        longest=2,
        required=True,
    ),
    Column(
        "latitude",
        Kind.NUMBER,
        "Degrees north, WGS 84.",
        lambda page: page.city.latitude,
        least=-90,
        most=90,
    ),
    Column(
        "longitude",
        Kind.NUMBER,
        "Degrees east, WGS 84.",
        lambda page: page.city.longitude,
        least=-180,
        most=180,
    ),
    _plain(
        "stage", "How far it came before the jury met.", choices=tuple(Stage.values), longest=20
    ),
    _plain("title", "The title of the initiative.", field="recorded_title", longest=300),
    _plain("title_note", "A note on the title."),
    _plain("summary", "What it is, in 600 characters at most.", longest=600),
    *(_plain(name, about, longest=LONGEST_CHAPTER) for name, about in CHAPTERS.items()),
    _plain(
        "language",
        "The language of the texts: en, fr, zh-hans (ISO 639-1).",
        field="text_language",
        longest=12,
    ),
    _plain(
        "licence", "What others may do with the texts.", choices=tuple(Licence.values), longest=20
    ),
    Column(
        "themes",
        Kind.LIST,
        "Themes, by their address part.",
        lambda page: sorted(theme.slug for theme in page.themes.all()),
        field="themes",
    ),
    Column(
        "goals",
        Kind.LIST,
        "Sustainable Development Goals, by number.",
        lambda page: sorted(goal.number for goal in page.goals.all()),
        field="goals",
        choices=tuple(str(number) for number in range(1, 18)),
    ),
    _plain("goals_note", "A note on the goals."),
    Column(
        "urban_agenda_tags",
        Kind.LIST,
        "Tags of the New Urban Agenda, by their address part.",
        lambda page: sorted(tag.slug for tag in page.urban_agenda_tags.all()),
        field="urban_agenda_tags",
    ),
    Column(
        "population",
        Kind.WHOLE,
        "Inhabitants, as a number for the lists.",
        lambda page: page.population,
        field="population",
        least=0,
        most=10**9,
    ),
    _plain("population_note", "A note on the population."),
    _plain("presentation_group", "The group in which it was presented.", longest=120),
    *_basic_columns(),
    Column(
        "figures",
        Kind.FIGURES,
        "Results in figures, as given: what is counted | value | unit | year | source.",
        _figures,
        field="figures",
    ),
    _plain("note", "A note.", longest=5000),
    Column(
        "sources",
        Kind.LINES,
        "Where all of this comes from.",
        lambda page: list(page.sources or []),
        field="sources",
    ),
    Column(
        "honours",
        Kind.LIST,
        "What the edition gave it; empty until the edition is revealed.",
        lambda page: sorted(honour.kind for honour in page.honours.all()),
        field="honours",
        choices=tuple(HonourKind.values),
        is_outcome=True,
    ),
    Column(
        "public_votes",
        Kind.WHOLE,
        "Votes of the public, as reported; empty until the edition is revealed.",
        lambda page: page.public_votes,
        field="public_votes",
        least=0,
        most=2**53 - 1,
        is_outcome=True,
    ),
    Column(
        "public_votes_note",
        Kind.TEXT,
        "A note on the public votes; empty until the edition is revealed.",
        lambda page: page.public_votes_note,
        field="public_votes_note",
        longest=5000,
        is_outcome=True,
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
URL = "url"  # goes out only: a file that holds it may come in again
NEEDED = tuple(column.name for column in COLUMNS if column.required)
TEMPLATE_CHOICES = {column.name: column.choices for column in COLUMNS if column.choices}


def value_of(column: Column, page: InitiativePage, told: Collection[int]) -> Any:
    """Return what a column says of an initiative: text, number, list, or None for not recorded.

    `told` holds the keys of the editions whose outcomes may be shown. Lines end in LF alone.
    """
    if column.is_outcome and page.edition_id not in told:
        return [] if column.kind == Kind.LIST else None
    value = column.value(page)
    if isinstance(value, str):
        # A form sends "\r\n", a file another: what only the way in made different is the same.
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    return value
