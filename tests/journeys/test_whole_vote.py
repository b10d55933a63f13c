"""A stranger goes through a whole vote, as the demo invites to: from `./laurels up` to the recount.

Nothing is staged for it: the command is started in an empty folder, as in the README.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories.ports import free_port
from tests.journeys.voting import PHONE, Voter, overflows, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 240.0
STOPS_WITHIN = 15.0
SLOW = 120_000
ADDRESS = "stranger@example.org"
STEPS = ["Close the vote", "Freeze the list of ballots", "Destroy the link to mailboxes"]
CEREMONY_STEPS = ["Open the ballots", "Count", "Tell the result"]


@dataclass
class Demo:
    """A running demo: what `./laurels up` says it serves."""

    site: str
    box: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory, browser_type_launch_args) -> Iterator[Demo]:
    """`./laurels up` from nothing, until it says where to look; stopped as by Ctrl-C."""
    data, port = tmp_path_factory.mktemp("demo"), free_port()
    shared = {"DATABASE_URL", "REGISTRAR_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LAURELS_", "PG")) and name not in shared
    }
    output = data / "output.txt"
    with output.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, ROOT / "laurels", "up", "--port", str(port), "--data", data / "var"],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + STARTS_WITHIN
    while f"Laurels is at http://127.0.0.1:{port}/" not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < until, output.read_text()
        time.sleep(0.2)
    yield Demo(f"http://127.0.0.1:{port}", f"http://localhost:{port + 1}")
    process.send_signal(signal.SIGINT)
    assert process.wait(STOPS_WITHIN) is not None


@pytest.fixture
def phone(browser: Browser, demo: Demo) -> Iterator[Page]:
    """A phone in São Paulo, three hours behind UTC in November."""
    context = browser.new_context(
        viewport=PHONE, timezone_id="America/Sao_Paulo", base_url=demo.site
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


class DemoVoter(Voter):
    """Reads the code where a visitor of the demo reads it."""

    def ask_and_type_the_code(self) -> None:
        mailbox = self.page.context.new_page()
        before = self._codes(mailbox)
        self.ask_for_the_code()
        until = time.monotonic() + 30
        while (codes := self._codes(mailbox)) == before:
            assert time.monotonic() < until, "no mail came"
        mailbox.close()
        self.page.get_by_label("Six-digit code").fill(codes[0])
        self.page.get_by_role("button", name="Cast my ballot").click()

    def _codes(self, mailbox: Page) -> list[str]:
        mailbox.goto(f"{self.award.site}/demo/mailbox/")
        shown = mailbox.locator(".letter", has_text=ADDRESS).locator("[data-code]")
        return shown.evaluate_all("codes => codes.map(code => code.dataset.code)")


def move_clock(page: Page, stop: str) -> None:
    page.goto("/demo/")
    page.get_by_role("button", name=stop).click()
    expect(page.get_by_text("The clock is on its way")).to_have_count(0, timeout=SLOW)
    expect(page.get_by_role("button", name=stop)).to_have_count(0)


def take(page: Page, step: str) -> None:
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text(f"Done: {step}.")).to_be_visible(timeout=SLOW)


def votes_on(page: Page) -> list[list[int]]:
    rows = page.locator("[data-votes] tbody tr").evaluate_all(
        "rows => rows.map(row => [Number(row.dataset.number), Number(row.dataset.count)])"
    )
    return sorted(rows)


def recount(command: str) -> dict:
    """Run the line that the result page prints; return the report."""
    name, *arguments = shlex.split(command)
    assert name == "ballotlog"
    program = Path(sys.executable).with_name(name)
    done = subprocess.run(
        [program, *arguments, "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def vote_and_change(page: Page, voter: Voter) -> str:
    """Vote, vote again with the same mailbox, and return the number of the receipt that stays."""
    first = voter.vote_for("Kampala", "Halandri")
    page.get_by_role("button", name="Change my vote").click()
    voter.tick("Tehran")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()
    number = voter.read_the_receipt()
    assert number != first
    return number


def assert_nothing_is_told(page: Page) -> None:
    page.goto("/results/2023/")
    expect(page.get_by_role("heading", name="The result comes on")).to_be_visible()
    assert page.locator("[data-votes]").count() == 0
    assert page.request.get("/results/2023/result.json").status == 404
    assert page.request.get("/cms/elections/2023/", max_redirects=0).status == 302


def assert_the_recount_agrees(page: Page) -> None:
    page.goto("/results/2023/")
    expect(page.get_by_text("Received and counted", exact=True)).to_be_visible()
    assert violations(page) == []
    assert not overflows(page)
    report = recount(page.locator("pre.command").inner_text())
    assert sorted(report["totals"]) == votes_on(page)
    assert (report["state"], report["anchored"]) == ("result", True)
    assert report["counts"]["received"] > 2_000
    assert report["counts"]["superseded"] > 20
    assert report["counts"]["spoiled"] > 0


def assert_history_stands_beside(page: Page) -> None:
    history = page.locator("#history")
    until = time.monotonic() + 60
    while not history.count():
        assert time.monotonic() < until, "the record of 2023 was not loaded"
        page.goto("/results/2023/")
    expect(history).to_contain_text("City of Your Choice")
    expect(history).to_contain_text("Xianning")


def test_stranger_goes_from_the_partners_page_to_the_recount(demo: Demo, phone: Page) -> None:
    voter = DemoVoter(phone, demo, ADDRESS, slug="2023")

    phone.goto("/partners/metropolis/2023/")
    expect(phone.locator(".sess").first).to_contain_text("20:30")
    expect(phone.locator(".sess").first).to_contain_text("09:30")
    phone.get_by_role("main").get_by_role("link", name="Vote", exact=True).first.click()
    expect(phone).to_have_url(re.compile(r"/vote/2023/$"))

    number = vote_and_change(phone, voter)
    phone.goto(f"/vote/2023/receipt/?n={number}")
    expect(phone.get_by_role("heading", name="Received. Waiting to be counted.")).to_be_visible()
    assert_nothing_is_told(phone)

    move_clock(phone, "Past the close")
    phone.goto("/vote/2023/")
    expect(phone.get_by_text("Voting is closed.")).to_be_visible()
    phone.goto("/demo/")
    phone.get_by_role("button", name="Sign me in").click()
    for step in STEPS:
        take(phone, step)
    expect(phone.get_by_text("The keys are published at the ceremony")).to_be_visible()
    expect(phone.get_by_role("button", name="Open the ballots")).to_have_count(0)

    move_clock(phone, "To the ceremony")
    phone.goto("/cms/elections/2023/")
    for step in CEREMONY_STEPS:
        take(phone, step)
    assert_the_recount_agrees(phone)

    phone.goto(f"/vote/2023/receipt/?n={number}")
    expect(phone.get_by_role("heading", name="Received. Counted.")).to_be_visible()
    expect(phone.get_by_role("main")).to_contain_text("Tehran")
    assert_history_stands_beside(phone)
