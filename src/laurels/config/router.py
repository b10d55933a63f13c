"""Keeps the registrar's tables in a database of their own, away from every ballot."""

from typing import Any

REGISTRAR = "registrar"


class Router:
    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return REGISTRAR if model._meta.app_label == REGISTRAR else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return (db == REGISTRAR) == (app_label == REGISTRAR)
