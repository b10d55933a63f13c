"""What can be asked of FOCUS articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from laurels.foundation.languages import OriginalsQuerySet

if TYPE_CHECKING:
    from laurels.focus.models import FocusMention


class FocusArticleQuerySet(OriginalsQuerySet):
    def newest_first(self) -> Self:
        """Return articles as the list shows them; the tree holds them oldest first.

        The days of most are not known, so that their order is kept by their place in the tree.
        """
        return self.order_by("-path")

    def for_the_list(self) -> Self:
        """Return the public articles, the newest first, with themes and mentions: four queries."""
        return self.live().public().newest_first().in_words().prefetch_related("themes", "mentions")

    def naming(self, initiative_id: int) -> Self:
        """Return the public articles that gather the initiative, the newest first."""
        return (
            self.live()
            .public()
            .filter(mentions__initiative=initiative_id)
            .newest_first()
            .in_words()
        )


class FocusMentionQuerySet(models.QuerySet["FocusMention"]):
    def with_initiatives(self) -> Self:
        """Return mentions in the article's order with what a link needs at hand."""
        return self.select_related(
            "initiative", "initiative__city", "initiative__edition"
        ).order_by("sort_order", "pk")
