"""A guest in Bogotá goes from a partner's page to a calendar file that says half past seven."""

import re
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override
from ical.calendar_stream import IcsCalendarStream

from laurels.design import instants
from tests.journeys.voting import overflows, violations
from tests.sentences import GUESTS_PATH, PUBLIC_PAGES, english_sentences

ADDRESS = "guest-of-metropolis@example.org"
ADDRESS_IN_CAIRO = "guest-in-cairo@example.org"
STARTS_AT = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)
ENDS_AT = datetime(2023, 11, 6, 14, tzinfo=UTC)


def letter(award, subject, address=ADDRESS):
    until = time.monotonic() + 60
    while True:
        for each in award.letters(address):
            if each.subject == subject:
                return each
        assert time.monotonic() < until, f"no letter {subject!r} came; {award.logs()}"
        time.sleep(0.2)


def link(text, name):
    return re.search(rf"\S+/seminars/{name}/\S+", text)[0]


def test_guest_registers_from_a_partners_page_and_finds_the_own_hour_in_the_calendar(
    award, browser
):
    context = browser.new_context(
        timezone_id="America/Bogota", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(award.site + "/partners/metropolis/2023/")

    # One step to the form, a second one to send it.
    page.get_by_role("link", name="Register for the seminars").click()
    page.wait_for_url("**/seminars/2023/register/?from=metropolis")
    assert page.locator("#zone").input_value() == "America/Bogota"
    assert (
        "(07:30\N{EN DASH}09:00 in Bogotá, your time)" in page.locator(".sess").first.inner_text()
    )
    assert violations(page) == []
    page.get_by_role("checkbox", name="for seminar 1").check()
    page.get_by_role("checkbox", name="for seminar 3").check()
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/seminars/2023/registered/")

    asked = letter(award, "Confirm your registration for the seminars")
    page.goto(link(asked.text, "mine"))
    assert violations(page) == []
    page.get_by_role("button", name="Confirm").click()
    page.get_by_text("You have a seat.").first.wait_for()
    assert violations(page) == []
    confirmed = letter(award, "Your seminars")
    file = page.request.get(
        award.site + page.get_by_role("link", name="calendar file").get_attribute("href")
    )

    assert "20:30\N{EN DASH}22:00 in Guangzhou (07:30\N{EN DASH}09:00 in Bogotá" in confirmed.text
    events = IcsCalendarStream.calendar_from_ics(file.text()).events
    starts = [event.dtstart.astimezone(UTC) for event in events]
    assert starts == [STARTS_AT, datetime(2023, 11, 8, 12, 30, tzinfo=UTC)]
    own = events[0].dtstart.astimezone(ZoneInfo("America/Bogota"))
    assert f"{own:%A %H:%M}" == "Monday 07:30"
    # The link is early yet: it says from when, and leads on to nothing.
    page.goto(link(confirmed.text, "join"))
    assert "You are early." in page.locator("main").inner_text()
    assert context.cookies() == []
    context.close()


def test_guest_in_cairo_is_met_in_arabic_from_the_programme_to_the_letters(award, browser):
    context = browser.new_context(
        timezone_id="Africa/Cairo", locale="ar-EG", viewport={"width": 390, "height": 844}
    )
    page, seen = context.new_page(), []
    with override("ar"):
        asked, told = (
            gettext("Confirm your registration for the seminars"),
            gettext("Your seminars"),
        )
        register, confirm = gettext("Register"), gettext("Confirm")
        hour = instants.span_as_text(STARTS_AT, ENDS_AT, "Asia/Shanghai", "Africa/Cairo")

    def look():
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert not overflows(page)
        seen.append(page.locator("body").inner_text())

    for address in ("", "2023/1/", "2023/1/room/", "2023/register/?seminar=1"):
        page.goto(f"{award.site}/ar/seminars/{address}")
        look()
    page.locator("#address").fill(ADDRESS_IN_CAIRO)
    page.get_by_role("button", name=register).click()
    page.locator("[role=alert]").wait_for()
    look()
    page.locator("[name=consent]").check()
    page.get_by_role("button", name=register).click()
    page.wait_for_url("**/seminars/2023/registered/")
    look()
    first = letter(award, asked, ADDRESS_IN_CAIRO).text
    page.goto(link(first, "mine"))
    look()
    page.get_by_role("button", name=confirm).click()
    second = letter(award, told, ADDRESS_IN_CAIRO).text
    page.reload()
    look()
    page.goto(link(second, "join"))
    look()

    assert hour in second
    assert "14:30" in hour
    english = english_sentences(GUESTS_PATH, PUBLIC_PAGES)
    assert len(english) > 200
    texts = " ".join(" ".join([*seen, first, second]).split())
    assert [sentence for sentence in english if sentence in texts] == []
    context.close()
