"""Letters to co-publishers and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from laurels.design.instants import as_text
from laurels.foundation import outbox
from laurels.foundation.models import Mail

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.focus.models import Approval, FocusArticlePage, Signatory

SALT = "laurels.focus.signing"


def key_of(approval: Approval, signatory: Signatory) -> str:
    """Return the secret part of the private link: which approval, and who answers."""
    return signing.dumps([approval.pk, signatory.pk], salt=SALT)


def read_key(key: str) -> tuple[int, int]:
    """Return the keys of approval and signatory. Raise signing.BadSignature for a forged one."""
    approval, signatory = signing.loads(key, salt=SALT)
    return int(approval), int(signatory)


def please_approve(approval: Approval, signatory: Signatory, *, now: datetime) -> None:
    article = approval.revision.as_object()
    address = reverse("focus:signing", args=[key_of(approval, signatory)])
    context = {
        "approval": approval,
        "signatory": signatory,
        "title": article.title,
        "goes_live": _hour(article.go_live_at, now),
        "link": f"{settings.SITE_URL}{address}",
    }
    _post(signatory.email, "please_approve", context, now)


def was_refused(approval: Approval, *, now: datetime) -> None:
    context = {
        "approval": approval,
        "title": approval.revision.content["title"],
        "link": _desk(approval),
    }
    _post_to_editor(approval, "was_refused", context, now)


def all_approved(approval: Approval, article: FocusArticlePage, *, now: datetime) -> None:
    context = {
        "title": approval.revision.content["title"],
        "is_live": article.live and article.live_revision_id == approval.revision_id,
        "goes_live": _hour(approval.revision.as_object().go_live_at, now),
        "link": _desk(approval),
    }
    _post_to_editor(approval, "all_approved", context, now)


def _hour(at: datetime | None, now: datetime) -> str:
    """Return an hour to come in words; "" for none, and for one that has passed."""
    return as_text(at, "UTC") if at is not None and at > now else ""


def _desk(approval: Approval) -> str:
    return f"{settings.SITE_URL}{reverse('focus_article', args=[approval.article_id])}"


def _post_to_editor(
    approval: Approval, letter: str, context: dict[str, object], now: datetime
) -> None:
    """Write to whoever sent the article out; nobody, where that account is gone."""
    if approval.asked_by is not None:
        _post(approval.asked_by.email, letter, context, now)


def _post(address: str, letter: str, context: dict[str, object], now: datetime) -> None:
    text = render_to_string(f"focus/mail/{letter}.txt", context).strip()
    subject, _blank, body = text.partition("\n")
    outbox.post(Mail(address=address, subject=subject, text=body.lstrip() + "\n"), now=now)
