"""An editor writes news, the publisher publishes it, a reader in Arabic reads it right to left."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.voting import violations

TITLE = "The call is open"


def sign_in(page, award, role):
    page.goto(f"{award.site}/demo/")
    page.get_by_role("button", name=role, exact=True).click()
    page.wait_for_url("**/cms/")


def test_editor_writes_publisher_publishes_and_a_reader_in_arabic_reads(award, browser):
    editor = browser.new_page()
    sign_in(editor, award, "Editor")
    editor.goto(f"{award.site}/cms/pages/add/website/newspage/{news_list(editor, award)}/")
    # Before the admin's scripts listen, no address follows from the title.
    editor.locator("body.ready").wait_for()
    editor.locator("[name=title]").fill(TITLE)
    editor.locator("[name=published_on]").fill("2026-06-01")
    editor.keyboard.press("Escape")
    expect(editor.locator("[name=slug]")).to_have_value("the-call-is-open")
    assert editor.locator("[name=action-publish]").count() == 0
    editor.locator("[type=submit].action-save").first.click()
    editor.wait_for_url("**/edit/")
    edit = editor.url

    assert editor.request.get(f"{award.site}/news/the-call-is-open/").status == 404

    publisher = browser.new_page()
    sign_in(publisher, award, "Publisher")
    publisher.goto(edit)
    publisher.locator("body.ready").wait_for()
    with publisher.expect_navigation():
        # It stands in a menu that opens above the page's end.
        publisher.locator("[name=action-publish]").first.evaluate("button => button.click()")

    reader = browser.new_page()
    reader.goto(f"{award.site}/ar/news/")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.locator("html")).to_have_attribute("dir", "rtl")
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(reader.get_by_role("heading", level=1)).to_have_attribute("dir", "ltr")
    assert violations(reader) == []
    for page in (editor, publisher, reader):
        page.close()


def news_list(page, award):
    """Return the key of the list of news, as the admin's own lists name it."""
    pages = f"{award.site}/cms/api/main/pages/"
    home = only(page.request.get(pages).json(), "website.HomePage")
    return only(page.request.get(f"{pages}?child_of={home}").json(), "website.NewsIndexPage")


def only(found, kind):
    return next(each["id"] for each in found["items"] if each["meta"]["type"] == kind)
