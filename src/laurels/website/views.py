"""The pages that tell of editions, shortlists, campaigns and the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laurels.editions.enums import MomentKind
from laurels.editions.models import AwardTotals, Edition
from laurels.library.models import InitiativePage
from laurels.partners.models import Campaign, Partner
from laurels.seminars.models import Seminar
from laurels.seminars.rules import with_states
from laurels.website import rules
from laurels.website.atlas import atlas_of, west_to_east
from laurels.website.standing import current, standing_of, standings_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    context = {
        "editions": standings_of(list(Edition.objects.for_the_list())),
        "totals": AwardTotals.objects.first(),
    }
    return render(request, "website/edition_list.html", context)


@require_safe
def edition(request: HttpRequest, year: int) -> HttpResponse:
    standing = standing_of(_edition(year))
    shown = standing.edition
    context = {
        "standing": standing,
        "edition": shown,
        "path": rules.edition_path(shown.moments.all(), standing.now),
        "shortlist": InitiativePage.objects.shortlisted_in(shown).with_everything(),
        "deserving": InitiativePage.objects.deserving_in(shown).with_everything(),
        "seminars": Seminar.objects.of(shown).with_cities(),
    }
    return render(request, "website/edition.html", context)


@require_safe
def shortlist(request: HttpRequest, year: int) -> HttpResponse:
    standing = standing_of(_edition(year))
    initiatives = list(InitiativePage.objects.shortlisted_in(standing.edition).with_everything())
    if not initiatives:
        raise Http404(_("No shortlist of this edition is known."))
    context = {
        "standing": standing,
        "edition": standing.edition,
        "initiatives": initiatives,
        "atlas": atlas_of(initiatives),
    }
    return render(request, "website/shortlist.html", context)


@require_safe
def campaign(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The page of a partner: the call to vote while it is open, what was and comes otherwise."""
    shown = get_object_or_404(Campaign.objects.of(slug=slug, year=year))
    standing = standing_of(shown.edition)
    shortlisted = InitiativePage.objects.shortlisted_in(shown.edition)
    initiatives = list(shortlisted.select_related("city", "edition"))
    context = {
        "campaign": shown,
        "partner": shown.partner,
        "edition": shown.edition,
        "standing": standing,
        "vote_name": shown.edition.vote_name or _("City of Your Choice"),
        "ceremony": shown.edition.moment(MomentKind.CEREMONY),
        "seminars": with_states(Seminar.objects.of(shown.edition).with_cities(), standing.now),
        "initiatives": initiatives,
        "horizon": west_to_east(initiatives),
        "partners": Partner.objects.alphabetical(),
    }
    return render(request, "website/campaign.html", context)


@require_safe
def how_we_count(request: HttpRequest) -> HttpResponse:
    standing = current(request)
    election = standing.election if standing else None
    context = {
        "standing": standing,
        "election": election,
        "zone": standing.edition.host_timezone if standing else settings.TIME_ZONE,
        "log_url": f"{settings.BOX_URL}/logs/{election.slug}" if election else "",
    }
    return render(request, "website/how_we_count.html", context)


def _edition(year: int) -> Edition:
    return get_object_or_404(Edition.objects.with_calendar(), year=year)
