import threading
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection, connections

from ballotlog import checkpoints, texts
from laurels.ballotbox.queries import EntryIsRejected, LogIsBehind, logged_size
from laurels.ballotbox.sequencer.writer import LogWriter
from laurels.foundation.models import AuditEvent
from laurels.registrar import actions as registrar
from laurels.registrar.models import RegistrarElection
from laurels.results import actions, keys, log_reading, rules
from laurels.results.actions import steps
from laurels.results.actions.steps import about
from laurels.results.enums import State
from laurels.results.models import Rehearsal, Reveal
from laurels.results.signals import result_revealed
from tests.ballotbox.audit import assert_log_is_sound
from tests.factories.results import (
    BEFORE,
    CEREMONY,
    CLOSES,
    OPENS,
    PERSON,
    finish,
    make_draft,
    publish,
    scalars,
    vote,
)

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])
EVIDENCE = sha256(b"evidence").hexdigest()


def state(election):
    return rules.state(log_reading.facts_of(election))


def kinds(election):
    return election.entries.entry_counts()


def review_signatures(election, entry, *, text_of=texts.void, rule="batch"):
    position = entry.position
    text = text_of(election.election_id, position.index, bytes(position.leaf_hash), rule, EVIDENCE)
    folder = settings.KEYS / election.slug
    return {
        n: texts.sign(keys.read_secret(folder / f"demo-reviewer-{n + 1}.pem"), text) for n in (0, 2)
    }


def test_a_whole_election_is_counted_and_verifies(sequencer):
    election = publish(make_draft())
    vote(election, [1])
    vote(election, [3, 1])
    first = vote(election, [2])
    vote(election, [3], tag=first.tag.hex, serial=2)
    vote(election, [9])

    finish(election)

    assert state(election) == State.REVEALED
    outcome = log_reading.outcome_of(election)
    assert outcome.counts == {
        "received": 5,
        "counted": 3,
        "superseded": 1,
        "duplicate": 0,
        "void": 0,
        "spoiled": 1,
    }
    assert outcome.totals == {1: 2, 2: 0, 3: 2}
    assert assert_log_is_sound(election)["winners"] == outcome.winners


def test_every_step_is_in_the_audit_trail_once(sequencer):
    election = publish(make_draft())

    finish(election)
    finish(election)

    deeds = AuditEvent.objects.filter(about=about(election)).order_by("pk")
    assert [(event.deed, event.person_name) for event in deeds] == [
        (deed, PERSON)
        for deed in (
            "rehearse",
            "open",
            "close",
            "freeze",
            "unlink",
            "open_keys",
            "count",
            "reveal",
        )
    ]
    assert kinds(election) == {
        "manifest": 1,
        "close": 1,
        "freeze": 1,
        "unlinked": 1,
        "open": 3,
        "result": 1,
    }


def test_close_before_its_time_leaves_no_trace(sequencer):
    election = publish(make_draft())

    with pytest.raises(rules.StepRefused):
        actions.close_election(election=election, person_name=PERSON, now=OPENS)

    assert kinds(election) == {"manifest": 1}
    assert AuditEvent.objects.filter(deed="close").count() == 0


def test_open_before_the_ceremony_publishes_no_key(sequencer):
    election = publish(make_draft())
    finish(election, until="unlink")

    with pytest.raises(rules.StepRefused):
        actions.open_ballots(
            election=election, scalars=scalars(election), person_name=PERSON, now=CLOSES
        )

    assert "open" not in kinds(election)


def test_open_with_two_of_three_keys_opens_nothing_yet(sequencer):
    election = publish(make_draft())
    vote(election, [1])
    finish(election, until="unlink")
    held = scalars(election)
    last = held.pop(2)

    actions.open_ballots(election=election, scalars=held, person_name=PERSON, now=CEREMONY)
    assert state(election) == State.UNLINKED
    with pytest.raises(rules.StepRefused):
        actions.publish_result(election=election, person_name=PERSON, now=CEREMONY)

    actions.open_ballots(
        election=election, scalars={**held, 2: last}, person_name=PERSON, now=CEREMONY
    )
    assert state(election) == State.OPENED
    assert kinds(election)["open"] == 3


def test_a_wrong_key_is_refused_by_the_log(sequencer):
    election = publish(make_draft())
    finish(election, until="unlink")

    with pytest.raises(EntryIsRejected, match="open-key-mismatch"):
        actions.open_ballots(
            election=election, scalars={0: 12345}, person_name=PERSON, now=CEREMONY
        )

    actions.open_ballots(
        election=election, scalars=scalars(election), person_name=PERSON, now=CEREMONY
    )
    assert state(election) == State.OPENED


def extension_signatures(election, closes_at, reason):
    text = texts.extend(election.election_id, closes_at, reason)
    folder = settings.KEYS / election.slug
    return {
        n: texts.sign(keys.read_secret(folder / f"demo-reviewer-{n + 1}.pem"), text) for n in (0, 1)
    }


def test_an_extension_moves_the_close_in_log_and_register(sequencer):
    election = publish(make_draft())
    later = CLOSES + timedelta(hours=6)
    told = {"election": election, "closes_at": later, "reason": "An outage.", "now": OPENS}
    signatures = extension_signatures(election, "2023-11-30T22:00:00Z", "An outage.")

    for _try in range(2):
        actions.extend_election(signatures=signatures, person_name=PERSON, **told)

    election.refresh_from_db()
    assert election.closing_at == later
    assert RegistrarElection.objects.get(slug=election.slug).closes_at == later
    assert kinds(election) == {"manifest": 1, "extend": 1}
    with pytest.raises(rules.StepRefused):
        actions.close_election(election=election, person_name=PERSON, now=CLOSES)


def test_an_extension_that_was_interrupted_goes_on(sequencer, monkeypatch):
    election = publish(make_draft())
    later = CLOSES + timedelta(hours=6)
    told = {"election": election, "closes_at": later, "reason": "An outage."}
    signatures = extension_signatures(election, "2023-11-30T22:00:00Z", "An outage.")
    told |= {"signatures": signatures, "person_name": PERSON}
    monkeypatch.setattr(steps, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(LogWriter, "take", lambda _: 0)
    with pytest.raises(LogIsBehind):
        actions.extend_election(**told, now=OPENS)

    with pytest.raises(LogIsBehind):
        actions.extend_election(**told, now=OPENS + timedelta(minutes=1))
    monkeypatch.undo()
    actions.extend_election(**told, now=OPENS + timedelta(minutes=2))

    assert RegistrarElection.objects.get(slug=election.slug).closes_at == later
    assert kinds(election) == {"manifest": 1, "extend": 1}


def test_an_extension_beyond_the_limit_is_refused_by_the_log(sequencer):
    election = publish(make_draft())
    signatures = extension_signatures(election, "2024-01-01T00:00:00Z", "More.")

    with pytest.raises(EntryIsRejected, match="extend-time"):
        actions.extend_election(
            election=election,
            closes_at=datetime(2024, 1, 1, tzinfo=UTC),
            reason="More.",
            signatures=signatures,
            person_name=PERSON,
            now=OPENS,
        )

    assert RegistrarElection.objects.get(slug=election.slug).closes_at == CLOSES


def test_two_clicks_at_once_close_once(sequencer):
    election = publish(make_draft())
    problems = []

    def click():
        try:
            actions.close_election(election=election, person_name=PERSON, now=CLOSES)
        except Exception as problem:  # noqa: BLE001 -- told to the test's own thread
            problems.append(problem)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(3)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert problems == []
    assert kinds(election) == {"manifest": 1, "close": 1}


def test_unlink_goes_on_where_it_was_interrupted(sequencer):
    election = publish(make_draft())
    finish(election, until="freeze")
    register = RegistrarElection.objects.get(slug=election.slug)
    # The process died after the registrar's commit, before the entry was staged.
    registrar.unlink_mailboxes(election=register, now=CLOSES)

    actions.unlink_election(
        election=election,
        trustee=1,
        trustee_key=keys.demo_trustee(election, 1),
        person_name=PERSON,
        now=CEREMONY,
    )

    [unlinked] = log_reading.members_of(election, "unlinked")
    assert unlinked["at"] == "2023-11-30T16:00:00Z"
    assert unlinked["trustee"] == 1
    assert state(election) == State.UNLINKED


def test_a_void_ballot_is_received_and_not_counted(sequencer):
    election = publish(make_draft())
    vote(election, [1])
    doubtful = vote(election, [2])
    finish(election, until="close")
    doubtful.refresh_from_db()

    actions.void_ballot(
        election=election,
        index=doubtful.position.index,
        rule="batch",
        evidence=EVIDENCE,
        signatures=review_signatures(election, doubtful),
        person_name=PERSON,
        now=CLOSES,
    )
    finish(election)

    outcome = log_reading.outcome_of(election)
    assert (outcome.totals, outcome.totals_with_voids) == ({1: 1, 2: 0, 3: 0}, {1: 1, 2: 1, 3: 0})
    assert log_reading.set_aside_by_rule(election) == {"batch": 1}


def test_an_appeal_brings_a_ballot_back(sequencer):
    election = publish(make_draft())
    doubtful = vote(election, [2])
    finish(election, until="close")
    doubtful.refresh_from_db()
    told = {
        "election": election,
        "index": doubtful.position.index,
        "evidence": EVIDENCE,
        "person_name": PERSON,
        "now": CLOSES,
    }

    actions.void_ballot(rule="batch", signatures=review_signatures(election, doubtful), **told)
    back = review_signatures(election, doubtful, text_of=texts.unvoid, rule="appeal")
    actions.unvoid_ballot(rule="appeal", signatures=back, **told)
    finish(election)

    assert log_reading.outcome_of(election).totals == {1: 0, 2: 1, 3: 0}
    assert log_reading.set_aside_by_rule(election) == {}


def test_a_ballot_is_not_set_aside_while_the_vote_is_open(sequencer):
    election = publish(make_draft())

    with pytest.raises(rules.StepRefused):
        actions.void_ballot(
            election=election,
            index=1,
            rule="batch",
            evidence=EVIDENCE,
            signatures={0: bytes(64), 1: bytes(64)},
            person_name=PERSON,
            now=OPENS,
        )

    assert kinds(election) == {"manifest": 1}


def test_a_log_that_was_tampered_with_is_not_counted(sequencer):
    election = publish(make_draft())
    vote(election, [1])
    finish(election, until="open_keys")
    partials = (settings.LOGS / election.slug / "tile/entries/000.p").iterdir()
    bundle = max(partials, key=lambda path: int(path.name))
    content = bundle.read_bytes()
    bundle.write_bytes(content[:-9] + b"!" + content[-8:])

    with pytest.raises(actions.CountFailed, match="leaf-hash-mismatch"):
        actions.publish_result(election=election, person_name=PERSON, now=CEREMONY)

    assert "result" not in kinds(election)
    bundle.write_bytes(content)


def test_a_log_whose_checkpoint_is_not_written_yet_is_counted_later(sequencer, monkeypatch):
    election = publish(make_draft())
    vote(election, [1])
    finish(election, until="unlink")
    checkpoint = settings.LOGS / election.slug / "checkpoint"
    before = checkpoint.read_bytes()
    finish(election, until="open_keys")
    after = newest_checkpoint(election)

    checkpoint.write_bytes(before)
    monkeypatch.setattr(steps, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(LogIsBehind, match="try again"):
        actions.publish_result(election=election, person_name=PERSON, now=CEREMONY)
    monkeypatch.undo()
    checkpoint.write_bytes(after)
    actions.publish_result(election=election, person_name=PERSON, now=CEREMONY)

    assert kinds(election)["result"] == 1


def test_a_log_that_is_not_there_is_not_counted(sequencer):
    election = publish(make_draft())
    finish(election, until="open_keys")
    newest_checkpoint(election)
    (settings.LOGS / election.slug).rename(settings.LOGS / f"{election.slug}-away")

    with pytest.raises(actions.CountFailed, match="unreadable"):
        actions.publish_result(election=election, person_name=PERSON, now=CEREMONY)

    (settings.LOGS / f"{election.slug}-away").rename(settings.LOGS / election.slug)
    assert "result" not in kinds(election)


def newest_checkpoint(election):
    """The checkpoint of all that is logged, as soon as it is there."""
    file = settings.LOGS / election.slug / "checkpoint"
    while checkpoints.parse(file.read_bytes()).size < logged_size(election):
        time.sleep(0.02)
    return file.read_bytes()


def test_a_draft_that_changed_is_rehearsed_again(sequencer):
    election = make_draft()
    actions.rehearse_election(election=election, person_name=PERSON, now=BEFORE)
    election.candidates.filter(number=1).update(name="Lyon")

    with pytest.raises(rules.StepRefused):
        actions.open_election(election=election, person_name=PERSON, now=BEFORE)
    actions.rehearse_election(election=election, person_name=PERSON, now=BEFORE)
    actions.open_election(election=election, person_name=PERSON, now=BEFORE)

    assert Rehearsal.objects.filter(election=election).count() == 2
    assert state(election) == State.OPEN


def test_a_draft_that_fails_its_rehearsal_is_not_published():
    election = make_draft()
    election.plaintext_size = 5
    election.save()

    with pytest.raises(actions.RehearsalFailed):
        actions.rehearse_election(election=election, person_name=PERSON, now=BEFORE)

    assert state(election) == State.DRAFT
    assert AuditEvent.objects.count() == 0


def test_reveal_announces_itself_once(sequencer):
    election = publish(make_draft())
    heard = []

    def listen(election, **_signal):
        heard.append((election, connection.in_atomic_block))

    result_revealed.connect(listen)
    finish(election)
    finish(election)
    result_revealed.disconnect(listen)

    assert heard == [(election, True)]
    assert Reveal.objects.get(election=election).revealed_at == CEREMONY
