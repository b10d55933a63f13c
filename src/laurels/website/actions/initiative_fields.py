"""What a file says of an initiative, put into its page and read out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self
from unicodedata import normalize

from laurels.library.enums import BasicDataKind
from laurels.library.formats.columns import COLUMNS, Column, Kind, value_of
from laurels.library.models import (
    BasicDatum,
    Goal,
    Honour,
    ResultFigure,
    Theme,
    UrbanAgendaTag,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from laurels.library.models import InitiativePage

BY_FIELD = {column.field or column.name: column for column in COLUMNS}
BASIC = "basic_"
PARTS = {"": "value", "_year": "year", "_source": "source"}
BASIC_FIELDS = {
    f"{BASIC}{kind.value}{ending}": (kind.value, part)
    for kind in BasicDataKind
    for ending, part in PARTS.items()
}


class Words(NamedTuple):
    """The words by which initiatives are gathered, as they are stored."""

    themes: dict[str, Theme]
    tags: dict[str, UrbanAgendaTag]
    goals: dict[int, Goal]

    @classmethod
    def read(cls) -> Self:
        return cls(
            {theme.slug: theme for theme in Theme.objects.all()},
            {tag.slug: tag for tag in UrbanAgendaTag.objects.all()},
            {goal.number: goal for goal in Goal.objects.all()},
        )


def own_values(page: InitiativePage, names: Iterable[str]) -> dict[str, Any]:
    """Return what a page holds of these fields, in the form in which a file says it."""
    told = {page.edition_id}
    return {name: _held(BY_FIELD[name], value_of(BY_FIELD[name], page, told)) for name in names}


def apply_said(page: InitiativePage, said: dict[str, Any], words: Words) -> None:
    """Put values into a page, without saving it."""
    for name, value in said.items():
        if name in BASIC_FIELDS:
            continue
        if name in RELATIONS:
            RELATIONS[name](page, value, words)
        else:
            setattr(page, name, value)
    _put_basic_data(page, said)


def _put_themes(page: InitiativePage, slugs: list[str], words: Words) -> None:
    page.themes = [words.themes[slug] for slug in slugs]


def _put_tags(page: InitiativePage, slugs: list[str], words: Words) -> None:
    page.urban_agenda_tags = [words.tags[slug] for slug in slugs]


def _put_goals(page: InitiativePage, numbers: list[int], words: Words) -> None:
    page.goals = [words.goals[number] for number in numbers]


def _put_honours(page: InitiativePage, kinds: list[str], _words: Words) -> None:
    kept = [honour for honour in page.honours.all() if honour.kind in kinds]
    new = set(kinds) - {honour.kind for honour in kept}
    page.honours = [*kept, *(Honour(kind=kind, edition=page.edition) for kind in sorted(new))]


def _put_figures(page: InitiativePage, rows: list[list[Any]], _words: Words) -> None:
    page.figures = [
        ResultFigure(
            label=label, value=value, unit=unit, year=year, source=source, sort_order=number
        )
        for number, (label, value, unit, year, source) in enumerate(rows)
    ]


RELATIONS: dict[str, Callable[[InitiativePage, list[Any], Words], None]] = {
    "themes": _put_themes,
    "urban_agenda_tags": _put_tags,
    "goals": _put_goals,
    "honours": _put_honours,
    "figures": _put_figures,
}


def _put_basic_data(page: InitiativePage, said: dict[str, Any]) -> None:
    changes = [(BASIC_FIELDS[name], value) for name, value in said.items() if name in BASIC_FIELDS]
    if not changes:
        return
    rows = {row.kind: row for row in page.basic_data.all()}
    for (kind, part), value in changes:
        setattr(rows.setdefault(kind, BasicDatum(kind=kind)), part, value)
    page.basic_data = list(rows.values())


def _held(column: Column, value: Any) -> Any:
    """Return a value as the field holds it: an empty text is "" but in the title."""
    if value is None and column.kind == Kind.TEXT and column.field not in {"", "recorded_title"}:
        return ""
    return normalize("NFC", value) if isinstance(value, str) else value
