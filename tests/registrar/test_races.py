"""Two at once, on a real database: threads with connections of their own."""

import threading

import pytest
from django.db import connections

from laurels.registrar import actions
from laurels.registrar.models import Code, Mailbox, RegistrarMail, Ticket
from laurels.registrar.refusals import TicketAlreadySigned, TooManyCodes, VoteClosed
from tests.factories.registrar import (
    AWARD_NOON,
    CLOSES,
    HASH,
    ask,
    confirm,
    confirmed,
    minutes,
    open_register,
    sign,
)

pytestmark = pytest.mark.django_db(databases=["default", "registrar"], transaction=True)

WAIT_SECONDS = 20


def at_once(*deeds):
    """Do all at the same moment and return what each gave or raised, in order."""
    start = threading.Barrier(len(deeds))
    outcomes = [None] * len(deeds)

    def run(number, deed):
        try:
            start.wait()
            outcomes[number] = deed()
        except Exception as error:  # noqa: BLE001 -- the outcome is what the test looks at
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=[number, deed]) for number, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def test_one_code_typed_many_times_at_once_is_used_once():
    register = open_register()
    request, code = ask(register)

    outcomes = at_once(*[lambda: confirm(register, request, code)] * 6)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        *["CodeUsed"] * 5,
        "ConfirmedVoter",
    ]
    assert Mailbox.objects.count() == 1


def test_wrong_codes_at_once_cost_one_try_each():
    register = open_register()
    request, code = ask(register)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    outcomes = at_once(*[lambda: confirm(register, request, wrong)] * 6)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        *["CodeWrong"] * 4,
        *["NoTriesLeft"] * 2,
    ]
    assert Code.objects.get().tries_left == 0


def test_codes_asked_for_at_once_leave_one_good_and_keep_the_limit():
    register = open_register()

    outcomes = at_once(*[lambda: ask(register)] * 8)

    refused = [outcome for outcome in outcomes if isinstance(outcome, TooManyCodes)]
    assert len(refused) == 3
    assert Code.objects.filter(replaced_at=None).count() == 1
    assert RegistrarMail.objects.count() == 5


def test_two_hashes_at_once_for_one_serial_get_one_signature():
    register = open_register()
    voter = confirmed(register)
    hashes = [number.to_bytes(32, "big") for number in range(1, 7)]

    outcomes = at_once(*[lambda each=each: sign(register, voter, each) for each in hashes])

    signed = [outcome for outcome in outcomes if isinstance(outcome, Ticket)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, TicketAlreadySigned)]
    assert (len(signed), len(refused)) == (1, 5)
    assert bytes(Ticket.objects.get().signature) == bytes(signed[0].signature)


def test_one_hash_at_once_gets_one_signature_and_one_letter():
    register = open_register()
    sign(register, confirmed(register))
    voter = confirmed(register)
    letters = RegistrarMail.objects.count()

    outcomes = at_once(*[lambda: sign(register, voter, bytes(32))] * 5)

    assert len({bytes(outcome.signature) for outcome in outcomes}) == 1
    assert RegistrarMail.objects.count() == letters + 1


def test_one_mailbox_registered_many_times_at_once_has_one_tag():
    register = open_register()
    addresses = [f"voter{number}@demo.example" for number in range(20)]

    outcomes = at_once(
        *[
            lambda order=order: actions.register_mailboxes(
                election=register, addresses=addresses[::order], evidence={}, now=AWARD_NOON
            )
            for order in [1, -1, 1, -1]
        ]
    )

    tags = [{bytes(ticket.mailbox.tag) for ticket in outcome} for outcome in outcomes]
    assert all(each == tags[0] for each in tags)
    assert (Mailbox.objects.count(), Ticket.objects.count()) == (20, 20)


def test_nothing_slips_into_a_register_while_it_is_unlinked():
    register = open_register()
    voters = [confirmed(register, f"voter{number}@example.org") for number in range(4)]
    requests = [ask(register, f"late{number}@example.org") for number in range(4)]
    before_the_close = CLOSES - minutes(1)

    at_once(
        lambda: actions.unlink_mailboxes(election=register, now=CLOSES),
        *[
            lambda voter=voter: sign(register, voter, HASH, award_now=before_the_close)
            for voter in voters
        ],
        *[
            lambda request=request: confirm(register, *request, award_now=before_the_close)
            for request in requests
        ],
    )

    register.refresh_from_db()
    assert register.unlinked_at == CLOSES
    assert (Mailbox.objects.count(), Ticket.objects.count(), Code.objects.count()) == (0, 0, 0)


def test_code_after_unlinking_is_refused():
    register = open_register()
    request, code = ask(register)
    actions.unlink_mailboxes(election=register, now=CLOSES)

    [outcome] = at_once(lambda: confirm(register, request, code, award_now=CLOSES - minutes(1)))

    assert isinstance(outcome, VoteClosed)
    assert Mailbox.objects.count() == 0
