"""Whom the plain words of partners brought to the seminars."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from laurels.seminars.models import Registration, Seminar, ShareCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.editions.models import Edition
    from laurels.partners.models import Partner


@dataclass(frozen=True)
class Brought:
    """How often a partner's word opened an edition's form, and for each seminar what came of it.

    `seminars` are (seminar, registered or waiting, came by the personal link).
    """

    partner: Partner
    edition: Edition
    opened: int
    seminars: list[tuple[Seminar, int, int]]


def brought_by(partners: Sequence[Partner]) -> list[Brought]:
    """Return what these partners brought to each edition that has seminars, the newest first."""
    found = Seminar.objects.select_related("edition").order_by("-edition__year", "starts_at")
    editions = [(edition, list(these)) for edition, these in groupby(found, _edition_of)]
    words = [each.slug for each in partners]
    shares = ShareCount.objects.filter(source__in=words)
    opened = {(each.edition_id, each.source): each.count for each in shares}
    counts = _counts(words)
    return [
        Brought(
            partner=partner,
            edition=edition,
            opened=opened.get((edition.pk, partner.slug), 0),
            seminars=[(each, *counts.get((each.pk, partner.slug), (0, 0))) for each in seminars],
        )
        for edition, seminars in editions
        for partner in partners
    ]


def _edition_of(seminar: Seminar) -> Edition:
    return seminar.edition


def _counts(words: list[str]) -> dict[tuple[int, str], tuple[int, int]]:
    found: Any = (
        Registration.objects.standing()
        .filter(registrant__source__in=words)
        .values("seminar", "registrant__source")
        .annotate(registered=Count("pk"), came=Count("joined_at"))
        .order_by()
    )
    return {
        (each["seminar"], each["registrant__source"]): (each["registered"], each["came"])
        for each in found
    }
