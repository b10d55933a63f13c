"""Every public page, for everybody: wide and narrow, light and dark, both directions, no script."""

from __future__ import annotations

import pytest

from tests.journeys.voting import overflows, violations
from tests.times import bare_in_html

PAGES = [
    "/",
    "/editions/",
    "/editions/2023/",
    "/editions/2018/",
    "/editions/2026/",
    "/editions/2023/shortlist/",
    "/initiatives/",
    "/initiatives/?q=sao&country=BR",
    "/initiatives/?q=nothing-answers-this",
    "/initiatives/?q=waste&theme=food&view=table",
    "/initiatives/map/",
    "/initiatives/map/?edition=2023&window=520,80,125",
    "/initiatives/2023-cape-town/",
    "/initiatives/2012-vienna/",
    "/initiatives/2018-wuhan/",
    "/initiatives/2018-wuhan/contact/",
    "/cities/at-vienna/",
    "/initiatives/2018-wuhan/adapted/",
    "/focus/",
    "/focus/?theme=education&year=2020",
    "/focus/one-earth-one-dream/",
    "/seminars/",
    "/seminars/2023/1/",
    "/seminars/2023/4/",
    "/seminars/2023/register/?seminar=1",
    "/seminars/2023/registered/",
    "/seminars/2023/1/room/",
    "/seminars/2023/1/room/?order=answered&play=1",
    "/seminars/2023/1/stage/",
    "/partners/",
    "/partners/metropolis/",
    "/partners/metropolis/2023/",
    "/how-we-count/",
    "/api/",
    "/embed/?what=campaign/2023&partner=metropolis&way=frame",
    "/embed/focus/one-earth-one-dream/?partner=metropolis",
    "/embed/campaign/2023/?partner=uclg",
    "/about/",
    "/rules/",
    "/news/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
]
DESK, PHONE, SMALL = 1280, 390, 320
# Each width in each light and each direction, in pairs: all eight take four minutes.
LOOKS = {"ltr": ((DESK, "light"), (PHONE, "dark")), "rtl": ((DESK, "dark"), (PHONE, "light"))}
HEAVIEST = 60_000  # bytes of a first visit: page, style sheets and scripts, not compressed


@pytest.fixture
def visitor(browser):
    """Open pages as somebody in Bogotá; collect what goes wrong and what is loaded."""
    contexts = []

    def visit(**settings):
        context = browser.new_context(timezone_id="America/Bogota", **settings)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "response",
            lambda answer: answer.status >= 400 and page.complaints.append(answer.url),
        )
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", PAGES)
def test_page_is_usable_by_everybody_and_light(award, visitor, address):
    page = visitor(reduced_motion="reduce")
    weights = {}

    def weigh(answer):
        if answer.request.resource_type in {"document", "stylesheet", "script"}:
            weights[answer.url] = len(answer.body())

    page.on("response", weigh)
    page.goto(award.site + address, wait_until="networkidle")
    assert sum(weights.values()) < HEAVIEST, weights

    for direction, looks in LOOKS.items():
        if direction == "rtl":
            page.goto(f"{award.site}/ar{address}")
        assert page.locator("html").get_attribute("dir") == direction
        for width, scheme in looks:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
        for width in (DESK, PHONE, SMALL):
            page.set_viewport_size({"width": width, "height": 900})
            assert not overflows(page)
    assert page.complaints == []


@pytest.mark.parametrize("address", PAGES)
def test_page_says_everything_without_a_script_and_no_bare_time(award, visitor, address):
    page = visitor(java_script_enabled=False)
    page.goto(award.site + address)

    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    assert bare_in_html(page.content()) == []
    assert page.complaints == []


def test_no_link_of_the_public_pages_is_dead(award, visitor):
    page = visitor()
    links = set()
    for address in PAGES:
        page.goto(award.site + address)
        # In a drawing `href` is no text, so that the attribute is read.
        hrefs = page.eval_on_selector_all(
            "a[href]", "all => all.map(each => new URL(each.getAttribute('href'), location).href)"
        )
        links |= {href.split("#")[0] for href in hrefs if href.startswith(award.site)}

    dead = [href for href in sorted(links) if page.request.get(href).status >= 400]

    assert len(links) > 100
    assert dead == []


def test_visitor_reads_the_own_zone_and_the_day_in_words(award, visitor):
    page = visitor()
    page.goto(award.site + "/how-we-count/")

    opens, closes = page.locator("dd .when").all_inner_texts()

    assert opens == (
        "Wednesday 1 November 2023, 00:00 in Guangzhou "
        "(11:00 in Bogotá, your time: Wednesday in Guangzhou, still Tuesday in Bogotá)"
    )
    assert closes == ("Thursday 30 November 2023, 24:00 in Guangzhou (11:00 in Bogotá, your time)")


def test_visitor_finds_a_city_on_the_map_by_keyboard(award, visitor):
    page = visitor()
    page.goto(award.site + "/editions/2023/shortlist/")
    city = page.locator(".map a").first
    city.focus()
    name = city.get_attribute("aria-label").split(",")[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiatives/**")

    assert name in page.locator("main").inner_text()


def test_visitor_changes_the_language_and_the_light(award, visitor):
    page = visitor(viewport={"width": PHONE, "height": 844})
    page.goto(award.site + "/initiatives/2023-cape-town/")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar/initiatives/2023-cape-town/")

    page.get_by_role("button", name="التبديل بين الفاتح والداكن").click()
    page.goto(award.site + "/")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert violations(page) == []
