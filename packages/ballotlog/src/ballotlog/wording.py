"""What the command says to people: the same facts as the JSON report, in words."""

from collections.abc import Iterator
from typing import Any

from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.sentences import CLASSES, FAILURES, RECEIPTS, STATES, WARNINGS


def explain_failure(error: LogError) -> str:
    where = "" if error.index is None else f", at {error.index}"
    return f"NOT VERIFIED. {FAILURES[error.code]} ({error.code}{where})\n"


def explain_success(report: dict[str, Any], manifest: Manifest, *, totals_only: bool) -> str:
    """The totals, and unless only these are asked for, all that was checked."""
    lines = [*_heading(report, manifest)]
    if not totals_only:
        lines += [*_checks(report, manifest), *_counts(report)]
    lines += [*_totals(report, manifest), *_receipts(report), *_warnings(report)]
    return "".join(f"{line}\n" for line in lines)


def _heading(report: dict[str, Any], manifest: Manifest) -> Iterator[str]:
    size, received = report["checkpoint"]["size"], report["counts"]["received"]
    yield f"VERIFIED. {_printable(manifest.title)} ({manifest.election})"
    yield f"{size} entries, {received} of them ballots. {STATES[report['state']]}"


def _checks(report: dict[str, Any], manifest: Manifest) -> Iterator[str]:
    checkpoint, received = report["checkpoint"], report["counts"]["received"]
    cosigners, witnesses = checkpoint["cosigners"], len(manifest.witnesses)
    yield ""
    yield f"Entries    {checkpoint['size']}, in the tree that the log signed"
    yield f"Root       {checkpoint['root']}"
    yield f"Witnesses  {cosigners} of {witnesses} have signed it"
    yield f"Tickets    {received}, each signed by the registrar for its own ciphertext"
    yield f"Manifest   {report['manifest']}"
    anchor = "it is the hash you gave" if report["anchored"] else "compare it with the printed one"
    yield f"           {anchor}"


def _counts(report: dict[str, Any]) -> Iterator[str]:
    yield ""
    for name, meaning in CLASSES.items():
        count = report["counts"][name]
        if count is not None:
            yield f"{count:>10}  {name:<10}  {meaning}"


def _totals(report: dict[str, Any], manifest: Manifest) -> Iterator[str]:
    if report["totals"] is None:
        return
    names = {candidate.n: _printable(candidate.name) for candidate in manifest.candidates}
    with_voids = dict(report["totals_with_voids"])
    yield ""
    yield "     Votes  With void  Number  Candidate"
    for number, votes in sorted(report["totals"], key=lambda pair: -pair[1]):
        yield f"{votes:>10}  {with_voids[number]:>9}  {number:>6}  {names[number]}"
    yield ""
    yield f"Winners    {_listed(report['winners'], names)}"
    if manifest.tie == "lot" and _are_tied(report["totals"]):
        yield "           Equal votes are in the order of a lot that was sealed with the votes."
    if report["winners_with_voids"] != report["winners"]:
        yield f"If the void ballots counted: {_listed(report['winners_with_voids'], names)}"


def _receipts(report: dict[str, Any]) -> Iterator[str]:
    for receipt in report["receipts"]:
        yield f"Receipt    entry {receipt['index']} {RECEIPTS[receipt['status']]}"


def _warnings(report: dict[str, Any]) -> Iterator[str]:
    if report["warnings"]:
        yield ""
    for warning in report["warnings"]:
        yield f"Warning    {WARNINGS[warning['code']]}"


def _are_tied(totals: list[list[int]]) -> bool:
    votes = [count for _, count in totals if count]
    return len(set(votes)) < len(votes)


def _listed(numbers: list[int], names: dict[int, str]) -> str:
    return "; ".join(names[number] for number in numbers) or "none, there are no votes"


def _printable(text: str) -> str:
    """No character that a terminal would obey."""
    return "".join(c if c.isprintable() else "?" for c in text)
