"""The secretariat's page: a file is checked, kept, and brought in as it was checked."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from laurels.accounts.models import Person
from laurels.foundation import clock
from laurels.foundation.models import KeptFile
from laurels.library.models import InitiativePage
from laurels.website.actions.kept_files import KEPT_FOR, keep_file
from tests.factories.editions import NOON, make_revealed_edition
from tests.factories.library import make_library, make_theme
from tests.factories.whole_case import make_goals

pytestmark = pytest.mark.django_db

PAGE = "/cms/import/"
GOOD = b"year,city,country,country_code,title\n2023,Cape Town,South Africa,ZA,Food\n"


@pytest.fixture(autouse=True)
def _library(settings):
    settings.DEMO_CLOCKS = {"edition-2023": NOON}
    make_library()
    make_goals()
    make_revealed_edition(2023)


@pytest.fixture
def secretary(client):
    return sign_in(client, "access_admin", "add_initiativepage")


def sign_in(client, *codenames):
    person = Person.objects.create(email="ana@example.org", name="Ana", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(person)
    return person


def upload(client, content, name="cities.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)}, follow=True)


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}template.xlsx", f"{PAGE}1/"])
def test_pages_are_for_those_who_may_add_initiatives(client, path):
    assert client.get(path).status_code == 302
    sign_in(client, "access_admin")

    assert client.get(path).status_code in {302, 403}
    assert "/cms/import/" not in client.get("/cms/").content.decode()


def test_a_file_is_checked_then_brought_in_as_it_was_checked(client, secretary):
    checked = upload(client, GOOD)
    kept = KeptFile.objects.get()

    assert InitiativePage.objects.count() == 0
    assert "Importing this file: 1 new, 0 changed" in text_of(checked)
    done = client.post(f"{PAGE}{kept.pk}/take-in/", {"digest": kept.digest}, follow=True)

    kept.refresh_from_db()
    assert "Brought in: 1 new, 0 changed." in text_of(done)
    assert InitiativePage.objects.get().recorded_title == "Food"
    assert (bytes(kept.content), kept.taken_in_at is not None) == (b"", True)


def test_a_second_click_changes_nothing(client, secretary):
    upload(client, GOOD)
    kept = KeptFile.objects.get()
    address, sent = f"{PAGE}{kept.pk}/take-in/", {"digest": kept.digest}
    client.post(address, sent)

    again = client.post(address, sent)

    assert [str(one) for one in get_messages(again.wsgi_request)][-1].startswith("This file was")
    assert InitiativePage.objects.count() == 1


@pytest.mark.parametrize("spoilt", ["content", "digest"])
def test_only_what_was_checked_is_brought_in(client, secretary, spoilt):
    upload(client, GOOD)
    kept = KeptFile.objects.get()
    digest = kept.digest
    KeptFile.objects.update(**{spoilt: GOOD + b"\n" if spoilt == "content" else "0" * 64})

    client.post(f"{PAGE}{kept.pk}/take-in/", {"digest": digest})

    assert InitiativePage.objects.count() == 0


def test_a_file_with_problems_is_not_kept_and_all_of_them_are_shown(client, secretary):
    answer = upload(client, GOOD + b"x,,,ZA,\n")

    assert "cities.csv has 3 problems, and nothing was brought in." in text_of(answer)
    assert "row 3, city: is empty." in text_of(answer)
    assert KeptFile.objects.count() == 0


def test_a_library_that_changed_after_the_check_is_not_written_by_halves(client, secretary):
    upload(client, GOOD)
    kept = KeptFile.objects.get()
    from tests.factories.library import make_initiative

    edition = InitiativePage._meta.get_field("edition").related_model.objects.get()
    make_initiative(edition, "Cape Town")
    make_initiative(edition, "Cape Town")

    answer = client.post(f"{PAGE}{kept.pk}/take-in/", {"digest": kept.digest}, follow=True)

    assert "the library has changed meanwhile" in text_of(answer)
    assert "Several initiatives are of that city and year" in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"), [({}, "Choose a file first"), ({"file": "text"}, "Choose a file first")]
)
def test_no_file_is_said_so(client, secretary, sent, sentence):
    assert sentence in text_of(client.post(PAGE, sent))


def test_the_template_comes_back_in_and_names_what_is_allowed(client, secretary):
    make_theme("food")

    content = b"".join(client.get(f"{PAGE}template.xlsx").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))

    values = [tuple(cell.value for cell in row) for row in book["allowed values"].iter_rows()]
    assert ("themes", "food", "Food") in values
    assert ("stage", "shortlisted", "Shortlisted") in values
    answer = upload(client, content, "template.xlsx")
    assert "Importing this file: 1 new, 0 changed" in text_of(answer)


def test_files_that_nobody_brought_in_go_after_a_week():
    told = {"name": "a.csv", "content": GOOD, "person_name": "Ana"}
    now = clock.now()
    keep_file(**told, now=now - KEPT_FOR * 2)

    keep_file(**told, now=now)

    assert [kept.kept_at for kept in KeptFile.objects.all()] == [now]
