"""The pages that tell of editions, shortlists, campaigns and the count."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.ballotbox.models import Election
from laurels.editions.enums import MomentKind
from laurels.editions.models import AwardTotals, Edition
from laurels.focus.models import FocusArticlePage
from laurels.foundation import clock
from laurels.foundation.clients import client_of, network_of
from laurels.foundation.languages import lay_over
from laurels.foundation.rate_limits import LimitReached
from laurels.library.models import InitiativePage
from laurels.partners.models import Campaign, Partner
from laurels.seminars.models import Seminar
from laurels.seminars.rules import takes_registrations, with_states
from laurels.website import actions, rules
from laurels.website.atlas import atlas_of, west_to_east
from laurels.website.forms import LetterForm
from laurels.website.models import ContactPage
from laurels.website.standing import current, standing_of, standings_of

if TYPE_CHECKING:
    from django.http import HttpRequest

# Behind a door, or a private link that somebody may have pasted somewhere.
NOT_FOR_PROGRAMS = ("/cms/", "/django-admin/", "/accounts/", "/registrar/", "/adaptations/")


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
    seminars = with_states(Seminar.objects.of(shown.edition).with_cities(), standing.now)
    context = {
        "campaign": shown,
        "partner": shown.partner,
        "edition": shown.edition,
        "standing": standing,
        "vote_name": shown.edition.vote_title,
        "ceremony": shown.edition.moment(MomentKind.CEREMONY),
        "seminars": seminars,
        "takes_registrations": any(takes_registrations(each, standing.now) for each in seminars),
        "initiatives": initiatives,
        "horizon": west_to_east(initiatives),
        "partners": Partner.objects.alphabetical(),
    }
    return render(request, "website/campaign.html", context)


@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a partner carries: calls to vote, articles that it co-signs, keys that it keeps."""
    shown = get_object_or_404(Partner.objects.alphabetical(), slug=slug)
    names = [shown.name, shown.short_name]
    context = {
        "partner": shown,
        "campaigns": shown.campaigns.newest_first(),
        "articles": FocusArticlePage.objects.for_the_list().filter(co_publishers=shown),
        "brought": shown.embed_visits.by_embed(),
        "trusted": Election.objects.for_the_public().filter(trustees__institution__in=names),
    }
    return render(request, "website/partner.html", context)


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


@require_POST
def write_to_secretariat(request: HttpRequest) -> HttpResponse:
    """Post a letter; what is typed comes back whole where something in it is wrong."""
    page = get_object_or_404(ContactPage.objects.live().exclude(recipient=""))
    lay_over([page])
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _contact(request, page, form)
    if not form.is_from_a_program:
        letter = {name: form.cleaned_data[name] for name in ("name", "address", "text")}
        network = network_of(client_of(request))
        try:
            actions.write_to_secretariat(
                recipient=page.recipient, network=network, now=clock.now(), **letter
            )
        except LimitReached:
            sentence = _("Too many letters came within an hour. Keep this one and send it later.")
            form.add_error(None, sentence)
            return _contact(request, page, form)
    return redirect(f"{page.url}?sent")


def _contact(request: HttpRequest, page: ContactPage, form: LetterForm) -> HttpResponse:
    context = {**page.get_context(request), "form": form}
    return render(request, page.template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Tell programs what they need not read; a demo must not be found as if it were the award."""
    if settings.DEMO:
        lines = ["# A demo: what happens here did not happen.", "User-agent: *", "Disallow: /"]
    else:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_PROGRAMS)]
    text = "\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _edition(year: int) -> Edition:
    return get_object_or_404(Edition.objects.with_calendar(), year=year)
