import base64
import json
import logging

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import OperationalError
from django.http import UnreadablePostError
from django.urls import reverse
from email_validator import EmailUndeliverableError, deliverability

from ballotlog import texts
from laurels.foundation import clock
from laurels.registrar import actions, views
from laurels.registrar.models import RegistrarElection
from tests.factories.registrar import AWARD_NOON, CLOSES, HASH, NOON, OPENS, OTHER_HASH, minutes
from tests.factories.registrar import open_register as new_register

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "award_now", lambda _name: AWARD_NOON)


@pytest.fixture
def post(client):
    def post(name, members, *, slug="city-of-your-choice-2023", **headers):
        body = members if isinstance(members, bytes) else json.dumps(members)
        headers.setdefault("content_type", "application/json")
        return client.post(reverse(f"registrar:{name}", args=[slug]), body, **headers)

    return post


@pytest.fixture
def register():
    return new_register()


def ask(post, register, address="ana@example.org", **rest):
    asked = post("ask_for_code", {"address": address, "language": "en"}, **rest)
    return asked.json()["request"], register.mails.order_by("pk").last().subject[:6]


def confirm(post, register, address="ana@example.org"):
    request, code = ask(post, register, address)
    return post("confirm_code", {"request": request, "code": code}).json()


def test_a_vote_from_address_to_ticket(post, register):
    asked = post("ask_for_code", {"address": " Ana@Example.org", "language": "en"})
    code = register.mails.get().subject[:6]
    confirmed = post("confirm_code", {"request": asked.json()["request"], "code": code})
    voter = confirmed.json()
    signed = post(
        "sign_ticket",
        {"voter": voter["voter"], "serial": voter["serial"], "ciphertext_hash": HASH.hex()},
    )

    assert asked.json() == {
        "request": asked.json()["request"],
        "expires_at": "2027-05-01T12:15:00Z",
        "address": "Ana@example.org",
    }
    assert voter == {
        "voter": voter["voter"],
        "tag": voter["tag"],
        "serial": 1,
        "grade": "mail",
        "evc": voter["evc"],
        "replaces": False,
    }
    text = texts.ticket(register.election_id, voter["tag"], 1, "mail", voter["evc"], HASH.hex())
    assert list(signed.json()) == ["sig"]
    assert texts.is_signed(
        bytes(register.registrar_key), base64.b64decode(signed.json()["sig"], validate=True), text
    )
    assert {asked["Cache-Control"], confirmed["Cache-Control"], signed["Cache-Control"]} == {
        "max-age=0, no-cache, no-store, must-revalidate, private"
    }
    assert not asked.cookies


def test_addresses_are_as_agreed():
    slug = "city-of-your-choice-2023"

    assert [
        reverse(f"registrar:{name}", args=[slug])
        for name in ["ask_for_code", "confirm_code", "sign_ticket"]
    ] == [f"/registrar/{slug}/{end}" for end in ["codes", "voters", "tickets"]]


def error_of(response):
    return response.status_code, response.json()["error"]["code"]


def test_every_answer_to_a_wrong_code_counts_down(post, register):
    request, code = ask(post, register)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    answers = [post("confirm_code", {"request": request, "code": wrong}) for _ in range(6)]

    assert [error_of(answer) for answer in answers] == [
        *[(403, "code-wrong")] * 4,
        *[(403, "no-tries-left")] * 2,
    ]
    assert [answer.json()["error"].get("tries_left") for answer in answers[:4]] == [4, 3, 2, 1]


def test_other_refusals_of_a_code(post, register, monkeypatch):
    unknown = post("confirm_code", {"request": "x" * 43, "code": "123456"})
    request, code = ask(post, register)
    post("confirm_code", {"request": request, "code": code})
    used = post("confirm_code", {"request": request, "code": code})
    request, code = ask(post, register)
    monkeypatch.setattr(clock, "now", lambda: NOON + minutes(15))
    expired = post("confirm_code", {"request": request, "code": code})

    assert [error_of(answer) for answer in [unknown, used, expired]] == [
        (410, "code-expired"),
        (409, "code-used"),
        (410, "code-expired"),
    ]


def test_too_many_codes_say_when_to_come_back(post, register):
    for _ in range(5):
        ask(post, register)

    refused = post("ask_for_code", {"address": "ana@example.org"})

    assert error_of(refused) == (429, "too-many-codes")
    assert refused["Retry-After"] == "3600"
    assert (
        "1 May 2027, 21:00 in Guangzhou (1 May 2027, 13:00 UTC)"
        in refused.json()["error"]["sentence"]
    )


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("ana@example", (422, "address-invalid")),
        ("ana@example.org\nBcc: x@example.org", (422, "address-invalid")),
        ("ana@award.invalid", (422, "address-unreachable")),
        ("ana@" + "a" * 3000, (422, "address-invalid")),
    ],
)
def test_address_is_refused(post, register, address, error):
    assert error_of(post("ask_for_code", {"address": address})) == error
    assert register.mails.count() == 0


@pytest.mark.parametrize(
    ("award_now", "error"),
    [(OPENS - minutes(1), (403, "vote-not-open")), (CLOSES, (403, "vote-closed"))],
)
def test_nothing_is_given_outside_the_window(post, register, monkeypatch, award_now, error):
    request, code = ask(post, register)
    voter = confirm(post, register, "other@example.org")
    monkeypatch.setattr(clock, "award_now", lambda _name: award_now)

    answers = [
        post("ask_for_code", {"address": "bo@example.org"}),
        post("confirm_code", {"request": request, "code": code}),
        post(
            "sign_ticket",
            {"voter": voter["voter"], "serial": 1, "ciphertext_hash": HASH.hex()},
        ),
    ]

    assert [error_of(answer) for answer in answers] == [error] * 3


def test_refusals_of_a_ticket(post, register, monkeypatch):
    voter = confirm(post, register)["voter"]

    def sign(voter, serial=1, ciphertext_hash=HASH):
        members = {"voter": voter, "serial": serial, "ciphertext_hash": ciphertext_hash.hex()}
        return post("sign_ticket", members)

    unknown = sign("y" * 43)
    serial = sign(voter, serial=2)
    first, again, other = sign(voter), sign(voter), sign(voter, ciphertext_hash=OTHER_HASH)
    monkeypatch.setattr(clock, "award_now", lambda _name: CLOSES - minutes(59))
    late = sign(voter, ciphertext_hash=OTHER_HASH)
    monkeypatch.setattr(clock, "now", lambda: NOON + minutes(121))
    expired = sign(voter)

    assert first.json() == again.json()
    assert [error_of(answer) for answer in [unknown, serial, other, late, expired]] == [
        (401, "voter-expired"),
        (409, "serial-unknown"),
        (409, "ticket-already-signed"),
        (403, "change-closed"),
        (401, "voter-expired"),
    ]


MALFORMED = [
    b" ",
    b"{",
    b"[]",
    b"null",
    b'"ana@example.org"',
    b'{"address": 1}',
    b'{"address": null}',
    b'{"address": ["ana@example.org"]}',
    b'{"address": "ana@example.org", "picks": [1]}',
    b'{"address": "ana@example.org", "language": 1}',
    b'{"language": "en"}',
    b"\xff\xfe",
    b"[" * 4000,
    b'{"address": ' + b"9" * 4080,
]


@pytest.mark.parametrize("body", MALFORMED)
def test_malformed_body_is_refused(post, register, body):
    assert error_of(post("ask_for_code", body)) == (400, "request-malformed")


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("confirm_code", {"request": "short", "code": "123456"}),
        ("confirm_code", {"request": "é" * 43, "code": "123456"}),
        ("confirm_code", {"request": "x" * 43, "code": 123456}),
        ("sign_ticket", {"voter": "x" * 43, "serial": "1", "ciphertext_hash": HASH.hex()}),
        ("sign_ticket", {"voter": "x" * 43, "serial": True, "ciphertext_hash": HASH.hex()}),
        ("sign_ticket", {"voter": "x" * 43, "serial": 1, "ciphertext_hash": "AB" * 32}),
        ("sign_ticket", {"voter": "x" * 43, "serial": 1, "ciphertext_hash": "00"}),
        ("sign_ticket", {"voter": "x" * 43, "serial": 1.0, "ciphertext_hash": HASH.hex()}),
    ],
)
def test_malformed_members_are_refused(post, register, name, members):
    assert error_of(post(name, members)) == (400, "request-malformed")


def test_large_body_is_refused(post, register):
    body = json.dumps({"address": "a" * 5000}).encode()

    assert error_of(post("ask_for_code", body)) == (413, "request-malformed")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_other_content_types_are_refused(post, register, content_type):
    body = json.dumps({"address": "ana@example.org"}).encode()

    answer = post("ask_for_code", body, content_type=content_type)

    assert error_of(answer) == (415, "request-malformed")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://testserver.evil"]
)
def test_other_origins_are_refused(post, register, origin):
    answer = post("ask_for_code", {"address": "ana@example.org"}, headers={"origin": origin})

    assert error_of(answer) == (403, "request-malformed")
    assert register.mails.count() == 0


def test_own_origin_is_heard(post, register, settings):
    answer = post(
        "ask_for_code", {"address": "ana@example.org"}, headers={"origin": settings.SITE_URL}
    )

    assert answer.status_code == 200


def test_no_csrf_token_is_needed(register):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(
        reverse("registrar:ask_for_code", args=[register.slug]),
        json.dumps({"address": "ana@example.org"}),
        content_type="application/json",
    )

    assert answer.status_code == 200


def test_only_post_is_answered(client, register):
    answer = client.get(reverse("registrar:ask_for_code", args=[register.slug]))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_unknown_election_is_refused(post):
    answer = post("ask_for_code", {"address": "ana@example.org"}, slug="nowhere")

    assert error_of(answer) == (404, "unknown-election")


def test_lost_database_is_said(post, register, monkeypatch):
    def fail(**_rest):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(actions, "ask_for_code", fail)

    answer = post("ask_for_code", {"address": "ana@example.org"})

    assert error_of(answer) == (503, "registrar-unavailable")


def test_missing_key_is_said_and_leaves_the_serial_unsigned(post, register, settings):
    voter = confirm(post, register)["voter"]
    key = settings.KEYS / register.slug / "registrar.pem"
    kept = key.read_bytes()
    members = {"voter": voter, "serial": 1, "ciphertext_hash": HASH.hex()}

    key.unlink()
    refused = post("sign_ticket", members)
    key.write_bytes(kept)
    signed = post("sign_ticket", members)

    assert error_of(refused) == (503, "registrar-unavailable")
    assert signed.status_code == 200


def test_client_behind_proxies_is_read_from_the_right(post, register, settings, monkeypatch):
    seen = []
    monkeypatch.setattr(
        actions, "ask_for_code", lambda **given: seen.append(given["network"]) or asked
    )
    asked = actions.AskedCode(request="x" * 43, expires_at=NOON)

    for hops in [0, 1, 2, 5]:
        settings.PROXY_HOPS = hops
        post(
            "ask_for_code",
            {"address": "ana@example.org"},
            headers={"x-forwarded-for": "198.51.100.9, 203.0.113.7, 192.0.2.1"},
        )

    assert seen == ["127.0.0.0/24", "192.0.2.0/24", "203.0.113.0/24", "127.0.0.0/24"]


def test_sentences_and_letters_follow_the_language_of_the_page(post, register, monkeypatch):
    from django.utils import translation

    heard = []
    refused = actions.codes.TooManyCodes("", retry_after=1)

    def listen(**given):
        heard.append((given["language"], translation.get_language()))
        raise refused

    monkeypatch.setattr(actions, "ask_for_code", listen)

    for language in ["fr", "zh-hans", "tlh", "x" * 900]:
        post("ask_for_code", {"address": "ana@example.org", "language": language})

    assert heard == [("fr", "fr"), ("zh-hans", "zh-hans"), ("en", "en"), ("en", "en")]


def test_no_log_line_holds_an_address_or_a_tag(post, register, caplog):
    caplog.set_level(logging.DEBUG, logger="laurels")
    caplog.set_level(logging.DEBUG, logger="django.request")

    voter = confirm(post, register)
    post("sign_ticket", {"voter": voter["voter"], "serial": 9, "ciphertext_hash": HASH.hex()})
    post("ask_for_code", {"address": "ana@example"})

    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert "Conflict" in lines
    assert not any(word in lines for word in ["ana@", voter["tag"], voter["voter"]])


def test_nothing_in_the_register_can_hold_a_pick():
    fields = {
        field.name
        for model in RegistrarElection._meta.apps.get_app_config("registrar").get_models()
        for field in model._meta.get_fields()
    }

    assert not fields & {"picks", "candidate", "candidates", "ballot", "ciphertext", "plaintext"}


def test_domain_without_mail_is_refused_where_dns_is_asked(post, register, settings, monkeypatch):
    settings.REGISTRAR_CHECKS_DNS = True
    asked = []

    def look_up(domain, _shown, timeout):
        asked.append((domain, timeout))
        if domain.startswith("no-mail"):
            raise EmailUndeliverableError("The domain does not accept email.")

    monkeypatch.setattr(deliverability, "validate_email_deliverability", look_up)

    refused = post("ask_for_code", {"address": "ana@no-mail.example.org"})
    heard = post("ask_for_code", {"address": "ana@例子.中国"})

    assert error_of(refused) == (422, "address-unreachable")
    assert heard.status_code == 200
    assert asked == [("no-mail.example.org", 3), ("xn--fsqu00a.xn--fiqs8s", 3)]


def test_client_without_an_address_is_heard(client, register):
    answer = client.post(
        reverse("registrar:ask_for_code", args=[register.slug]),
        json.dumps({"address": "ana@example.org"}),
        content_type="application/json",
        REMOTE_ADDR="unix:",
    )

    assert answer.status_code == 200


def test_body_that_breaks_off_is_refused(register, rf):
    request = rf.post("/", b"{}", content_type="application/json")

    def break_off(_size):
        raise UnreadablePostError("the client went away")

    request.read = break_off

    answer = views.ask_for_code(request, register.slug)

    assert answer.status_code == 400


def test_key_of_another_kind_is_refused(post, register, settings):
    voter = confirm(post, register)["voter"]
    other = ec.generate_private_key(ec.SECP384R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (settings.KEYS / register.slug / "registrar.pem").write_bytes(pem)

    answer = post("sign_ticket", {"voter": voter, "serial": 1, "ciphertext_hash": HASH.hex()})

    assert error_of(answer) == (503, "registrar-unavailable")
