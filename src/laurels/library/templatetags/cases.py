"""What the page of a case prints: chapters, basic data with their flags, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from laurels.design.instants import isolated
from laurels.design.templatetags.words import comma
from laurels.library import pictures, rules
from laurels.library.addresses import lasting_url
from laurels.library.enums import BasicDataKind, Licence
from laurels.library.models import CHAPTERS
from laurels.library.models import InitiativePage as Initiative

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.models import Adaptation, FollowUp, GalleryPicture, InitiativePage

register = template.Library()


class Chapter(NamedTuple):
    """A chapter of a case: its name as a part of an address, its heading and its text."""

    name: str
    heading: str
    text: str


class BasicRow(NamedTuple):
    """A basic figure as given; `oddity` says why it cannot be right, "" where it can."""

    label: str
    value: str
    year: int | None
    source: str
    oddity: str


class Afterwards(NamedTuple):
    """What became of a case: its city's reports, cities that adapted it, ones it adapted."""

    reports: list[FollowUp]
    adaptations: list[Adaptation]
    learned_from: list[Adaptation]

    @property
    def is_known(self) -> bool:
        return any(self)


@register.simple_tag
def chapters(initiative: InitiativePage) -> list[Chapter]:
    """Return the chapters of which something is recorded; figures are told with the results."""
    return [chapter for chapter in _chapters(initiative) if _is_told(chapter, initiative)]


@register.simple_tag
def unrecorded(initiative: InitiativePage, rows: Iterable[BasicRow]) -> list[str]:
    """Return in words, in the order of the page, what of a case is not recorded."""
    things = [
        (_("a summary"), initiative.summary),
        (_("figures of the city"), rows),
        *((chapter.heading, _is_told(chapter, initiative)) for chapter in _chapters(initiative)),
        (_("themes"), initiative.themes.all()),
        (_("global goals"), initiative.goals.all()),
    ]
    return [name for name, known in things if not known]


@register.simple_tag
def basic_data(initiative: InitiativePage) -> list[BasicRow]:
    """Return the basic data in the award's order; a population known otherwise among them."""
    given = {each.kind: each for each in initiative.basic_data.all()}
    oddities = rules.odd_figures(
        {kind: each.value for kind, each in given.items()}, population=initiative.population
    )
    found = [
        BasicRow(str(kind.label), each.value, each.year, each.source, oddities.get(kind.value, ""))
        for kind in BasicDataKind
        if (each := given.get(kind.value))
    ]
    if BasicDataKind.POPULATION not in given and initiative.population is not None:
        grouped = f"{initiative.population:,}".replace(",", "\u202f")
        label = str(BasicDataKind.POPULATION.label)
        found.insert(0, BasicRow(label, grouped, None, initiative.population_note, ""))
    return found


@register.simple_tag
def pictures_of(initiative: InitiativePage) -> list[GalleryPicture]:
    rows = initiative.gallery.select_related("image")
    return list(rows.prefetch_related("image__renditions"))


@register.simple_tag
def afterwards(initiative: InitiativePage) -> Afterwards:
    """Return what was told of a case later, as far as it was decided to be shown."""
    return Afterwards(
        list(initiative.follow_ups.shown()),
        list(initiative.adaptations.shown()),
        list(initiative.learned_from.shown()),
    )


@register.simple_tag
def case_picture(initiative: InitiativePage) -> str:
    """Return the whole address of the picture that other sites show."""
    return pictures.share_address(initiative)


@register.simple_tag
def case_url(initiative: InitiativePage) -> str:
    """Return the whole address for life of a case."""
    return lasting_url(initiative.slug)


@register.simple_tag
def citations(initiative: InitiativePage) -> dict[str, str]:
    """Return the ways to cite a case: `sentence`, `bibtex` and `ris`."""
    cited = rules.citation_of(initiative, lasting_url(initiative.slug))
    city = initiative.city
    for_people = cited._replace(
        author=comma().join([isolated(city.name), isolated(city.country_name)]),
        title=isolated(cited.title) if initiative.recorded_title else cited.title,
        edition=initiative.edition.name,
    )
    return {
        "sentence": rules.sentence(for_people),
        "bibtex": rules.bibtex(cited),
        "ris": rules.ris(cited),
    }


@register.simple_tag
def licence(initiative: InitiativePage) -> Licence:
    return Licence(initiative.licence)


@register.filter
def language_name(code: str) -> str:
    """Return a language's own name, or its code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


@register.filter
def degrees(value: float, axis: str) -> str:
    """Print a latitude or longitude: `33.92° S`; `axis` is "lat" or "lon"."""
    sides = {
        "lat": (pgettext("latitude", "N"), pgettext("latitude", "S")),
        "lon": (pgettext("longitude", "E"), pgettext("longitude", "W")),
    }
    positive, negative = sides[axis]
    return f"{number_format(abs(value), 2)}° {positive if value >= 0 else negative}"


def _is_told(chapter: Chapter, initiative: InitiativePage) -> bool:
    is_in_figures = chapter.name == "results" and initiative.figures.all()
    return bool(chapter.text.strip() or is_in_figures)


def _chapters(initiative: InitiativePage) -> list[Chapter]:
    field = Initiative._meta.get_field
    found: list[Chapter] = []
    for name in CHAPTERS:
        heading: Any = field(name).verbose_name
        found.append(Chapter(name, str(heading), getattr(initiative, name)))
    return found
