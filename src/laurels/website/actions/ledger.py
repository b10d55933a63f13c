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

    `created` and `changed` count rows by kind; warnings go to the report. What files of another
    `source` say is remembered apart, since each of them is read again by itself; until a file
    has named a row, what the award's file said of it counts. `file_wins` where both changed.
    """

    def __init__(self, report: Report, *, source: str = "", file_wins: bool = False) -> None:
        self.report = report
        self.source = source
        self.file_wins = file_wins
        self.created: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self._made: set[tuple[str, str]] = set()
        self._records = {(record.kind, record.row): record for record in LoadedRecord.objects.all()}

    def last(self, row: Model) -> dict[str, Any]:
        """Return what the file last said of a row; {} for one that it never named."""
        return {**self._remembered(*_key(row)), **self._remembered(*self._own_key(row))}

    def _remembered(self, kind: str, pk: str) -> dict[str, Any]:
        record = self._records.get((kind, pk))
        return record.values if record else {}

    def _own_key(self, row: Model) -> tuple[str, str]:
        kind, pk = _key(row)
        return f"{self.source}{kind}", pk

    def is_known(self, row: Model) -> bool:
        return self._own_key(row) in self._records

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
        outcome = merge(current=current, last=last, said=said, file_wins=self.file_wins)
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
        record = self._records.pop(self._own_key(row), None)
        if record:
            record.delete()
        self.changed[row._meta.model_name or ""] += 1
        row.delete()

    def _remember(self, row: Model, said: Mapping[str, Any]) -> None:
        kind, pk = self._own_key(row)
        values = {
            **self._remembered(kind, pk),
            **{name: plain(value) for name, value in said.items()},
        }
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
    for field in row._meta.get_fields():
        if name in (field.name, getattr(field, "attname", "")):
            return field.get_default() if field.concrete and not field.many_to_many else []
    return None  # a fact in a row of its own, of which there is none yet
