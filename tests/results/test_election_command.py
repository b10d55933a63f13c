from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories.results import make_draft

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])


def run(deed, election, *rest):
    out = StringIO()
    call_command("election", deed, "--election", election.slug, *rest, stdout=out)
    return out.getvalue().splitlines()


def test_status_tells_state_and_next_step():
    election = make_draft()

    assert run("status", election) == [f"{election.slug}: draft", "next: rehearse"]


def test_rehearse_moves_on_and_says_what_the_next_step_misses():
    election = make_draft()

    state, following, missing = run("rehearse", election)

    assert (state, following) == (f"{election.slug}: rehearsed", "next: open")
    assert missing == (
        "  The manifest has to be published before the vote opens. It would have opened: "
        "2023-10-31 16:00 UTC."
    )


def test_a_step_out_of_order_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="First comes: “Rehearse”"):
        run("close", make_draft())


def test_an_unknown_election_says_where_to_look():
    with pytest.raises(CommandError, match="There is no election “nowhere”"):
        call_command("election", "status", "--election", "nowhere")


@pytest.mark.parametrize("given", ["trustee.pem", "x=trustee.pem"])
def test_a_key_without_its_position_is_refused(given):
    with pytest.raises(CommandError, match="is not POSITION=FILE"):
        run("open_keys", make_draft(), "--key", given)


def test_a_key_file_that_is_no_key_is_refused():
    election = make_draft()
    path = settings.KEYS / election.slug / "log.pem"

    with pytest.raises(CommandError, match="is not P-256"):
        run("unlink", election, "--key", f"0={path}")
