"""Is the house well? One answer for people and for monitors."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from laurels.foundation import outbox
from laurels.foundation.models import Heartbeat
from laurels.foundation.worker import HEARTBEAT

if TYPE_CHECKING:
    from datetime import datetime

WORKER_MAY_BE_SILENT = timedelta(seconds=30)
MAIL_MAY_WAIT = timedelta(minutes=5)
DISK_MUST_HAVE = 512 * 1024 * 1024


def look(*, now: datetime) -> dict[str, Any]:
    """Return one verdict a part and `ok` over all; no name, no address, no error text."""
    databases = {alias: _answers(alias) for alias in connections}
    parts = {"disk": _disk()}
    if all(databases.values()):
        parts["worker"] = _worker(now)
        parts["outbox"] = _outbox(now)
    return {
        "ok": all(databases.values()) and all(part["ok"] for part in parts.values()),
        "databases": databases,
        **parts,
    }


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _worker(now: datetime) -> dict[str, Any]:
    beat = Heartbeat.objects.filter(name=HEARTBEAT).first()
    silent = None if beat is None else max(0, int((now - beat.at).total_seconds()))
    return {
        "ok": silent is not None and silent <= WORKER_MAY_BE_SILENT.total_seconds(),
        "silent_seconds": silent,
    }


def _outbox(now: datetime) -> dict[str, Any]:
    oldest = max(outbox.oldest_wait(letters, now=now) for letters in outbox.boxes())
    return {"ok": oldest <= MAIL_MAY_WAIT, "oldest_seconds": int(oldest.total_seconds())}


def _disk() -> dict[str, Any]:
    folder = settings.DATA
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return {"ok": free >= DISK_MUST_HAVE, "free_bytes": free}
