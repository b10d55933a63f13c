"""What is a mailbox, and how two of them are told apart."""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from laurels.registrar.refusals import AddressInvalid, AddressUnreachable

# RFC 5322 allows more, but no mailbox needs what old relays read as a route (%, !), a pipe
# or a quote.
LOCAL_PART = re.compile(r"[A-Za-z0-9.#$&*+/=?^_{}~'-]+")
RESERVED_TOP_DOMAINS = frozenset({"test", "invalid", "localhost", "local", "onion", "arpa"})
LARGE_PROVIDERS = frozenset(
    {
        "126.com",
        "163.com",
        "aol.com",
        "foxmail.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.ru",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "sina.com",
        "sohu.com",
        "web.de",
        "yahoo.com",
        "yandex.ru",
    }
)


@dataclass(frozen=True)
class Address:
    """A mailbox: where the mail goes, and the one form under which it is counted."""

    delivery: str
    canonical: str
    domain: str


def read_address(typed: str) -> Address:
    """Return the mailbox that was typed, domain in its ASCII form (IDNA 2008).

    Raise AddressInvalid for what is no single plain address, AddressUnreachable for what is
    one but cannot get mail from us.
    """
    # Chinese keyboards type the full-width sign; phones leave a space behind.
    typed = typed.strip(" ").replace("\N{FULLWIDTH COMMERCIAL AT}", "@")
    # Before any library: what cannot be seen must not make one mailbox look like two.
    if any(unicodedata.category(character)[0] in "CZ" for character in typed):
        raise AddressInvalid
    local, _at, domain = typed.rpartition("@")
    if local and not local.isascii() and "@" not in local:
        raise AddressUnreachable(
            _(
                "Our mail server can only write to addresses with plain letters before the @."
                " Use another address."
            )
        )
    if not LOCAL_PART.fullmatch(local):
        raise AddressInvalid
    if domain.lower().rpartition(".")[2] in RESERVED_TOP_DOMAINS and "." in domain:
        raise AddressUnreachable
    try:
        read = validate_email(typed, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        raise AddressInvalid from None
    domain = read.ascii_domain.lower()
    return Address(
        delivery=f"{read.local_part}@{domain}",
        canonical=f"{read.local_part.lower()}@{domain}",
        domain=domain,
    )


def mailbox_digest(mailbox_key: bytes, address: Address) -> bytes:
    """Return HMAC-SHA256 of the mailbox: equal for one mailbox within one election only."""
    return hmac.digest(mailbox_key, f"mailbox\n{address.canonical}".encode(), "sha256")


def network_digest(mailbox_key: bytes, network: str) -> str:
    """Return 16 hex digits that are equal for one network within one election only."""
    return hmac.digest(mailbox_key, f"network\n{network}".encode(), "sha256").hex()[:16]


def domain_class(domain: str) -> str:
    return "large-provider" if domain in LARGE_PROVIDERS else "other"
