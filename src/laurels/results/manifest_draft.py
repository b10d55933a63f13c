"""The manifest of an election, from its draft: what is printed on the poster before anyone votes.

Pure: rows and keys come in, JSON members (SPEC, section 4) go out.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ballotlog import canonical, sealing
from ballotlog.values import encode_base64
from laurels.ballotbox.rules import time_text
from laurels.results import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.ballotbox.models import Candidate, Election
    from laurels.results.models import Reviewer, Trustee

RULE_BOOK = Path(__file__).with_name("rule_book.md").read_bytes()


def members(
    *,
    election: Election,
    candidates: Iterable[Candidate],
    trustees: Iterable[Trustee],
    reviewers: Iterable[Reviewer],
    log_vkey: str,
    registrar_key: bytes,
) -> dict[str, Any]:
    """Return the members of the manifest but `at`, which is told when it is published."""
    trustees = list(trustees)
    points = [bytes(trustee.key) for trustee in trustees]
    return {
        "election": election.election_id,
        "title": election.title,
        "origin": election.origin,
        "log": log_vkey,
        "opens_at": time_text(election.opens_at),
        "closes_at": time_text(election.closes_at),
        "closes_latest": time_text(election.closes_latest),
        "ceremony_at": time_text(election.ceremony_at),
        "grace_seconds": election.grace_seconds,
        "candidates": [
            {"n": candidate.number, "id": candidate.code, "name": candidate.name}
            for candidate in candidates
        ],
        "picks": {"min": election.min_picks, "max": election.max_picks},
        "plaintext_size": election.plaintext_size,
        "seats": rules.SEATS,
        "tie": rules.TIE,
        "grades": list(rules.GRADES),
        "rules": {"ids": list(rules.RULE_IDS), "hash": hashlib.sha256(RULE_BOOK).hexdigest()},
        "registrar": encode_base64(registrar_key),
        "reviewers": [_person(reviewer) for reviewer in reviewers],
        "trustees": [
            _person(trustee) | {"proof": encode_base64(bytes(trustee.proof))}
            for trustee in trustees
        ],
        "key": encode_base64(sealing.sum_points(points)) if points else "",
        "witnesses": [],
        "quorum": {"open": 0, "final": 0},
    }


def draft_hash(draft: dict[str, Any]) -> str:
    """Return SHA-256 of the members in canonical form, in hex."""
    return hashlib.sha256(canonical.encode(draft)).hexdigest()


def _person(person: Trustee | Reviewer) -> dict[str, str]:
    return {
        "name": person.name,
        "institution": person.institution,
        "key": encode_base64(bytes(person.key)),
    }
