"""What a browser sends to the registrar, read strictly: one small JSON object, of known members."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import UnreadablePostError
from django.utils import translation

from laurels.foundation import addresses
from laurels.registrar.refusals import (
    AddressUnreachable,
    RequestFromElsewhere,
    RequestMalformed,
    RequestNotJson,
    RequestTooLarge,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

BODY_BYTES = 4096
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
HASH = re.compile(r"[0-9a-f]{64}")


def refuse_other_sites(request: HttpRequest) -> None:
    """Raise RequestFromElsewhere unless Origin is the site's own or absent (RFC 6454, 7)."""
    origin = request.headers.get("Origin")
    site = urlsplit(settings.SITE_URL)
    own = {f"{site.scheme}://{site.netloc}", f"{request.scheme}://{request.get_host()}"}
    if origin is not None and origin not in own:
        raise RequestFromElsewhere


def read_members(request: HttpRequest, members: Mapping[str, type]) -> dict[str, Any]:
    """Return the members of the body, each of exactly its type, and `language` if it is there.

    Raise RequestNotJson, RequestTooLarge or RequestMalformed.
    """
    if request.content_type != "application/json":
        raise RequestNotJson
    try:
        body = request.read(BODY_BYTES + 1)
    except UnreadablePostError:
        raise RequestMalformed from None
    if len(body) > BODY_BYTES:
        raise RequestTooLarge
    try:
        read = json.loads(body)
    # A body of brackets only exhausts the parser's stack; one of digits only, its integers.
    except (ValueError, RecursionError):
        raise RequestMalformed from None
    optional = {"language": str}
    if (
        not isinstance(read, dict)
        or not members.keys() <= read.keys() <= members.keys() | optional.keys()
        or any(type(value) is not {**members, **optional}[name] for name, value in read.items())
    ):
        raise RequestMalformed
    return read


def language_of(members: Mapping[str, Any]) -> str:
    """Return the language that the page asked for, or the one of this request."""
    try:
        return translation.get_supported_language_variant(members["language"])
    except (KeyError, LookupError, ValueError):
        return translation.get_language() or settings.LANGUAGE_CODE


def read_secret(value: str) -> str:
    if not SECRET.fullmatch(value):
        raise RequestMalformed
    return value


def read_hash(value: str) -> bytes:
    """Return the 32 bytes of a lower-case hex SHA-256."""
    if not HASH.fullmatch(value):
        raise RequestMalformed
    return bytes.fromhex(value)


def look_up_domain(domain: str) -> None:
    """Raise AddressUnreachable where DNS says that a domain takes no mail; silence is no proof."""
    if not settings.REGISTRAR_CHECKS_DNS:
        return
    try:
        addresses.look_up_domain(domain)
    except addresses.AddressCannotBeReached:
        raise AddressUnreachable from None
