"""The ceremony: the keys are published, the ballots counted, the result told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from ballotlog import canonical, checkpoints, leaves
from ballotlog.archive import Directory
from ballotlog.errors import LogError, Unreadable
from ballotlog.report import failure
from ballotlog.verify import verify
from laurels.ballotbox import actions as ballotbox
from laurels.ballotbox.enums import EntryKind
from laurels.ballotbox.queries import POLL_SECONDS, LogIsBehind, logged_size
from laurels.ballotbox.rules import time_text
from laurels.results import rules
from laurels.results.actions import steps
from laurels.results.enums import Step
from laurels.results.models import Reveal
from laurels.results.signals import result_revealed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from laurels.ballotbox.models import Election


class CountFailed(Exception):  # noqa: N818 -- named for what is wrong
    """The published log does not verify, so it is not counted; the message names the code."""


def open_ballots(
    *, election: Election, scalars: Mapping[int, int], person_name: str, now: datetime
) -> None:
    """Publish the secret keys of these trustees, by position; with the last one all is open.

    Possible from the ceremony on and not before: whoever reads these entries can count.
    """
    with steps.step(election, Step.OPEN_KEYS, person_name=person_name, now=now) as facts:
        entries = []
        if not rules.is_done(Step.OPEN_KEYS, facts):
            for position, scalar in sorted(_unpublished(election, scalars).items()):
                leaf = leaves.opening(at=time_text(now), trustee=position, scalar=scalar)
                entries.append(ballotbox.stage_entry(election=election, leaf=leaf))
    steps.settle(election, *entries)
    steps.settle(election, *election.entries.standing().of_kind(EntryKind.OPEN))


def publish_result(*, election: Election, person_name: str, now: datetime) -> None:
    """Count with the verifier on the published archive, and publish what it found as an entry."""
    with steps.step(election, Step.COUNT, person_name=person_name, now=now) as facts:
        entry = steps.staged(election, EntryKind.RESULT)
        if entry is None and not rules.is_done(Step.COUNT, facts):
            leaf = leaves.result(at=time_text(now), outcome=_count(election))
            entry = ballotbox.stage_entry(election=election, leaf=leaf)
    steps.settle(election, entry)


def reveal_result(*, election: Election, person_name: str, now: datetime) -> None:
    """Let the result page show what the stage has told."""
    with steps.step(election, Step.REVEAL, person_name=person_name, now=now):
        _reveal, is_new = Reveal.objects.get_or_create(
            election=election, defaults={"revealed_at": now}
        )
        if is_new:
            # Before the commit: a crash after it would leave what has to follow undone for ever.
            result_revealed.send(sender=Reveal, election=election)


def _unpublished(election: Election, scalars: Mapping[int, int]) -> dict[int, int]:
    leaves_there = election.entries.standing().of_kind(EntryKind.OPEN).leaves()
    known = {canonical.decode(leaf)["trustee"] for leaf in leaves_there}
    return {position: scalar for position, scalar in scalars.items() if position not in known}


def _count(election: Election) -> dict[str, Any]:
    _wait_until_published(election)
    archive = Directory(settings.LOGS / election.slug)
    try:
        report = verify(archive, manifest_hash=election.manifest_hash)
    except Unreadable:
        report = failure("unreadable")
    if not report["ok"]:
        message = _(
            "The published log does not verify ({code}), so it is not counted. "
            "Run “ballotlog verify” on it and look for the entry that it names."
        )
        raise CountFailed(message.format(code=report["error"]["code"]))
    return report


def _wait_until_published(election: Election) -> None:
    """Wait for the checkpoint, which is written after the table. Raise LogIsBehind."""
    until = time.monotonic() + steps.PATIENCE_SECONDS
    while not _is_published(election):
        if time.monotonic() >= until:
            raise LogIsBehind(_("The published log lacks entries as yet: try again in a moment."))
        time.sleep(POLL_SECONDS)


def _is_published(election: Election) -> bool:
    try:
        newest = checkpoints.parse((settings.LOGS / election.slug / "checkpoint").read_bytes())
    except (OSError, LogError):
        return True  # the verifier says what is wrong with it
    return newest.size >= logged_size(election)
