"""The hot path of one ballot: its form, its ticket and its opening (SPEC sections 3, 5 and 6)."""

import re
from binascii import a2b_base64
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from ballotlog import hpke, p256, sealing, values
from ballotlog.manifest import Manifest


class Ballot(NamedTuple):
    """The members of a canonical ballot, as they stand in the leaf."""

    at: bytes
    c: bytes
    evc: bytes
    grade: bytes
    serial: bytes
    sig: bytes
    tag: bytes


def pattern(plaintext_size: int) -> re.Pattern[bytes]:
    r"""The canonical form of exactly the ballots of SPEC section 3, but for the calendar day.

    Every member is printable ASCII without `"` and `\`, so the RFC 8785 form has no freedom: a
    full match is at once UTF-8, JSON, canonical and of the right schema.
    """
    at = rb"2[0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5]0:00Z"
    serial = (
        rb"6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}"
    )
    return re.compile(
        rb'\{"at":"(' + at + rb')","c":"(' + _base64(sealing.OVERHEAD + plaintext_size) + rb')",'
        rb'"evc":"([0-9a-f]{64})","grade":"([a-z0-9-]{1,16})",'
        rb'"serial":(' + serial + rb'),"sig":"(' + _base64(p256.SIGNATURE_SIZE) + rb')",'
        rb'"t":"ballot","tag":"([0-9a-f]{32})"\}'
    )


def _base64(size: int) -> bytes:
    """Base64 of so many bytes; zero trailing bits leave few letters before the padding."""
    whole, rest = divmod(size, 3)
    end = (b"", b"[A-Za-z0-9+/][AQgw]==", b"[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=")[rest]
    return b"[A-Za-z0-9+/]{%d}" % (4 * whole) + end


class BallotRules:
    """What one ballot must hold by itself, whatever stands around it in the log."""

    def __init__(self, manifest: Manifest) -> None:
        self._match = pattern(manifest.plaintext_size).fullmatch
        self._days: set[bytes] = set()
        self._grades = frozenset(grade.encode() for grade in manifest.grades)
        self._opens_at = manifest.opens_at.encode()
        self._head = b"laurels/ticket/v1\n" + manifest.election.encode()
        self._is_signed = p256.Verifier(manifest.registrar)

    def read(self, leaf: bytes) -> Ballot | None:
        """The ballot, or None: then the general parser says what else it is, or what is wrong."""
        found = self._match(leaf)
        if found is None:
            return None
        ballot = Ballot._make(found.groups())
        if ballot.at[:10] not in self._days:
            if not values.time(ballot.at.decode()):
                return None
            self._days.add(ballot.at[:10])
        return ballot

    def fault(self, ballot: Ballot, closes_at: bytes | None, *, signed: bool = True) -> str | None:
        """The first code of step 7e, or None. Without `closes_at` no ballot is too late."""
        if ballot.grade not in self._grades:
            return "ballot-grade"
        if ballot.at < self._opens_at:
            return "ballot-too-early"
        if closes_at is not None and ballot.at >= closes_at:
            return "ballot-too-late"
        if signed and not self._is_signed(a2b_base64(ballot.sig), self._ticket(ballot)):
            return "ticket-signature"
        return None

    def _ticket(self, ballot: Ballot) -> bytes:
        """`texts.ticket` of a ballot, without taking its bytes apart and together again."""
        ciphertext_hash = sha256(a2b_base64(ballot.c)).hexdigest().encode()
        return b"%b\n%b\n%b\n%b\n%b\n%b\n" % (
            self._head,
            ballot.tag,
            ballot.serial,
            ballot.grade,
            ballot.evc,
            ciphertext_hash,
        )


@dataclass
class Votes:
    """Picks per candidate of live ballots, those not void and those void, and the spoiled ones."""

    counted: Counter[int] = field(default_factory=Counter)
    voided: Counter[int] = field(default_factory=Counter)
    spoiled: int = 0

    def add(self, other: "Votes") -> None:
        self.counted.update(other.counted)
        self.voided.update(other.voided)
        self.spoiled += other.spoiled


def count(manifest: Manifest, opening_key: int, live: Iterable[tuple[bytes, bool]]) -> Votes:
    """Open live ballots, given as (leaf, is void), and count them (SPEC sections 6 and 7)."""
    match, opened = pattern(manifest.plaintext_size).fullmatch, hpke.Opener(opening_key)
    head = f"laurels/ballot/v1\n{manifest.election}\n{manifest.hash}".encode()
    heard: Counter[tuple[bytes | None, bool]] = Counter()
    for leaf, is_void in live:
        found = match(leaf)
        if found is None:
            raise ValueError("not a ballot")
        ballot = Ballot._make(found.groups())
        info = b"%b\n%b\n%b" % (head, ballot.tag, ballot.serial)
        heard[opened(a2b_base64(ballot.c), info), is_void] += 1
    return _votes(manifest, heard)


def _votes(manifest: Manifest, heard: Counter[tuple[bytes | None, bool]]) -> Votes:
    votes, numbers = Votes(), frozenset(candidate.n for candidate in manifest.candidates)
    low, high = manifest.picks.min, manifest.picks.max
    for (plaintext, is_void), times in heard.items():
        picks = sealing.decode_picks(plaintext, numbers, low, high)
        if picks is None:
            votes.spoiled += 0 if is_void else times
        else:
            chosen = votes.voided if is_void else votes.counted
            chosen.update(dict.fromkeys(picks, times))
    return votes
