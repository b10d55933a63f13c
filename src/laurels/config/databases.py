"""Turns database addresses into Django's settings."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict


def django_database(address: str, *, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return Django's settings for a libpq address, Unix sockets and TLS options included."""
    parts: dict[str, Any] = dict(conninfo_to_dict(address))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, **(options or {})},
    }
