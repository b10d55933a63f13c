"""What can be asked of FOCUS articles and of what co-publishers say."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Coalesce, ExtractYear

from laurels.focus.blocks import INITIATIVE
from laurels.focus.enums import Answer
from laurels.foundation.languages import OriginalsQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wagtail.models import Revision

    from laurels.focus.models import Approval

YEAR = re.compile(r"[0-9]{4}")
NUL = "\x00"  # PostgreSQL refuses it in any text


class ListQuestion(NamedTuple):
    """Which articles a visitor wants to see; "" and None for all."""

    theme: str = ""
    year: int | None = None

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> ListQuestion:
        """Read the fields `theme` and `year` of a query; nonsense is nothing."""
        year = typed.get("year", "")
        return cls(
            theme=typed.get("theme", "").replace(NUL, ""),
            year=int(year) if YEAR.fullmatch(year) else None,
        )

    @property
    def query(self) -> str:
        """The question as the query of an address."""
        fields = {"theme": self.theme, "year": str(self.year or "")}
        return urlencode({name: value for name, value in fields.items() if value})


class FocusArticleQuerySet(OriginalsQuerySet):
    def newest_first(self) -> Self:
        """Return articles as the list shows them.

        Those that went out here come first; of the loaded ones most days are not known, and
        the tree holds them oldest first.
        """
        return self.order_by(models.F("published_at").desc(nulls_last=True), "-path")

    def for_the_list(self) -> Self:
        """Return the public articles, the newest first, with their themes: three queries."""
        return self.live().public().newest_first().in_words().prefetch_related("themes")

    def with_year(self) -> Self:
        """Return articles with `year`, in which each was first published; None if not known."""
        published = Coalesce(
            ExtractYear("published_on"),
            ExtractYear("published_at"),
            output_field=models.IntegerField(),
        )
        return self.annotate(year=published)

    def years(self) -> list[int]:
        """Return the years of the articles, the newest first."""
        rows = self.with_year().exclude(year=None).order_by("-year")
        return list(rows.values_list("year", flat=True).distinct())

    def answering(self, question: ListQuestion) -> Self:
        """Return the articles of the theme and the year asked for."""
        asked = self
        if question.theme:
            asked = asked.filter(themes__slug=question.theme)
        if question.year:
            asked = asked.with_year().filter(year=question.year)
        return asked

    def on_their_way(self) -> Self:
        """Return the originals that are not published, or changed since; the last saved first."""
        changed = models.Q(live=False) | models.Q(has_unpublished_changes=True)
        return (
            self.originals()
            .filter(changed)
            .select_related("latest_revision")
            .order_by("-latest_revision_created_at", "-pk")
        )

    def naming(self, initiative_id: int) -> Self:
        """Return the public articles that gather the initiative, the newest first."""
        block = {"type": INITIATIVE, "value": {"initiative": initiative_id}}
        return self.live().public().filter(body__contains=[block]).newest_first().in_words()


def digest(revision: Revision) -> str:
    """Return what tells one content of a revision from another: the admin may overwrite one."""
    content = json.dumps(revision.content, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(content.encode()).hexdigest()


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, revision: Revision) -> Self:
        """Return what was answered about exactly this content of exactly this revision."""
        return self.filter(revision=revision, content_digest=digest(revision))

    def approved(self) -> Self:
        return self.filter(answer=Answer.APPROVED)

    def all_given(self, revision: Revision) -> bool:
        """Return whether each co-publisher that the revision names has approved it."""
        named = set(revision.content.get("co_publishers") or [])
        given = self.of(revision).approved().values_list("partner_id", flat=True)
        return named <= set(given)
