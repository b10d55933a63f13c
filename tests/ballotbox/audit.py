"""The auditor: rereads what is public, and trusts nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from ballotlog.archive import Directory
from ballotlog.verify import verify

if TYPE_CHECKING:
    from laurels.ballotbox.models import Election


def assert_log_is_sound(election: Election, logs: Path | None = None) -> dict[str, Any]:
    """Verify the published folder against the manifest's hash; return the report."""
    archive = Directory((logs or settings.LOGS) / election.slug)

    report = verify(archive, manifest_hash=election.manifest_hash)

    assert report["ok"], report["error"]
    return report
