"""The form, the private pages and the personal link, as a browser without a script sees them."""

from datetime import timedelta

import pytest

from laurels.foundation.models import Mail
from laurels.seminars.models import Registrant, Seminar, ShareCount
from tests.factories.editions import make_edition
from tests.factories.library import make_library
from tests.factories.seminars import (
    EARLY,
    STARTS_AT,
    ask,
    come,
    make_seminar,
    seat_of,
    states_of,
)
from tests.html import plain

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
FORM = "/seminars/2023/register/"
ROOM = "https://meet.example/room?pwd=secret"
TYPED = {"seminars": ["1"], "zone": "America/Bogota", "address": "ana@example.org", "consent": "on"}


@pytest.fixture(autouse=True)
def _award(settings):
    make_library()
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}


@pytest.fixture
def seminar():
    return make_seminar(make_edition(2023), title="Resilient for all", join_url=ROOM)


@pytest.fixture
def clock_at(settings):
    def stand(now):
        settings.DEMO_CLOCKS = {"edition-2023": now}

    return stand


def test_form_is_sent_and_confirmed_in_two_steps_without_a_cookie(client, seminar):
    sent = client.post(FORM, TYPED)
    registrant = Registrant.objects.get()
    confirmed = client.post(f"/seminars/mine/{registrant.token}/confirm/")
    page = plain(client.get(confirmed.url))

    assert (sent.status_code, sent.url) == (302, "/seminars/2023/registered/")
    assert states_of(seminar) == [("ana@example.org", "confirmed")]
    assert "You have a seat." in page
    assert not client.cookies


def test_letter_is_confirmed_by_a_button_and_not_by_following_its_link(client, seminar):
    registrant = ask("ana@example.org", seminar)

    page = client.get(f"/seminars/mine/{registrant.token}/confirm/")

    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert states_of(seminar) == [("ana@example.org", "pending")]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"seminars": []}, "Choose at least one seminar."),
        ({"seminars": ["7"]}, "One of these seminars takes no registrations any more."),
        ({"address": "ana"}, "This is not an e-mail address."),
        ({"address": "ana@host.invalid"}, "No mail can reach this address."),
        ({"address": "ana\u202e@example.org"}, "This is not an e-mail address."),
        ({"zone": "Mars/Olympus"}, "We do not know this time zone."),
        ({"zone": ""}, "This field is required."),
        ({"consent": ""}, "Tick the box"),
        ({"country": "Atlantis"}, "We do not know a country of this name."),
    ],
)
def test_refused_form_says_what_to_do_and_keeps_what_was_typed(client, seminar, wrong, sentence):
    typed = {**TYPED, "name": "Ana <b>", "city": "Bogotá", **wrong}

    answer = client.post(FORM, typed)

    page = plain(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Ana &lt;b&gt;"' in page
    assert 'value="Bogotá"' in page
    assert Registrant.objects.count() == 0


def test_country_is_kept_by_its_code_and_the_word_it_came_by(client, seminar):
    client.post(FORM, {**TYPED, "country": "colombia", "source": "metropolis"})

    registrant = Registrant.objects.get()
    assert (registrant.country_code, registrant.source) == ("CO", "metropolis")


def test_openings_are_counted_by_a_plain_word_in_the_address(client, seminar):
    for word in ("metropolis", "metropolis", "<script>", ""):
        client.get(FORM, {"from": word})

    assert list(ShareCount.objects.values_list("source", "count")) == [("metropolis", 2)]
    assert 'name="source" value="metropolis"' in plain(client.get(FORM, {"from": "metropolis"}))


def test_form_ticks_what_the_address_names(client, seminar):
    make_seminar(seminar.edition, 2)

    page = plain(client.get(FORM, {"seminar": "2"}))

    assert page.count("checked") == 1
    assert "20:30</time>" in page


def test_form_without_a_seminar_to_come_says_so(client, seminar, clock_at):
    clock_at(seminar.ends_at)

    assert "No seminar takes registrations now." in plain(client.get(FORM))


@pytest.mark.parametrize("count", [1, 3])
def test_form_takes_as_many_queries_for_three_seminars_as_for_one(
    client, django_assert_max_num_queries, count
):
    edition = make_edition(2023)
    for number in range(count):
        make_seminar(edition, number + 1)
    client.get(FORM)

    with django_assert_max_num_queries(24):
        client.get(FORM)


def test_private_page_changes_zone_language_and_choice(client, seminar):
    ana = come("ana@example.org", seminar)

    answer = client.post(
        f"/seminars/mine/{ana.token}/", {"zone": "Asia/Tokyo", "language": "fr", "seminars": []}
    )

    ana.refresh_from_db()
    assert answer.url == f"/fr/seminars/mine/{ana.token}/?changed=yes"
    assert (ana.zone, ana.language) == ("Asia/Tokyo", "fr")
    assert states_of(seminar) == [("ana@example.org", "cancelled")]
    assert 'role="status"' in plain(client.get(answer.url))


def test_mailbox_stops_the_reminders_by_itself(client, seminar):
    ana = come("ana@example.org", seminar)

    # RFC 8058: a POST without cookie, token or referrer.
    answer = client.post(f"/seminars/mine/{ana.token}/stop/", {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Registrant.objects.get().reminders_stopped_at is not None


@pytest.mark.parametrize("page", ["", "confirm/", "stop/", "calendar.ics"])
def test_unknown_token_opens_nothing(client, seminar, page):
    assert client.get(f"/seminars/mine/{'x' * 43}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (STARTS_AT - HOUR, "You are early."),
        (STARTS_AT - timedelta(minutes=15), ROOM),
        (STARTS_AT + timedelta(minutes=89), ROOM),
        (STARTS_AT + timedelta(minutes=90), "This seminar is over."),
    ],
)
def test_personal_link_leads_into_the_room_while_it_is_open(client, seminar, clock_at, at, answer):
    registration = seat_of(come("ana@example.org", seminar), seminar)
    clock_at(at)
    link = f"/seminars/join/{registration.token}/"

    client.head(link)
    got = client.get(link)
    client.get(link)

    registration.refresh_from_db()
    is_open = answer == ROOM
    assert (got.url if is_open else answer) == answer
    assert is_open or answer in plain(got)
    assert is_open or ROOM not in plain(got)
    assert (registration.join_count, registration.joined_at) == ((2, at) if is_open else (0, None))


def test_personal_link_leads_to_the_recording_afterwards(client, seminar, clock_at):
    registration = seat_of(come("ana@example.org", seminar), seminar)
    Seminar.objects.update(recording_url="https://video.example/1")
    clock_at(seminar.ends_at)

    assert client.get(f"/seminars/join/{registration.token}/").url == "https://video.example/1"


def test_who_waits_is_not_let_in(client, clock_at):
    seminar = make_seminar(make_edition(2023), capacity=1, join_url=ROOM)
    come("ana@example.org", seminar)
    bo = come("bo@example.org", seminar)
    clock_at(STARTS_AT)

    answer = client.get(f"/seminars/join/{seat_of(bo, seminar).token}/")

    assert "You have no seat in this seminar now." in plain(answer)


def test_link_to_the_platform_stands_on_no_page_and_in_no_letter(client, seminar):
    ana = come("ana@example.org", seminar)
    texts = [mail.text + mail.calendar for mail in Mail.objects.all()]
    pages = ["/seminars/", "/seminars/2023/1/", FORM, f"/seminars/mine/{ana.token}/"]
    pages += ["/seminars/2023/calendar.ics", "/seminars/2023/1/calendar.ics"]
    texts += [client.get(page).content.decode() for page in pages]

    assert [text for text in texts if "meet.example" in text] == []


def test_personal_link_leads_to_our_room_where_only_a_player_is_known(client, seminar, clock_at):
    Seminar.objects.update(join_url="", embed_url="https://video.example/embed/1")
    registration = seat_of(come("ana@example.org", seminar), seminar)
    clock_at(STARTS_AT)

    answer = client.get(f"/seminars/join/{registration.token}/")

    registration.refresh_from_db()
    assert answer.url == "/seminars/2023/1/room/"
    assert registration.join_count == 1


def test_one_seat_is_given_back_by_one_button_and_who_waits_moves_up(client, clock_at):
    edition = make_edition(2023)
    past = make_seminar(edition, 3, starts_at=STARTS_AT - timedelta(days=9))
    full = make_seminar(edition, 1, title="Full", capacity=1)
    other = make_seminar(edition, 2, starts_at=STARTS_AT + timedelta(days=1))
    clock_at(past.starts_at - HOUR)
    ana = come("ana@example.org", past, full, other, award_now=past.starts_at - HOUR)
    bo = come("bo@example.org", full)
    clock_at(EARLY)

    waits = plain(client.get(f"/seminars/mine/{bo.token}/"))
    answer = client.post(f"/seminars/mine/{ana.token}/", {"leave": "1"})

    assert "Your place on it: 1." in waits
    assert answer.url == f"/seminars/mine/{ana.token}/?changed=yes"
    assert states_of(full) == [("ana@example.org", "cancelled"), ("bo@example.org", "confirmed")]
    assert states_of(other) == [("ana@example.org", "confirmed")]
    assert states_of(past) == [("ana@example.org", "confirmed")]
    ana.refresh_from_db()
    assert (ana.zone, ana.language) == ("America/Bogota", "en")


def test_what_a_stranger_asked_for_takes_no_seat_by_another_button(client, clock_at):
    edition = make_edition(2023)
    mine, theirs = make_seminar(edition, 1), make_seminar(edition, 2)
    clock_at(EARLY)
    ana = come("ana@example.org", mine)
    ask("ana@example.org", theirs)
    address = f"/seminars/mine/{ana.token}/"

    page = plain(client.get(address))
    client.post(address, {"seminars": ["1"], "zone": "Asia/Tokyo", "language": "en"})
    client.post(address, {"leave": "1"})

    assert "Not confirmed yet: confirm" in page
    assert states_of(mine) == [("ana@example.org", "cancelled")]
    assert states_of(theirs) == [("ana@example.org", "pending")]
    client.post(address, {"seminars": ["2"], "zone": "Asia/Tokyo", "language": "en"})
    assert states_of(theirs) == [("ana@example.org", "confirmed")]


def test_form_and_page_say_that_who_comes_now_waits(client):
    seminar = make_seminar(make_edition(2023), capacity=1)
    said = "All seats are taken: who comes now waits for the next free one."
    before = plain(client.get(FORM)) + plain(client.get("/seminars/2023/1/"))
    ana = come("ana@example.org", seminar)

    assert said not in before
    assert said in plain(client.get(FORM))
    assert "Join the waiting list" in plain(client.get("/seminars/2023/1/"))
    assert said not in plain(client.get(f"/seminars/mine/{ana.token}/"))


def test_page_of_a_seminar_carries_a_partners_word_to_the_form(client, seminar):
    page = plain(client.get("/seminars/2023/1/", {"from": "metropolis"}))
    odd = plain(client.get("/seminars/2023/1/", {"from": '"><script>'}))

    assert "/seminars/2023/register/?seminar=1&amp;from=metropolis" in page
    assert "&amp;from=" not in odd
    assert not ShareCount.objects.exists()


def test_letters_and_private_page_lead_to_the_questions(client, seminar):
    ana = come("ana@example.org", seminar)

    assert "/seminars/2023/1/room/" in Mail.objects.order_by("pk").last().text
    assert 'href="/seminars/2023/1/room/"' in plain(client.get(f"/seminars/mine/{ana.token}/"))


@pytest.mark.parametrize(
    ("before", "goes_on"),
    [(timedelta(hours=2), False), (timedelta(minutes=20), True), (timedelta(minutes=5), False)],
)
def test_page_of_the_early_goes_on_by_itself_once_the_link_opens(
    client, seminar, clock_at, before, goes_on
):
    Seminar.objects.update(join_url="")
    registration = seat_of(come("ana@example.org", seminar), seminar)
    clock_at(STARTS_AT - before)

    answer = client.get(f"/seminars/join/{registration.token}/")

    assert ("Leave this page open" in plain(answer)) == goes_on
    assert ("Refresh" in answer) == goes_on
    assert not goes_on or 300 < int(answer["Refresh"]) <= 320


def test_each_error_of_the_form_leads_to_its_field(client, seminar):
    page = plain(client.post(FORM, {"zone": "Mars/Olympus", "country": "Atlantis", "name": "Ana"}))

    for field in ("choose", "address", "zone", "country", "consent"):
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page
    assert page.count("Choose at least one seminar.") == 2
