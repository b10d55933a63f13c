"""One instant in plain text, for mails and short answers: the host's zone and UTC."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

if TYPE_CHECKING:
    from datetime import datetime


def as_text(at: datetime, zone: str) -> str:
    """Return e.g. "1 December 2023, 00:00 (UTC+08:00), which is 30 November 2023, 16:00 UTC".

    `at` is aware, `zone` an IANA name; words and order are of the active language.
    """
    pattern = pgettext("a date format of Django", "j F Y, H:i")
    local = at.astimezone(ZoneInfo(zone))
    in_utc = date_format(at.astimezone(UTC), pattern)
    if local.utcoffset() == timedelta():
        return gettext("%(time)s UTC") % {"time": in_utc}
    return gettext("%(local)s (%(offset)s), which is %(utc)s UTC") % {
        "local": date_format(local, pattern),
        "offset": f"{local:UTC%z}"[:6] + ":" + f"{local:%z}"[3:],
        "utc": in_utc,
    }
