"""An editor makes a FOCUS article from real cases; two partners sign it; it goes out by itself."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import psycopg
from playwright.sync_api import expect

from laurels.focus.queries import digest
from tests.journeys.stage import FOCUS_EDITOR, FOCUS_SIGNERS
from tests.journeys.voting import violations

LINK = re.compile(r"https?://\S+/focus/signing/\S+")
SIGN_IN_CODE = re.compile(r"^([0-9A-Z-]{6,9})$", re.MULTILINE)


def sign_in(award, page, address):
    page.goto(f"{award.site}/accounts/login/")
    page.get_by_label("E-mail").first.fill(address)
    page.locator('form[action*="code"] button').click()
    code = SIGN_IN_CODE.search(letter(award, address).text)[1]
    page.locator("input[name=code]").fill(code)
    page.locator("main form button").first.click()
    page.wait_for_url("**/cms/**")


def letter(award, address, seconds=30):
    until = time.monotonic() + seconds
    while not (letters := award.letters(address)):
        assert time.monotonic() < until, f"no mail came to {address}"
        time.sleep(0.2)
    return letters[-1]


def bring_the_hour_forward(award, article_id):
    """Let the hour of the approved version come now instead of tomorrow.

    The hour is part of what was approved, so that the approvals are put under the new digest.
    """
    now = datetime.now(UTC)
    with psycopg.connect(award.environment["DATABASE_URL"]) as connection:
        ((pk, content),) = connection.execute(
            "select id, content from wagtailcore_revision"
            " where object_id = %s and approved_go_live_at is not null",
            [article_id],
        ).fetchall()
        content["go_live_at"] = now.isoformat()
        connection.execute(
            "update wagtailcore_revision set approved_go_live_at = %s, content = %s where id = %s",
            [now, json.dumps(content), pk],
        )
        connection.execute(
            "update focus_approval set content_digest = %s where revision_id = %s",
            [digest(SimpleNamespace(content=content)), pk],
        )


def press(page, button, *cities):
    """Press a button of the builder, and wait until the article has those cities."""
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.locator("#chosen ol b")).to_have_text([re.compile(city) for city in cities])


def test_editor_makes_an_article_two_partners_sign_it_and_it_goes_live(award, page, browser):
    sign_in(award, page, FOCUS_EDITOR)
    page.goto(f"{award.site}/cms/focus/")
    page.get_by_role("link", name="Make an article").click()

    page.get_by_label("Day", exact=True).select_option(label="World Bicycle Day")
    page.get_by_label("Words").fill("bicycles zebras")
    page.get_by_role("button", name="Show suggestions").click()
    press(page, "Add Hangzhou", "Hangzhou")
    press(page, "Add La Paz", "Hangzhou", "La Paz")
    press(page, "La Paz up", "La Paz", "Hangzhou")

    page.get_by_label("Title").fill("Let's Go Green")
    page.get_by_label("Opening").fill("A street is green when people leave the car at home.")
    for partner in FOCUS_SIGNERS:
        page.get_by_label(partner).check()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    page.get_by_label("Publish on (UTC)").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/cms/pages/*/edit/**")
    article_id = re.search(r"/pages/(\d+)/edit/", page.url)[1]

    page.goto(f"{award.site}/cms/focus/{article_id}/")
    page.get_by_role("button", name="Send to the co-publishers").click()
    expect(page.get_by_text("each co-publisher gets a letter")).to_be_visible()

    for address in FOCUS_SIGNERS.values():
        partner = browser.new_context().new_page()
        partner.goto(LINK.search(letter(award, address).text)[0])
        assert partner.get_by_role("heading", name="Let's Go Green").is_visible()
        assert violations(partner) == []
        partner.get_by_role("button", name="Approve and sign").click()
        expect(partner.get_by_text("Approved by")).to_be_visible()
        partner.context.close()

    page.reload()
    assert "Approved by all, scheduled" in page.locator("main").inner_text()
    public = f"{award.site}/focus/lets-go-green-2/"
    assert page.request.get(public).status == 404
    bring_the_hour_forward(award, article_id)
    until = time.monotonic() + 60
    while page.request.get(public).status != 200:
        assert time.monotonic() < until, "the article did not go out"
        time.sleep(0.5)

    visitor = browser.new_context().new_page()
    visitor.goto(f"{award.site}/focus/")
    visitor.get_by_role("link", name=re.compile("Let's Go Green")).click()
    text = visitor.locator("main").inner_text()
    assert text.index("La Paz") < text.index("Hangzhou")
    assert "For World Bicycle Day, 3 June." in text
    assert "Signed together" in text
    assert violations(visitor) == []
    visitor.context.close()
