"""Which initiatives an article about a theme or a day may gather, and why each. Writes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from laurels.focus import gathering, rules
from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.library.search import LibraryQuestion, find

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_SUGGESTED, MOST_FOUND = 12, 60
SHARED_THEME, FOUND_BY_WORDS, HAS_SUMMARY, IN_FOCUS_BEFORE = 2.0, 3.0, 1.0, -1.5


@dataclass(frozen=True)
class Suggestion:
    """An initiative, whole, with the reasons why it is suggested, in words."""

    initiative: InitiativePage
    reasons: tuple[str, ...]


def suggest(
    *,
    themes: Sequence[str] = (),
    words: str = "",
    chosen: Sequence[int] = (),
    most: int = MOST_SUGGESTED,
) -> list[Suggestion]:
    """Return what may be gathered under the themes (slugs) or the words, without the chosen.

    The fittest first, balanced over regions, editions and cities.
    """
    ranks = _found(words)
    pages = _candidates(themes, ranks, chosen)
    told = _told_in_focus()
    near = _themes_of(chosen)
    wanted = [*themes, *(theme for theme in near if theme not in themes)]
    fitting = [_candidate(page, wanted, ranks, told) for page in pages]
    by_key = {page.pk: page for page in pages}
    regions, years = Counter[str](), Counter[int]()
    suggestions = []
    for picked in rules.balanced(fitting, most):
        page = by_key[picked.key]
        reasons = [
            *_fits(page, themes, near, ranks),
            *_spreads(page, picked, regions, years),
            *([] if page.pk in told else [_("not in FOCUS yet")]),
        ]
        suggestions.append(Suggestion(page, tuple(reasons)))
        regions[picked.region] += 1
        years[picked.year] += 1
    return suggestions


def _found(words: str) -> dict[int, float]:
    """Return what the search finds for the words: the best with 1, the last near 0."""
    if not words.strip():
        return {}
    # No outcome counts here, so that none has to be told.
    found = find(LibraryQuestion(words=words), told=(), rows=MOST_FOUND).pks
    return {pk: 1 - place / len(found) for place, pk in enumerate(found)}


def _candidates(
    themes: Sequence[str], ranks: dict[int, float], chosen: Sequence[int]
) -> list[InitiativePage]:
    """Return the public initiatives of any of the themes, or found by the words."""
    fits = Q(pk__in=ranks) if ranks else Q()
    if themes:
        fits |= Q(themes__slug__in=themes)
    if not fits:
        return []
    keys = InitiativePage.objects.live().public().filter(fits).exclude(pk__in=list(chosen))
    pages = InitiativePage.objects.filter(pk__in=keys.values("pk")).with_everything()
    return list(pages)


def _themes_of(chosen: Sequence[int]) -> list[str]:
    """Return the themes of what is chosen already, those of most of it first."""
    rows = InitiativePage.objects.filter(pk__in=list(chosen)).values_list("themes__slug", flat=True)
    return [slug for slug, _count in Counter(slug for slug in rows if slug).most_common()]


def _told_in_focus() -> set[int]:
    """Return the initiatives that public articles gather."""
    articles = FocusArticlePage.objects.live().public()
    return {pk for article in articles for pk in gathering.initiative_ids(article)}


def _candidate(
    page: InitiativePage, wanted: Sequence[str], ranks: dict[int, float], told: Collection[int]
) -> rules.Candidate:
    shared = sum(theme.slug in wanted for theme in page.themes.all())
    fitness = SHARED_THEME * shared + FOUND_BY_WORDS * ranks.get(page.pk, 0)
    fitness += HAS_SUMMARY * bool(page.summary) + IN_FOCUS_BEFORE * (page.pk in told)
    return rules.Candidate(
        key=page.pk,
        fitness=fitness,
        region=str(page.city.region or ""),
        year=page.edition.year,
        city=page.city.name,
    )


def _fits(
    page: InitiativePage, themes: Sequence[str], near: Sequence[str], ranks: dict[int, float]
) -> list[str]:
    reasons = []
    shared = [str(theme) for theme in page.themes.all() if theme.slug in themes]
    like = [
        str(theme) for theme in page.themes.all() if theme.slug in near and theme.slug not in themes
    ]
    if shared:
        reasons.append(_("theme: {themes}").format(themes=", ".join(shared)))
    if page.pk in ranks:
        reasons.append(_("found by the words"))
    if like:
        reasons.append(_("like those chosen: {themes}").format(themes=", ".join(like)))
    return reasons


def _spreads(
    page: InitiativePage, picked: rules.Candidate, regions: Counter[str], years: Counter[int]
) -> list[str]:
    """Return what it adds to those before it: a region, an edition."""
    reasons = []
    if picked.region and not regions[picked.region]:
        reasons.append(_("first here from {region}").format(region=page.city.region.label))
    if not years[picked.year]:
        reasons.append(_("first here of {year}").format(year=picked.year))
    return reasons
