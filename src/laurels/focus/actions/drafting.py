"""A draft is made from chosen initiatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from laurels.focus import refusals, rules
from laurels.focus.blocks import INITIATIVE
from laurels.focus.models import FocusArticlePage, FocusIndexPage
from laurels.foundation import audit
from laurels.library.models import InitiativePage, Theme
from laurels.partners.models import Partner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from laurels.accounts.models import Person

LONGEST_ADDRESS = 200


@dataclass(frozen=True)
class Draft:
    """What an editor put together: keys of initiatives in their order, and what is said of them."""

    title: str
    initiatives: Sequence[int]
    teaser: str = ""
    opening: str = ""
    international_day: str = ""
    themes: Sequence[str] = ()
    co_publishers: Sequence[int] = ()
    go_live_at: datetime | None = None


@transaction.atomic
def draft_article(*, draft: Draft, person: Person, now: datetime) -> FocusArticlePage:
    """Make an unpublished article of the chosen initiatives, and its first version.

    Raise AlreadyDrafted where the coming day has one, made in another window or by another
    editor; NothingChosen where none of the initiatives is public any more.
    """
    # Two editors at once would both find that the day has no draft yet.
    index = FocusIndexPage.objects.originals().select_for_update().get()
    if draft.international_day:
        _refuse_second(draft.international_day)
    public = InitiativePage.objects.live().public().in_bulk(list(draft.initiatives))
    chosen = [public[pk] for pk in dict.fromkeys(draft.initiatives) if pk in public]
    if not chosen:
        raise refusals.NothingChosen
    article = FocusArticlePage(
        title=draft.title,
        slug=_free_address(index, draft.title),
        live=False,
        owner=person,
        teaser=rules.teaser(draft.teaser),
        international_day=draft.international_day,
        go_live_at=draft.go_live_at,
        body=rules.opening_blocks(draft.opening)
        + [
            {"type": INITIATIVE, "value": {"initiative": each.pk, "extract": ""}} for each in chosen
        ],
    )
    article.themes = list(Theme.objects.filter(slug__in=draft.themes))
    article.co_publishers = list(Partner.objects.filter(pk__in=draft.co_publishers))
    index.add_child(instance=article)
    article.save_revision(user=person, log_action=True)
    audit.record(
        person_name=str(person),
        deed="draft FOCUS article",
        about=article.slug,
        now=now,
        detail={"initiatives": [each.slug for each in chosen]},
    )
    return article


def _refuse_second(day: str) -> None:
    drafts = FocusArticlePage.objects.on_their_way().filter(live=False)
    first = drafts.filter(international_day=day).first()
    if first is not None:
        raise refusals.AlreadyDrafted(
            _("A draft for this day is there already: {title}.").format(title=first.draft_title),
            first.pk,
        )


def _free_address(index: FocusIndexPage, title: str) -> str:
    stem = slugify(title, allow_unicode=False)[:LONGEST_ADDRESS].strip("-") or "article"
    taken = set(index.get_children().values_list("slug", flat=True))
    number, address = 1, stem
    while address in taken:
        number += 1
        address = f"{stem}-{number}"
    return address
