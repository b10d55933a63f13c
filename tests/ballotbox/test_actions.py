from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ballotlog import leaves
from ballotlog.errors import LogError
from laurels.ballotbox import actions, rules
from laurels.ballotbox.enums import EntryKind
from laurels.ballotbox.models import Election
from tests.factories.ballotbox import NOW, STEP, make_poll, stage_ballots

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(settings):
    return make_poll(settings.KEYS, now=NOW, slug="drafted")


def test_published_manifest_fixes_the_facts_and_is_entry_zero(poll):
    entry = poll.election.entries.get()

    assert (entry.kind, bytes(entry.leaf)) == (EntryKind.MANIFEST, poll.manifest_leaf)
    assert poll.election.manifest_hash == poll.fixed.hash
    assert bytes(poll.election.registrar_key) == poll.fixed.registrar
    assert poll.election.log_vkey.startswith(f"{poll.election.origin}+")
    assert poll.election.is_published


def test_same_manifest_again_gives_the_same_entry_and_another_is_refused(poll, settings):
    again = actions.publish_manifest(election=poll.election, manifest_leaf=poll.manifest_leaf)
    other = make_poll(settings.KEYS, now=NOW, slug="other")

    with pytest.raises(actions.ManifestIsPublished):
        actions.publish_manifest(election=poll.election, manifest_leaf=other.manifest_leaf)

    assert again == poll.election.entries.get()


def test_manifest_that_departs_from_the_draft_is_refused_by_member(settings):
    with pytest.raises(actions.ManifestDiffers) as refused:
        make_poll(
            settings.KEYS, now=NOW, slug="bent", picks={"min": 0, "max": 3}, plaintext_size=80
        )

    assert refused.value.members == ["plaintext_size", "picks"]
    assert not Election.objects.get(slug="bent").is_published


def test_manifest_that_no_verifier_would_take_is_refused(poll):
    leaf = poll.manifest_leaf.replace(b'"tie":"lot"', b'"tie":"no!"')

    with pytest.raises(LogError, match="manifest-invalid"):
        actions.publish_manifest(election=poll.election, manifest_leaf=leaf)


def test_draft_with_an_address_that_cannot_be_is_refused(poll):
    facts = {
        "election_id": "x",
        "title": "x",
        "origin": "x",
        "opens_at": NOW,
        "closes_at": NOW + STEP,
        "closes_latest": NOW + STEP,
        "ceremony_at": NOW + 2 * STEP,
        "grace_seconds": 0,
        "min_picks": 1,
        "max_picks": 1,
        "plaintext_size": 64,
        "candidates": [],
    }

    for slug in ("Upper", "a/b", "..", "", "drafted"):
        with pytest.raises(ValidationError):
            actions.draft_election(slug=slug, **facts)

    assert Election.objects.count() == 1


def test_staged_leaf_is_one_entry_however_often_it_is_staged(poll):
    leaf = leaves.notice(at=rules.time_text(NOW), text="The desk is open.")

    first = actions.stage_entry(election=poll.election, leaf=leaf)
    second = actions.stage_entry(election=poll.election, leaf=leaf)

    assert (first, first.kind) == (second, EntryKind.NOTICE)


def test_leaves_that_are_none_are_not_staged(poll):
    close = leaves.close(at=rules.time_text(NOW), ballots=0)
    (ballot,) = stage_ballots(poll, 1, NOW)
    wrong = [b"{}", b"not JSON", b'{"t":"notice"}', poll.manifest_leaf]

    for leaf in wrong:
        with pytest.raises(LogError):
            actions.stage_entry(election=poll.election, leaf=leaf)
    for leaf in (close, bytes(ballot.leaf)):
        with pytest.raises(actions.EntryIsNotForStaging):
            actions.stage_entry(election=poll.election, leaf=leaf)

    assert poll.election.entries.entry_counts() == {"manifest": 1, "ballot": 1}


def test_draft_has_no_log_to_stage_for(poll):
    Election.objects.filter(pk=poll.election.pk).update(manifest=None)
    leaf = leaves.notice(at=rules.time_text(NOW), text="The desk is open.")

    with pytest.raises(actions.ElectionHasNoManifest):
        actions.stage_entry(election=poll.election, leaf=leaf)
    with pytest.raises(actions.ElectionHasNoManifest):
        actions.close_ballots(election=poll.election, now=poll.election.closing_at)


def test_close_counts_the_ballots_and_shuts_the_box(poll):
    stage_ballots(poll, 3, NOW)
    at = poll.election.closing_at + timedelta(seconds=5)

    close = actions.close_ballots(election=poll.election, now=at)

    assert json.loads(bytes(close.leaf)) == {
        "t": "close",
        "at": rules.time_text(at),
        "ballots": 3,
    }
    poll.election.refresh_from_db()
    assert poll.election.closed_at == at
    assert not poll.election.is_under_way(NOW)
    assert actions.close_ballots(election=poll.election, now=at + STEP) == close


def test_vote_does_not_close_before_its_time(poll):
    before = poll.election.closing_at - timedelta(seconds=1)

    with pytest.raises(actions.VoteIsStillOpen):
        actions.close_ballots(election=poll.election, now=before)

    poll.election.refresh_from_db()
    assert poll.election.closed_at is None
    assert poll.election.is_under_way(before)


def test_close_is_never_before_what_was_said_last(poll):
    later = poll.election.closing_at + STEP
    leaf = leaves.notice(at=rules.time_text(later), text="A notice with a later time.")
    actions.stage_entry(election=poll.election, leaf=leaf)

    close = actions.close_ballots(election=poll.election, now=poll.election.closing_at)

    assert json.loads(bytes(close.leaf))["at"] == rules.time_text(later)
