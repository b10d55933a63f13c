"""A moderator brings a guest's question to the speaker; the city answers it for good."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import MODERATOR_SESSION
from tests.journeys.voting import PHONE, overflows, violations

HERE = "/seminars/2023/1/"
QUESTION = "Who pays for the care of the park in winter? 🌳"
CITY_ADDRESS = "questions@city.example"


@pytest.fixture
def open_page(award, browser):
    contexts = []

    def open_one(path, *, signed_in=False, **settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        if signed_in:
            cookie = {"name": "laurels_session", "value": MODERATOR_SESSION, "url": award.site}
            context.add_cookies([cookie])
        page = context.new_page()
        page.goto(award.site + path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def test_moderator_brings_a_question_to_the_speaker_while_a_guest_watches(open_page):
    guest = open_page(f"{HERE}room/", viewport=PHONE)
    other = open_page(f"{HERE}room/", viewport=PHONE)
    desk = open_page(f"{HERE}desk/", signed_in=True, viewport={"width": 1280, "height": 900})
    stage = open_page(f"{HERE}stage/")

    guest.get_by_label("Your question").fill(QUESTION)
    guest.get_by_label("Your name, if you like").fill("Lars")
    guest.get_by_role("button", name="Send", exact=True).click()
    expect(guest.get_by_text("A moderator reads it first")).to_be_visible()
    expect(guest.get_by_label("Your question")).to_have_value("")

    expect(desk.get_by_text(QUESTION).first).to_be_visible(timeout=20_000)
    assert violations(desk) == []
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    # Nobody loads a page anew from here on.
    shown = other.locator("#list .q", has_text=QUESTION)
    expect(shown).to_be_visible(timeout=20_000)
    shown.get_by_role("button").click()
    expect(shown.locator(".votes")).to_have_text("2", timeout=20_000)
    expect(guest.locator("#list .q .votes")).to_have_text("2", timeout=20_000)
    assert violations(other) == []
    assert not overflows(other)

    expect(desk.locator(".desk section:nth-child(2) li")).to_have_count(1, timeout=20_000)
    desk.keyboard.press("s")
    expect(stage.locator("#asked")).to_have_text(QUESTION, timeout=20_000)
    desk.keyboard.press("d")
    expect(stage.get_by_text("No question is before the speaker.")).to_be_visible(timeout=20_000)
    expect(shown).to_have_count(0)


def test_city_answers_in_its_language_and_it_stands_on_its_page(award, open_page):
    asked = "Which trees did you plant beside the school?"
    guest = open_page(f"{HERE}room/", java_script_enabled=False)
    guest.get_by_label("Your question").fill(asked)
    guest.get_by_label("To", exact=True).select_option(index=1)
    guest.get_by_role("button", name="Send", exact=True).click()
    expect(guest.get_by_text("A moderator has yet to read it.")).to_be_visible()

    desk = open_page(f"{HERE}desk/", signed_in=True, java_script_enabled=False)
    card = desk.locator(".desk li", has_text=asked)
    card.get_by_role("button", name=re.compile("Approve")).click()
    desk.get_by_label("Mail address").fill(CITY_ADDRESS)
    desk.get_by_role("button", name="Send the private link").click()

    until = time.monotonic() + 30
    while not (letters := award.letters(CITY_ADDRESS)):
        assert time.monotonic() < until, "no letter came"
        time.sleep(0.1)
    address = re.search(r"/seminars/city/\S+", letters[0].text)[0]
    city = open_page(address, viewport=PHONE)
    assert violations(city) == []
    form = city.locator("section", has_text=asked)
    form.get_by_label("Answer", exact=True).fill("Липы и клёны.")
    form.get_by_label("Language of the answer").fill("ru")
    form.get_by_role("button", name="Publish the answer").click()
    expect(city.get_by_text("Saved.")).to_be_visible()

    initiative = guest.locator(".programme a").first.get_attribute("href")
    page = open_page(initiative)
    expect(page.locator(".answers [lang=ru]")).to_have_text(re.compile("Липы и клёны"))
    assert violations(page) == []
