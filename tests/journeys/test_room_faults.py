"""A live room while something fails: nobody loses a word, and nothing is done twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import MODERATOR_SESSION
from tests.journeys.voting import PHONE

HERE = "/seminars/2023/2/"
STREAMS = re.compile(r"/live/\d+\?")
DEEDS = "**/desk/question/"
# A family of joined emoji, letters that join, a digit of another script.
LONG_TEXT = "من يدفع ثمن رعاية الحديقة؟ 👩‍👩‍👧‍👦 می‌خواهم ٣ " * 85


@pytest.fixture
def open_page(award, browser):
    contexts = []

    def open_one(path, *, signed_in=False, **settings):
        context = browser.new_context(viewport=PHONE, **settings)
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
    # All come from one network: the next journey shall not wait for a minute to pass.
    award.ask("delete from foundation_ratecount where name like 'seminar%%'")


def ask(page, text):
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("A moderator reads it first")).to_be_visible(timeout=20_000)


def card(desk, text):
    return desk.locator(".desk li", has=desk.locator("p.text", has_text=text))


def approve(desk, text):
    card(desk, text).get_by_role("button", name=re.compile("Approve")).click()
    live = desk.locator(".desk section:nth-child(2) p.text", has_text=text)
    expect(live).to_have_count(1, timeout=20_000)


def shown(page, text):
    return page.locator("#list .q", has_text=text)


def test_moderator_without_a_line_saves_once_though_the_answer_is_lost(award, open_page):
    asked, edited = "Who waters teh trees?", "Who waters the trees?"
    guest = open_page(f"{HERE}room/")
    ask(guest, asked)
    desk = open_page(f"{HERE}desk/", signed_in=True)
    mine = card(desk, asked)
    mine.locator("details[data-key=e] summary").click()
    mine.get_by_label("Question", exact=True).fill(edited)

    desk.context.set_offline(True)
    mine.get_by_role("button", name="Save").click()
    expect(desk.locator("#said")).to_contain_text("Not saved")
    expect(mine.get_by_label("Question", exact=True)).to_have_value(edited)
    assert award.ask("select version from seminars_question where text = %s", asked) == [(0,)]

    desk.context.set_offline(False)
    desk.route(DEEDS, lambda route: (route.fetch(), route.abort()))
    with desk.expect_event("requestfailed"):
        mine.get_by_role("button", name="Save").click()
    expect(desk.locator("#said")).to_contain_text("It is done only once")
    expect(mine.get_by_label("Question", exact=True)).to_have_value(edited)
    desk.unroute(DEEDS)
    mine.get_by_role("button", name="Save").click()

    expect(card(desk, edited)).to_have_count(1, timeout=20_000)
    expect(desk.locator("#said")).to_be_hidden()
    assert award.ask(
        "select version, original_text from seminars_question where text = %s", edited
    ) == [(1, asked)]


def test_room_goes_on_when_its_process_is_killed_and_started_again(award, open_page):
    asked, box = "Who keeps the lamps alight?", award.supervisor.children[0]
    guest, desk = open_page(f"{HERE}room/"), open_page(f"{HERE}desk/", signed_in=True)
    ask(guest, asked)
    guest.get_by_label("Your question").fill("half a sent")
    guest.evaluate("scrollTo(0, 120)")
    desk.reload()

    box.kill()
    try:
        approve(desk, asked)
    finally:
        box.start()

    expect(shown(guest, asked)).to_be_visible(timeout=20_000)
    expect(guest.get_by_label("Your question")).to_have_value("half a sent")
    assert guest.evaluate("scrollY") == 120
    expect(guest.locator("#connection")).to_be_hidden(timeout=20_000)


def test_room_goes_on_when_the_database_server_is_restarted(award, open_page):
    asked, meanwhile = "Who mends the wells?", "Who pays for the pump?"
    guest, desk = open_page(f"{HERE}room/"), open_page(f"{HERE}desk/", signed_in=True)
    ask(guest, asked)
    guest.get_by_label("Your question").fill(meanwhile)
    desk.reload()
    cluster = award.database.cluster

    # Its keeper starts it again, as in every installation.
    stopped = cluster.run("pg_ctl", "stop", "-D", str(cluster.folder), "-m", "fast", "-w")
    guest.get_by_role("button", name="Send", exact=True).click()
    said = guest.locator("#ask-said")
    expect(said).to_have_text(re.compile("Sent|Not sent|not stored"), timeout=20_000)
    award.database.start()
    for _ in range(3):
        if "Sent." not in said.inner_text():
            expect(guest.get_by_label("Your question")).to_have_value(meanwhile)
            guest.get_by_role("button", name="Send", exact=True).click()
            guest.wait_for_timeout(1_000)
    approve(desk, asked)

    assert stopped.returncode == 0, stopped.stdout
    expect(said).to_contain_text("Sent.")
    expect(shown(guest, asked)).to_be_visible(timeout=20_000)
    assert award.ask("select count(*) from seminars_question where text = %s", meanwhile) == [(1,)]


def test_what_is_typed_while_a_question_is_sent_stays(award, open_page):
    asked, following = "Who sweeps the steps?", "And who pays"
    guest, held = open_page(f"{HERE}room/"), []
    guest.route("**/room/ask/", lambda route, _request: held.append(route))
    box = guest.get_by_label("Your question")
    box.fill(asked)
    with guest.expect_request("**/room/ask/"):
        guest.get_by_role("button", name="Send", exact=True).click()
    box.fill(following)
    held[0].continue_()

    expect(guest.get_by_text("A moderator reads it first")).to_be_visible(timeout=20_000)
    expect(box).to_have_value(following)
    assert award.ask("select count(*) from seminars_question where text = %s", asked) == [(1,)]


def test_room_works_without_its_player_and_without_streams(award, open_page):
    asked, player = "Who sees no picture?", "https://meet.example/embed/1"
    [(pk, before)] = award.ask(
        "select s.id, embed_url from seminars_seminar s join editions_edition e"
        " on e.id = s.edition_id where e.year = 2023 and number = 2"
    )
    award.ask("update seminars_seminar set embed_url = %s where id = %s", player, pk)
    try:
        guest = open_page("/how-we-count/")
        guest.context.route(re.compile("https://meet.example/"), lambda route: route.abort())
        guest.context.route(STREAMS, lambda route: route.abort())
        guest.goto(f"{award.site}{HERE}room/?play=1")
        desk = open_page(f"{HERE}desk/", signed_in=True)

        expect(guest.locator("iframe.player")).to_have_attribute("src", player)
        expect(guest.get_by_text("the questions still work")).to_be_visible()
        way_out = guest.get_by_role("link", name="Open the player in a window of its own")
        expect(way_out).to_have_attribute("href", player)
        expect(guest.get_by_text("New questions come in every few seconds.")).to_be_visible(
            timeout=20_000
        )
        ask(guest, asked)
        desk.reload()
        approve(desk, asked)

        expect(shown(guest, asked)).to_be_visible(timeout=20_000)
    finally:
        award.ask("update seminars_seminar set embed_url = %s where id = %s", before, pk)


def test_longest_question_of_another_direction_without_a_script(award, open_page):
    text = LONG_TEXT[:4_000].strip()
    reader = open_page(f"{HERE}room/")
    guest = open_page(f"{HERE}room/", java_script_enabled=False)
    guest.get_by_label("Your question").fill(text)
    guest.get_by_role("button", name="Send", exact=True).click()
    expect(guest.get_by_text("A moderator has yet to read it.")).to_be_visible()
    desk = open_page(f"{HERE}desk/", signed_in=True, java_script_enabled=False)
    card(desk, text[:60]).get_by_role("button", name=re.compile("Approve")).click()

    seen = shown(reader, text[:60]).locator(".text").first
    expect(seen).to_be_visible(timeout=20_000)
    assert seen.evaluate("e => [e.textContent, getComputedStyle(e).direction]") == [text, "rtl"]

    other = open_page(f"{HERE}room/?order=newest", java_script_enabled=False)
    shown(other, text[:60]).locator("button.up").click()
    expect(shown(other, text[:60]).locator(".votes")).to_have_text("2")
    card(desk, text[:60]).get_by_role("button", name=re.compile("Answered")).click()
    other.goto(f"{award.site}{HERE}room/?order=answered")
    expect(shown(other, text[:60]).locator(".votes")).to_have_text("2")
    expect(shown(reader, text[:60])).to_have_count(0, timeout=20_000)
