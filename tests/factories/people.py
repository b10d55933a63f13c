"""People of the award, in the roles that `make_roles` has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from laurels.accounts.models import Person

if TYPE_CHECKING:
    from django.test import Client


def make_person(role: str) -> Person:
    address = f"{role.lower().replace(' ', '.')}@award.example"
    person = Person.objects.create_user(address, name=role)
    person.groups.add(Group.objects.get(name=role))
    return person


def sign_in(client: Client, role: str) -> Person:
    person = make_person(role)
    client.force_login(person)
    return person
