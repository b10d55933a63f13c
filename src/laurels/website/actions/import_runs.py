"""Long files go through the worker: lined up, checked or brought in, and what came of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db import connection, transaction

from laurels.foundation.models import KeptFile
from laurels.website.actions.import_initiatives import Import, import_initiatives
from laurels.website.actions.kept_files import PURPOSE, FileIsNotWhatWasChecked, take_in
from laurels.website.models import ImportRun

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType
    from typing import Self
    from uuid import UUID

TOLD_EVERY_SECONDS = 1.0
GONE = "This file was brought in already, or is gone. Check it again."


@transaction.atomic
def line_up(
    *,
    pk: int,
    digest: str,
    rows_count: int,
    is_dry: bool,
    person_name: str,
    now: datetime,
    enqueue: Callable[[int], UUID],
    file_wins: bool = False,
) -> ImportRun:
    """Ask the worker to check a kept file or to bring it in; return the run.

    One that is in line or under way for the file already is returned instead. Raise
    FileIsNotWhatWasChecked where the file is not the one of that digest. `enqueue` gives the
    worker the run's task, in this transaction, and returns its id.
    """
    kept = KeptFile.objects.filter(pk=pk, purpose=PURPOSE, digest=digest, taken_in_at=None)
    # The import under way holds the row to its end: who comes meanwhile must not wait for it.
    free = kept.select_for_update(skip_locked=True).defer("content").first()
    under_way = ImportRun.objects.unsettled().filter(file=pk).first()
    if under_way:
        return under_way
    if free is None:
        raise FileIsNotWhatWasChecked
    run = ImportRun.objects.create(
        file=free,
        is_dry=is_dry,
        file_wins=file_wins,
        asked_by=person_name,
        asked_at=now,
        rows_count=rows_count,
    )
    run.task = enqueue(run.pk)
    run.save(update_fields=["task"])
    return run


@transaction.atomic
def run_import(*, pk: int, now: datetime, now_of: Callable[[str], datetime]) -> None:
    """Do what a run was asked for, once; what came of it is written with the import itself.

    Killed before the end nothing is written, and the next worker begins anew. Killed after it the
    run has its end, and the next leaves it alone.
    """
    run = ImportRun.objects.select_related("file").get(pk=pk)
    if run.ended_at:
        return
    with Progress(pk) as progress:
        try:
            done = _do(run, now, now_of, progress.tell)
        except FileIsNotWhatWasChecked:
            done = Import.refused(GONE)
    # Another worker that had taken this one for dead may have ended it meanwhile.
    ImportRun.objects.filter(pk=pk, ended_at=None).update(
        ended_at=now,
        created=done.created,
        changed=done.changed,
        unchanged_count=done.unchanged_count,
        cities_count=done.cities_count,
        problems=[str(problem) for problem in done.findings.problems],
        warnings=[str(warning) for warning in done.findings.warnings],
    )


def _do(
    run: ImportRun,
    now: datetime,
    now_of: Callable[[str], datetime],
    tell: Callable[[int], None],
) -> Import:
    kept = run.file
    if not run.is_dry:
        return take_in(
            pk=kept.pk,
            digest=kept.digest,
            person_name=run.asked_by,
            now=now,
            now_of=now_of,
            file_wins=run.file_wins,
            tell=tell,
        )
    if kept.taken_in_at or not kept.is_as_it_was:
        raise FileIsNotWhatWasChecked
    return import_initiatives(
        name=kept.name,
        content=bytes(kept.content),
        person_name=run.asked_by,
        now=now,
        now_of=now_of,
        is_dry=True,
        file_wins=run.file_wins,
        tell=tell,
    )


class Progress:
    """Writes how far a run is, by a connection of its own: the import's is seen at its end only."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.connection = connection.copy()
        self.next_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def tell(self, written_count: int) -> None:
        if time.monotonic() < self.next_at:
            return
        statement = "update website_importrun set written_count = %s where id = %s"
        with self.connection.cursor() as cursor:
            cursor.execute(statement, [written_count, self.pk])
        self.next_at = time.monotonic() + TOLD_EVERY_SECONDS
