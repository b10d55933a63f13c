"""A dress run of a draft, from manifest to recount, in memory and with keys that nobody keeps.

A rule that cannot be counted, a plaintext that is too small or a tie that cannot be broken shows
here, before anyone votes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ballotlog.archive import Memory
from ballotlog.errors import LogError
from ballotlog.rehearsal import rehearse as run_through
from ballotlog.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

BALLOTS = 60
OF_THE_REAL_ONE = ("log", "registrar", "key")


class RehearsalFailed(Exception):  # noqa: N818 -- named for what is wrong
    """The dress run did not end as it has to; the message says where."""


def rehearse(draft: Mapping[str, Any], draft_hash: str) -> dict[str, Any]:
    """Run the draft's rule, candidates and times through a whole election; return the report.

    Raise RehearsalFailed where the log refuses an entry, counts something else than was voted,
    or still verifies after one byte of it was changed.
    """
    try:
        run = run_through(_template(draft, f"rehearsal/{draft_hash[:32]}"), ballots=BALLOTS)
    except (LogError, ValueError) as error:
        message = _("The dress run stopped: {problem}. Correct the draft and rehearse again.")
        raise RehearsalFailed(message.format(problem=error)) from error
    if not run.agrees:
        raise RehearsalFailed(
            _("The dress run counted something else than was voted. Do not open this vote.")
        )
    if verify(Memory(_with_a_changed_byte(run.files)), manifest_hash=run.manifest_hash)["ok"]:
        raise RehearsalFailed(_("A log with a changed byte still verified. Do not open this vote."))
    return run.report


def _template(draft: Mapping[str, Any], election: str) -> dict[str, Any]:
    """Return the draft without its keys, under an id of its own (SPEC: ids are never re-used)."""
    people = {
        role: [{name: person[name] for name in ("name", "institution")} for person in draft[role]]
        for role in ("trustees", "reviewers")
    }
    kept = {name: value for name, value in draft.items() if name not in OF_THE_REAL_ONE}
    return kept | people | {"election": election, "origin": election, "at": draft["opens_at"]}


def _with_a_changed_byte(files: Mapping[str, bytes]) -> dict[str, bytes]:
    path = max(path for path in files if path.startswith("tile/entries/"))
    changed = bytearray(files[path])
    changed[len(changed) // 2] ^= 1
    return {**files, path: bytes(changed)}
