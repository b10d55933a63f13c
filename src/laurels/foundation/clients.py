"""Who asks, as far as a limit needs to know: an IP address and the network around it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

IPV4_PREFIX, IPV6_PREFIX = 24, 48


def client_of(request: HttpRequest) -> str:
    """Return the client's IP address: of the connection, or as the last trusted proxy saw it."""
    hops = settings.PROXY_HOPS
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    client = seen[-hops].strip() if 0 < hops <= len(seen) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(client))
    except ValueError:
        return ""


def network_of(client: str) -> str:
    """Return the /24 or /48 of a client's IP address, or "unknown"."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = IPV4_PREFIX if address.version == ipaddress.IPV4LENGTH // 8 else IPV6_PREFIX
    return str(ipaddress.ip_network((address, prefix), strict=False))
