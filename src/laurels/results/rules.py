"""Which step an election may take, and what is missing for it. Pure: told facts and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.results.enums import State, Step

if TYPE_CHECKING:
    from datetime import datetime

# SPEC, section 4: one seat, equal votes are ordered by a lot that was sealed with the votes.
SEATS = 1
TIE = "lot"
GRADES = ("mail", "relay", "oidc")
RULE_IDS = ("alias", "throwaway", "batch", "withdrawn", "manual", "appeal")

# A ballot is set aside by two people of different houses.
INSTITUTIONS = 2

STEP_AFTER = {
    State.DRAFT: Step.REHEARSE,
    State.REHEARSED: Step.OPEN,
    State.OPEN: Step.CLOSE,
    State.CLOSED: Step.FREEZE,
    State.FROZEN: Step.UNLINK,
    State.UNLINKED: Step.OPEN_KEYS,
    State.OPENED: Step.COUNT,
    State.RESULT: Step.REVEAL,
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of an election: its draft, its log, its moments. Nothing of its outcome."""

    opens_at: datetime
    closing_at: datetime
    ceremony_at: datetime
    candidates: int
    trustees: int
    reviewers: int
    institutions: int
    has_rehearsal: bool = False
    has_manifest: bool = False
    has_close: bool = False
    has_freeze: bool = False
    has_unlinked: bool = False
    keys_published: int = 0
    has_result: bool = False
    is_revealed: bool = False
    entries_waiting: int = 0


@dataclass(frozen=True)
class Missing:
    """One thing that a step waits for, in a sentence, with the moment where there is one."""

    sentence: str
    moment: datetime | None = None

    def __str__(self) -> str:
        if self.moment is None:
            return self.sentence
        return f"{self.sentence} {self.moment:%Y-%m-%d %H:%M} UTC."


class StepRefused(Exception):  # noqa: N818 -- named for what is wrong
    """A step was asked for before all that it needs was there."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(" ".join(map(str, missing)))


def state(facts: Facts) -> State:
    reached = (
        (facts.is_revealed, State.REVEALED),
        (facts.has_result, State.RESULT),
        (facts.has_unlinked and facts.keys_published == facts.trustees, State.OPENED),
        (facts.has_unlinked, State.UNLINKED),
        (facts.has_freeze, State.FROZEN),
        (facts.has_close, State.CLOSED),
        (facts.has_manifest, State.OPEN),
        (facts.has_rehearsal, State.REHEARSED),
    )
    return next((name for holds, name in reached if holds), State.DRAFT)


def next_step(facts: Facts) -> Step | None:
    return STEP_AFTER.get(state(facts))


def is_done(step: Step, facts: Facts) -> bool:
    order = list(Step)
    following = next_step(facts)
    return following is None or order.index(step) < order.index(following)


def missing_for(step: Step, facts: Facts, now: datetime) -> list[Missing]:
    """Return what `step` still waits for, in the order to do it; empty: it may be taken.

    `now` is the award clock's. A step that is done waits for nothing.
    """
    if is_done(step, facts):
        return []
    following = next_step(facts)
    if following is not None and following != step:
        return [Missing(_("First comes: “{step}”.").format(step=following.label))]
    return _CHECKS[step](facts, now)


def check(step: Step, facts: Facts, now: datetime) -> None:
    """Raise StepRefused where `missing_for` finds anything."""
    if missing := missing_for(step, facts, now):
        raise StepRefused(missing)


def _missing_for_rehearse(facts: Facts, _now: datetime) -> list[Missing]:
    missing = []
    if facts.candidates == 0:
        missing.append(Missing(_("The ballot has no candidates yet. Add them to the draft.")))
    if facts.trustees == 0:
        missing.append(Missing(_("No trustee has given a key yet. At least one is needed.")))
    if facts.institutions < INSTITUTIONS:
        missing.append(
            Missing(_("Two reviewers of different institutions are needed to set a ballot aside."))
        )
    return missing


def _missing_for_open(facts: Facts, now: datetime) -> list[Missing]:
    missing = _missing_for_rehearse(facts, now)
    if now > facts.opens_at:
        missing.append(
            Missing(
                _("The manifest has to be published before the vote opens. It would have opened:"),
                facts.opens_at,
            )
        )
    return missing


def _missing_for_close(facts: Facts, now: datetime) -> list[Missing]:
    if now < facts.closing_at:
        return [Missing(_("The vote is still open. It can be closed from:"), facts.closing_at)]
    return []


def _missing_for_freeze(facts: Facts, _now: datetime) -> list[Missing]:
    if facts.entries_waiting:
        return [
            Missing(
                ngettext(
                    "{count} entry still waits for its place in the log. Try again in a moment.",
                    "{count} entries still wait for their place in the log. Try again in a moment.",
                    facts.entries_waiting,
                ).format(count=facts.entries_waiting)
            )
        ]
    return []


def _missing_for_open_keys(facts: Facts, now: datetime) -> list[Missing]:
    # The trustees' scalars in the public log are the result: whoever reads them can count.
    if now < facts.ceremony_at:
        return [
            Missing(_("The keys are published at the ceremony, not before:"), facts.ceremony_at)
        ]
    return []


def _nothing_missing(_facts: Facts, _now: datetime) -> list[Missing]:
    return []


_CHECKS = {
    Step.REHEARSE: _missing_for_rehearse,
    Step.OPEN: _missing_for_open,
    Step.CLOSE: _missing_for_close,
    Step.FREEZE: _missing_for_freeze,
    Step.UNLINK: _missing_for_freeze,
    Step.OPEN_KEYS: _missing_for_open_keys,
    Step.COUNT: _missing_for_freeze,
    Step.REVEAL: _nothing_missing,
}
