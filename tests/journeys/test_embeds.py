"""A partner's own page, on another port, shows what the award lends it."""

from __future__ import annotations

import http.server
import threading

import pytest

from tests.journeys.voting import violations

PAGE = """<!DOCTYPE html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">
<title>A partner</title></head><body><main><h1>Our own page</h1>{shown}</main></body></html>"""
FRAME = '<iframe src="{site}{address}" title="Award" width="100%" height="700"></iframe>'
COMPONENT = (
    '<script type="module" src="{site}/embed/laurels.js"></script>'
    '<laurels-embed show="{show}" partner="metropolis" lang="{lang}">'
    '<a href="{site}/">The award</a></laurels-embed>'
)


@pytest.fixture
def partner():
    """Serve one page after another as a partner's site would; yields its address and pages."""
    pages = {}

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()


def page_of(shown, *, lang="en", direction="ltr"):
    return PAGE.format(shown=shown, lang=lang, dir=direction)


@pytest.fixture
def visitor(browser):
    context = browser.new_context(timezone_id="America/Bogota", color_scheme="dark")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text))
    yield page
    context.close()


def test_partner_shows_an_article_and_the_campaign_with_its_own_name_first(award, partner, visitor):
    site, pages = partner
    article = "/embed/focus/one-earth-one-dream/?partner=metropolis"
    pages["/frame"] = page_of(FRAME.format(site=award.site, address=article))
    pages["/component"] = page_of(
        COMPONENT.format(site=award.site, show="campaign/2023", lang="en")
    )
    rtl = COMPONENT.format(site=award.site, show="focus/one-earth-one-dream", lang="ar")
    pages["/rtl"] = page_of(rtl, lang="ar", direction="rtl")

    visitor.goto(f"{site}/frame", wait_until="networkidle")
    framed = visitor.frame_locator("iframe").locator("main").inner_text()
    assert framed.split("\n")[0].strip() == "Metropolis"
    assert "One Earth, One Dream" in framed
    assert violations(visitor) == []

    visitor.goto(f"{site}/component", wait_until="networkidle")
    shown = visitor.locator("laurels-embed article").inner_text()
    assert shown.split("\n")[0].strip() == "Metropolis"
    assert "in Bogotá, your time" in shown
    assert violations(visitor) == []
    visitor.goto(f"{site}/rtl", wait_until="networkidle")
    leaf = visitor.locator("laurels-embed article")
    assert leaf.get_attribute("dir") == "rtl"
    assert visitor.context.cookies() == []
    assert leaf.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(15, 23, 22)"
    assert violations(visitor) == []

    visitor.goto(f"{site}/component", wait_until="networkidle")
    visitor.get_by_role("link", name="Vote at the award's site").click()
    visitor.wait_for_url(f"{award.site}/vote/2023/")


def test_foreign_page_gets_no_ballot_and_without_scripts_a_frame_and_a_link(
    award, partner, browser
):
    site, pages = partner
    pages["/ballot"] = page_of(FRAME.format(site=award.site, address="/vote/2023/"))
    countdown = FRAME.format(site=award.site, address="/embed/countdown/2023/?partner=uclg")
    component = COMPONENT.format(site=award.site, show="campaign/2023", lang="en")
    pages["/both"] = page_of(countdown + component)
    context = browser.new_context(java_script_enabled=False)
    visitor = context.new_page()

    visitor.goto(f"{site}/ballot", wait_until="networkidle")
    assert "City of Your Choice" not in visitor.frames[1].content()
    # On this one host the ballot's own cookie of its order comes although nothing is shown.
    context.clear_cookies()

    visitor.goto(f"{site}/both", wait_until="networkidle")
    framed = visitor.frames[1].content()
    assert "16:00</time></bdi> UTC" in framed
    assert "UCLG" in framed
    assert visitor.locator("laurels-embed").inner_text() == "The award"
    assert context.cookies() == []
    context.close()
