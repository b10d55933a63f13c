"""The one place that asks what time it is; everything else is told.

Two clocks. *Real time* is read by sessions, codes, limits, sending and retries. An *award clock*
is real time plus an offset that is kept once, read by all processes and only ever grows; phases,
the vote's window and the times in the log read it. Only a demo has offsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from laurels.foundation.models import ClockOffset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class ClockRunsBackwards(ValueError):  # noqa: N818 -- named for what is wrong
    """The instant asked for lies before what the clock already shows."""


class ClockIsReal(RuntimeError):  # noqa: N818 -- named for what is wrong
    """Somebody tried to move a clock outside the demo."""


def now() -> datetime:
    """Return real time, aware, in UTC."""
    return timezone.now()


def award_now(name: str) -> datetime:
    """Return what the named award clock shows: an aware instant in UTC.

    Outside the demo this is real time and asks no database. A demo's clock that has not been
    started stands still at its beginning (`settings.DEMO_CLOCKS`).
    """
    return award_nows([name])[name]


def award_nows(names: Iterable[str]) -> dict[str, datetime]:
    """Return what several award clocks show at one real instant: one query, however many."""
    real = now()
    if not settings.DEMO:
        return dict.fromkeys(names, real)
    names = list(names)
    found = ClockOffset.objects.filter(name__in=names).values_list("name", "offset")
    offsets = dict(found)
    # Real time here would tell, for one moment, everything that the demo still has before it.
    return {
        name: real + offsets[name] if name in offsets else settings.DEMO_CLOCKS.get(name, real)
        for name in names
    }


def start(name: str, at: datetime) -> datetime:
    """Let the named clock begin at `at`, unless it already runs; return what it shows.

    Two processes may start it at once: the first one's beginning stands. Raise `ClockIsReal`
    outside the demo.
    """
    _refuse_outside_the_demo(name)
    ClockOffset.objects.bulk_create(
        [ClockOffset(name=name, offset=at - now())], ignore_conflicts=True
    )
    return award_now(name)


def start_demo_clocks() -> None:
    """Start every clock of `settings.DEMO_CLOCKS` that does not run yet; nothing elsewhere."""
    if settings.DEMO:
        for name, beginning in settings.DEMO_CLOCKS.items():
            start(name, beginning)


def advance(name: str, to: datetime) -> datetime:
    """Move the named clock forward to the aware instant `to`; return what it shows then.

    Raise `ClockRunsBackwards` where the clock is already past `to`, and `ClockIsReal` outside
    the demo.
    """
    _refuse_outside_the_demo(name)
    start(name, award_now(name))
    offset = to - now()
    # One statement: of two processes that advance at once, the later instant wins, and the
    # other is refused by the condition read again under the row's lock.
    moved = ClockOffset.objects.filter(name=name, offset__lte=offset).update(offset=offset)
    if not moved:
        shown = award_now(name)
        message = f"The clock {name} shows {shown.isoformat()}, which is after {to.isoformat()}."
        raise ClockRunsBackwards(message)
    return award_now(name)


def _refuse_outside_the_demo(name: str) -> None:
    if not settings.DEMO:
        message = f"The clock {name} shows real time: only a demo's clock can be moved."
        raise ClockIsReal(message)
