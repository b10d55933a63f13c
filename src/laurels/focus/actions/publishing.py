"""Articles whose hour has come go out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from laurels.focus.actions.signing import locked_article
from laurels.focus.models import FocusArticlePage, NotApproved

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)


def publish_due(*, now: datetime) -> list[int]:
    """Publish the scheduled versions whose hour has come (real time); return their articles.

    A version that a co-publisher has not approved, or that was changed since, loses its hour
    and waits for a person. Each article is a transaction of its own: one that fails leaves the
    others alone, and is tried again.
    """
    kind = ContentType.objects.get_for_model(FocusArticlePage)
    due = Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now)
    published = []
    for revision_id, article_id in due.order_by("approved_go_live_at").values_list(
        "pk", "object_id"
    ):
        try:
            if _publish(revision_id, int(article_id), now):
                published.append(int(article_id))
        except Exception:
            log.exception("FOCUS article %s could not go out and is tried again", article_id)
    return published


@transaction.atomic
def _publish(revision_id: int, article_id: int, now: datetime) -> bool:
    locked_article(article_id)
    # Read again under the lock: a person may have taken it off the schedule.
    revision = Revision.objects.filter(pk=revision_id, approved_go_live_at__lte=now).first()
    if revision is None:
        return False
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except NotApproved:
        Revision.objects.filter(pk=revision_id).update(approved_go_live_at=None)
        log.warning(
            "FOCUS article %s lost its hour: its newest version is not approved", article_id
        )
        return False
    return True
