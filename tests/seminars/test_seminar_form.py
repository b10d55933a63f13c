"""A seminar as it is typed in the admin: the host's clocks, platforms, cities."""

from datetime import timedelta

import pytest

from laurels.accounts.models import Person
from laurels.seminars import rules
from laurels.seminars.models import Presentation, Seminar
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative
from tests.factories.seminars import EARLY, STARTS_AT, come, make_seminar

pytestmark = pytest.mark.django_db
LIST = "/cms/snippets/seminars/seminar/"


@pytest.fixture
def edition(settings):
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}
    return make_edition(2023)


@pytest.fixture
def desk(client):
    client.force_login(Person.objects.create_superuser("mei@example.org", name="Mei Lin"))
    return client


def typed_for(edition, *initiatives, **fields):
    """What the form sends for a new seminar, presented by these in this order."""
    places = {
        f"presentations-{n}-{name}": value
        for n, initiative in enumerate(initiatives)
        for name, value in {
            "initiative": initiative.pk,
            "speakers": "",
            "minutes": "",
            "ORDER": str(n + 1),
        }.items()
    }
    return {
        "edition": edition.pk,
        "number": "1",
        "title": "Resilient for all",
        "starts_at": "2023-11-06T20:30",
        "ends_at": "2023-11-06T22:00",
        "presentations-TOTAL_FORMS": str(len(initiatives)),
        "presentations-INITIAL_FORMS": "0",
        **places,
        **fields,
    }


def add(desk, typed):
    return desk.post(f"{LIST}add/", typed)


def test_times_are_those_of_the_hosts_clocks(desk, edition):
    add(desk, typed_for(edition))
    add(desk, typed_for(edition, number="2", own_timezone="America/Bogota"))

    first, second = Seminar.objects.order_by("number")
    shown = desk.get(f"{LIST}edit/{second.pk}/").content.decode()
    assert first.starts_at == STARTS_AT
    assert second.starts_at == STARTS_AT + timedelta(hours=13)
    assert 'value="2023-11-06T20:30"' in shown
    assert "(America/Bogota)" in shown
    assert 'data-zone="America/Bogota"' in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ends_at": "2023-11-06T19:00"}, "It ends before it starts."),
        (
            {"own_timezone": "Europe/Berlin", "starts_at": "2023-10-29T02:30"},
            "Clocks are turned in this hour",
        ),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
        ({"edition": ""}, "This field is required."),
        ({"join_url": "http://meet.example/1"}, "Begin this address with https://"),
        ({"embed_url": "https://us02web.zoom.us/j/1"}, "Zoom and Teams do not let other pages"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_lost(desk, edition, typed, sentence):
    shown = add(desk, typed_for(edition, subtitle="kept") | typed).content.decode()

    assert sentence in shown
    assert 'value="kept"' in shown
    assert not Seminar.objects.exists()


def test_another_zone_moves_the_seminar_too_and_is_refused_once_people_are_registered(
    desk, edition
):
    seminar = make_seminar(edition)
    come("ana@example.org", seminar)
    typed = typed_for(edition, own_timezone="America/Bogota")

    refused = desk.post(f"{LIST}edit/{seminar.pk}/", typed).content.decode()
    desk.post(f"{LIST}edit/{seminar.pk}/", typed_for(edition, capacity="2"))

    assert "People are registered." in refused
    kept = Seminar.objects.get()
    assert (kept.starts_at, kept.own_timezone, kept.capacity) == (STARTS_AT, "", 2)


def test_cities_come_in_the_order_of_the_form(desk, edition):
    kazan, tehran = (make_initiative(edition, city) for city in ("Kazan", "Tehran"))

    add(desk, typed_for(edition, tehran, kazan))

    found = Presentation.objects.order_by("order").values_list("initiative__city__name", flat=True)
    assert list(found) == ["Tehran", "Kazan"]


def test_city_of_another_edition_or_one_twice_is_refused(desk, edition):
    here, elsewhere = (
        make_initiative(edition, "Kazan"),
        make_initiative(make_edition(2018), "Wuhan"),
    )

    other = add(desk, typed_for(edition, here, elsewhere)).content.decode()
    twice = add(desk, typed_for(edition, here, here)).content.decode()

    assert "This initiative is of another edition." in other
    assert "duplicate" in twice
    assert not Seminar.objects.exists()


@pytest.mark.parametrize(
    ("typed", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5", "dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://www.youtube.com/watch", ""),
        ("https://www.youtube.com/embed/live_stream?channel=UC1", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("", ""),
    ],
)
def test_player_of_youtube_is_found_in_any_of_its_addresses(typed, player):
    wanted = f"https://www.youtube-nocookie.com/embed/{player}" if player else ""
    assert rules.youtube_player(typed) == wanted
    assert rules.player_of(typed) == (wanted or typed)


def test_seminar_on_youtube_has_its_player_without_being_told(desk, edition):
    watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"

    add(desk, typed_for(edition, platform="youtube", join_url=watch))

    assert Seminar.objects.get().embed_url.endswith("/embed/dQw4w9WgXcQ")


def test_list_of_registrations_is_in_order_and_leads_on(desk, edition):
    for number in (3, 1, 2):
        make_seminar(edition, number, starts_at=STARTS_AT + timedelta(days=number))

    shown = desk.get("/cms/seminars/people/").content.decode()
    page = desk.get(f"/cms/seminars/{Seminar.objects.get(number=1).pk}/people/").content.decode()

    places = [shown.index(f"2023/{number} Seminar") for number in (1, 2, 3)]
    assert places == sorted(places)
    for way in ("desk", "room", "stage", "afterwards"):
        assert f'href="/seminars/2023/1/{way}/"' in page
