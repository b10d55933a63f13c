"""The secretary moves a seminar, sees that letters wait, reads them and sends them, once."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.journeys.stage import GUESTS, SECRETARY
from tests.journeys.test_focus import sign_in
from tests.journeys.voting import violations

ADDRESSES = [address for address, _zone, _language in GUESTS]


def told(award):
    """Whom the mail server took a letter with the new hour for; a copy counts again."""
    return sorted(
        letter["To"]
        for letter in award.mail.letters
        if "21:30" in letter.get_body().get_content() and letter["To"] in ADDRESSES
    )


def test_secretary_moves_a_seminar_reads_the_letters_that_wait_and_sends_them_once(
    award, page, browser
):
    sign_in(award, page, SECRETARY)
    page.goto(f"{award.site}/cms/")
    page.get_by_role("link", name="Registrations").click()
    page.get_by_role("link", name="2023/4").click()

    page.get_by_label("New start").fill("2023-11-09T21:30")
    page.get_by_label("New end").fill("2023-11-09T23:00")
    move = page.locator("form", has=page.get_by_label("New start"))
    move.get_by_label("A sentence").fill("The hall is taken until nine.")
    move.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("2 people are written to")).to_be_visible()
    page.get_by_role("button", name="Move it and write the letters").click()

    # The pages and the calendars say it; nobody has been written to.
    page.wait_for_url("**/cms/outbox/*/")
    batch = page.url
    expect(page.get_by_text("Nobody has been told yet.").first).to_be_visible()
    assert violations(page) == []
    calendar = page.request.get(f"{award.site}/seminars/2023/4/calendar.ics").text()
    assert "DTSTART;TZID=Asia/Shanghai:20231109T213000" in calendar
    page.goto(f"{award.site}/cms/seminars/people/")
    expect(page.locator(".waiting-letters")).to_contain_text("2 letters wait")
    page.goto(f"{award.site}/cms/")
    expect(page.locator(".waiting-letters")).to_contain_text("Mei Lin")
    page.get_by_role("link", name="Read and send").click()
    expect(page.locator(".sample[open] [lang=en]").last).to_contain_text("The hall is taken")
    page.get_by_text("العربية · Confirmed").click()
    expect(page.locator(".sample[open] [dir=rtl]").last).to_contain_text("The hall is taken")
    page.get_by_role("button", name=f"Send a copy to {SECRETARY}").last.click()
    expect(page.get_by_text(f"One copy goes to {SECRETARY}.")).to_be_visible()
    assert told(award) == []

    other = page.context.new_page()
    other.goto(batch)
    page.get_by_role("button", name="Send 2 letters").click()
    expect(page.get_by_text("2 letters are on their way.")).to_be_visible()
    other.get_by_role("button", name="Send 2 letters").click()
    expect(other.get_by_text("Mei Lin has sent these letters already.")).to_be_visible()
    # The message itself is Wagtail's, and fades in.
    other.reload()
    assert violations(other) == []

    until = time.monotonic() + 30
    while len(told(award)) < len(ADDRESSES):
        assert time.monotonic() < until, award.logs()
        time.sleep(0.2)
    time.sleep(1)
    # A second copy would be here by now.
    assert told(award) == sorted(ADDRESSES)
    english = award.letters(ADDRESSES[0])[-1].text
    assert "21:30\N{EN DASH}23:00 in Guangzhou (08:30\N{EN DASH}10:00 in Bogotá" in english
    assert "The hall is taken until nine." in english
