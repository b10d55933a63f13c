"""A long file goes through the worker: lined up, told of, whole or not at all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from laurels.accounts.models import Person
from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.foundation.models import AuditEvent, KeptFile
from laurels.foundation.worker import Worker
from laurels.library.models import InitiativePage
from laurels.website import desk
from laurels.website.actions import import_runs
from laurels.website.actions.import_runs import run_import
from laurels.website.models import ImportRun, RunState
from tests.factories.editions import NOON, make_revealed_edition
from tests.factories.library import make_initiative, make_library
from tests.factories.whole_case import make_goals

pytestmark = pytest.mark.django_db

PAGE = "/cms/import/"
HEAD = "year,city,country,country_code,title\n"
LONG = (HEAD + "".join(f"2023,City {n},South Africa,ZA,Food {n}\n" for n in range(3))).encode()


@pytest.fixture(autouse=True)
def _library(settings, monkeypatch):
    settings.DEMO_CLOCKS = {"edition-2023": NOON}
    monkeypatch.setattr(desk, "MOST_ROWS_AT_ONCE", 2)
    make_library()
    make_goals()
    make_revealed_edition(2023)


@pytest.fixture
def secretary(client):
    person = Person.objects.create(email="ana@example.org", name="Ana", is_staff=True)
    codenames = ["access_admin", "add_initiativepage"]
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(person)
    return person


def upload(client, content=LONG):
    return client.post(PAGE, {"file": SimpleUploadedFile("cities.csv", content)}, follow=True)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def look(client):
    return client.get(f"{PAGE}{KeptFile.objects.get().pk}/")


def press(client, deed, **sent):
    kept = KeptFile.objects.get()
    sent = {"digest": kept.digest, **sent}
    return client.post(f"{PAGE}{kept.pk}/{deed}/", sent, follow=True)


def work():
    """Do what the worker would: every task that is ready."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    for task in ready.filter(task_path="laurels.website.tasks.run_import"):
        run_import(pk=task.args_kwargs["args"][0], now=NOON, now_of=clock.award_now)
        DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.SUCCESSFUL)


def cut_off():
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)


def test_a_long_file_is_lined_up_checked_and_brought_in(client, secretary):
    waiting = upload(client)

    assert "This file is in line to be checked." in text_of(waiting)
    assert waiting["Refresh"] == desk.REFRESH_SECONDS
    work()
    checked = look(client)
    assert "Importing this file: 3 new, 0 changed" in text_of(checked)
    assert ("Refresh" in checked, InitiativePage.objects.count()) == (False, 0)
    assert "This file is in line to be brought in." in text_of(press(client, "take-in"))
    work()
    assert "Brought in: 3 new, 0 changed." in text_of(look(client))
    assert InitiativePage.objects.count() == 3
    assert AuditEvent.objects.get(deed="import_initiatives").person_name == "Ana"


def test_a_file_under_way_says_how_far_it_is(client, secretary):
    upload(client)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    ImportRun.objects.update(written_count=2)

    page = look(client)

    assert "The file is being checked: 2 of 3 rows." in text_of(page)
    assert page["Refresh"] == desk.REFRESH_SECONDS


def test_problems_of_a_long_file_are_listed_by_row(client, secretary):
    upload(client, LONG + b"x,,,ZA,\n")
    work()

    text = text_of(look(client))

    assert "cities.csv has 3 problems, and nothing was brought in." in text
    assert "row 5, city: is empty." in text
    assert "Import exactly this file" not in text


def test_a_library_that_changed_after_the_check_is_not_written_by_halves(client, secretary):
    upload(client, LONG + b"2023,Cape Town,South Africa,ZA,Food\n")
    work()
    edition = Edition.objects.get()
    make_initiative(edition, "Cape Town")
    make_initiative(edition, "Cape Town")
    press(client, "take-in")
    work()

    text = text_of(look(client))

    assert "Several initiatives are of that city and year" in text
    assert (InitiativePage.objects.count(), AuditEvent.objects.count()) == (2, 0)


def test_two_clicks_are_one_run(client, secretary):
    upload(client)
    work()
    press(client, "take-in")
    press(client, "take-in")

    assert [run.is_dry for run in ImportRun.objects.all()] == [False, True]
    work()
    again = press(client, "take-in")
    assert "This file was brought in already, or is gone." in text_of(again)
    assert (ImportRun.objects.count(), InitiativePage.objects.count()) == (2, 3)


def test_a_button_of_another_file_lines_nothing_up(client, secretary):
    upload(client)
    work()

    told = press(client, "take-in", digest="0" * 64)

    assert "This file was brought in already, or is gone." in text_of(told)
    assert ImportRun.objects.count() == 1


def test_another_answer_to_what_people_changed_is_checked_anew(client, secretary):
    upload(client)
    work()
    press(client, "check", file_wins="1")

    work()

    assert "the file's text is taken" in text_of(look(client)).replace("&#x27;", "'")
    assert ImportRun.objects.first().file_wins


def test_a_run_that_was_given_up_says_that_nothing_was_done(client, secretary):
    upload(client)
    work()
    press(client, "take-in")
    cut_off()

    told = text_of(look(client))

    assert "nothing of the file was brought in" in told
    press(client, "check")
    assert ImportRun.objects.first().state == RunState.IN_LINE


def test_files_of_others_go_before(client, secretary):
    upload(client)

    second = upload(client, LONG + b"2023,Lima,Peru,PE,Parks\n")

    assert "1 other file goes before it." in text_of(second)


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


def test_a_run_that_is_killed_leaves_nothing_and_is_taken_up_whole(client, secretary, monkeypatch):
    upload(client)
    work()
    press(client, "take-in")
    run = ImportRun.objects.first()

    def kill(_progress, written_count):
        if written_count == 2:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(import_runs.Progress, "tell", kill)
        with pytest.raises(Killed):
            run_import(pk=run.pk, now=NOON, now_of=clock.award_now)
    left = (InitiativePage.objects.count(), KeptFile.objects.get().taken_in_at)
    work()

    assert left == (0, None)
    assert InitiativePage.objects.count() == 3
    run_import(pk=run.pk, now=NOON, now_of=clock.award_now)
    assert (ImportRun.objects.first().state, len(ImportRun.objects.first().created)) == ("done", 3)


@pytest.mark.django_db(databases=["default", "registrar"], transaction=True)
def test_the_worker_brings_a_long_file_in_and_others_see_how_far_it_is(
    client, secretary, monkeypatch
):
    seen = []
    tell = import_runs.Progress.tell
    other = connection.copy()

    def tell_and_look(progress, written_count):
        progress.next_at = 0
        tell(progress, written_count)
        with other.cursor() as cursor:
            cursor.execute(
                "select written_count, (select count(*) from library_initiativepage)"
                " from website_importrun where id = %s",
                [progress.pk],
            )
            seen.append(cursor.fetchone())

    monkeypatch.setattr(import_runs.Progress, "tell", tell_and_look)
    upload(client)
    tasks = Worker()._tasks  # noqa: SLF001 -- the worker's own way of running them, and no more
    tasks.batch = True
    tasks.run()
    other.close()
    connections.close_all()

    assert seen == [(1, 0), (2, 0), (3, 0)]
    assert ImportRun.objects.get().state == RunState.DONE
    assert InitiativePage.objects.count() == 0
