"""A voter at the ballot page: what a person does there, in the person's words."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ballotlog import sealing, texts

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.running import Award

PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}


@dataclass
class Voter:
    """Somebody with a browser and a mailbox, voting in one election."""

    page: Page
    award: Award
    address: str
    slug: str = "open"

    @property
    def ballot_page(self) -> str:
        return f"{self.award.site}/vote/{self.slug}/"

    def open_the_ballot(self) -> None:
        self.page.goto(self.ballot_page)
        expect(self.page.locator("[data-paper]")).to_be_enabled()

    def tick(self, *cities: str) -> None:
        for city in cities:
            self.page.get_by_role("checkbox", name=city).check()

    def review(self) -> None:
        self.page.get_by_role("button", name="Review", exact=True).click()

    def go_on_to_the_mailbox(self) -> None:
        self.page.get_by_role("button", name="Continue").click()

    def ask_for_the_code(self) -> None:
        self.page.get_by_label("Your e-mail address").fill(self.address)
        self.page.get_by_role("checkbox", name="I vote once, for myself").check()
        self.page.get_by_role("button", name="Send me the code").click()
        expect(self.page.get_by_label("Six-digit code")).to_be_visible()

    def type_the_code(self) -> None:
        sent = len(self.award.letters(self.address))
        code = self.award.newest_code(self.address, after=max(0, sent - 1))
        self.page.get_by_label("Six-digit code").fill(code)
        self.page.get_by_role("button", name="Cast my ballot").click()

    def ask_and_type_the_code(self) -> None:
        before = len(self.award.letters(self.address))
        self.ask_for_the_code()
        code = self.award.newest_code(self.address, after=before)
        self.page.get_by_label("Six-digit code").fill(code)
        self.page.get_by_role("button", name="Cast my ballot").click()

    def vote_for(self, *cities: str) -> str:
        """Go the whole way and return the number of the receipt."""
        self.open_the_ballot()
        self.tick(*cities)
        self.review()
        self.go_on_to_the_mailbox()
        self.ask_and_type_the_code()
        return self.read_the_receipt()

    def read_the_receipt(self) -> str:
        expect(self.page.get_by_role("heading", name="Received. Thank you.")).to_be_visible(
            timeout=20_000
        )
        return self.page.locator("[data-step=received] [data-number]").inner_text()

    def kept_in_the_browser(self) -> dict[str, dict]:
        """What localStorage holds of the vote: `draft` and `receipt`, as far as they exist."""
        kept = self.page.evaluate("() => ({ ...localStorage })")
        return {
            name.split("/")[1]: json.loads(value)
            for name, value in kept.items()
            if name.startswith("laurels/")
        }


def ballots(award: Award, slug: str = "open") -> list[dict]:
    """Every ballot that the box holds of an election, in order, each with its opened `picks`."""
    with psycopg.connect(award.environment["DATABASE_URL"]) as connection:
        rows = connection.execute(
            "select e.leaf, v.election_id, v.manifest_hash from ballotbox_entry e"
            " join ballotbox_election v on v.id = e.election_id"
            " where v.slug = %s and e.kind = 'ballot' order by e.id",
            [slug],
        ).fetchall()
    return [_opened(json.loads(leaf), *facts, award.keys[slug]) for leaf, *facts in rows]


def _opened(leaf: dict, election_id: str, manifest_hash: str, key: int) -> dict:
    info = texts.ballot_info(election_id, manifest_hash, leaf["tag"], leaf["serial"])
    plaintext = sealing.open_sealed(key, info, base64.b64decode(leaf["c"]))
    return {**leaf, "picks": plaintext.decode().rstrip() if plaintext else None}


def numbers(page: Page, *cities: str) -> list[int]:
    """The candidate numbers of cities, in ascending order, as the paper states them."""
    stated = page.locator("[data-candidate]").evaluate_all(
        "rows => rows.map(row => [row.dataset.name, Number(row.dataset.candidate)])"
    )
    return sorted(number for name, number in stated if name.startswith(cities))


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def overflows(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
