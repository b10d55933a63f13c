"""A mail server that speaks real SMTP on a port of this host."""

from __future__ import annotations

import email
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller

from tests.factories.ports import free_port


class MailServer:
    """Keeps the letters it accepts. `answer` decides on each, by its SMTP reply.

    `reached` is told of each stage of a conversation: "hello", "recipient", "text". `deliver`
    brings what was accepted to a mailbox.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer: Callable[[], str] = lambda: "250 OK"
        self.sender_answer = "250 OK"
        self.recipient_answer = "250 OK"
        self.reached: Callable[[str], None] = lambda _stage: None
        self.deliver: Callable[[bytes], object] = lambda _raw: None
        self.port = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses) -> list[str]:  # noqa: N802 -- aiosmtpd's
        session.host_name = hostname
        self.reached("hello")
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 -- aiosmtpd's
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 -- aiosmtpd's
        self.reached("recipient")
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer.format(address=address)

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 -- aiosmtpd's
        letter = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.reached("text")
        answer = self.answer()
        # What the server has taken it keeps, even where its sender dies before it hears so.
        self.deliver(envelope.content)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        return answer


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
