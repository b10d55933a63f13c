"""Where each article stands between its draft and the public, and what the desk has to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from laurels.focus import gathering, rules
from laurels.focus.days import calendar
from laurels.focus.enums import Answer, Signing
from laurels.focus.models import Approval, FocusArticlePage
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wagtail.models import Revision

    from laurels.focus.days import InternationalDay

PROPOSED_BEFORE = timedelta(days=14)
LOOKED_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Standing:
    """An article at the desk; `approvals` are those of its newest version."""

    article: FocusArticlePage
    revision: Revision | None
    signing: Signing
    approvals: list[Approval]

    @property
    def waits_for(self) -> list[Approval]:
        return [each for each in self.approvals if each.answer == Answer.WAITING]


@dataclass(frozen=True)
class DayAhead:
    """A day that is coming, whether its draft is due, and the draft if there is one."""

    day: InternationalDay
    on: date
    is_due: bool
    article: FocusArticlePage | None


def standing_of(article: FocusArticlePage) -> Standing:
    revision = article.get_latest_revision()
    approvals = []
    if revision is not None:
        approvals = list(
            Approval.objects.of(revision).select_related("partner").order_by("partner__short_name")
        )
    is_live = article.live and not article.has_unpublished_changes
    signing = rules.signing(
        [Answer(each.answer) for each in approvals],
        asked_before=Approval.objects.filter(article=article).exists(),
        is_scheduled=bool(revision and revision.approved_go_live_at),
        is_live=is_live,
    )
    return Standing(article, revision, signing, approvals)


def days_ahead(today: date) -> list[DayAhead]:
    """Return the days of the next two months; their drafts are due two weeks before.

    An article counts for its day while it is a draft, and once it went out within two months.
    """
    articles = FocusArticlePage.objects.originals().exclude(international_day="")
    begun = articles.filter(Q(live=False) | Q(published_at__date__gte=today - LOOKED_AHEAD))
    drafts = {each.international_day: each for each in begun}
    found = []
    for day in calendar().values():
        on = day.next_after(today)
        if on - today <= LOOKED_AHEAD:
            due = on - today <= PROPOSED_BEFORE
            found.append(DayAhead(day, on, due, drafts.get(day.key)))
    return sorted(found, key=lambda each: each.on)


def naming_what_is_gone() -> list[tuple[FocusArticlePage, list[str]]]:
    """Return the published articles that name a case nobody can read any more, and which.

    The block is not shown; only a person can say what should stand there instead.
    """
    articles = list(FocusArticlePage.objects.live())
    named = {pk for article in articles for pk in gathering.initiative_ids(article)}
    public = set(
        InitiativePage.objects.live().public().filter(pk__in=named).values_list("pk", flat=True)
    )
    titles = dict(InitiativePage.objects.filter(pk__in=named - public).values_list("pk", "title"))
    rows = [(article, _gone(article, public, titles)) for article in articles]
    return [(article, gone) for article, gone in rows if gone]


def _gone(article: FocusArticlePage, public: set[int], titles: dict[int, str]) -> list[str]:
    ids: Sequence[int] = gathering.initiative_ids(article)
    return [titles.get(pk, f"#{pk}") for pk in ids if pk not in public]
