"""The database is away for a moment: a guest without a script loses nothing that was typed."""

from __future__ import annotations

import psutil
import pytest
from playwright.sync_api import expect

from tests.journeys.voting import PHONE

ASKED = "Who pays for the shade?\n\nAnd who waters it: «nosotros»?"
ADDRESS = "nothing-lost@example.org"


@pytest.fixture
def guest(award, browser):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context
    context.close()
    # All come from one network: the next journey shall not wait for a minute to pass.
    award.ask("delete from foundation_ratecount where name like 'seminar%%'")


@pytest.fixture
def database(award):
    """The database's server, to be stopped and started; in the end it runs, whatever happened."""
    switch = Switch(award.database)
    yield switch
    switch.start()


class Switch:
    """Keeps a server stopped: its keeper, which would start it at once, is held meanwhile."""

    def __init__(self, server):
        self.server, self.cluster = server, server.cluster
        postmaster = (self.cluster.folder / "postmaster.pid").read_text().split()[0]
        self.keeper = psutil.Process(int(postmaster)).parent()

    def stop(self):
        self.keeper.suspend()
        folder = str(self.cluster.folder)
        done = self.cluster.run("pg_ctl", "stop", "-D", folder, "-m", "fast", "-w")
        assert done.returncode == 0, done.stdout

    def start(self):
        self.keeper.resume()
        self.server.start()


def open_page(guest, address):
    page = guest.new_page()
    page.goto(address)
    return page


def press(page, name):
    with page.expect_navigation() as there:
        page.get_by_role("button", name=name, exact=True).click()
    return there.value.status


def test_what_was_typed_is_sent_again_when_the_database_is_back(award, guest, database):
    asking = open_page(guest, f"{award.site}/es/seminars/2023/2/room/")
    asking.locator("#ask-text").fill(ASKED)
    coming = open_page(guest, f"{award.site}/seminars/2023/register/?seminar=2")
    coming.get_by_label("Your e-mail address").fill(ADDRESS)
    coming.get_by_label("Your time zone").select_option("America/Bogota")
    coming.get_by_role("checkbox", name="Keep my address").check()

    database.stop()
    send = asking.locator("#ask button").inner_text()
    assert press(asking, send) == 503
    assert press(coming, "Register") == 503
    expect(asking.locator(".typed li").first).to_have_text(ASKED)
    expect(asking.locator("html")).to_have_attribute("lang", "es")
    expect(coming.locator(".typed li")).to_have_text([ADDRESS, "America/Bogota"])
    assert press(coming, "Send it again") == 503
    reading = guest.new_page()
    assert reading.goto(f"{award.site}/seminars/").status == 503

    database.start()
    # The site's connections are all stale: each is made anew before it is used.
    assert reading.goto(f"{award.site}/seminars/").status == 200
    with asking.expect_navigation():
        asking.locator("main form button").click()
    press(coming, "Send it again")

    expect(asking.locator(".own")).to_contain_text("Who pays for the shade?")
    expect(coming.get_by_role("heading", name="Now look into your mailbox")).to_be_visible()
    kept = "select text from seminars_question where text like 'Who pays for the shade%%'"
    assert award.ask(kept) == [(ASKED,)]
    came = "select zone, count(*) from seminars_registrant where address = %s group by zone"
    assert award.ask(came, ADDRESS) == [("America/Bogota", 1)]
