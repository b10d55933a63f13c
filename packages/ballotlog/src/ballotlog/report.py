"""The report of SPEC section 9."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ballotlog.values import encode_base64, unix_seconds

if TYPE_CHECKING:
    from ballotlog.verify import Verification

FORMAT = "laurels/verify/v1"
PATIENCE = 3600  # seconds for witnesses to see the close


def failure(code: str, index: int | None = None) -> dict[str, Any]:
    """A report that fails reports no totals."""
    return {"format": FORMAT, "ok": False, "error": {"code": code, "index": index}}


def success(checked: "Verification") -> dict[str, Any]:
    progress, newest = checked.acts.progress, checked.newest
    outcome: dict[str, Any] = {
        "counts": asdict(checked.acts.counts()),
        "totals": None,
        "totals_with_voids": None,
        "winners": None,
        "winners_with_voids": None,
    }
    if progress.tally is not None:
        outcome = progress.tally.as_json()
    return {
        "format": FORMAT,
        "ok": True,
        "error": None,
        "election": checked.manifest.election,
        "manifest": checked.manifest.hash,
        "state": progress.state,
        "anchored": checked.options.manifest_hash is not None,
        "checkpoint": {
            "size": newest.size,
            "root": encode_base64(newest.root),
            "cosigners": len(checked.known.newest_times),
        },
        **outcome,
        "receipts": checked.receipts,
        "warnings": [{"code": code, "index": index} for code, index in _warnings(checked)],
    }


def _warnings(checked: "Verification") -> list[tuple[str, int | None]]:
    warnings: list[tuple[str, int | None]] = []
    if checked.manifest.quorum.final == 0:
        warnings.append(("no-witnesses", None))
    if checked.options.manifest_hash is None:
        warnings.append(("not-anchored", None))
    if _is_witnessed_late(checked):
        warnings.append(("close-witnessed-late", checked.close_size))
    return warnings + [("promise-pending", None)] * checked.pending_promises


def _is_witnessed_late(checked: "Verification") -> bool:
    signed = checked.known.first_signed(checked.close_size) if checked.close_size else None
    closing = unix_seconds(checked.acts.progress.closing_time)
    return signed is not None and signed > closing + checked.manifest.grace_seconds + PATIENCE
