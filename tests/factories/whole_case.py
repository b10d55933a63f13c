"""One initiative with everything that a file can say of it."""

from __future__ import annotations

from typing import Any

from laurels.editions.models import Edition
from laurels.library.enums import GlobalGoal
from laurels.library.models import (
    BasicDatum,
    City,
    Contact,
    Goal,
    InitiativePage,
    ResultFigure,
    UrbanAgendaTag,
)
from tests.factories.library import make_initiative, make_theme

SUMMARY = "+27 gardens, 开普敦的花园"
PROBLEM = "-5 % a year\n\nحدائق المدينة"  # noqa: RUF001 -- Arabic letters
SECRET_ADDRESS = "ana.secret@cape-town.example"


def make_goals() -> None:
    Goal.objects.bulk_create([Goal(number=goal) for goal in GlobalGoal], ignore_conflicts=True)


def make_whole_case(edition: Edition, city: str = "Cape Town", **fields: Any) -> InitiativePage:
    """Return a case whose texts begin as formulas do, in four scripts, with an odd density."""
    make_goals()
    tag, _ = UrbanAgendaTag.objects.get_or_create(slug="housing", defaults={"name": "Housing"})
    texts = {
        "recorded_title": '=Food; for «all», "now"',
        "summary": SUMMARY,
        "problem": PROBLEM,
        "what_was_done": "@home: сады\tin rows",
        "licence": "CC0-1.0",
        "population": 4_710_000,
        "sources": ["https://example.org/a?b=1;c=2", "a talk | of two \\ parts"],
        **fields,
    }
    page = make_initiative(edition, city, **texts)
    City.objects.filter(name=city).update(latitude=-33.92, longitude=18.42, local_name="iKapa")
    page.themes = [make_theme("food"), make_theme("health")]
    page.goals = list(Goal.objects.filter(number__in=[2, 11]))
    page.urban_agenda_tags = [tag]
    page.basic_data = [
        BasicDatum(kind="population", value="4.71 million", year=2022, source="Census"),
        BasicDatum(kind="population_density", value="1.638"),
    ]
    page.figures = [
        ResultFigure(label="Beds | rows", value="12,000", unit="", year=2023, sort_order=0),
        ResultFigure(label="=Jobs", value="-3", unit="%", source="Survey", sort_order=1),
    ]
    page.contacts = [Contact(name="Ana", address=SECRET_ADDRESS)]
    page.save()
    return InitiativePage.objects.get(pk=page.pk)
