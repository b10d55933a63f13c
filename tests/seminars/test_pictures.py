"""Share pictures of seminars and series: what they say in each state, zone and language."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from laurels.design.hours_picture import Row
from laurels.seminars import actions, pictures, rules
from laurels.seminars.models import Presentation, Seminar
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative, make_library
from tests.factories.seminars import EARLY, NOW, STARTS_AT, make_seminar

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PICTURE = re.compile(r'<meta property="og:image" content="([^"]+)"')


@pytest.fixture(autouse=True)
def _early(settings):
    make_library()
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}


def said(now=EARLY, number=1):
    seminar = Seminar.objects.with_cities().get(number=number)
    return pictures.of_seminar(rules.with_states([seminar], now)[0])


def address_on(client, page):
    [address] = PICTURE.findall(client.get(page).content.decode())
    return address


def test_picture_of_a_seminar_names_every_zone_and_shifts_of_days_in_words():
    edition = make_edition(2023)
    seminar = make_seminar(edition, title="Resilient for all")
    page = make_initiative(edition, "Cape Town")
    Presentation.objects.create(seminar=seminar, initiative=page, order=1)

    picture = said()

    assert picture.above == "Seminar 1 of the Guangzhou Award, 2023"
    assert picture.title == "Resilient for all"
    assert (
        picture.detail == "Cape Town\N{NO-BREAK SPACE}\N{MIDDLE DOT} further cities to be announced"
    )
    assert picture.host == "Monday 6 November 2023, 20:30\N{EN DASH}22:00 in Guangzhou"
    assert picture.state == ""
    assert picture.rows == (
        Row("Los Angeles", "04:30"),
        Row("Bogotá", "07:30"),
        Row("London", "12:30"),
        Row("Nairobi", "15:30"),
        Row("Delhi", "18:00"),
        Row("Auckland", "01:30", "already Tuesday"),
    )


def test_early_seminar_of_another_host_is_still_the_day_before_in_the_west():
    edition = make_edition(2023)
    make_seminar(edition, starts_at=STARTS_AT - 12 * HOUR, own_timezone="Asia/Tokyo")

    picture = said()

    assert picture.host == "Monday 6 November 2023, 09:30\N{EN DASH}11:00 in Tokyo"
    assert picture.rows[1] == Row("Bogotá", "19:30", "still Sunday")


@pytest.mark.parametrize(
    ("now", "state", "has_cities"),
    [
        (EARLY, "", True),
        (STARTS_AT, "This seminar is under way.", True),
        (STARTS_AT + 2 * HOUR, "This seminar is over.", False),
    ],
)
def test_picture_says_where_a_seminar_stands(now, state, has_cities):
    make_seminar(make_edition(2023))

    picture = said(now)

    assert (picture.state, bool(picture.rows)) == (state, has_cities)


def test_moved_and_cancelled_seminars_have_pictures_at_new_addresses(client):
    seminar = make_seminar(make_edition(2023))
    desk = {"seminar": seminar, "said": "", "person_name": "Mei", "now": NOW, "award_now": EARLY}
    later = STARTS_AT + 24 * HOUR

    addresses = [address_on(client, "/seminars/2023/1/")]
    actions.move_seminar(starts_at=later, ends_at=later + HOUR, seen_sequence=0, **desk)
    addresses.append(address_on(client, "/seminars/2023/1/"))
    moved = said()
    actions.cancel_seminar(seen_sequence=1, **desk)
    addresses.append(address_on(client, "/seminars/2023/1/"))

    assert len(set(addresses)) == 3
    assert moved.state == "This seminar has been moved."
    assert moved.host.startswith("Tuesday 7 November 2023")
    assert (said().state, said().rows) == ("This seminar is cancelled.", ())


@pytest.mark.parametrize(
    ("shown_on", "picture"),
    [
        ("/seminars/2023/1/", "/seminars/2023/1/share.png"),
        ("/ar/seminars/2023/1/", "/ar/seminars/2023/1/share.png"),
        ("/seminars/", "/seminars/2023/share.png"),
        ("/zh-hans/seminars/", "/zh-hans/seminars/2023/share.png"),
    ],
)
def test_page_names_its_picture_which_may_be_kept(client, settings, shown_on, picture):
    make_seminar(make_edition(2023))

    address = address_on(client, shown_on)

    assert address.startswith(f"{settings.SITE_URL}{picture}?v=")
    kept, asked = client.get(address), client.get(picture)
    assert kept["Content-Type"] == "image/png"
    assert Image.open(BytesIO(kept.content)).size == (1200, 630)
    assert "immutable" in kept["Cache-Control"]
    assert "max-age=300" in asked["Cache-Control"]
    assert kept.content == asked.content


def test_picture_speaks_the_language_of_its_page_or_one_that_can_be_set():
    make_seminar(make_edition(2023))

    with translation.override("ar"):
        arabic = said()
    with translation.override("zh-hans"):
        chinese = said()

    assert arabic.direction == "rtl"
    assert arabic.host.startswith("الاثنين 6 نوفمبر 2023")
    assert arabic.rows[1].place == "بوغوتا"
    # No packaged font has Chinese letters: English words say more than boxes.
    assert chinese == said()


def test_picture_of_a_series_shows_the_next_seminar():
    edition = make_edition(2023)
    for number in (1, 2, 3):
        make_seminar(edition, number, starts_at=STARTS_AT + (number - 1) * 24 * HOUR)
    Seminar.objects.filter(number=2).update(cancelled_at=NOW)

    def series(now):
        found = Seminar.objects.of(edition).select_related("edition")
        return pictures.of_series(edition, rules.with_states(found, now))

    between, after = series(STARTS_AT + 3 * HOUR), series(STARTS_AT + 99 * HOUR)

    assert between.above == "Seminars of the Guangzhou Award, 2023"
    assert between.detail == "2 seminars\N{NO-BREAK SPACE}\N{MIDDLE DOT} 6 to 8 November 2023"
    assert between.state == "The next one:"
    assert between.host.startswith("Wednesday 8 November 2023, 20:30")
    assert (after.state, after.rows) == ("The last one was:", ())


@pytest.mark.parametrize("address", ["/seminars/2023/9/share.png", "/seminars/2021/share.png"])
def test_picture_of_nothing_is_not_found(client, address):
    make_seminar(make_edition(2023))
    make_edition(2021)

    assert client.get(address).status_code == 404


def test_list_without_seminars_has_no_picture(client):
    assert PICTURE.findall(client.get("/seminars/").content.decode()) == []
