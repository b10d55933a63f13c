"""What an embed shows: one leaf of the award, the same in a frame and in a web component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from laurels.editions.enums import MomentKind
from laurels.editions.models import Edition
from laurels.focus.gathering import public_initiatives
from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.partners.enums import EmbedKind
from laurels.partners.models import Campaign, Partner
from laurels.seminars.models import Seminar
from laurels.seminars.rules import with_states
from laurels.website.standing import Standing, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

LOOKS = ("light", "dark")
# Of a frame in CSS pixels: what is usual is seen without scrolling on a phone.
HEIGHTS = {
    EmbedKind.FOCUS: 720,
    EmbedKind.CAMPAIGN: 760,
    EmbedKind.CITY: 560,
    EmbedKind.COUNTDOWN: 260,
}
# How long a copy may be kept: what hangs on the clock is asked for more often.
SECONDS = {
    EmbedKind.FOCUS: 300,
    EmbedKind.CAMPAIGN: 60,
    EmbedKind.CITY: 300,
    EmbedKind.COUNTDOWN: 60,
}


@dataclass(frozen=True)
class Leaf:
    """One thing that can be shown elsewhere; `page_url` is the path of its page here."""

    kind: EmbedKind
    address: str
    title: str
    page_url: str
    context: dict[str, Any]

    @property
    def name(self) -> str:
        """The two parts by which it is asked for: `focus/one-earth-one-dream`."""
        return f"{self.kind.value}/{self.address}"

    @property
    def template(self) -> str:
        return f"website/embed/{self.kind.value}.html"

    @property
    def height(self) -> int:
        return HEIGHTS[self.kind]

    @property
    def seconds(self) -> int:
        return SECONDS[self.kind]


def find(kind: str, address: str, partner: Partner | None = None) -> Leaf:
    """Return what is asked for; its page is the partner's own where there is one.

    Raise Http404 where there is no such thing, or where nobody may see it yet.
    """
    if kind not in EmbedKind.values:
        raise Http404
    return _FINDERS[EmbedKind(kind)](address, partner)


def partner_named(word: str) -> Partner | None:
    """Return the partner whose plain word stands in the address of an embed, or None."""
    if not word or not word.isprintable():
        return None
    return Partner.objects.filter(slug=word).select_related("logo").first()


def look_named(word: str) -> str:
    """Return "light" or "dark"; "" where the visitor's own setting counts."""
    return word if word in LOOKS else ""


def render_leaf(
    request: HttpRequest, leaf: Leaf, *, partner: Partner | None, look: str, in_frame: bool
) -> str:
    """Return the HTML of a leaf in the language under way, the partner's name first."""
    context = {**leaf.context, "leaf": leaf, "partner": partner, "look": look, "in_frame": in_frame}
    return render_to_string("website/embed/leaf.html", context, request=request)


def _focus(address: str, _partner: Partner | None) -> Leaf:
    article = _first(FocusArticlePage.objects.live().public().filter(slug=address).in_words())
    context = {
        "page": article,
        "pieces": article.pieces(public_initiatives([article])),
        "signers": list(article.co_publishers.alphabetical()),
    }
    return Leaf(EmbedKind.FOCUS, address, article.title, article.url, context)


def _city(address: str, _partner: Partner | None) -> Leaf:
    initiatives = InitiativePage.objects.live().public().with_everything()
    page = _first(initiatives.filter(slug=address).in_words())
    standing = standing_of(page.edition)
    honours = list(page.honours.all()) if standing.is_revealed else []
    context = {"page": page, "standing": standing, "honours": honours}
    return Leaf(EmbedKind.CITY, address, page.city.name, page.url, context)


def _campaign(address: str, partner: Partner | None) -> Leaf:
    standing = _standing(address)
    edition = standing.edition
    campaigns = Campaign.objects.filter(edition=edition).select_related("partner", "edition")
    campaign = _first(campaigns.filter(partner=partner) if partner else campaigns, campaigns)
    shortlisted = InitiativePage.objects.shortlisted_in(edition)
    context = {
        "standing": standing,
        "edition": edition,
        "ceremony": edition.moment(MomentKind.CEREMONY),
        "seminars": with_states(Seminar.objects.of(edition).with_cities(), standing.now),
        "initiatives_count": shortlisted.count(),
        "partners": Partner.objects.alphabetical(),
    }
    title = edition.vote_title
    return Leaf(EmbedKind.CAMPAIGN, address, title, campaign.get_absolute_url(), context)


def _countdown(address: str, _partner: Partner | None) -> Leaf:
    standing = _standing(address)
    if standing.election is None:
        raise Http404
    edition = standing.edition
    ceremony = edition.moment(MomentKind.CEREMONY)
    context = {"standing": standing, "edition": edition, "ceremony": ceremony}
    title = edition.vote_title
    # Never the ballot itself: a ballot is cast at the site, outside of any frame.
    url = reverse("ballotbox:ballot", args=[standing.election.slug])
    return Leaf(EmbedKind.COUNTDOWN, address, title, url, context)


def _standing(address: str) -> Standing:
    if not (address.isascii() and address.isdigit()):
        raise Http404
    return standing_of(_first(Edition.objects.with_calendar().filter(year=int(address))))


def _first(*choices: Any) -> Any:
    """Return the first row of the first of several queries that has one."""
    for rows in choices:
        if (row := rows.first()) is not None:
            return row
    raise Http404


_FINDERS: dict[EmbedKind, Callable[[str, Partner | None], Leaf]] = {
    EmbedKind.FOCUS: _focus,
    EmbedKind.CITY: _city,
    EmbedKind.CAMPAIGN: _campaign,
    EmbedKind.COUNTDOWN: _countdown,
}
