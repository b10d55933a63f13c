"""What is a mailbox to the registrar, and how two of them are told apart."""

from __future__ import annotations

import hmac

from laurels.foundation import addresses
from laurels.foundation.addresses import Address
from laurels.registrar.refusals import AddressInvalid, AddressUnreachable

__all__ = [
    "Address",
    "domain_class",
    "mailbox_digest",
    "network_digest",
    "read_address",
]

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


def read_address(typed: str) -> Address:
    """Return the mailbox that was typed, domain in its ASCII form (IDNA 2008).

    Raise AddressInvalid for what is no single plain address, AddressUnreachable for what is
    one but cannot get mail from us.
    """
    try:
        return addresses.read_address(typed)
    except addresses.AddressIsNone:
        raise AddressInvalid from None
    except addresses.AddressCannotBeReached as error:
        raise AddressUnreachable(str(error)) from None


def mailbox_digest(mailbox_key: bytes, address: Address) -> bytes:
    """Return HMAC-SHA256 of the mailbox: equal for one mailbox within one election only."""
    return hmac.digest(mailbox_key, f"mailbox\n{address.canonical}".encode(), "sha256")


def network_digest(mailbox_key: bytes, network: str) -> str:
    """Return 16 hex digits that are equal for one network within one election only."""
    return hmac.digest(mailbox_key, f"network\n{network}".encode(), "sha256").hex()[:16]


def domain_class(domain: str) -> str:
    return "large-provider" if domain in LARGE_PROVIDERS else "other"
