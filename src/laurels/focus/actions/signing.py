"""Co-publishers are asked about one version of an article, and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.focus import letters, refusals, rules
from laurels.focus.enums import Answer
from laurels.focus.models import Approval, FocusArticlePage
from laurels.focus.queries import digest
from laurels.foundation import audit
from laurels.partners.models import Partner

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Revision

    from laurels.accounts.models import Person


@transaction.atomic
def ask_co_publishers(*, article_id: int, person: Person, now: datetime) -> list[Approval]:
    """Send the newest version to each co-publisher that has not approved it; return all answers.

    Asked twice within a minute, nobody gets a second letter. An older version that waits for
    its hour is taken off the schedule. Raise a Refusal, with nothing sent, where the article
    cannot be sent.
    """
    article = locked_article(article_id)
    revision = article.get_latest_revision()
    partners = _who_signs(article, revision)
    article.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    approvals = [_ask(article, revision, partner, person, now) for partner in partners]
    audit.record(
        person_name=str(person),
        deed="send FOCUS article to co-publishers",
        about=article.slug,
        now=now,
        detail={"revision": revision.pk, "partners": [partner.slug for partner in partners]},
    )
    return approvals


@transaction.atomic
def answer_approval(
    *, approval_id: int, answer: Answer, signed_by: str, now: datetime, reason: str = ""
) -> Approval:
    """Write what a co-publisher says of a version; the last approval publishes or schedules it.

    The same answer again changes nothing. Raise VersionChanged where a newer version exists,
    AlreadyAnswered where another answer was given, ReasonMissing for a refusal without a reason.
    """
    article = locked_article(Approval.objects.get(pk=approval_id).article_id)
    # Read under the article's lock: the answer may have come in another window meanwhile.
    approval = Approval.objects.select_related("revision", "partner", "asked_by").get(
        pk=approval_id
    )
    if approval.answer == answer:
        return approval
    if approval.answer != Answer.WAITING:
        raise refusals.AlreadyAnswered
    if not is_current(approval):
        raise refusals.VersionChanged
    if answer == Answer.REFUSED and not reason.strip():
        raise refusals.ReasonMissing
    approval.answer, approval.reason = answer, reason.strip()
    approval.answered_at, approval.answered_by = now, signed_by
    approval.save()
    audit.record(
        person_name=signed_by,
        deed=f"{answer} FOCUS article",
        about=article.slug,
        now=now,
        detail={"revision": approval.revision_id, "partner": approval.partner.slug},
    )
    _go_on(article, approval, now)
    return approval


def locked_article(article_id: int) -> FocusArticlePage:
    """Return the article, its row locked: two answers, or an answer and a sending, take turns."""
    article: FocusArticlePage = FocusArticlePage.objects.select_for_update().get(pk=article_id)
    return article


def is_current(approval: Approval) -> bool:
    """Return whether an approval speaks of the newest content of its article."""
    revision = approval.revision
    return bool(revision.is_latest_revision()) and digest(revision) == approval.content_digest


def _who_signs(article: FocusArticlePage, revision: Revision | None) -> list[Partner]:
    if revision is None:
        raise refusals.NothingToSend
    named = revision.content.get("co_publishers") or []
    partners = list(Partner.objects.filter(pk__in=named).alphabetical())
    if not partners:
        raise refusals.NobodyToAsk
    if article.live and article.live_revision_id == revision.pk:
        raise refusals.AlreadyPublished
    silent = [partner for partner in partners if not partner.signatories.exists()]
    if silent:
        raise refusals.NoSignatory(
            _("Nobody may sign for {partners}. Enter a signatory first.").format(
                partners=", ".join(partner.short_name for partner in silent)
            )
        )
    return partners


def _ask(
    article: FocusArticlePage, revision: Revision, partner: Partner, person: Person, now: datetime
) -> Approval:
    approval, is_new = Approval.objects.get_or_create(
        revision=revision,
        content_digest=digest(revision),
        partner=partner,
        defaults={"article": article, "asked_at": now, "asked_by": person},
    )
    if is_new or rules.may_ask_again(approval, now=now):
        approval.answer, approval.reason = Answer.WAITING, ""
        approval.answered_at, approval.answered_by = None, ""
        approval.asked_at, approval.asked_by = now, person
        approval.save()
        for signatory in partner.signatories.all():
            letters.please_approve(approval, signatory, now=now)
    return approval


def _go_on(article: FocusArticlePage, approval: Approval, now: datetime) -> None:
    if approval.answer == Answer.REFUSED:
        letters.was_refused(approval, now=now)
    elif Approval.objects.all_given(approval.revision):
        approval.revision.publish()
        article.refresh_from_db()
        letters.all_approved(approval, article, now=now)
