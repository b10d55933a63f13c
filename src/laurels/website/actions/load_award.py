"""Loads an award's file in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from laurels.library.search.keeping import indexed_together
from laurels.website.actions.ledger import Ledger
from laurels.website.actions.load_editions import load_editions, load_totals
from laurels.website.actions.load_focus import load_focus
from laurels.website.actions.load_initiatives import load_initiatives, load_themes
from laurels.website.actions.load_pages import load_pages
from laurels.website.actions.load_partners import load_campaigns, load_partners
from laurels.website.actions.load_seminars import load_seminars
from laurels.website.actions.pages import plant_pages
from laurels.website.actions.roles import make_roles

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from laurels.website.award_file.problems import Remark, Report
    from laurels.website.award_file.shapes import AwardShape

LOCK = 0x1A0E15


@dataclass(frozen=True)
class Loading:
    """What a loading did: rows by kind, and what it wants people to know."""

    created: dict[str, int]
    changed: dict[str, int]
    warnings: tuple[Remark, ...]


@transaction.atomic
def load_award(*, award: AwardShape, report: Report, now_of: Callable[[str], datetime]) -> Loading:
    """Write what the file says and has changed since it was last loaded; nothing else.

    `now_of` tells the award clock of that name (`Edition.clock_name`). No outcome of an edition
    that is not revealed on its own clock is written. Raise AwardFileIsWrong, with nothing
    written, where the file and what is stored cannot both stand.
    """
    with connection.cursor() as cursor:
        # Two loadings at once would both make the pages that are missing.
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    ledger = Ledger(report)
    home, library, focus = plant_pages()
    make_roles(home)
    themes = load_themes(award.themes, ledger)
    editions = load_editions(award.editions, ledger, now_of)
    report.finish()
    load_totals(award.totals, editions, ledger)
    with indexed_together():
        pages = load_initiatives(editions, library, themes, ledger)
    load_seminars(editions, pages, ledger)
    load_partners(award.partners, ledger)
    load_campaigns(award.campaigns, editions, ledger)
    load_focus(award.articles, focus, themes, ledger)
    load_pages(award.pages, home, ledger)
    report.finish()
    return Loading(
        {kind: count for kind, count in ledger.created.items() if count},
        {kind: count for kind, count in ledger.changed.items() if count},
        tuple(report.warnings),
    )
