"""Watches a whole vote: no server ever meets a pick in the clear, in no place and in no form."""

from __future__ import annotations

import base64
import json
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.journeys.voting import PHONE, Voter, ballots, numbers

CHOSEN = ("Kampala", "Tehran", "Mannheim")


@pytest.fixture
def watched(award, page):
    """The voter's page, with every request of it written down from the first tick on."""
    page.set_viewport_size(PHONE)
    requests = []

    def write_down(request):
        requests.append(request)

    # On the context, so that a worker's or a pop-up's requests would be seen too.
    page.context.on("request", write_down)
    voter = Voter(page, award, "traffic.watch@example.org")
    voter.open_the_ballot()
    page.wait_for_load_state("networkidle")
    requests.clear()
    return voter, requests


def told(request) -> str:
    """All that a request tells its server: address, headers and body, decoded."""
    headers = "\n".join(f"{name}: {value}" for name, value in request.all_headers().items())
    return f"{request.method} {unquote(request.url)}\n{headers}\n{request.post_data or ''}"


def names_of(page, cities: tuple[str, ...]) -> list[str]:
    """Every text by which the paper calls the chosen: name, code and title."""
    rows = page.locator("[data-candidate]").evaluate_all(
        "rows => rows.map(row => [row.dataset.name, row.dataset.code,"
        " row.querySelector('[data-part=title]').innerText])"
    )
    chosen = [row for row in rows if row[0].startswith(cities)]
    assert len(chosen) == len(cities)
    return [text for row in chosen for text in row]


def forms_of(picks: list[int]) -> re.Pattern[str]:
    """The picks as a list in any order and spelling: `[3,7]`, `7, 3`, `picks=3`, base64, hex."""
    anywhere = [
        rf"[\[(]\s*{first}\s*,\s*{second}\b"
        for first in picks
        for second in picks
        if first != second
    ]
    plaintexts = [json.dumps(order, separators=(",", ":")).encode() for order in _orders(picks)]
    encoded = [base64.b64encode(text)[:8].decode() for text in plaintexts]
    in_hex = [text.hex() for text in plaintexts]
    named = [rf"pick[a-z_]*\W{{1,4}}{number}\b" for number in picks]
    return re.compile("|".join([*anywhere, *map(re.escape, encoded + in_hex), *named]))


def _orders(picks: list[int]) -> list[list[int]]:
    return [[a, b, c] for a in picks for b in picks for c in picks if len({a, b, c}) == 3]


def test_no_server_meets_a_pick(award, watched):
    voter, requests = watched
    page = voter.page
    picks, names = numbers(page, *CHOSEN), names_of(page, CHOSEN)
    before = {name: award.rows(name) for name in ("laurels", "registrar")}
    said_before = award.logs()

    voter.tick(*CHOSEN)
    page.reload()
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()
    number = voter.read_the_receipt()
    expect(page.locator("[data-logged]")).to_be_visible(timeout=20_000)

    bodies = [told(request) for request in requests if request.method != "GET"]
    assert [line.split()[1].rpartition("/")[2] for line in bodies] == [
        "codes",
        "voters",
        "tickets",
        "ballots",
    ]
    # What the page loads is the same for everyone: only addresses and headers could tell.
    loaded = [told(request) for request in requests if request.method == "GET"]
    pictures = re.compile(r"^GET \S+/covers/\S+", re.MULTILINE)
    told_to_servers = "\n".join([*bodies, *(pictures.sub("GET a cover", each) for each in loaded)])
    pattern = forms_of(picks)
    assert pattern.search(told_to_servers) is None
    assert [name for name in names if name in told_to_servers] == []

    letters = "\n".join(f"{each.subject}\n{each.text}" for each in award.letters(voter.address))
    assert voter.award.letters(voter.address)
    assert [name for name in names if name in letters] == []
    assert number not in letters

    for database, rows in before.items():
        grown = set(award.rows(database).splitlines()) - set(rows.splitlines())
        new = "\n".join(_readable(row) for row in grown)
        assert grown
        assert pattern.search(new) is None, database
        assert [name for name in names if name in new] == [], database
    said = award.logs().removeprefix(said_before)
    assert pattern.search(said) is None
    assert [name for name in names if name in said] == []

    # The watch itself sees what it looks for: the ballot is there, and holds these picks.
    leaf = json.loads(voter.kept_in_the_browser()["receipt"]["leaf"])
    cast = next(each for each in ballots(award) if each["tag"] == leaf["tag"])
    assert cast["picks"] == json.dumps(picks, separators=(",", ":"))
    assert pattern.search(cast["picks"])
    assert pattern.search(json.dumps({"picks": [picks[0]]}))
    assert pattern.search(base64.b64encode(cast["picks"].encode()).decode())


def test_every_picture_is_loaded_whatever_is_chosen(award, watched):
    """Covers load as they are scrolled to, never because they were chosen."""
    voter, requests = watched
    page = voter.page
    for row in page.locator(".cand").all():
        row.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    requests.clear()

    voter.tick(*CHOSEN)
    voter.review()
    expect(page.locator("[data-review-list] li")).to_have_count(3)
    page.wait_for_load_state("networkidle")

    assert [request.url for request in requests] == []


def _readable(row: str) -> str:
    """A row with what its bytes say, where they are text: leaves are stored as bytes."""
    return row.encode().decode("unicode_escape", errors="replace")
