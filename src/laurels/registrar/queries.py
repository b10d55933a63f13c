"""What can be asked of the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from laurels.registrar.models import RegistrarElection


class RegistrarElectionQuerySet(models.QuerySet[Any]):
    def held(self, pk: int) -> RegistrarElection:
        """Return one register as it is now, and keep it so until the transaction ends.

        Many voters hold it side by side; extending and unlinking wait for them, so that no
        mailbox can slip into a register that has just been destroyed.
        """
        table = self.model._meta.db_table
        statement = f"SELECT * FROM {table} WHERE id = %s FOR SHARE"  # noqa: S608 -- a model's
        register: RegistrarElection = self.raw(statement, [pk])[0]
        return register

    def locked(self, pk: int) -> RegistrarElection:
        """Return one register for changing it, alone."""
        register: RegistrarElection = self.select_for_update().get(pk=pk)
        return register

    def to_shred(self) -> models.QuerySet[Any]:
        """Return the registers whose deleted rows still lie in the files of the database."""
        return self.filter(unlinked_at__isnull=False, shredded_at=None)
