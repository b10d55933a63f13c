"""Elections of three cities with every key on this host, and voters who come by no box."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings

from ballotlog import leaves, manifest, sealing, texts
from laurels.ballotbox import actions as ballotbox
from laurels.ballotbox.models import Election, Entry
from laurels.ballotbox.rules import time_text
from laurels.demo.keys import make_keys
from laurels.results import actions, keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.editions.models import Edition

OPENS = datetime(2023, 10, 31, 16, tzinfo=UTC)
BEFORE = OPENS - timedelta(hours=1)
CLOSES = datetime(2023, 11, 30, 16, tzinfo=UTC)
CEREMONY = datetime(2023, 12, 6, 16, tzinfo=UTC)
PERSON = "Ana"
CITIES = ("Cape Town", "Kazan", "Xianning")


def make_draft(edition: Edition | None = None, *, slug: str = "", is_demo: bool = True) -> Election:
    """A draft with three trustees, three reviewers and three candidates, on real time."""
    slug = slug or f"draft-{secrets.token_hex(4)}"
    election_id = f"test.example/{slug}"
    made = make_keys(settings.KEYS / slug, election_id)
    election = ballotbox.draft_election(
        slug=slug,
        election_id=election_id,
        title="City of Your Choice",
        origin=f"test.example/{slug}",
        opens_at=OPENS,
        closes_at=CLOSES,
        closes_latest=CLOSES + timedelta(days=2),
        ceremony_at=CEREMONY,
        grace_seconds=600,
        min_picks=1,
        max_picks=3,
        plaintext_size=64,
        candidates=[
            ballotbox.NewCandidate(number, f"2023-{name.lower().replace(' ', '-')}", name)
            for number, name in enumerate(CITIES, 1)
        ],
        edition=edition,
        is_demo=is_demo,
    )
    actions.appoint_trustees(election=election, trustees=made.trustees)
    actions.appoint_reviewers(election=election, reviewers=made.reviewers)
    return election


def publish(election: Election) -> Election:
    """Rehearse and open, an hour before the vote; a sequencer has to run."""
    actions.rehearse_election(election=election, person_name=PERSON, now=BEFORE)
    actions.open_election(election=election, person_name=PERSON, now=BEFORE)
    election.refresh_from_db()
    return election


def vote(
    election: Election, picks: Sequence[int], *, tag: str | None = None, serial: int = 1
) -> Entry:
    """Stage one sealed ballot as the box would."""
    fixed = manifest.parse(bytes(election.manifest))
    tag, evc, grade = tag or secrets.token_hex(16), "00" * 32, fixed.grades[0]
    info = texts.ballot_info(fixed.election, fixed.hash, tag, serial)
    sealed = sealing.seal(fixed.key, info, sealing.encode_picks(picks, fixed.plaintext_size))
    text = texts.ticket(fixed.election, tag, serial, grade, evc, sha256(sealed).hexdigest())
    key = keys.read_secret(settings.KEYS / election.slug / "registrar.pem")
    leaf = leaves.ballot(
        at=time_text(OPENS),
        tag=tag,
        serial=serial,
        grade=grade,
        evc=evc,
        c=sealed,
        sig=texts.sign(key, text),
    )
    return Entry.objects.create(
        election=election,
        kind="ballot",
        tag=uuid.UUID(tag),
        serial=serial,
        deadline=0,
        leaf=leaf,
        accepted_at=OPENS,
    )


def scalars(election: Election) -> dict[int, int]:
    return {n: keys.scalar_of(keys.demo_trustee(election, n)) for n in range(3)}


def finish(election: Election, *, until: str = "reveal") -> None:
    """Take every step from the close up to and with `until`."""
    told = {"election": election, "person_name": PERSON}
    attending = keys.demo_trustee(election, 0)
    deeds = {
        "close": lambda: actions.close_election(**told, now=CLOSES),
        "freeze": lambda: actions.freeze_election(**told, now=CLOSES),
        "unlink": lambda: actions.unlink_election(
            **told, trustee=0, trustee_key=attending, now=CLOSES
        ),
        "open_keys": lambda: actions.open_ballots(**told, scalars=scalars(election), now=CEREMONY),
        "count": lambda: actions.publish_result(**told, now=CEREMONY),
        "reveal": lambda: actions.reveal_result(**told, now=CEREMONY),
    }
    for name, deed in deeds.items():
        deed()
        if name == until:
            return
