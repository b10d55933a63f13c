"""Which outcomes may be shown: the library does not know, so it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.library.signals import outcomes_asked

if TYPE_CHECKING:
    from django.http import HttpRequest


def told_editions(request: HttpRequest) -> frozenset[int]:
    """Return the keys of the editions whose outcomes everybody who answers lets be shown."""
    answers = outcomes_asked.send(sender=told_editions, request=request)
    told = [_keys(answer) for _receiver, answer in answers]
    return frozenset[int].intersection(*told) if told else frozenset()


def _keys(answer: Any) -> frozenset[int]:
    return frozenset(answer)
