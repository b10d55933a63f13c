"""Where an edition stands. Pure: told the moments and the time, asks nothing and writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.editions.enums import MomentKind, Phase, Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from laurels.editions.models import Edition, Moment

LONGEST_TIME = timedelta.max


def phase(moments: Iterable[Moment], now: datetime) -> Phase:
    """Return the phase that follows from an edition's moments at `now`.

    Moments that are not recorded are passed over. The vote comes before the seminars, which
    lie within it; a ceremony makes an edition held, whatever else is not recorded.
    """
    calendar = {moment.kind: moment for moment in moments}
    if _has_begun(calendar, MomentKind.CEREMONY, now):
        held = _has_ended(calendar, MomentKind.CEREMONY, now)
        return Phase.HELD if held else Phase.CEREMONY
    if _has_ended(calendar, MomentKind.VOTE, now):
        return Phase.VOTE_CLOSED
    return next(
        (stage for stage, has_come in _BEFORE_THE_VOTE if has_come(calendar, now)), Phase.PLANNED
    )


def reveal_at(edition: Edition) -> datetime | None:
    """Return the instant from which the edition's outcomes may be known, in UTC.

    It is the opening of its ceremony; where only the day is recorded, the beginning of that day
    in the ceremony's zone; where only the month is, the month's end. None where no ceremony is
    recorded: then nothing is ever revealed.
    """
    ceremony = edition.moment(MomentKind.CEREMONY)
    if ceremony is None:
        return None
    if ceremony.opens_precision in {Precision.MINUTE, Precision.DAY}:
        return ceremony.opens_at
    return ceremony.closes_at


def is_revealed(edition: Edition, now: datetime) -> bool:
    """Return whether outcomes of the edition may be stored, let alone shown, at `now`."""
    instant = reveal_at(edition)
    return instant is not None and instant <= now


def current(editions: Iterable[Edition], now_of: Callable[[Edition], datetime]) -> Edition | None:
    """Return the edition in which something happens; None where there is no edition.

    It is the one whose nearest moment lies closest to its own award clock, which `now_of`
    tells: under way first, then just past or just ahead; of equals the newest.
    """
    return min(
        editions,
        key=lambda edition: (_distance(edition, now_of(edition)), -edition.year),
        default=None,
    )


def _distance(edition: Edition, now: datetime) -> timedelta:
    moments = list(edition.moments.all())
    if any(moment.is_open(now) for moment in moments):
        return timedelta(0)
    bounds = [at for moment in moments for at in (moment.opens_at, moment.closes_at) if at]
    return min((abs(at - now) for at in bounds), default=LONGEST_TIME)


def _has_begun(calendar: dict[str, Moment], kind: MomentKind, now: datetime) -> bool:
    moment = calendar.get(kind)
    return moment is not None and moment.opens_at is not None and moment.opens_at <= now


def _has_ended(calendar: dict[str, Moment], kind: MomentKind, now: datetime) -> bool:
    moment = calendar.get(kind)
    return moment is not None and moment.closes_at is not None and moment.closes_at <= now


def _is_under_review(calendar: dict[str, Moment], now: datetime) -> bool:
    return _has_begun(calendar, MomentKind.REVIEW, now) or _has_ended(
        calendar, MomentKind.CALL, now
    )


_BEFORE_THE_VOTE: tuple[tuple[Phase, Callable[[dict[str, Moment], datetime], bool]], ...] = (
    (Phase.VOTE, lambda calendar, now: _has_begun(calendar, MomentKind.VOTE, now)),
    (Phase.SHORTLIST, lambda calendar, now: _has_begun(calendar, MomentKind.SHORTLIST, now)),
    (Phase.REVIEW, _is_under_review),
    (Phase.CALL, lambda calendar, now: _has_begun(calendar, MomentKind.CALL, now)),
)
