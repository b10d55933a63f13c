"""Addresses of mailboxes: what is one, and when two are the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

DNS_SECONDS = 3

# RFC 5322 allows more, but no mailbox needs what old relays read as a route (%, !), a pipe
# or a quote.
LOCAL_PART = re.compile(r"[A-Za-z0-9.#$&*+/=?^_{}~'-]+")
RESERVED_TOP_DOMAINS = frozenset({"test", "invalid", "localhost", "local", "onion", "arpa"})


class AddressIsNone(ValueError):  # noqa: N818 -- named for what is wrong
    """What was typed is no single plain mail address."""


class AddressCannotBeReached(ValueError):  # noqa: N818 -- named for what is wrong
    """It is one, but no mail of ours can reach it; the message, if any, says why."""


@dataclass(frozen=True)
class Address:
    """A mailbox: where the mail goes, and the one form under which it is counted."""

    delivery: str
    canonical: str
    domain: str


def read_address(typed: str) -> Address:
    """Return the mailbox that was typed, domain in its ASCII form (IDNA 2008).

    Raise AddressIsNone or AddressCannotBeReached.
    """
    # Chinese keyboards type the full-width sign; phones leave a space behind.
    typed = typed.strip(" ").replace("\N{FULLWIDTH COMMERCIAL AT}", "@")
    # Before any library: what cannot be seen must not make one mailbox look like two.
    if any(unicodedata.category(character)[0] in "CZ" for character in typed):
        raise AddressIsNone
    local, _at, domain = typed.rpartition("@")
    if local and not local.isascii() and "@" not in local:
        raise AddressCannotBeReached(
            _(
                "Our mail server can only write to addresses with plain letters before the @."
                " Use another address."
            )
        )
    if not LOCAL_PART.fullmatch(local):
        raise AddressIsNone
    if domain.lower().rpartition(".")[2] in RESERVED_TOP_DOMAINS and "." in domain:
        raise AddressCannotBeReached
    try:
        read = validate_email(typed, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        raise AddressIsNone from None
    domain = read.ascii_domain.lower()
    return Address(
        delivery=f"{read.local_part}@{domain}",
        canonical=f"{read.local_part.lower()}@{domain}",
        domain=domain,
    )


def look_up_domain(domain: str) -> None:
    """Raise AddressCannotBeReached where DNS says that it takes no mail; silence is no proof."""
    # It brings a resolver of its own along, which only a form needs.
    from email_validator.deliverability import validate_email_deliverability

    try:
        validate_email_deliverability(domain, domain, timeout=DNS_SECONDS)
    except EmailNotValidError:
        raise AddressCannotBeReached from None
