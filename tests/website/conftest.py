"""Two editions of the real award, loaded once for a module that only reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from laurels.editions.models import Edition
from laurels.library.search.keeping import indexed_together
from laurels.website.actions import load_award
from laurels.website.award_file.reading import read_folder
from tests.factories.award import REAL_FILE
from tests.factories.ballotbox import make_poll

EDITIONS = {2012, 2023}
OPENS_AT = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES_AT = datetime(2023, 11, 30, 16, tzinfo=UTC)
UNDER_WAY = datetime(2023, 11, 5, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded_award(django_db_setup, django_db_blocker):
    """The first and the sixth edition as on 5 November 2023, the vote open; undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        award, report = read_folder(Path(REAL_FILE))
        award = replace(award, editions=[one for one in award.editions if one.year in EDITIONS])
        with indexed_together():
            load_award(award=award, report=report, now_of=lambda _: UNDER_WAY)
        edition = Edition.objects.get(year=2023)
        make_poll(
            settings.KEYS,
            now=UNDER_WAY,
            slug="2023",
            opens_at=OPENS_AT,
            closes_at=CLOSES_AT,
            edition=edition,
            clock_name=edition.clock_name,
        )
        yield
        transaction.set_rollback(True)
