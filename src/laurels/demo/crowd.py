"""The invented voters at the box: they take the same way as everyone, over HTTP, sealed.

Only the mail is spared: their mailboxes are registered here, with evidence that says so.
"""

from __future__ import annotations

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from ballotlog import hpke, manifest, sealing, texts
from ballotlog.values import encode_base64
from laurels.registrar import actions as registrar
from laurels.registrar.models import RegistrarElection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from laurels.ballotbox.models import Election
    from laurels.demo.rules import Arrival
    from laurels.registrar.models import Ticket

EVIDENCE = {"demo": True, "note": "invented mailbox of the demo, no mail was sent"}
VOTERS_AT_ONCE = 8
# The box answers in milliseconds; it may be starting, or a flood may be tried on it meanwhile.
PATIENCE_SECONDS = 60.0
RETRIES_AFTER = 0.2
BUSY = 503


class BoxRefuses(RuntimeError):  # noqa: N818 -- named for what is wrong
    """The box did not take a demo ballot; the message is the box's own sentence."""


class Crowd:
    """All invented voters of one election; a place to keep what is the same for each of them."""

    def __init__(self, election: Election) -> None:
        self.manifest = manifest.parse(bytes(election.manifest or b""))
        self.register = RegistrarElection.objects.get(slug=election.slug)
        self.path = f"/elections/{election.slug}/ballots"
        self.sealer = hpke.Sealer(self.manifest.key)

    def vote(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Cast these ballots at the award time `now`; return how many were new."""
        # One voter who comes twice within a batch casts the later ballot only.
        choices = {arrival.address: arrival.picks for arrival in arrivals}
        if not choices:
            return 0
        offered = registrar.register_mailboxes(
            election=self.register, addresses=list(choices), evidence=EVIDENCE, now=now
        )
        sealed = [
            self._seal(ticket, picks)
            for ticket, picks in zip(offered, choices.values(), strict=True)
        ]
        signed = registrar.sign_tickets(
            election=self.register,
            requests=[
                (ticket, sha256(ciphertext).digest())
                for ticket, ciphertext in zip(offered, sealed, strict=True)
            ],
            now=now,
        )
        bodies = [_body(ticket, c) for ticket, c in zip(signed, sealed, strict=True)]
        _post_all(self.path, bodies)
        return len(bodies)

    def _seal(self, ticket: Ticket, picks: tuple[int, ...]) -> bytes:
        tag = bytes(ticket.mailbox.tag).hex()
        info = texts.ballot_info(self.manifest.election, self.manifest.hash, tag, ticket.serial)
        return self.sealer(sealing.encode_picks(picks, self.manifest.plaintext_size), info)


def _body(ticket: Ticket, ciphertext: bytes) -> bytes:
    members = {
        "tag": bytes(ticket.mailbox.tag).hex(),
        "serial": ticket.serial,
        "grade": ticket.grade,
        "evc": bytes(ticket.evc).hex(),
        "c": encode_base64(ciphertext),
        "sig": encode_base64(bytes(ticket.signature or b"")),
    }
    return json.dumps(members).encode()


def _post_all(path: str, bodies: Sequence[bytes]) -> None:
    lanes = [bodies[lane::VOTERS_AT_ONCE] for lane in range(min(VOTERS_AT_ONCE, len(bodies)))]
    with ThreadPoolExecutor(VOTERS_AT_ONCE) as voters:
        for _done in voters.map(lambda lane: _post_lane(path, lane), lanes):
            pass


def _post_lane(path: str, bodies: Iterable[bytes]) -> None:
    box = urlsplit(settings.BOX_URL)
    connection = http.client.HTTPConnection(box.hostname or "", box.port, timeout=10)
    try:
        for body in bodies:
            _post(connection, path, body)
    finally:
        connection.close()


def _post(connection: http.client.HTTPConnection, path: str, body: bytes) -> None:
    """Post until the box answers: casting the same ballot again changes nothing."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.request("POST", path, body, {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            content = answer.read()
        except OSError:
            connection.close()
            status, content = BUSY, b""
        else:
            status = answer.status
        if status == http.client.OK:
            return
        if status != BUSY or time.monotonic() >= until:
            raise BoxRefuses(_sentence(content))
        time.sleep(RETRIES_AFTER)


def _sentence(content: bytes) -> str:
    try:
        return str(json.loads(content)["error"]["sentence"])
    except (ValueError, KeyError, TypeError):
        return _("The ballot box does not answer. Look whether it runs, then go on.")
