import json
from datetime import timedelta

import pytest

from ballotlog import texts
from laurels.registrar import actions, rules
from laurels.registrar.models import Code, Mailbox, RegistrarMail, Ticket, VoterSession
from laurels.registrar.refusals import (
    ChangeClosed,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    NoTriesLeft,
    RegistrarUnavailable,
    SerialUnknown,
    TicketAlreadySigned,
    TooManyCodes,
    VoteClosed,
    VoteNotOpen,
    VoterExpired,
)
from tests.factories.registrar import (
    AWARD_NOON,
    CLOSES,
    HASH,
    NOON,
    OPENS,
    OTHER_HASH,
    ask,
    confirm,
    confirmed,
    minutes,
    open_register,
    sign,
    write_key,
)

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])

LAST_HOUR = CLOSES - minutes(60)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_open_register_again_changes_nothing():
    register = open_register()
    key = bytes(register.registrar_key)

    again = actions.open_register(
        slug=register.slug,
        election_id=register.election_id,
        title=register.title,
        host_timezone=register.host_timezone,
        opens_at=OPENS,
        closes_at=CLOSES,
        clock_name="",
        registrar_key=key,
        grades=["mail", "relay", "oidc"],
    )

    assert (again.pk, bytes(again.mailbox_key)) == (register.pk, bytes(register.mailbox_key))


def test_open_register_with_other_facts_is_refused_by_name():
    register = open_register()

    with pytest.raises(actions.RegisterDiffers, match="election_id, title"):
        actions.open_register(
            slug=register.slug,
            election_id="award.example/other",
            title="Another",
            host_timezone=register.host_timezone,
            opens_at=OPENS,
            closes_at=CLOSES,
            clock_name="",
            registrar_key=bytes(register.registrar_key),
            grades=["mail", "relay", "oidc"],
        )


def test_open_register_refuses_a_key_that_is_not_in_the_manifest():
    point = write_key("elsewhere")

    with pytest.raises(actions.KeyDiffers):
        open_register(registrar_key=point)


def test_open_register_refuses_a_manifest_without_its_grade():
    with pytest.raises(actions.GradeIsMissing):
        open_register(grades=["oidc"])


def test_open_register_without_a_key_file_is_refused():
    with pytest.raises(RegistrarUnavailable):
        actions.open_register(
            slug="no-key-here",
            election_id="award.example/no-key",
            title="No key",
            host_timezone="UTC",
            opens_at=OPENS,
            closes_at=CLOSES,
            clock_name="",
            registrar_key=bytes(65),
            grades=["mail"],
        )


def test_a_vote_from_address_to_ticket():
    register = open_register()

    voter = confirmed(register)
    ticket = sign(register, voter)

    text = texts.ticket(
        register.election_id,
        bytes(voter.ticket.mailbox.tag).hex(),
        1,
        "mail",
        bytes(voter.ticket.evc).hex(),
        HASH.hex(),
    )
    assert texts.is_signed(bytes(register.registrar_key), bytes(ticket.signature), text)
    assert (voter.ticket.serial, voter.replaces, len(bytes(ticket.mailbox.tag))) == (1, False, 16)


def test_evidence_is_committed_to_and_says_little():
    register = open_register()

    ticket = confirmed(register).ticket

    record = bytes(ticket.evidence)
    assert bytes(ticket.evc) == rules.evidence_commitment(bytes(ticket.evidence_salt), record)
    network = rules.network_digest(bytes(register.mailbox_key), "192.0.2.0/24")
    assert json.loads(record) == {
        "at": "2023-11-05T12:00:00Z",
        "domain": "other",
        "grade": "mail",
        "network": network,
    }


def test_one_mailbox_has_one_tag_however_it_is_spelled():
    register = open_register()

    first = sign(register, confirmed(register, "Ana.Ruiz@Example.org"))
    second = confirmed(register, "ana.ruiz@EXAMPLE.ORG")

    assert second.ticket.mailbox_id == first.mailbox_id
    assert (second.ticket.serial, second.replaces) == (2, True)


def test_one_mailbox_has_other_tags_in_other_elections():
    registers = [open_register(), open_register("city-of-your-choice-2025")]

    boxes = [confirmed(register).ticket.mailbox for register in registers]

    assert boxes[0].tag != boxes[1].tag
    assert boxes[0].digest != boxes[1].digest


def test_asking_tells_nothing_about_an_earlier_vote(django_assert_num_queries):
    register = open_register()
    sign(register, confirmed(register, "voted@example.org"))

    with django_assert_num_queries(10, using="registrar") as of_a_voter:
        ask(register, "voted@example.org", now=NOON + minutes(20))
    with django_assert_num_queries(10, using="registrar") as of_a_stranger:
        ask(register, "strange@example.org", now=NOON + minutes(20))

    assert len(of_a_voter) == len(of_a_stranger)


def test_code_is_kept_as_a_hash_only():
    register = open_register()

    request, code = ask(register)

    kept = Code.objects.get()
    stored = repr([bytes(kept.code_hash), bytes(kept.request_hash), kept.address])
    assert code not in stored
    assert request not in stored
    assert bytes(kept.code_hash) == rules.code_hash(request, code)


def test_code_works_in_the_browser_that_asked_only():
    register = open_register()
    _request, code = ask(register)
    other_request, other_code = ask(register, "other@example.org")

    with pytest.raises((CodeWrong, CodeExpired)):
        confirm(register, other_request, code if code != other_code else wrong(code))

    assert Mailbox.objects.count() == 0


def test_code_works_once():
    register = open_register()
    request, code = ask(register)
    confirm(register, request, code)

    with pytest.raises(CodeUsed):
        confirm(register, request, code)

    assert VoterSession.objects.count() == 1


def test_newest_code_counts_and_older_ones_die():
    register = open_register()
    first = ask(register)
    second = ask(register)

    with pytest.raises(CodeExpired):
        confirm(register, *first)

    assert confirm(register, *second).ticket.serial == 1


@pytest.mark.parametrize(
    ("age", "refused"), [(minutes(15) - timedelta(seconds=1), False), (minutes(15), True)]
)
def test_code_lives_fifteen_minutes(age, refused):
    register = open_register()
    request, code = ask(register)

    if refused:
        with pytest.raises(CodeExpired):
            confirm(register, request, code, now=NOON + age)
    else:
        assert confirm(register, request, code, now=NOON + age).ticket.serial == 1


def test_code_allows_five_tries():
    register = open_register()
    request, code = ask(register)

    left = []
    for _ in range(4):
        with pytest.raises(CodeWrong) as refusal:
            confirm(register, request, wrong(code))
        left.append(refusal.value.details["tries_left"])
    with pytest.raises(NoTriesLeft):
        confirm(register, request, wrong(code))
    with pytest.raises(NoTriesLeft):
        confirm(register, request, code)

    assert left == [4, 3, 2, 1]
    assert Mailbox.objects.count() == 0


def test_code_that_is_none_costs_no_try():
    register = open_register()
    request, code = ask(register)

    for typed in ["", "12345", "1234567", "12345x", "½23456", "\x00" * 6]:
        with pytest.raises(CodeWrong):
            confirm(register, request, typed)

    assert confirm(register, request, f" {code[:3]} {code[3:]} ").ticket.serial == 1


def test_code_of_another_election_is_unknown():
    register, other = open_register(), open_register("another")
    request, code = ask(register)

    with pytest.raises(CodeExpired):
        confirm(other, request, code)


def test_sixth_code_within_an_hour_says_when_to_come_back():
    register = open_register()
    for _ in range(5):
        ask(register)

    with pytest.raises(TooManyCodes) as refusal:
        ask(register, now=NOON + minutes(10))

    assert "1 May 2027, 21:00 in Guangzhou (1 May 2027, 13:00 UTC)" in str(refusal.value.sentence)
    assert refusal.value.details == {"retry_after": 3000}
    assert ask(register, now=NOON + minutes(60))


def test_codes_of_a_network_are_limited_generously(monkeypatch):
    monkeypatch.setattr(rules, "CODES_PER_NETWORK", 3)
    register = open_register()
    for number in range(3):
        ask(register, f"student{number}@example.org")

    with pytest.raises(TooManyCodes):
        ask(register, "student4@example.org")

    assert ask(register, "student4@example.org", network="198.51.100.0/24")


def test_refused_request_sends_no_letter():
    register = open_register()
    for _ in range(5):
        ask(register)

    with pytest.raises(TooManyCodes):
        ask(register)

    assert RegistrarMail.objects.count() == 5


@pytest.mark.parametrize(
    ("award_now", "error"),
    [
        (OPENS - timedelta(seconds=1), VoteNotOpen),
        (OPENS, None),
        (CLOSES - timedelta(seconds=1), None),
        (CLOSES, VoteClosed),
    ],
)
def test_codes_are_sent_while_the_vote_is_open(award_now, error):
    register = open_register()

    if error:
        with pytest.raises(error):
            ask(register, award_now=award_now)
    else:
        assert ask(register, award_now=award_now)


def test_refusals_outside_the_window_say_when():
    register = open_register()

    with pytest.raises(VoteNotOpen) as early:
        ask(register, award_now=OPENS - minutes(1))
    with pytest.raises(VoteClosed) as late:
        ask(register, award_now=CLOSES)

    assert str(early.value.sentence) == (
        "The vote opens at 1 November 2023, 00:00 in Guangzhou (31 October 2023, 16:00 UTC)."
        " Come back then."
    )
    assert "30 November 2023, 24:00 in Guangzhou (30 November 2023, 16:00 UTC)" in str(
        late.value.sentence
    )


def test_code_and_ticket_are_refused_after_the_close():
    register = open_register()
    request, code = ask(register)
    voter = confirmed(register, "other@example.org")

    with pytest.raises(VoteClosed):
        confirm(register, request, code, award_now=CLOSES)
    with pytest.raises(VoteClosed):
        sign(register, voter, award_now=CLOSES)

    assert Ticket.objects.filter(signature__isnull=False).count() == 0


def test_extended_register_goes_on_and_never_back():
    register = open_register()

    actions.extend_register(election=register, closes_at=CLOSES + minutes(60))
    actions.extend_register(election=register, closes_at=CLOSES - minutes(60))

    assert ask(register, award_now=CLOSES + minutes(59))
    with pytest.raises(VoteClosed):
        ask(register, award_now=CLOSES + minutes(60))


def test_same_hash_is_signed_the_same_again_and_writes_no_letter():
    register = open_register()
    voter = confirmed(register)
    first = bytes(sign(register, voter).signature)
    letters = RegistrarMail.objects.count()

    again = sign(register, voter, award_now=CLOSES - minutes(1))

    assert (bytes(again.signature), RegistrarMail.objects.count()) == (first, letters)


def test_other_hash_for_a_signed_serial_is_refused():
    register = open_register()
    voter = confirmed(register)
    first = bytes(sign(register, voter).signature)

    with pytest.raises(TicketAlreadySigned):
        sign(register, voter, OTHER_HASH)

    assert bytes(Ticket.objects.get().signature) == first


def test_two_browsers_are_offered_one_serial_with_one_evidence():
    register = open_register()

    one, two = confirmed(register), confirmed(register)

    assert one.voter != two.voter
    assert (one.ticket.pk, bytes(one.ticket.evc)) == (two.ticket.pk, bytes(two.ticket.evc))


def test_changed_vote_gets_the_next_serial_and_a_letter():
    register = open_register()
    sign(register, confirmed(register))

    second = confirmed(register)
    sign(register, second, OTHER_HASH)

    letter = RegistrarMail.objects.order_by("pk").last()
    assert (second.ticket.serial, second.replaces) == (2, True)
    assert letter.subject == "Your vote was changed: City of Your Choice"
    assert letter.address == "ana@example.org"
    assert second.ticket.mailbox.tag not in letter.text.encode()
    assert bytes(second.ticket.mailbox.tag).hex() not in letter.text


def test_first_vote_writes_no_second_letter():
    register = open_register()

    sign(register, confirmed(register))

    assert RegistrarMail.objects.count() == 1


def test_change_is_refused_in_the_last_hour():
    register = open_register()
    sign(register, confirmed(register))
    late = confirmed(register, award_now=LAST_HOUR)

    with pytest.raises(ChangeClosed):
        sign(register, late, OTHER_HASH, award_now=LAST_HOUR)

    assert (late.ticket.serial, late.replaces) == (1, False)


def test_change_offered_before_the_last_hour_is_refused_in_it():
    register = open_register()
    sign(register, confirmed(register))
    second = confirmed(register, award_now=LAST_HOUR - timedelta(seconds=1))

    with pytest.raises(ChangeClosed):
        sign(register, second, OTHER_HASH, award_now=LAST_HOUR)

    assert Ticket.objects.filter(signature__isnull=False).count() == 1


def test_lost_answer_can_be_signed_again_in_the_last_hour():
    register = open_register()
    first = sign(register, confirmed(register))

    again = sign(register, confirmed(register, award_now=LAST_HOUR), award_now=LAST_HOUR)

    assert bytes(again.signature) == bytes(first.signature)


def test_first_vote_in_the_last_hour_is_signed():
    register = open_register()

    ticket = sign(register, confirmed(register, award_now=LAST_HOUR), award_now=LAST_HOUR)

    assert ticket.signature is not None


@pytest.mark.parametrize("serial", [0, 2, 65536, 10**40, -1])
def test_serial_that_was_not_offered_is_unknown(serial):
    register = open_register()
    voter = confirmed(register)

    with pytest.raises(SerialUnknown):
        actions.sign_ticket_of_voter(
            election=register,
            voter=voter.voter,
            serial=serial,
            ciphertext_hash=HASH,
            now=NOON,
            award_now=AWARD_NOON,
        )


def test_voter_secret_lives_two_hours():
    register = open_register()
    voter = confirmed(register)

    with pytest.raises(VoterExpired):
        sign(register, voter, now=NOON + minutes(120))

    assert sign(register, voter, now=NOON + minutes(119)).signature is not None


def test_voter_secret_of_another_election_is_unknown():
    register, other = open_register(), open_register("another")
    voter = confirmed(register)

    with pytest.raises(VoterExpired):
        sign(other, voter)


def test_ticket_of_another_election_cannot_be_signed_here():
    register, other = open_register(), open_register("another")
    ticket = confirmed(register).ticket

    with pytest.raises(SerialUnknown):
        actions.sign_tickets(election=other, requests=[(ticket, HASH)], now=AWARD_NOON)


def test_registering_many_keeps_their_order_and_signs_all():
    register = open_register()
    addresses = [f"voter{number}@demo.example" for number in range(50)]
    evidence = {"demo": True}

    offered = actions.register_mailboxes(
        election=register, addresses=addresses, evidence=evidence, now=AWARD_NOON
    )
    hashes = [number.to_bytes(32, "big") for number in range(50)]
    signed = actions.sign_tickets(
        election=register, requests=list(zip(offered, hashes, strict=True)), now=AWARD_NOON
    )

    one = actions.register_mailbox(
        election=register, address=addresses[7], evidence=evidence, now=AWARD_NOON
    )
    assert one.mailbox_id == offered[7].mailbox_id
    assert one.serial == 2
    assert [bytes(ticket.ciphertext_hash) for ticket in signed] == hashes
    assert RegistrarMail.objects.count() == 0
    assert b'"demo":true' in bytes(one.evidence)


def test_purge_deletes_codes_and_sessions_when_their_time_is_over():
    register = open_register()
    ask(register, "late@example.org")
    confirmed(register)

    actions.purge_expired(now=NOON + minutes(14))
    kept = Code.objects.count(), VoterSession.objects.count()
    actions.purge_expired(now=NOON + minutes(120))

    assert kept == (2, 1)
    assert (Code.objects.count(), VoterSession.objects.count()) == (0, 0)


def test_address_is_forgotten_when_it_has_had_its_use():
    register = open_register()
    ask(register)
    voter = confirmed(register)
    after_code = set(Code.objects.values_list("address", flat=True))

    sign(register, voter)

    assert after_code == {""}
    assert set(VoterSession.objects.values_list("address", flat=True)) == {""}


def test_serial_that_no_mailbox_was_offered_cannot_be_signed():
    register = open_register()
    mailbox = confirmed(register).ticket.mailbox

    with pytest.raises(SerialUnknown):
        actions.sign_ticket(
            election=register, mailbox=mailbox, serial=2, ciphertext_hash=HASH, now=AWARD_NOON
        )
