"""What happens to an election and its log; ballots themselves are cast in `box`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ballotlog import canonical, leaf_schemas, leaves, manifest
from laurels.ballotbox import locks, rules
from laurels.ballotbox.enums import EntryKind
from laurels.ballotbox.models import Candidate, Election, Entry
from laurels.ballotbox.queries import LogIsBehind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from laurels.editions.models import Edition
    from laurels.library.models import InitiativePage

# Ballots come through the box; these two have actions of their own.
NOT_STAGED = frozenset({EntryKind.BALLOT, EntryKind.CLOSE})


class ManifestDiffers(ValueError):  # noqa: N818 -- named for what is wrong
    """A manifest does not say what was planned; `members` names where."""

    def __init__(self, members: list[str]) -> None:
        self.members = members
        super().__init__(
            _("The manifest differs from the plan in: %(members)s. Make it again.")
            % {"members": ", ".join(members)}
        )


class ManifestIsPublished(ValueError):  # noqa: N818 -- named for what is wrong
    """There is another manifest already, and nothing of it can change."""


class WitnessesAreMissing(ValueError):  # noqa: N818 -- named for what is wrong
    """The manifest asks for cosignatures that this box cannot collect."""


class EntryIsNotForStaging(ValueError):  # noqa: N818 -- named for what is wrong
    """A leaf of a type that this action does not put before the log."""


class VoteIsStillOpen(ValueError):  # noqa: N818 -- named for what is wrong
    """The closing time in force has not come."""


class ElectionHasNoManifest(ValueError):  # noqa: N818 -- named for what is wrong
    """A draft has no log yet."""


@dataclass(frozen=True)
class NewCandidate:
    number: int
    code: str
    name: str
    initiative: InitiativePage | None = None


@transaction.atomic
def draft_election(  # noqa: PLR0913 -- the facts of a manifest, each by name
    *,
    slug: str,
    election_id: str,
    title: str,
    origin: str,
    opens_at: datetime,
    closes_at: datetime,
    closes_latest: datetime,
    ceremony_at: datetime,
    grace_seconds: int,
    min_picks: int,
    max_picks: int,
    plaintext_size: int,
    candidates: Sequence[NewCandidate],
    edition: Edition | None = None,
    clock_name: str = "",
    is_demo: bool = False,
    is_rehearsal: bool = False,
) -> Election:
    """Plan an election. Raise ValidationError for a slug, id or rule that cannot be."""
    election = Election(
        slug=slug,
        election_id=election_id,
        title=title,
        origin=origin,
        opens_at=opens_at,
        closes_at=closes_at,
        closing_at=closes_at,
        closes_latest=closes_latest,
        ceremony_at=ceremony_at,
        grace_seconds=grace_seconds,
        min_picks=min_picks,
        max_picks=max_picks,
        plaintext_size=plaintext_size,
        edition=edition,
        clock_name=clock_name,
        is_demo=is_demo,
        is_rehearsal=is_rehearsal,
    )
    election.full_clean()
    election.save()
    Candidate.objects.bulk_create(
        Candidate(
            election=election,
            number=candidate.number,
            code=candidate.code,
            name=candidate.name,
            initiative=candidate.initiative,
        )
        for candidate in candidates
    )
    return election


@transaction.atomic
def publish_manifest(*, election: Election, manifest_leaf: bytes) -> Entry:
    """Fix the rule for ever: entry 0 of the log. The same bytes again give the same entry.

    Raise LogError for a manifest that no verifier would take, ManifestDiffers where it departs
    from the draft, ManifestIsPublished where another one stands.
    """
    fixed = manifest.parse(manifest_leaf)
    election = _hold_the_order(election)
    if election.manifest is not None:
        if bytes(election.manifest) != manifest_leaf:
            raise ManifestIsPublished(_("This election has another manifest already."))
        return election.entries.of_kind(EntryKind.MANIFEST).get()
    if fixed.witnesses:
        raise WitnessesAreMissing(
            _("This box cannot ask witnesses yet: make a manifest without witnesses.")
        )
    if members := rules.differences(election, list(election.candidates.all()), fixed):
        raise ManifestDiffers(members)
    election.manifest = manifest_leaf
    election.manifest_hash = fixed.hash
    election.log_vkey = canonical.decode(manifest_leaf)["log"]
    election.registrar_key = fixed.registrar
    election.save()
    return _stage(election, EntryKind.MANIFEST, manifest_leaf)


@transaction.atomic
def stage_entry(*, election: Election, leaf: bytes) -> Entry:
    """Put a leaf before the log, which checks it within a second (`queries.wait_until_logged`).

    The same bytes again give the entry that stands. Raise LogError for what is no leaf of SPEC
    section 3, EntryIsNotForStaging for ballots, manifests and closes.
    """
    election = _hold_the_order(election)
    fixed = manifest.parse(_manifest_of(election))
    known = leaf_schemas.schemas(len(fixed.trustees), fixed.plaintext_size)
    kind = EntryKind(leaf_schemas.decode(leaf, 0, known)["t"])
    if kind in NOT_STAGED:
        raise EntryIsNotForStaging(
            _("An entry of type “%(kind)s” cannot be staged.") % {"kind": kind}
        )
    same = election.entries.of_kind(kind).standing().filter(leaf=leaf).first()
    return same or _stage(election, kind, leaf)


@transaction.atomic
def close_ballots(*, election: Election, now: datetime) -> Entry:
    """Refuse ballots from here on and put the close, with their exact number, before the log.

    Calling it again gives the same entry. Raise VoteIsStillOpen before the closing time in
    force, LogIsBehind while an extension waits that could still move it.
    """
    # Casting commits under the same lock: no ballot is between here and the commit of ours.
    election = _hold_the_order(election)
    _manifest_of(election)
    standing = election.entries.standing()
    if close := standing.of_kind(EntryKind.CLOSE).first():
        return close
    if standing.of_kind(EntryKind.EXTEND).filter(position__isnull=True).exists():
        raise LogIsBehind(_("An extension waits for the log: try again in a moment."))
    if now < election.closing_at:
        raise VoteIsStillOpen(_("The vote is open until its closing time."))
    if election.closed_at is None:
        election.closed_at = now
        election.save(update_fields=["closed_at"])
    last = standing.exclude(kind=EntryKind.BALLOT).latest("accepted_at").accepted_at
    at = rules.time_text(max(now, last))
    leaf = leaves.close(at=at, ballots=standing.ballots().count())
    return _stage(election, EntryKind.CLOSE, leaf)


def _hold_the_order(election: Election) -> Election:
    """Take the ordering lock until the transaction ends; return the row as it is from then on."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [locks.ORDER, election.pk])
    return Election.objects.select_for_update(no_key=True).get(pk=election.pk)


def _manifest_of(election: Election) -> bytes:
    if election.manifest is None:
        raise ElectionHasNoManifest(_("This election is a draft: publish its manifest first."))
    return bytes(election.manifest)


def _stage(election: Election, kind: EntryKind, leaf: bytes) -> Entry:
    return Entry.objects.create(
        election=election,
        kind=kind,
        leaf=leaf,
        accepted_at=rules.time_of(canonical.decode(leaf)["at"]),
    )
