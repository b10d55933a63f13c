"""The ballot paper and the receipt as the server gives them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.urls import reverse

from ballotlog import leaves, receipts, tree
from laurels.ballotbox import actions, rules
from laurels.ballotbox.enums import PaperState
from laurels.ballotbox.forms import ReceiptForm
from laurels.ballotbox.orders import order
from laurels.ballotbox.replay import checker_of
from laurels.ballotbox.views import ORDER_COOKIE
from laurels.foundation import clock
from tests.factories.ballotbox import NAMES, make_poll, stage_ballots
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative

NUMBERS = re.compile(r'data-candidate="([0-9]+)"')
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def paper_of(client, slug: str = "rehearsal", **extra):
    return client.get(reverse("ballotbox:ballot", args=[slug]), **extra)


def listed(response) -> list[int]:
    return [int(number) for number in NUMBERS.findall(response.content.decode())]


@pytest.fixture
def open_poll(db):
    return make_poll(settings.KEYS, now=clock.now())


def test_ballot_lists_every_candidate_in_the_order_of_its_cookie(client, open_poll):
    client.cookies[ORDER_COOKIE] = "7"

    response = paper_of(client)

    assert listed(response) == [place + 1 for place in order(7, len(NAMES))]
    assert response.cookies[ORDER_COOKIE].value == "7"


def test_ballot_keeps_the_order_it_has_drawn(client, open_poll):
    first = paper_of(client)

    assert re.fullmatch("[0-9]{1,3}", first.cookies[ORDER_COOKIE].value)
    assert first.cookies[ORDER_COOKIE]["httponly"]
    assert [listed(paper_of(client)) for _ in range(3)] == [listed(first)] * 3
    assert set(first.cookies) == {ORDER_COOKIE}


@pytest.mark.parametrize("broken", ["", "-1", "1000", "9999999", "x", "+7", "1.5"])
def test_ballot_draws_a_new_order_where_the_cookie_is_broken(client, open_poll, broken):
    client.cookies[ORDER_COOKIE] = broken

    response = paper_of(client)

    assert response.status_code == 200
    assert response.cookies[ORDER_COOKIE].value != broken
    assert sorted(listed(response)) == [1, 2, 3, 4, 5]


def test_ballot_cannot_send_a_pick_by_itself(client, open_poll):
    html = paper_of(client).content.decode()
    paper = html[html.index("data-ballot") : html.index("</main>")]

    assert re.search(r"<(input|select|textarea|button)[^>]* name=", paper) is None
    assert re.search(r"<form[^>]*\b(action|method)=", paper) is None
    assert "<fieldset disabled data-paper>" in paper


def test_ballot_carries_what_the_script_holds_the_box_to(client, open_poll):
    html = paper_of(client).content.decode()

    election = open_poll.election
    assert f'data-manifest-hash="{sha256(open_poll.manifest_leaf).hexdigest()}"' in html
    assert f'data-box="{settings.BOX_URL}"' in html
    assert f'data-registrar="/registrar/{election.slug}"' in html
    assert 'data-min="1" data-max="3"' in html


def test_ballot_names_another_registrar_where_a_partner_runs_it(client, open_poll, settings):
    settings.REGISTRAR_URL = "https://registrar.example"

    html = paper_of(client).content.decode()

    assert 'data-registrar="https://registrar.example/registrar/rehearsal"' in html


def test_ballot_is_asked_of_the_server_each_time(client, open_poll):
    response = paper_of(client)

    assert {part.strip() for part in response["Cache-Control"].split(",")} == {
        "private",
        "max-age=0",
    }


@pytest.mark.parametrize("count", [3, 5])
def test_ballot_asks_the_database_the_same_for_any_number_of_candidates(
    client, db, count, django_assert_num_queries
):
    edition = make_edition()
    candidates = [
        actions.NewCandidate(
            number,
            f"2023-city-{number}",
            f"City {number}",
            make_initiative(edition, f"City {number}"),
        )
        for number in range(1, count + 1)
    ]
    make_poll(
        settings.KEYS,
        now=clock.now(),
        candidates=candidates,
        edition=edition,
    )
    paper_of(client)

    with django_assert_num_queries(9):
        response = paper_of(client)

    assert len(listed(response)) == count


@pytest.mark.parametrize(
    ("opens_in", "closes_in", "sentence", "boxes"),
    [
        (DAY, 2 * DAY, "Voting has not opened yet.", 0),
        (-DAY, DAY, "You can change your vote until", 5),
        (-DAY, HOUR / 2, "changes ended one hour before the close", 5),
        (-2 * DAY, -DAY, "Voting is closed.", 0),
    ],
)
def test_ballot_says_what_can_be_done_now(client, db, opens_in, closes_in, sentence, boxes):
    now = rules.rounded_down(clock.now())
    make_poll(settings.KEYS, now=now, opens_at=now + opens_in, closes_at=now + closes_in)

    html = paper_of(client).content.decode()

    assert sentence in html
    assert html.count('type="checkbox" id="c-') == boxes
    assert all(name in html for name in NAMES)


def test_paper_state_follows_the_window_and_the_close(open_poll):
    election = open_poll.election
    closing_at = election.closing_at
    states = [
        rules.paper_state(election, at)
        for at in (
            election.opens_at - timedelta(seconds=1),
            election.opens_at,
            closing_at - timedelta(seconds=1),
            closing_at,
        )
    ]
    election.closed_at = closing_at

    assert states == [PaperState.EARLY, PaperState.OPEN, PaperState.OPEN, PaperState.CLOSED]
    assert rules.paper_state(election, closing_at - HOUR) == PaperState.CLOSED


def test_vote_can_be_changed_until_an_hour_before_the_close(open_poll):
    closing_at = open_poll.election.closing_at

    assert rules.may_change(closing_at, closing_at - HOUR - timedelta(seconds=1))
    assert not rules.may_change(closing_at, closing_at - HOUR)


def test_ballot_of_a_draft_or_of_nothing_is_not_found(client, db):
    now = rules.rounded_down(clock.now())
    actions.draft_election(
        slug="draft",
        election_id="test.example/draft",
        title="A draft",
        origin="test.example/draft",
        opens_at=now,
        closes_at=now + DAY,
        closes_latest=now + DAY,
        ceremony_at=now + DAY,
        grace_seconds=0,
        min_picks=1,
        max_picks=1,
        plaintext_size=64,
        candidates=[actions.NewCandidate(1, "guangzhou", "Guangzhou")],
    )

    assert paper_of(client, "draft").status_code == 404
    assert paper_of(client, "nothing").status_code == 404
    assert client.post(reverse("ballotbox:ballot", args=["draft"])).status_code == 405


def test_vote_leads_to_the_election_under_way(client, db):
    now, edition = rules.rounded_down(clock.now()), make_edition()
    windows = {"past": (-9 * DAY, -DAY), "running": (-DAY, DAY), "next": (7 * DAY, 9 * DAY)}
    for slug, (opens_in, closes_in) in windows.items():
        make_poll(
            settings.KEYS,
            now=now,
            slug=slug,
            opens_at=now + opens_in,
            closes_at=now + closes_in,
            edition=edition,
        )

    assert client.get(reverse("ballotbox:vote"))["Location"] == "/vote/running/"


def test_vote_is_not_found_while_there_is_only_a_rehearsal(client, open_poll):
    assert client.get(reverse("ballotbox:vote")).status_code == 404


@pytest.mark.parametrize(
    "typed", ["K7QF-2M9D", "k7qf2m9d", " K7QF 2M9D ", "k7qf\u20132m9d", "K7QF--2M9D"]
)
def test_receipt_number_may_be_typed_in_any_spelling(typed):
    form = ReceiptForm({"n": typed})

    assert form.is_valid()
    assert form.cleaned_data["n"] == "K7QF-2M9D"


def test_receipt_number_reads_letters_as_the_digits_they_look_like():
    form = ReceiptForm({"n": "oO0i-IlL1"})

    assert form.is_valid()
    assert form.cleaned_data["n"] == "0001-1111"


@pytest.mark.parametrize("typed", ["K7QF", "K7QF-2M9DX", "K7QF-2M9U", "<script>", "ÄÄÄÄ-ÄÄÄÄ"])
def test_receipt_says_how_a_number_looks_where_it_cannot_be_one(client, open_poll, typed):
    response = client.get(reverse("ballotbox:receipt", args=["rehearsal"]), {"n": typed})

    html = response.content.decode()
    assert response.status_code == 200
    assert "such as K7QF-2M9D" in html
    assert 'aria-invalid="true"' in html
    assert "<script>" not in html[html.index("<form") : html.index("</form>")]


def test_receipt_asks_for_a_number_first(client, open_poll):
    html = client.get(reverse("ballotbox:receipt", args=["rehearsal"])).content.decode()

    assert "Is my ballot in the box?" in html
    assert "data-answer" not in html
    assert "We do not know this receipt" not in html


def test_receipt_is_kind_to_a_number_that_is_not_found(client, open_poll):
    address = reverse("ballotbox:receipt", args=["rehearsal"])

    html = client.get(address, {"n": "k7qf-2m9d"}).content.decode()

    assert "We do not know this receipt" in html
    assert "Is it k7qf-2m9d?" in html


def test_receipt_of_a_ballot_on_its_way_says_received_and_not_counted(client, open_poll):
    (entry,) = stage_ballots(open_poll, 1, clock.now())
    hashed = tree.leaf_hash(bytes(entry.leaf))
    address = reverse("ballotbox:receipt", args=["rehearsal"])

    by_number = client.get(address, {"n": receipts.receipt_number(hashed)}).content.decode()
    by_hash = client.get(address, {"leaf": hashed.hex()}).content.decode()

    for html in (by_number, by_hash):
        assert "Received. On its way into the log." in html
        assert receipts.receipt_number(hashed) in html
        assert "Save the receipt file" not in html
        assert "Counted for" not in html


def test_receipt_after_the_opening_tells_what_was_counted(client, poll, slug, sequencer):
    election, at = poll.election, poll.election.closing_at
    tag = "ab" * 16
    kept, void = (stage_ballots(poll, 1, clock.now(), picks=picks)[0] for picks in ([3, 1], [2]))
    (spoiled,) = stage_ballots(poll, 1, clock.now(), tag=tag, c=poll.seal([1], "cd" * 16, 1))
    (replaced,) = stage_ballots(poll, 1, clock.now(), tag="ef" * 16)
    (last,) = stage_ballots(poll, 1, clock.now(), tag="ef" * 16, serial=2, picks=[5])
    sequencer.drain()
    address = reverse("ballotbox:receipt", args=[slug])

    def page_of(entry) -> str:
        number = receipts.receipt_number(tree.leaf_hash(bytes(entry.leaf)))
        return client.get(address, {"n": number}).content.decode()

    sealed = page_of(kept)
    actions.close_ballots(election=election, now=at)
    sequencer.drain()
    position = election.positions.live_ballot(void.tag)
    void_leaf = poll.void_leaf(at, position.index, bytes(position.leaf_hash))
    actions.stage_entry(election=election, leaf=void_leaf)
    sequencer.drain()
    count, bitmap = checker_of(election).freeze_count_and_bitmap()
    freeze = leaves.freeze(at=rules.time_text(at + HOUR), count=count, bitmap=bitmap)
    later = at + 2 * HOUR
    for leaf in (freeze, poll.unlinked_leaf(later), *poll.opening_leaves(later)):
        actions.stage_entry(election=election, leaf=leaf)
    sequencer.drain()

    assert "Received. Waiting to be counted." in sealed
    assert "Save the receipt file" in sealed
    assert f"--manifest-hash {election.manifest_hash}" in sealed
    assert "Counted for" not in sealed
    counted = page_of(kept)
    assert "Received. Counted." in counted
    picks = counted[counted.index('<ul class="picks">') :]
    assert re.findall("<li>([^<]+)</li>", picks)[:2] == [NAMES[2], NAMES[0]]
    assert "Received. Set aside." in page_of(void)
    assert "“batch”" in page_of(void)
    assert "Received. It could not be read." in page_of(spoiled)
    superseded = page_of(replaced)
    assert "Received. Replaced by a later ballot." in superseded
    assert receipts.receipt_number(tree.leaf_hash(bytes(last.leaf))) in superseded
    assert json.loads(bytes(last.leaf))["serial"] == 2
