import pytest
from django.db import connections

from ballotlog import texts
from laurels.foundation import signals
from laurels.foundation.worker import keep_house
from laurels.registrar import actions
from laurels.registrar.models import DailyCount, RegistrarElection, Ticket
from laurels.registrar.refusals import VoteClosed
from tests.factories.registrar import (
    AWARD_NOON,
    CLOSES,
    HASH,
    NOON,
    OTHER_HASH,
    ask,
    confirmed,
    minutes,
    open_register,
    sign,
)

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])

DAY = minutes(24 * 60)


def dump(alias="registrar"):
    """Return every row of every table of a database, as text."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 -- a table's own name
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def filled_register():
    """A register with votes, a change, an unused code and an unsigned offer."""
    register = open_register()
    later = AWARD_NOON + DAY
    sign(register, confirmed(register))
    sign(register, confirmed(register, award_now=later), OTHER_HASH, award_now=later)
    sign(register, confirmed(register, "bo@example.org", award_now=later), award_now=later)
    confirmed(register, "unsigned@example.org")
    ask(register, "asked@example.org")
    actions.register_mailbox(
        election=register, address="demo@example.org", evidence={"demo": True}, now=AWARD_NOON
    )
    return register


def secrets_of(register):
    tickets = Ticket.objects.select_related("mailbox").filter(mailbox__election=register)
    found = {bytes(register.mailbox_key).hex()}
    for ticket in tickets:
        found |= {
            bytes(value).hex()
            for value in [
                ticket.mailbox.tag,
                ticket.mailbox.digest,
                ticket.evc,
                ticket.evidence_salt,
                ticket.evidence,
            ]
        }
        if ticket.signature is not None:
            found |= {bytes(ticket.signature).hex(), bytes(ticket.ciphertext_hash).hex()}
    found |= {bytes(code.digest).hex() for code in register.codes.all()}
    addresses = {"ana@example.org", "bo@example.org", "unsigned@example.org", "asked@example.org"}
    return found | addresses | {"demo@example.org"}


def test_unlinking_leaves_nothing_that_joins_a_mailbox_with_a_tag():
    register = filled_register()
    secrets = secrets_of(register)
    known_before = {secret for secret in secrets if secret in dump()}

    actions.unlink_mailboxes(election=register, now=CLOSES)

    after = dump() + dump("default")
    # Addresses of used codes and signed tickets are gone before the unlinking already.
    assert len(known_before) >= len(secrets) - 2
    assert [secret for secret in secrets if secret in after] == []


def test_unlinking_keeps_other_elections():
    register, other = filled_register(), open_register("another")
    ticket = confirmed(other).ticket

    actions.unlink_mailboxes(election=register, now=CLOSES)

    assert Ticket.objects.get().pk == ticket.pk
    assert RegistrarElection.objects.get(pk=other.pk).mailbox_key is not None


def test_unlinking_keeps_counts_by_day_of_the_host_and_grade():
    register = filled_register()

    unlinked = actions.unlink_mailboxes(election=register, now=CLOSES)

    rows = DailyCount.objects.values_list("day", "grade", "mailbox_count", "ticket_count")
    assert [(str(day), *rest) for day, *rest in rows] == [
        ("2023-11-05", "mail", 1, 1),
        ("2023-11-06", "mail", 1, 2),
    ]
    assert "2 mailboxes and 3 signed tickets" in unlinked.unlinked_statement
    assert len(unlinked.unlinked_statement.encode()) <= 2000


def test_unlinking_again_changes_nothing():
    register = filled_register()
    first = actions.unlink_mailboxes(election=register, now=CLOSES)

    again = actions.unlink_mailboxes(election=register, now=CLOSES + DAY)

    assert (again.unlinked_at, again.unlinked_statement) == (CLOSES, first.unlinked_statement)
    assert DailyCount.objects.count() == 2


def test_unlinking_before_the_close_is_refused():
    register = filled_register()

    with pytest.raises(actions.VoteIsNotOver):
        actions.unlink_mailboxes(election=register, now=CLOSES - minutes(1))

    assert Ticket.objects.count() == 5


def test_nothing_is_given_after_unlinking():
    register = filled_register()
    actions.unlink_mailboxes(election=register, now=CLOSES)

    with pytest.raises(VoteClosed):
        ask(register, award_now=AWARD_NOON)
    with pytest.raises(VoteClosed):
        actions.register_mailbox(
            election=register, address="x@example.org", evidence={}, now=AWARD_NOON
        )


def test_statement_is_signed_after_the_unlinking_only():
    register = filled_register()
    at, statement = "2023-12-01T00:00:00Z", "The map is destroyed."
    with pytest.raises(actions.StillLinked):
        actions.sign_unlinked_statement(election=register, at=at, statement=statement)
    actions.unlink_mailboxes(election=register, now=CLOSES)

    signature = actions.sign_unlinked_statement(election=register, at=at, statement=statement)

    text = texts.unlinked(register.election_id, at, statement)
    assert texts.is_signed(bytes(register.registrar_key), signature, text)


@pytest.mark.django_db(databases=["default", "registrar"], transaction=True)
def test_housekeeping_rewrites_the_files_that_held_the_rows():
    register = filled_register()
    tag = bytes(register.mailboxes.first().tag)
    actions.unlink_mailboxes(election=register, now=CLOSES)
    before = file_numbers()

    keep_house()

    register.refresh_from_db()
    assert register.shredded_at is not None
    assert not before & file_numbers()
    assert tag.hex() not in dump()


def file_numbers():
    names = ["registrar_mailbox", "registrar_ticket", "registrar_code", "registrar_votersession"]
    with connections["registrar"].cursor() as cursor:
        cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = ANY(%s)", [names])
        return {number for (number,) in cursor.fetchall()}


def test_registrar_keeps_house_when_the_foundation_calls():
    register = open_register()
    ask(register)

    answers = signals.housekeeping_due.send_robust(sender=None, now=NOON + minutes(15))

    assert [answer for _receiver, answer in answers if isinstance(answer, Exception)] == []
    assert register.codes.count() == 0


def test_hash_of_a_ballot_is_gone_too():
    register = open_register()
    sign(register, confirmed(register), HASH)

    actions.unlink_mailboxes(election=register, now=CLOSES)

    assert HASH.hex() not in dump()
