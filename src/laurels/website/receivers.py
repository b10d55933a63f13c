"""Answers what lower apps ask of the whole award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from laurels.library.signals import outcomes_asked
from laurels.website.standing import told_editions

if TYPE_CHECKING:
    from django.http import HttpRequest


@receiver(outcomes_asked, dispatch_uid="website.tell_outcomes")
def tell_outcomes(request: HttpRequest, **_signal: Any) -> set[int]:
    return told_editions(request)
