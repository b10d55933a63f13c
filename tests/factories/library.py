"""Cities, themes and initiatives under a planted page tree."""

from __future__ import annotations

from typing import Any

from laurels.editions.models import Edition
from laurels.library.enums import BasicDataKind, HonourKind, Stage
from laurels.library.models import (
    BasicDatum,
    City,
    Contact,
    Goal,
    Honour,
    InitiativePage,
    LibraryPage,
    ResultFigure,
    Theme,
    UrbanAgendaTag,
)
from laurels.website.actions.pages import plant_pages


def make_city(name: str = "Cape Town", country: str = "South Africa", code: str = "ZA") -> City:
    city, _ = City.objects.get_or_create(
        name=name, country_code=code, defaults={"country": country}
    )
    return city


def make_theme(slug: str = "food") -> Theme:
    theme, _ = Theme.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()})
    return theme


def make_library() -> LibraryPage:
    _, library, _ = plant_pages()
    return library


def make_initiative(
    edition: Edition, city: str = "Cape Town", *, stage: str = Stage.SHORTLISTED, **fields: Any
) -> InitiativePage:
    page = InitiativePage(
        title=f"{city} {edition.year}", edition=edition, city=make_city(city), stage=stage, **fields
    )
    return make_library().add_child(instance=page)


def make_honour(initiative: InitiativePage, kind: str = HonourKind.WINNER) -> Honour:
    return Honour.objects.create(initiative=initiative, edition=initiative.edition, kind=kind)


STORY = {
    "problem": "Two children in five came to school hungry.\n\nKitchens stood empty.",
    "what_was_done": "Kitchens opened at six.\n\nGardens were laid out beside them.",
    "by_whom": "The city's education department with forty parents' groups.",
    "cost_and_funding": "1.2 million dollars a year from the city's own budget.",
    "results": "Fewer children miss lessons.",
    "what_failed": "The first gardens had no water in the dry season.",
    "what_another_city_needs": "A kitchen within two kilometres of each school.",
}
FULL = {
    "recorded_title": "Food for every school",
    "summary": "Schools grow, cook and share what they eat.",
    "population": 4_800_000,
    "population_note": "figure submitted to the award, 2023",
    "sources": ["https://award.example/3314 as of 2023"],
}


def make_full_case(edition: Edition, city: str = "Cape Town", **fields: Any) -> InitiativePage:
    """An initiative of which everything is recorded but pictures and files; a contact too."""
    page = make_initiative(edition, city, **{**FULL, **fields})
    page.themes = [make_theme("food"), make_theme("health")]
    page.goals = [Goal.objects.get_or_create(number=number)[0] for number in (2, 4)]
    page.urban_agenda_tags = [make_urban_agenda_tag()]
    return tell_story(page)


def tell_story(page: InitiativePage) -> InitiativePage:
    """Give a page every chapter, figures and a contact.

    Its density, 1.638, cannot be right beside its population and area.
    """
    for name, text in STORY.items():
        setattr(page, name, text)
    page.basic_data = [
        BasicDatum(kind=kind, value=value, year=2023, source="as submitted to the award")
        for kind, value in (
            (BasicDataKind.POPULATION, "4,800,000"),
            (BasicDataKind.AREA, "2,461"),
            (BasicDataKind.DENSITY, "1.638"),
            (BasicDataKind.PROSPERITY, "Services"),
        )
    ]
    page.figures = [
        ResultFigure(
            label="Meals a day", value="310,000", unit="meals", year=2023, source="the city"
        )
    ]
    page.contacts = [
        Contact(
            name="Nomsa Dlamini",
            role="Head of school meals",
            organisation="City of Cape Town",
            address="nomsa@cape-town.example",
        )
    ]
    page.save()
    return page


def make_urban_agenda_tag(slug: str = "food-security") -> UrbanAgendaTag:
    tag, _ = UrbanAgendaTag.objects.get_or_create(
        slug=slug, defaults={"name": slug.replace("-", " ").capitalize()}
    )
    return tag
