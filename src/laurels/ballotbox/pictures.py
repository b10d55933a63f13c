"""The share picture of a vote: when it opens or closes, and never a figure of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from laurels.ballotbox import rules
from laurels.ballotbox.enums import PaperState
from laurels.design import hours_picture, instants
from laurels.design.hours_picture import HoursText, Row

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.ballotbox.models import Election


def of_vote(election: Election, now: datetime) -> HoursText:
    """Return what the picture of a vote says at `now` of its clock; its edition is at hand."""
    return hours_picture.in_words_that_can_be_set(lambda: _of_vote(election, now))


def vote_address(election: Election, now: datetime) -> str:
    """Return the whole address: another one once the vote opens, closes or is extended."""
    path = reverse("ballotbox:vote_picture", args=[election.slug])
    return f"{settings.SITE_URL}{path}?v={hours_picture.version(of_vote(election, now))}"


def _of_vote(election: Election, now: datetime) -> HoursText:
    state = rules.paper_state(election, now)
    is_early = state == PaperState.EARLY
    at = election.opens_at if is_early else election.closing_at
    zone = election.edition.host_timezone if election.edition else settings.TIME_ZONE
    sentences = {
        PaperState.EARLY: gettext("The vote opens"),
        PaperState.OPEN: gettext("The vote closes"),
        PaperState.CLOSED: gettext("Voting is closed."),
    }
    found = instants.elsewhere(at, zone, closes=not is_early)
    is_over = state == PaperState.CLOSED
    return HoursText(
        above=f"{settings.WAGTAIL_SITE_NAME} {election.edition.year if election.edition else ''}",
        title=election.title,
        detail=""
        if is_over
        else ngettext(
            "Choose one city.",
            "Choose %(min)s to %(max)s cities. Each counts the same.",
            election.max_picks,
        )
        % {"min": election.min_picks, "max": election.max_picks},
        state=sentences[state],
        host=instants.host_text(at, None, zone, closes=not is_early),
        heading=gettext("The same moment elsewhere"),
        rows=() if is_over else tuple(Row(*each) for each in found),
        takes_place=not is_over,
        direction=instants.direction(),
    )
