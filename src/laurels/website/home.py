"""What the home page shows in each phase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.editions.models import AwardTotals
from laurels.focus import gathering
from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.seminars.models import Seminar
from laurels.website import rules
from laurels.website.atlas import atlas_of, west_to_east
from laurels.website.standing import current

if TYPE_CHECKING:
    from django.http import HttpRequest

SEMINARS_SHOWN = 2
ARTICLES_SHOWN = 3


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the home page; nothing but the articles without an edition."""
    articles = list(FocusArticlePage.objects.for_the_list()[:ARTICLES_SHOWN])
    named = gathering.public_initiatives(articles[:1])
    context: dict[str, Any] = {
        "articles": articles,
        "cities": gathering.gathered(articles[0], named) if articles else [],
    }
    standing = current(request)
    if standing is None:
        return context
    edition = standing.edition
    initiatives = list(InitiativePage.objects.shortlisted_in(edition).with_everything())
    seminars = Seminar.objects.of(edition).not_over(standing.now).with_cities()
    return context | {
        "standing": standing,
        "edition": edition,
        "path": rules.edition_path(edition.moments.all(), standing.now),
        "initiatives": initiatives,
        "horizon": west_to_east(initiatives),
        "atlas": atlas_of(initiatives),
        "seminars": seminars[:SEMINARS_SHOWN],
        "totals": AwardTotals.objects.first(),
    }
