"""The rows of a file become what each says of an initiative, every cell checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from laurels.library.formats.columns import BY_NAME, NEEDED
from laurels.library.rules import odd_figures
from laurels.website.initiative_file.values import CellIsWrong, read_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from laurels.website.initiative_file.findings import Findings
    from laurels.website.initiative_file.tables import Line

BASIC = "basic_"


class Told(NamedTuple):
    """What one row says: values by column, only those that it fills."""

    number: int
    values: dict[str, Any]

    @property
    def city_key(self) -> tuple[str, str]:
        return self.values["city"], self.values["country_code"]


def check_lines(
    lines: Sequence[Line],
    vocabulary: Mapping[str, Collection[str]],
    years: Collection[int],
    findings: Findings,
) -> list[Told]:
    """Return what the rows say; every cell that cannot be read is a problem of its own.

    `vocabulary` holds the values that lists may have, by column, `years` those of the editions.
    """
    told = []
    for line in lines:
        before = len(findings.problems)
        values = _values(line, vocabulary, findings)
        _check_row(line.number, values, findings)
        _check_year(line.number, values.get("year"), years, findings)
        if len(findings.problems) == before:
            told.append(Told(line.number, values))
            _flag_odd_figures(line.number, values, findings)
    _refuse_twins(told, findings)
    return told


def _values(
    line: Line, vocabulary: Mapping[str, Collection[str]], findings: Findings
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, cell in line.cells.items():
        try:
            value = read_value(BY_NAME[name], cell, vocabulary.get(name))
        except CellIsWrong as fault:
            findings.problem(line.number, name, f"{fault}.")
            values[name] = None
        else:
            if value is not None:
                values[name] = value
    return values


def _check_row(number: int, values: dict[str, Any], findings: Findings) -> None:
    for name in NEEDED:
        if name not in values:
            findings.problem(number, name, "is empty. Every initiative needs it.")
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in values and other not in values:
            findings.problem(number, other, f"is empty while {one} is there. Give both or none.")
    for name in values:
        figure = name.removesuffix("_year").removesuffix("_source")
        if name.startswith(BASIC) and figure != name and figure not in values:
            sentence = f"is there, but the figure itself is not. Fill in {figure} too."
            findings.problem(number, name, sentence)


def _check_year(number: int, year: int | None, years: Collection[int], findings: Findings) -> None:
    if year is not None and year not in years:
        known = ", ".join(map(str, sorted(years))) or "none yet"
        sentence = f"There is no edition of {year}. Editions are: {known}."
        findings.problem(number, "year", sentence)


def _flag_odd_figures(number: int, values: dict[str, Any], findings: Findings) -> None:
    given = {
        name.removeprefix(BASIC): value
        for name, value in values.items()
        if name.startswith(BASIC) and not name.endswith(("_year", "_source"))
    }
    for kind, sentence in odd_figures(given, population=values.get("population")).items():
        findings.warn(number, f"{BASIC}{kind}", f"{given[kind]}: {sentence}")


def _refuse_twins(told: Sequence[Told], findings: Findings) -> None:
    """Two rows of one initiative would undo each other at every import."""
    first: dict[tuple[Any, ...], int] = {}
    cities: dict[tuple[str, str], Told] = {}
    for one in told:
        keys: list[tuple[Any, ...]] = []
        if "address" in one.values:
            keys.append((one.values["address"],))
        else:
            name, code = one.city_key
            keys.append((one.values["year"], name.casefold(), code))
        for key in keys:
            if key in first:
                sentence = (
                    f"is the same initiative as row {first[key]}. Take one out; two of one city "
                    f"and year need an address each."
                )
                findings.problem(one.number, "", sentence)
            first.setdefault(key, one.number)
        _refuse_two_minds(one, cities.setdefault(one.city_key, one), findings)


def _refuse_two_minds(one: Told, other: Told, findings: Findings) -> None:
    for name in ("country", "local_name", "latitude", "longitude"):
        mine, theirs = one.values.get(name), other.values.get(name)
        if None not in (mine, theirs) and mine != theirs:
            sentence = f"{mine} differs from row {other.number}, of the same city: {theirs}."
            findings.problem(one.number, name, sentence)
