"""A planner looks for cases, on the list and on the map, and takes them along."""

from __future__ import annotations

import csv


def test_planner_takes_along_exactly_the_cases_that_the_map_and_the_list_show(award, page):
    page.goto(f"{award.site}/initiatives/?edition=2023")
    shown = page.locator(".found-list h2").all_inner_texts()
    addresses = page.eval_on_selector_all(
        ".found-list h2 a", "all => all.map(each => each.getAttribute('href').split('/').at(-2))"
    )

    page.get_by_role("link", name="Map", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiatives/map/?edition=2023")
    mark = page.locator(".map a").filter(has_text="2").first
    name = mark.get_attribute("aria-label")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**window=**")
    closer = page.locator(".map a").all()
    page.get_by_role("link", name="The whole world").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()

    path = taken.value.path()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "2 initiatives" in name
    assert len(closer) >= 2
    assert [row["address"] for row in rows] == addresses
    assert [row["title"] for row in rows if row["title"]] == [
        title for title in shown if title != "Title not recorded"
    ]
    assert taken.value.suggested_filename == "initiatives-edition2023.csv"
