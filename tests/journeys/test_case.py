"""A planner reads a case and writes to the people behind it, whose address nobody sees."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.journeys.voting import overflows, violations

ADDRESS = "nomsa@cape-town.example"
LETTER = "How did you pay the farmers every week, and who kept the books?"


def test_planner_writes_to_a_case_and_never_sees_the_address(award, browser):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    seen = []
    page.goto(award.site + "/initiatives/2018-wuhan/")
    expect(page.get_by_text("Odd figure.")).to_be_visible()
    seen.append(page.content())
    page.get_by_role("link", name="Write to them").click()

    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("Your mail address").fill("ana@bogota")
    page.get_by_label("Your letter").fill(LETTER)
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_text("This is no mail address.")).to_be_visible()
    expect(page.get_by_label("Your letter")).to_have_value(LETTER)
    seen.append(page.content())
    assert violations(page) == []
    assert not overflows(page)
    page.get_by_label("Your mail address").fill("ana@bogota.example")
    page.get_by_label("Pass my name").check()
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_role("heading", name="Your letter is on its way")).to_be_visible()
    seen.append(page.content())

    until = time.monotonic() + 30
    while not (letters := award.letters(ADDRESS)):
        assert time.monotonic() < until, "no letter came"
        time.sleep(0.1)
    [letter] = letters
    assert letter.reply_to == "ana@bogota.example"
    assert LETTER in letter.text
    assert not [content for content in seen if ADDRESS in content]
    page.close()
