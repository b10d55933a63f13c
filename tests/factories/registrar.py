"""An open register whose key is real, and voters in it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from laurels.registrar import actions, rules
from laurels.registrar.keys import public_point
from laurels.registrar.models import RegistrarElection, Ticket

OPENS = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES = datetime(2023, 11, 30, 16, tzinfo=UTC)
AWARD_NOON = datetime(2023, 11, 5, 12, tzinfo=UTC)
NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)
NETWORK = "192.0.2.0/24"
HASH = bytes(range(32))
OTHER_HASH = bytes(range(1, 33))


def write_key(slug: str) -> bytes:
    """Write a new signing key of an election and return its public point."""
    key = ec.generate_private_key(ec.SECP256R1())
    folder: Path = settings.KEYS / slug
    folder.mkdir(parents=True, exist_ok=True)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "registrar.pem").write_bytes(pem)
    return public_point(key)


def open_register(slug: str = "city-of-your-choice-2023", **facts: object) -> RegistrarElection:
    register: RegistrarElection = actions.open_register(
        **{
            "slug": slug,
            "election_id": f"award.example/{slug}",
            "title": "City of Your Choice",
            "host_timezone": "Asia/Shanghai",
            "opens_at": OPENS,
            "closes_at": CLOSES,
            "clock_name": "",
            "registrar_key": write_key(slug),
            "grades": ["mail", "relay", "oidc"],
            **facts,
        }
    )
    return register


def ask(
    register: RegistrarElection,
    typed: str = "ana@example.org",
    *,
    now: datetime = NOON,
    award_now: datetime = AWARD_NOON,
    network: str = NETWORK,
) -> tuple[str, str]:
    """Ask for a code and return the browser's secret and the code, read from the letter."""
    asked = actions.ask_for_code(
        election=register,
        address=rules.read_address(typed),
        language="en",
        network=network,
        now=now,
        award_now=award_now,
    )
    letter = register.mails.order_by("pk").last()
    return asked.request, letter.subject[:6]


def confirm(
    register: RegistrarElection,
    request: str,
    code: str,
    *,
    now: datetime = NOON,
    award_now: datetime = AWARD_NOON,
) -> actions.ConfirmedVoter:
    return actions.confirm_code(
        election=register, request=request, code=code, network=NETWORK, now=now, award_now=award_now
    )


def confirmed(
    register: RegistrarElection,
    typed: str = "ana@example.org",
    *,
    now: datetime = NOON,
    award_now: datetime = AWARD_NOON,
) -> actions.ConfirmedVoter:
    request, code = ask(register, typed, now=now, award_now=award_now)
    return confirm(register, request, code, now=now, award_now=award_now)


def sign(
    register: RegistrarElection,
    voter: actions.ConfirmedVoter,
    ciphertext_hash: bytes = HASH,
    *,
    now: datetime = NOON,
    award_now: datetime = AWARD_NOON,
) -> Ticket:
    ticket: Ticket = actions.sign_ticket_of_voter(
        election=register,
        voter=voter.voter,
        serial=voter.ticket.serial,
        ciphertext_hash=ciphertext_hash,
        now=now,
        award_now=award_now,
    )
    return ticket


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
