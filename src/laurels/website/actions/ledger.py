"""Writes rows from a file and remembers what the file said of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from laurels.foundation.models import LoadedRecord
from laurels.website.award_file.merging import merge, plain
from laurels.website.award_file.problems import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Model

    from laurels.website.award_file.problems import Report


class Ledger:
    """What the file last said of every row, and what this loading has written.

    `created` and `changed` count rows by kind; warnings go to the report.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.created: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self._made: set[tuple[str, str]] = set()
        self._records = {(record.kind, record.row): record for record in LoadedRecord.objects.all()}

    def last(self, row: Model) -> dict[str, Any]:
        """Return what the file last said of a row; {} for one that it never named."""
        record = self._records.get(_key(row))
        return record.values if record else {}

    def is_known(self, row: Model) -> bool:
        return _key(row) in self._records

    def save_row(self, row: Model, said: Mapping[str, Any], *, document: str, place: str) -> bool:
        """Write the plain fields that the file says; return whether anything was written."""
        return self.save(
            row,
            said,
            current={name: getattr(row, name) for name in said},
            write=lambda changes: _write(row, changes),
            document=document,
            place=place,
        )

    def save(
        self,
        row: Model,
        said: Mapping[str, Any],
        *,
        current: Mapping[str, Any],
        write: Callable[[dict[str, Any]], None],
        document: str,
        place: str,
    ) -> bool:
        """Let `write` put into the row what the file has changed since it was last loaded.

        A new row is written whole. `current` holds the row's own values by the names of `said`.
        """
        kind = row._meta.model_name or ""
        if row._state.adding:  # noqa: SLF001 -- Django's word for "not stored yet"
            write(dict(said))
            self.created[kind] += 1
            self._made.add(_key(row))
            self._remember(row, said)
            return True
        last = {name: self.last(row).get(name, _empty(row, name)) for name in said}
        outcome = merge(current=current, last=last, said=said)
        for name in outcome.conflicts:
            sentence = "has changed in the file and on the site; the site's text is kept"
            self.report.warnings.append(Remark(document, f"{place} ({name})", sentence))
        if outcome.changes:
            write(outcome.changes)
            self.changed[kind] += _key(row) not in self._made
        self._remember(row, said)
        return bool(outcome.changes)

    def remove(self, row: Model) -> None:
        """Delete a row that the file no longer names."""
        record = self._records.pop(_key(row), None)
        if record:
            record.delete()
        self.changed[row._meta.model_name or ""] += 1
        row.delete()

    def _remember(self, row: Model, said: Mapping[str, Any]) -> None:
        kind, pk = _key(row)
        values = {**self.last(row), **{name: plain(value) for name, value in said.items()}}
        record = self._records.get((kind, pk))
        if record is None:
            self._records[kind, pk] = LoadedRecord.objects.create(kind=kind, row=pk, values=values)
        elif record.values != values:
            record.values = values
            record.save(update_fields=["values"])


def _key(row: Model) -> tuple[str, str]:
    return row._meta.label_lower, str(row.pk)


def _write(row: Model, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def _empty(row: Model, name: str) -> Any:
    """Return what the field holds before anybody wrote it; a list for a relation."""
    for field in row._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field.get_default()
    return []
