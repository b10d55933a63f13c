"""The secretariat's page of registrations."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from laurels.accounts.models import Person
from laurels.foundation import outbox
from laurels.foundation.models import AuditEvent, Mail, MailBatch
from laurels.seminars.models import Registrant, Seminar
from tests.factories.editions import make_edition
from tests.factories.seminars import EARLY, NOW, ask, come, make_seminar, states_of
from tests.html import plain, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar(settings):
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}
    return make_seminar(make_edition(2023), title="Resilient for all")


@pytest.fixture
def desk(client):
    client.force_login(Person.objects.create_superuser("mei@example.org", name="Mei Lin"))
    return client


def here(seminar, deed=""):
    return f"/cms/seminars/{seminar.pk}/people/{deed}"


def test_page_is_the_secretariats(client, seminar):
    client.force_login(Person.objects.create_user("bo@example.org", is_staff=True))

    for page in (here(seminar), f"/cms/seminars/{seminar.pk}/people.csv", "/cms/seminars/people/"):
        assert client.get(page).status_code in {302, 403}


def test_page_finds_and_filters(desk, seminar):
    come("ana@example.org", seminar)
    ask("bo@example.org", seminar)

    everybody = plain(desk.get(here(seminar)))
    found = plain(desk.get(here(seminar), {"q": "bo", "state": "pending"}))

    assert "ana@example.org" in everybody
    assert "bo@example.org" in found
    assert "ana@example.org" not in found
    assert "Resilient for all" in plain(desk.get("/cms/seminars/people/"))


def test_files_hold_what_was_found_and_no_formula(desk, seminar):
    come("ana@example.org", seminar)
    Registrant.objects.update(name='=HYPERLINK("x")', source="metropolis")

    rows = desk.get(f"/cms/seminars/{seminar.pk}/people.csv").content.decode().splitlines()
    book = load_workbook(BytesIO(desk.get(f"/cms/seminars/{seminar.pk}/people.xlsx").content))

    assert rows[0].startswith("address,name,state")
    assert rows[1].startswith('ana@example.org,"\'=HYPERLINK(""x"")",confirmed')
    cells = [cell.value for cell in book.active[2]]
    assert cells[:3] == ["ana@example.org", '\'=HYPERLINK("x")', "confirmed"]
    assert desk.get(f"/cms/seminars/{seminar.pk}/people.exe").status_code == 404


def test_person_is_added_and_taken_out_by_hand_and_told(desk, seminar):
    desk.post(here(seminar, "add/"), {"address": "ana@example.org", "name": "Ana"})
    twice = desk.post(here(seminar, "add/"), {"address": "ANA@example.org"})
    registration = seminar.registrations.get()
    for _ in range(2):
        desk.post(here(seminar, f"{registration.pk}/cancel/"))

    assert twice.status_code == 422
    assert "registered already" in plain(twice)
    assert states_of(seminar) == [("ana@example.org", "cancelled")]
    assert Mail.objects.count() == 2
    assert list(AuditEvent.objects.order_by("pk").values_list("deed", "person_name")) == [
        ("add to a seminar", "Mei Lin"),
        ("take out of a seminar", "Mei Lin"),
    ]


def test_person_who_is_added_by_hand_is_written_to_in_the_own_zone_and_language(desk, seminar):
    typed = {"address": "ana@example.org", "language": "es", "zone": "America/Bogota"}

    desk.post(here(seminar, "add/"), typed)

    assert "07:30\N{EN DASH}09:00 en Bogotá, su hora" in Mail.objects.get().text


def test_move_is_looked_at_first_and_a_second_click_moves_nothing(desk, seminar):
    come("ana@example.org", seminar)
    before = Mail.objects.count()
    typed = {"starts": "2023-11-07T20:30", "ends": "2023-11-07T22:00", "said": "Sorry."}

    looked = plain(desk.post(here(seminar, "move/"), typed))
    untouched = Seminar.objects.get().sequence
    for _ in range(2):
        desk.post(here(seminar, "move/"), {**typed, "seen": "0"})

    assert "<strong>1</strong> person is written to" in looked
    assert untouched == 0
    moved = Seminar.objects.get()
    assert moved.sequence == 1
    assert f"{moved.starts_at:%Y-%m-%d %H:%M}" == "2023-11-07 12:30"
    assert Mail.objects.count() == before + 1
    assert Mail.objects.held().count() == 1


def test_move_leads_to_its_letters_and_the_desk_says_that_they_wait(desk, seminar):
    come("ana@example.org", seminar)
    typed = {"starts": "2023-11-07T20:30", "ends": "2023-11-07T22:00", "said": "Sorry."}

    moved = desk.post(here(seminar, "move/"), {**typed, "seen": "0"}, follow=True)
    again = plain(desk.post(here(seminar, "move/"), {**typed, "starts": "2023-11-07T20:00"}))
    pages = [words(desk.get(page)) for page in (here(seminar), "/cms/seminars/people/")]

    batch = MailBatch.objects.get()
    assert moved.redirect_chain == [(f"/cms/outbox/{batch.pk}/", 302)]
    assert "nobody has been told yet: 1 letter waits until somebody sends it." in plain(moved)
    assert "Letters of an earlier change still wait." in again
    for page in pages:
        assert "Nobody has been told yet." in page
        assert "“Moved: Resilient for all (2023/1)”: 1 letter waits" in page
        assert "Mei Lin Read and send" in page


def test_who_runs_seminars_but_may_not_send_is_told_that_letters_wait(client, seminar):
    come("ana@example.org", seminar)
    bo = Person.objects.create_user("bo@example.org", name="Bo", is_staff=True)
    bo.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "run_seminar"])
    )
    client.force_login(bo)

    answer = client.post(here(seminar, "cancel/"), {"said": "", "seen": "0"}, follow=True)

    assert answer.redirect_chain == [(here(seminar), 302)]
    assert "Nobody has been told yet." in plain(answer)
    assert "Read and send" not in plain(answer)


def test_letters_that_were_thrown_away_are_written_again_from_the_desk(desk, seminar):
    come("ana@example.org", seminar)
    desk.post(here(seminar, "cancel/"), {"said": "No hall is free.", "seen": "0"})
    outbox.discard(batch=MailBatch.objects.get(), person_name="Bo Berg", now=NOW)

    page = plain(desk.get(here(seminar)))
    desk.post(here(seminar, "write-again/"), {"said": "Sorry."})
    twice = desk.post(here(seminar, "write-again/"), {"said": "Sorry."}, follow=True)

    assert "No hall is free.</textarea>" in page
    assert "Bo Berg threw the letters “Cancelled: Resilient for all (2023/1)” away" in page
    assert "no letters to write again" in plain(twice)
    assert "Sorry." in Mail.objects.held().get().text
    assert desk.post(here(seminar, "write-again/"), {"said": "x" * 501}).status_code == 422


def test_thanks_to_nobody_say_so(desk, seminar, settings):
    settings.DEMO_CLOCKS = {"edition-2023": seminar.ends_at}

    answer = desk.post(here(seminar, "thank/"), {"said": "", "seen": "0"}, follow=True)

    assert "There was nobody to write to." in plain(answer)
    assert not MailBatch.objects.exists()


def test_time_that_clocks_show_twice_or_never_is_refused(desk, settings):
    seminar = make_seminar(make_edition(2023), own_timezone="Europe/Berlin")
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}

    for day in ("2024-10-27", "2024-03-31"):
        typed = {"starts": f"{day}T02:30", "ends": f"{day}T04:00"}
        answer = desk.post(here(seminar, "move/"), typed)
        assert "Clocks are turned in this hour" in plain(answer)


def test_cancel_is_looked_at_first(desk, seminar):
    come("ana@example.org", seminar)

    looked = plain(desk.post(here(seminar, "cancel/"), {"said": ""}))
    desk.post(here(seminar, "cancel/"), {"said": "", "seen": "0"})

    assert "cannot be taken back" in looked
    assert Seminar.objects.get().cancelled_at == EARLY
    assert Mail.objects.last().subject == "Cancelled: Resilient for all"
    assert "This seminar is cancelled." in plain(desk.get("/seminars/2023/1/"))


def test_time_is_not_changed_in_passing_once_people_are_registered(desk, seminar):
    come("ana@example.org", seminar)
    edit = f"/cms/snippets/seminars/seminar/edit/{seminar.pk}/"
    form = desk.get(edit).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"starts_at": "2023-11-08 12:30", "ends_at": "2023-11-08 14:00", "moderators": []}
    typed |= {"presentations-TOTAL_FORMS": "0", "presentations-INITIAL_FORMS": "0"}

    answer = desk.post(edit, typed)

    assert "People are registered." in answer.content.decode()
    assert Seminar.objects.get().starts_at == seminar.starts_at


def test_page_tells_by_word_who_opened_registered_and_came(desk, seminar):
    desk.get("/seminars/2023/register/", {"from": "metropolis"})
    desk.get("/seminars/2023/register/", {"from": "uclg"})
    for address in ("ana@example.org", "bo@example.org"):
        come(address, seminar)
    Registrant.objects.update(source="metropolis")
    seminar.registrations.filter(registrant__address="bo@example.org").update(joined_at=EARLY)

    shown = plain(desk.get(here(seminar))).replace("> <", "><")

    assert '<td class="title">metropolis</td><td>1</td><td>2</td><td>1</td>' in shown
    assert '<td class="title">uclg</td><td>1</td><td>0</td><td>0</td>' in shown


def test_move_that_ends_before_it_starts_is_refused_where_it_is_typed(desk, seminar):
    typed = {"starts": "2023-11-07T22:00", "ends": "2023-11-07T20:00", "said": "Sorry."}

    answer = desk.post(here(seminar, "move/"), typed)
    shown = plain(answer)

    assert answer.status_code == 422
    assert "Not done. It ends before it starts. Check both times." in shown
    assert "Sorry.</textarea>" in shown
    assert Seminar.objects.get().sequence == 0
