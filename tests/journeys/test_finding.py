"""A planner with a problem, on a phone, in a minute."""

from __future__ import annotations

from tests.journeys.voting import overflows, violations


def test_planner_finds_the_three_initiatives_that_resemble_her_problem(award, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(award.site + "/initiatives/")

    # She writes as one does on a phone: "informal waste pickers" with two mistakes.
    page.get_by_label("Search the library").fill("infromal waste pikers")
    page.get_by_role("button", name="Find").click()
    answers = page.locator(".answers")
    assert "Qalyubeya Governorate" in answers.inner_text()
    assert "Waste" in answers.locator("mark").all_inner_texts()
    assert not overflows(page)
    assert violations(page) == []

    # The case leads on to others like it, and says what both have.
    page.get_by_role("link", name="Integrated Community Based Solid Waste Management").click()
    similar = page.locator("section[aria-labelledby=similar]")
    assert similar.locator("li").count() == 3
    assert "Both: " in similar.locator("li").first.inner_text()
    assert "waste and circular economy" in similar.inner_text()

    # She narrows down by a theme without a script's help, and sends the address to a colleague.
    page.goto(award.site + "/initiatives/")
    page.get_by_text("Narrow down").click()
    page.locator("fieldset.facet").first.locator("summary").click()
    page.get_by_label("Waste and circular economy").check()
    page.get_by_role("button", name="Show these").click()
    address = page.url
    assert "theme=waste-circular" in address
    chip = page.get_by_role("link", name="Theme: Waste and circular economy")
    found = page.get_by_role("status").inner_text()
    page.goto(address)
    assert page.get_by_role("status").inner_text() == found
    chip.click()
    assert page.get_by_role("status").inner_text() != found
    context.close()
