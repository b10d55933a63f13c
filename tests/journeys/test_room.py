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


def test_two_cities_answer_a_question_to_all_and_it_stands_on_both_pages(award, open_page):
    asked = "Which trees did you plant beside the school?"
    guest = open_page(f"{HERE}room/", java_script_enabled=False)
    guest.get_by_label("Your question").fill(asked)
    guest.get_by_role("button", name="Send", exact=True).click()
    expect(guest.get_by_text("A moderator has yet to read it.")).to_be_visible()

    desk = open_page(f"{HERE}desk/", signed_in=True, java_script_enabled=False)
    card = desk.locator(".desk li", has_text=asked)
    card.get_by_role("button", name=re.compile("Approve")).click()
    links = [invite(award, desk, place) for place in (0, 1)]
    watching = open_page(f"{HERE}room/?order=answered", viewport=PHONE)

    first = open_page(links[0], viewport=PHONE)
    assert violations(first) == []
    form = first.locator("section", has_text=asked)
    form.get_by_label("Answer", exact=True).fill("Липы и клёны.")
    form.get_by_label("Language of the answer").fill("русский")
    # The connection breaks, the page is loaded anew: what was typed is still there.
    first.context.set_offline(True)
    form.get_by_role("button", name="Publish the answer").click()
    expect(form.get_by_text("Not sent: no connection.")).to_be_visible()
    first.context.set_offline(False)
    first.reload()
    expect(form.get_by_text("What you wrote here before is back")).to_be_visible()
    expect(form.get_by_label("Answer", exact=True)).to_have_value("Липы и клёны.")
    form.get_by_role("button", name="Publish the answer").click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    assert first.evaluate("localStorage.length") == 0
    assert not overflows(first)

    second = open_page(links[1], java_script_enabled=False)
    form = second.locator("section", has_text=asked)
    form.get_by_label("Answer", exact=True).fill("أشجار الزيتون")
    form.get_by_label("Language of the answer").fill("Arabic")
    form.get_by_role("button", name="Publish the answer").click()
    expect(second.get_by_text("Saved.")).to_be_visible()

    # Whoever watches the room reads both without loading it anew.
    shown = watching.locator("#list .q", has_text=asked)
    expect(shown.locator(".answer")).to_have_count(2, timeout=20_000)
    expect(shown.locator(".words[lang=ar]")).to_have_text("أشجار الزيتون")
    assert violations(watching) == []
    assert not overflows(watching)

    pages = guest.locator(".programme a")
    for place, (language, answer) in enumerate([("ru", "Липы"), ("ar", "الزيتون")]):
        page = open_page(pages.nth(place).get_attribute("href"), viewport=PHONE)
        question = page.locator(".answers li", has_text=asked)
        expect(question.get_by_text("Asked of all cities.")).to_be_visible()
        expect(question.locator(f"div[lang={language}]")).to_have_text(re.compile(answer))
        other = question.get_by_text("Answered by other cities:").get_by_role("link")
        expect(other).to_have_count(1)
        assert violations(page) == []
        assert not overflows(page)


def invite(award, desk, place):
    """Send the city at a place of the programme its private link; return its address."""
    address = f"questions{place}@city.example"
    desk.get_by_label("City", exact=True).select_option(index=place)
    desk.get_by_label("Mail address").fill(address)
    desk.get_by_role("button", name="Send the private link").click()
    until = time.monotonic() + 30
    while not (letters := award.letters(address)):
        assert time.monotonic() < until, "no letter came"
        time.sleep(0.1)
    return re.search(r"/seminars/city/\S+", letters[0].text)[0]
