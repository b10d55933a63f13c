"""Cities, themes and initiatives under a planted page tree."""

from __future__ import annotations

from typing import Any

from laurels.editions.models import Edition
from laurels.library.enums import HonourKind, Stage
from laurels.library.models import City, Honour, InitiativePage, LibraryPage, Theme
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
