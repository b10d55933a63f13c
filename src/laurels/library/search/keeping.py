"""Mixed into whatever a case is found by, so that no writer has to think of the index."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from laurels.library.search.index import index_initiatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What Wagtail notes on a page while its public text stays as it is.
NOTED = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


class _Touched(threading.local):
    pks: set[int] | None = None


_touched = _Touched()


@contextmanager
def indexed_together() -> Iterator[None]:
    """Index whatever is saved within once, at the end and in the same transaction."""
    if _touched.pks is not None:
        yield
        return
    with transaction.atomic():
        _touched.pks = set()
        try:
            yield
            index_initiatives(_touched.pks)
        finally:
            _touched.pks = None


def touch(pks: Iterable[int]) -> None:
    """Mark initiatives to be indexed at the end of `indexed_together`."""
    if _touched.pks is not None:
        _touched.pks.update(pks)


class Indexed:
    """A model whose saving or deleting changes how initiatives are found."""

    def indexed_pks(self) -> Iterable[int]:
        """Return the keys of the initiatives that are found by this row."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> Any:
        named = kwargs.get("update_fields")
        with indexed_together():
            saved = super().save(*args, **kwargs)  # type: ignore[misc] # of the model beside it
            if named is None or set(named) - NOTED:
                touch(self.indexed_pks())
        return saved

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with indexed_together():
            touch(list(self.indexed_pks()))
            return super().delete(*args, **kwargs)  # type: ignore[misc] # of the model beside it
