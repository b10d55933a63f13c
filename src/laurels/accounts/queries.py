"""What can be asked of people, and how a person is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from laurels.accounts.models import Person


class PersonQuerySet(models.QuerySet["Person"]):
    def staff(self) -> Self:
        """Return those who may enter the secretariat's rooms."""
        return self.filter(is_active=True, is_staff=True)

    def in_role(self, role: str) -> Self:
        """Return the active people of one role (`accounts.enums.Role`)."""
        return self.filter(is_active=True, groups__name=role)


class PersonManager(BaseUserManager["Person"]):
    """Makes people known by their address; lower-cased, since two spellings are one person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; without a password, sign-in is by code or passkey only."""
        if not email:
            message = "A person needs an e-mail address."
            raise ValueError(message)
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person who may do everything."""
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=self.normalize_email(username))

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address stripped and in lower case."""
        return (email or "").strip().lower()
