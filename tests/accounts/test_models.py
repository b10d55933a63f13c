from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError

from laurels.accounts.enums import Role
from laurels.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_person_is_known_by_an_address_in_lower_case():
    person = Person.objects.create_user(" Ada@Award.Example ", name="Ada")

    assert person.email == "ada@award.example"
    assert Person.objects.get_by_natural_key("ADA@award.example") == person
    assert not person.has_usable_password()
    assert (str(person), person.get_short_name()) == ("Ada", "Ada")


def test_person_without_a_name_is_shown_by_address():
    assert Person(email="ada@award.example").get_full_name() == "ada@award.example"


def test_person_needs_an_address():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Person.objects.create_user("")


def test_two_spellings_of_an_address_are_one_person():
    Person.objects.create_user("ada@award.example")

    with pytest.raises(IntegrityError, match="email"):
        Person.objects.create_user("ADA@award.example")


def test_address_is_stored_in_lower_case_whoever_writes_it():
    with pytest.raises(IntegrityError, match="person_address_is_in_lower_case"):
        Person.objects.create(email="Ada@award.example")


def test_form_puts_the_address_in_lower_case():
    person = Person(email="Ada@Award.example")

    person.clean()

    assert person.email == "ada@award.example"


def test_superuser_is_staff():
    person = Person.objects.create_superuser("ada@award.example", "a long secret phrase")

    assert (person.is_staff, person.is_superuser) == (True, True)
    assert person.check_password("a long secret phrase")


def test_people_are_found_by_role_while_they_are_active():
    group, _ = Group.objects.get_or_create(name=Role.SECRETARIAT)
    ada = Person.objects.create_user("ada@award.example", is_staff=True)
    gone = Person.objects.create_user("gone@award.example", is_staff=True, is_active=False)
    for person in (ada, gone):
        person.groups.add(group)

    assert list(Person.objects.in_role(Role.SECRETARIAT)) == [ada]
    assert list(Person.objects.staff()) == [ada]
