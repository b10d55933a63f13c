"""A citizen votes: on a phone, again, by keyboard, without a network, without a script."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.voting import (
    PHONE,
    SMALLEST,
    Voter,
    ballots,
    numbers,
    overflows,
    violations,
)

CAST = "**/elections/*/ballots"
LIGHT = 45_000  # bytes as sent, compressed, without pictures


@pytest.fixture
def voter(award, page, request):
    """A voter on a phone, with a mailbox that no other test uses."""
    page.set_viewport_size(PHONE)
    name = re.sub(r"[^a-z0-9]+", ".", request.node.originalname.removeprefix("test_"))
    return Voter(page, award, f"{name[:60].strip('.')}@example.org")


def ballot_of(award, receipt: dict) -> dict:
    """The one ballot in the box with the tag and serial of a receipt's leaf."""
    leaf = json.loads(receipt["leaf"])
    (found,) = [
        each
        for each in ballots(award)
        if (each["tag"], each["serial"]) == (leaf["tag"], leaf["serial"])
    ]
    return found


def test_citizen_votes_and_finds_the_ballot(award, page, voter):
    number = voter.vote_for("Kampala", "Halandri", "Xianning")
    chosen = page.locator("[data-sent-list] li").all_inner_texts()

    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", number)
    assert sorted(line.split()[0] for line in chosen) == ["Halandri", "Kampala", "Xianning"]
    expect(page.locator("[data-logged]")).to_be_visible(timeout=20_000)
    kept = voter.kept_in_the_browser()
    assert set(kept) == {"receipt"}
    picks = numbers(page, "Kampala", "Halandri", "Xianning")
    assert ballot_of(award, kept["receipt"])["picks"] == json.dumps(picks, separators=(",", ":"))

    page.get_by_role("link", name="Check it at any time").click()

    expect(page.get_by_role("heading", name="Received. Waiting to be counted.")).to_be_visible()
    expect(page.get_by_text("Your browser has just checked it")).to_be_visible()
    assert page.locator("[data-answer] .no").inner_text() == number


@pytest.mark.parametrize("path", ["/vote/open/", "/vote/open/receipt/"])
def test_first_visit_is_light_on_the_wire(award, page, path):
    carried = {}

    def weigh(request):
        if request.resource_type != "image":
            carried[request.url] = request.sizes()["responseBodySize"]

    page.on("requestfinished", weigh)
    page.goto(award.site + path, wait_until="networkidle")

    assert len(carried) > 10  # page, style sheets, scripts, and the manifest from the box
    assert sum(carried.values()) < LIGHT, carried


def test_citizen_changes_the_vote_in_the_same_browser(award, page, voter):
    first = voter.vote_for("Kampala")
    page.get_by_role("button", name="Change my vote").click()
    expect(page.get_by_text("You are changing your vote")).to_be_visible()
    voter.tick("Tehran", "Antalya")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()

    second = voter.read_the_receipt()

    ballot = ballot_of(award, voter.kept_in_the_browser()["receipt"])
    assert (ballot["serial"], ballot["picks"]) == (
        2,
        json.dumps(numbers(page, "Tehran", "Antalya"), separators=(",", ":")),
    )
    page.goto(f"{award.site}/vote/open/receipt/?n={first}")
    expect(
        page.get_by_role("heading", name="Received. Replaced by a later ballot.")
    ).to_be_visible()
    expect(page.get_by_text(second)).to_be_visible()


def test_citizen_is_asked_before_a_ballot_from_another_browser_is_replaced(
    award, page, voter, new_context
):
    voter.vote_for("Kampala")
    other = Voter(new_context().new_page(), award, voter.address)
    other.open_the_ballot()
    other.tick("Mannheim")
    other.review()
    other.go_on_to_the_mailbox()
    other.ask_and_type_the_code()

    expect(
        other.page.get_by_role("heading", name="There is a ballot from this mailbox")
    ).to_be_visible()
    other.page.get_by_role("button", name="Replace my ballot").click()

    other.read_the_receipt()
    assert ballot_of(award, other.kept_in_the_browser()["receipt"])["serial"] == 2


def test_citizen_who_voted_finds_the_receipt_on_coming_back(page, voter):
    number = voter.vote_for("Kampala")

    page.goto(voter.ballot_page)

    expect(page.get_by_role("heading", name="You have voted in this browser")).to_be_visible()
    assert page.locator("[data-step=voted] [data-number]").inner_text() == number
    expect(page.get_by_role("button", name="Change my vote")).to_be_visible()


def test_ballot_survives_a_network_that_fails_in_the_middle(award, page, voter):
    sent = []

    def fail_twice(route):
        sent.append(route.request.post_data)
        route.abort() if len(sent) < 3 else route.continue_()

    page.route(CAST, fail_twice)
    voter.vote_for("Kampala", "Tehran")

    assert len(sent) == 3
    assert len(set(sent)) == 1
    assert ballot_of(award, voter.kept_in_the_browser()["receipt"])["c"] == json.loads(sent[0])["c"]


def test_ballot_whose_answer_was_lost_is_not_cast_twice(award, page, voter):
    answers = []

    def lose_the_first_answer(route):
        answers.append(route.fetch().json())
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(json=answers[-1], headers={"Access-Control-Allow-Origin": award.site})

    page.route(CAST, lose_the_first_answer)
    voter.vote_for("Kampala")

    assert len(answers) == 2
    assert answers[0]["leaf"] == answers[1]["leaf"]
    assert ballot_of(award, voter.kept_in_the_browser()["receipt"])["serial"] == 1


def test_ballot_waits_offline_through_a_reload_and_is_sent_when_the_voter_presses(
    award, page, voter
):
    page.route(CAST, lambda route: route.abort())
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()
    expect(page.locator("[data-phase=waiting]")).to_be_visible()
    sealed = voter.kept_in_the_browser()["draft"]

    page.reload()
    expect(page.locator("[data-phase=waiting]")).to_be_visible()
    page.unroute(CAST)
    page.get_by_role("button", name="Send it again now").click()

    voter.read_the_receipt()
    leaf = json.loads(voter.kept_in_the_browser()["receipt"]["leaf"])
    assert (leaf["c"], leaf["sig"]) == (sealed["c"], sealed["sig"])


def test_draft_survives_a_reload_and_the_back_button(page, voter):
    voter.open_the_ballot()
    voter.tick("Kampala", "Tehran")

    page.reload()
    expect(page.get_by_role("checkbox", name="Kampala")).to_be_checked()
    voter.review()
    expect(page.get_by_role("heading", name="Your choice, in no order")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("checkbox", name="Tehran")).to_be_checked()
    expect(page.get_by_text("2 of 3 chosen")).to_be_visible()
    assert page.url == voter.ballot_page


def test_paper_takes_no_more_than_three_and_says_so(page, voter):
    voter.open_the_ballot()

    voter.tick("Kampala", "Tehran", "Mannheim")

    expect(page.get_by_role("checkbox", name="Antalya")).to_be_disabled()
    expect(page.get_by_text("3 of 3 chosen. Untick one to swap")).to_be_visible()
    page.get_by_role("checkbox", name="Tehran").uncheck()
    expect(page.get_by_role("checkbox", name="Antalya")).to_be_enabled()


def test_paper_asks_for_a_choice_before_the_review(page, voter):
    voter.open_the_ballot()

    page.get_by_role("button", name="Review", exact=True).press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Choose at least one city")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").press("Enter")
    expect(page.get_by_role("checkbox").first).to_be_focused()


def test_wrong_code_is_told_at_its_field(award, page, voter):
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_for_the_code()
    right = award.newest_code(voter.address)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"

    page.get_by_label("Six-digit code").fill(wrong)
    page.get_by_role("button", name="Cast my ballot").click()

    expect(page.get_by_role("alert")).to_be_focused()
    field = page.get_by_label("Six-digit code")
    expect(field).to_have_attribute("aria-invalid", "true")
    said = page.locator("#code-error").inner_text()
    assert said
    assert said in page.get_by_role("alert").inner_text()
    field.fill(f"{right[:3]} {right[3:]}")
    page.get_by_role("button", name="Cast my ballot").click()
    voter.read_the_receipt()


def test_address_and_consent_are_asked_for_in_words(page, voter):
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()

    page.get_by_role("button", name="Send me the code").click()
    expect(page.locator("#address-error")).to_contain_text("Type your e-mail address")
    page.get_by_label("Your e-mail address").fill(voter.address)
    page.get_by_role("button", name="Send me the code").click()

    expect(page.locator("#consent-error")).to_contain_text("Tick the box")
    expect(page.locator("#address-error")).to_be_hidden()


def test_page_stops_where_the_box_has_another_manifest(page, voter):
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.route(
        "**/manifest",
        lambda route: route.fulfill(
            body=route.fetch().body().replace(b'"max":3', b'"max":2'),
            headers={"Access-Control-Allow-Origin": voter.award.site},
        ),
    )

    page.goto(voter.ballot_page)

    expect(page.get_by_role("heading", name="Voting has stopped here")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    assert set(asked) == {"GET"}


def test_page_does_not_call_received_what_the_box_did_not_promise(award, page, voter):
    def promise_another_ballot(route):
        answer = route.fetch().json()
        leaf = json.loads(answer["leaf"])
        leaf["serial"] += 1
        answer["leaf"] = json.dumps(leaf, separators=(",", ":"))
        route.fulfill(json=answer, headers={"Access-Control-Allow-Origin": award.site})

    page.route(CAST, promise_another_ballot)
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()

    expect(page.get_by_role("alert")).to_contain_text("does not fit your ballot")
    expect(page.get_by_role("heading", name="Received. Thank you.")).to_be_hidden()
    page.unroute(CAST)
    page.get_by_role("button", name="Send it again now").click()
    voter.read_the_receipt()


def test_page_without_a_secure_context_says_why_it_cannot_seal(page, voter):
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")

    page.goto(voter.ballot_page)

    expect(page.get_by_role("heading", name="This connection is not secure")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_paper_can_be_read_without_javascript_but_not_ticked(award, new_context):
    page = new_context(java_script_enabled=False).new_page()

    page.goto(f"{award.site}/vote/open/")

    expect(page.get_by_role("heading", name="Voting needs JavaScript")).to_be_visible()
    expect(page.locator(".cand")).to_have_count(15)
    expect(page.get_by_text("Cultural H.I.D.R.A.N.T.")).to_be_visible()
    expect(page.get_by_role("checkbox").first).to_be_disabled()
    assert page.locator(".cand input[name]").count() == 0
    assert page.locator("[data-ballot] form[action]").count() == 0


def test_citizen_votes_with_the_keyboard_alone(award, page, voter):
    page.set_viewport_size({"width": 1280, "height": 800})
    voter.open_the_ballot()
    press = page.keyboard.press
    focused = "() => document.activeElement.matches('{}')"

    def tab_to(selector: str) -> None:
        for _ in range(120):
            if page.evaluate(focused.format(selector)):
                return
            press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    tab_to(".cand input")
    press("Space")
    tab_to("[data-review]")
    press("Enter")
    expect(page.locator("#review-heading")).to_be_focused()
    tab_to("[data-go=mailbox]")
    press("Enter")
    tab_to("#address")
    page.keyboard.type(voter.address)
    tab_to("#consent")
    press("Space")
    tab_to("[data-form=mailbox] [data-submit]")
    press("Enter")
    expect(page.locator("#code-heading")).to_be_focused()
    tab_to("#code")
    page.keyboard.type(award.newest_code(voter.address))
    press("Enter")

    voter.read_the_receipt()
    expect(page.locator("#received-heading")).to_be_focused()


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("early", "Voting has not opened yet."),
        ("closed", "Voting is closed."),
        ("last-hour", "A vote that was cast can no longer be changed"),
    ],
)
def test_paper_says_what_can_be_done_now(award, page, slug, sentence):
    page.goto(f"{award.site}/vote/{slug}/")

    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.locator(".cand")).to_have_count(15)
    assert page.get_by_role("checkbox").count() == (15 if slug == "last-hour" else 0)


def test_vote_cannot_be_changed_in_the_last_hour(award, page, voter):
    voter.slug = "last-hour"
    voter.vote_for("Kampala")

    expect(page.locator("[data-step=received]")).to_contain_text("It can no longer be changed")
    expect(page.get_by_role("button", name="Change my vote")).to_have_count(0)


@pytest.mark.parametrize("path", ["/vote/open/", "/ar/vote/open/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_ballot_is_accessible(award, page, voter, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(SMALLEST)
    found = {}

    def look(state: str) -> None:
        if wrong := violations(page) + (["too wide"] if overflows(page) else []):
            found[state] = wrong

    page.goto(f"{award.site}{path}")
    page.locator(".cand input").first.check()
    look("choose")
    page.locator("[data-review]").click()
    look("review")
    page.locator("[data-go=mailbox]:visible").click()
    page.locator("[data-form=mailbox] [data-submit]").click()
    expect(page.locator("[data-summary]")).to_be_visible()
    look("mailbox")
    page.locator("#address").fill(f"{scheme}.{path[1:3]}@example.org")
    page.locator("#consent").check()
    page.locator("[data-form=mailbox] [data-submit]").click()
    expect(page.locator("#code")).to_be_visible()
    look("code")
    page.locator("#code").fill(award.newest_code(f"{scheme}.{path[1:3]}@example.org"))
    page.locator("[data-form=code] [data-submit]").click()
    expect(page.locator("#received-heading")).to_be_visible(timeout=20_000)
    look("received")
    page.reload()
    expect(page.locator("#voted-heading")).to_be_visible()
    look("voted")
    page.locator("[data-step=voted] [data-receipt-link]").click()
    expect(page.locator("[data-check=verified]")).to_be_visible(timeout=20_000)
    look("receipt")

    assert found == {}


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("voter-expired", 401, "The confirmation of your mailbox has run out."),
        ("serial-unknown", 409, "The confirmation of your mailbox is no longer valid."),
        ("ticket-already-signed", 409, "Another ballot was sealed with this confirmation"),
    ],
)
def test_spent_confirmation_leads_back_to_the_mailbox(page, voter, code, status, sentence):
    error = {"error": {"code": code, "sentence": "The server's own words."}}
    page.route("**/tickets", lambda route: route.fulfill(status=status, json=error))
    voter.address = f"{code}@example.org"
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()

    expect(page.get_by_role("heading", name="Where should we send the code?")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    kept = voter.kept_in_the_browser()["draft"]
    assert set(kept) == {"picks"}
    assert len(kept["picks"]) == 1


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("vote-closed", 403, "The vote has closed, and this ballot did not arrive in time."),
        ("change-closed", 403, "The server's own words."),
    ],
)
def test_ballot_that_comes_too_late_is_told_so(page, voter, code, status, sentence):
    error = {"error": {"code": code, "sentence": "The server's own words."}}
    page.route("**/tickets", lambda route: route.fulfill(status=status, json=error))
    voter.address = f"{code}@example.org"
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()

    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_text("This ballot was not cast.")).to_be_visible()
    expect(page.get_by_role("button", name="Send it again now")).to_be_hidden()


def test_box_that_is_busy_is_asked_again(award, page, voter):
    answers = []

    def busy_once(route):
        answers.append(route.request.post_data)
        if len(answers) > 1:
            route.continue_()
            return
        route.fulfill(
            status=503,
            json={"error": {"code": "busy", "sentence": "Busy."}},
            headers={"Access-Control-Allow-Origin": award.site},
        )

    page.route(CAST, busy_once)
    voter.vote_for("Kampala")

    assert len(answers) == 2
    assert answers[0] == answers[1]


def test_ticket_that_the_registrar_signed_wrongly_is_not_cast(page, voter):
    casts = []
    page.on("request", lambda sent: "/elections/" in sent.url and casts.append(sent.method))
    wrong = "A" * 86 + "=="
    page.route("**/tickets", lambda route: route.fulfill(json={"sig": wrong}))
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()

    expect(page.get_by_role("alert")).to_contain_text("signed something other")
    assert "POST" not in casts


def test_page_runs_hashed_modules_and_may_speak_only_to_site_and_box(award, page):
    scripts = []
    page.on("request", lambda sent: sent.url.endswith(".js") and scripts.append(sent.url))

    response = page.goto(f"{award.site}/vote/open/")
    page.wait_for_load_state("networkidle")

    assert [url for url in scripts if not re.search(r"\.[0-9a-f]{12}\.js$", url)] == []
    assert sum("/js/vote/" in url for url in scripts) == 17
    policy = dict(
        part.strip().split(" ", 1)
        for part in response.headers["content-security-policy"].split(";")
        if " " in part.strip()
    )
    assert policy["connect-src"] == f"'self' {award.box}"
    assert "unsafe" not in policy["default-src"] + policy.get("script-src", "")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["laurels_ballot_order"]


def test_ballot_is_sent_by_itself_when_the_network_is_back(page, voter):
    def cut_the_line(route):
        page.context.set_offline(True)
        route.abort()

    page.route(CAST, cut_the_line)
    voter.open_the_ballot()
    voter.tick("Kampala")
    voter.review()
    voter.go_on_to_the_mailbox()
    voter.ask_and_type_the_code()
    expect(page.locator("[data-phase=offline]")).to_be_visible()
    page.unroute(CAST)

    page.context.set_offline(False)

    voter.read_the_receipt()


def test_sealed_ballot_that_never_arrived_is_given_up_after_the_close(award, page):
    page.goto(f"{award.site}/vote/closed/")
    leftover = {"picks": [1], "tag": "ab" * 16, "serial": 1, "grade": "mail", "evc": "cd" * 32}
    page.evaluate(
        """(draft) => {
            const { manifestHash } = document.querySelector("[data-ballot]").dataset;
            localStorage.setItem(`laurels/draft/${manifestHash}`, JSON.stringify(draft));
        }""",
        leftover | {"c": "A" * 193 + "=", "sig": "A" * 86 + "=="},
    )

    page.reload()
    expect(page.get_by_text("This ballot was not cast.")).to_be_visible()
    page.reload()

    expect(page.get_by_role("heading", name="City of Your Choice")).to_be_visible()
    assert page.evaluate("() => Object.keys(localStorage)") == []
