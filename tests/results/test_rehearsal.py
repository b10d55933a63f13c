import pytest

from laurels.results import log_reading, manifest_draft
from laurels.results.rehearsal import RehearsalFailed, rehearse
from tests.factories.results import make_draft

pytestmark = pytest.mark.django_db


def test_rehearse_runs_to_a_result_under_an_id_of_its_own():
    draft = log_reading.draft_of(make_draft())

    report = rehearse(draft, manifest_draft.draft_hash(draft))

    assert (report["ok"], report["state"]) == (True, "result")
    assert report["election"] == f"rehearsal/{manifest_draft.draft_hash(draft)[:32]}"
    assert report["counts"]["void"] == report["counts"]["spoiled"] == 1


@pytest.mark.parametrize(
    "wrong",
    [{"plaintext_size": 8}, {"seats": 4}, {"closes_at": "2023-10-31T16:05:00Z"}],
    ids=["plaintext too small", "more seats than candidates", "not on whole ten minutes"],
)
def test_rehearse_refuses_a_draft_that_no_verifier_takes(wrong):
    draft = log_reading.draft_of(make_draft()) | wrong

    with pytest.raises(RehearsalFailed, match="Correct the draft"):
        rehearse(draft, "ab" * 32)


def test_draft_hash_changes_with_every_member():
    draft = log_reading.draft_of(make_draft())

    assert manifest_draft.draft_hash(draft) != manifest_draft.draft_hash(
        draft | {"grace_seconds": 0}
    )
