from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from wagtail.models import Revision

from laurels.focus import actions, refusals, rules, standings
from laurels.focus.enums import Answer, Signing
from laurels.focus.models import Approval, FocusArticlePage, NotApproved
from laurels.foundation import clock
from laurels.foundation.models import AuditEvent, Mail
from tests.factories.focus import make_article

pytestmark = pytest.mark.django_db


def ask(case, now=None):
    return actions.ask_co_publishers(
        article_id=case.article.pk, person=case.editor, now=now or clock.now()
    )


def answer(approval, said=Answer.APPROVED, **more):
    return actions.answer_approval(
        approval_id=approval.pk, answer=said, signed_by="A signer", now=clock.now(), **more
    )


def letters():
    return sorted(Mail.objects.values_list("address", flat=True))


def where(case):
    return standings.standing_of(case.stored()).signing


@pytest.mark.parametrize(
    ("answers", "more", "expected"),
    [
        ([], {}, Signing.DRAFT),
        ([], {"asked_before": True}, Signing.CHANGED),
        ([Answer.WAITING, Answer.APPROVED], {"asked_before": True}, Signing.ASKED),
        ([Answer.APPROVED, Answer.REFUSED], {"asked_before": True}, Signing.REFUSED),
        ([Answer.APPROVED], {"asked_before": True, "is_scheduled": True}, Signing.SCHEDULED),
        ([Answer.APPROVED], {"asked_before": True, "is_live": True}, Signing.LIVE),
        ([], {"is_live": True}, Signing.LIVE),
        ([], {"is_scheduled": True}, Signing.SCHEDULED),
    ],
)
def test_article_stands_where_its_answers_put_it(answers, more, expected):
    facts = {"asked_before": False, "is_scheduled": False, "is_live": False, **more}

    assert rules.signing(answers, **facts) == expected


def test_article_goes_out_with_the_last_approval(co_published):
    first, second = ask(co_published)
    assert letters() == ["signer@metropolis.example.org", "signer@uclg.example.org"]

    answer(first)
    assert (where(co_published), co_published.stored().live) == (Signing.ASKED, False)
    answer(second)

    article = co_published.stored()
    assert (where(co_published), article.live) == (Signing.LIVE, True)
    assert article.published_at == article.first_published_at
    assert letters()[0] == "editor@example.org"
    assert sorted(AuditEvent.objects.values_list("deed", flat=True)) == [
        "approved FOCUS article",
        "approved FOCUS article",
        "send FOCUS article to co-publishers",
    ]


@pytest.mark.parametrize("given", [0, 1])
def test_nobody_publishes_before_all_have_approved(co_published, given):
    for approval in ask(co_published)[:given]:
        answer(approval)
    revision = co_published.stored().latest_revision

    with pytest.raises(NotApproved):
        revision.publish(user=co_published.editor)

    assert not co_published.stored().live
    assert not co_published.stored().permissions_for_user(co_published.editor).can_publish()


def test_edit_after_an_approval_asks_again(co_published):
    first, second = ask(co_published)
    answer(first)
    co_published.save(title="Let us go greener")

    assert where(co_published) == Signing.CHANGED
    with pytest.raises(refusals.VersionChanged):
        answer(second)

    third, fourth = ask(co_published)
    answer(third)
    assert not co_published.stored().live
    answer(fourth)
    assert co_published.stored().title == "Let us go greener"
    assert co_published.stored().live


def test_version_saved_over_by_the_admin_is_another_version(co_published):
    approvals = ask(co_published)
    answer(approvals[0])
    page = co_published.article.get_latest_revision_as_object()
    page.title = "Quietly other"
    page.save_revision(user=co_published.editor, overwrite_revision=page.latest_revision)

    with pytest.raises(refusals.VersionChanged):
        answer(approvals[1])
    assert not co_published.stored().live


def test_refusal_needs_a_reason_and_goes_back_to_the_editor(co_published):
    first, second = ask(co_published)
    with pytest.raises(refusals.ReasonMissing):
        answer(first, Answer.REFUSED, reason="  ")

    answer(first, Answer.REFUSED, reason="Malang lies in Indonesia.")
    answer(second)

    assert (where(co_published), co_published.stored().live) == (Signing.REFUSED, False)
    letter = Mail.objects.get(address="editor@example.org")
    assert "Malang lies in Indonesia." in letter.text
    with pytest.raises(refusals.AlreadyAnswered):
        answer(first)


def test_refused_version_may_be_sent_again_and_approved(co_published):
    first, second = ask(co_published)
    answer(first, Answer.REFUSED, reason="Are you sure?")
    answer(second)

    again = ask(co_published)

    assert [each.answer for each in again] == [Answer.WAITING, Answer.APPROVED]
    answer(again[0])
    assert co_published.stored().live


def test_same_answer_twice_is_one(co_published):
    first, _second = ask(co_published)

    answer(first)
    answer(first)

    assert AuditEvent.objects.filter(deed="approved FOCUS article").count() == 1


def test_two_clicks_send_one_letter_and_a_minute_later_another(co_published):
    now = clock.now()
    ask(co_published, now)
    ask(co_published, now + timedelta(seconds=59))
    assert len(letters()) == 2

    ask(co_published, now + timedelta(seconds=60))

    assert len(letters()) == 4
    assert Approval.objects.count() == 2


def test_sending_refuses_what_cannot_be_sent(co_published):
    case = co_published
    case.signatories[0].delete()
    with pytest.raises(refusals.NoSignatory, match="UCLG"):
        ask(case)
    case.save(co_publishers=[])
    with pytest.raises(refusals.NobodyToAsk):
        ask(case)
    unsaved = make_article("Loaded")
    with pytest.raises(refusals.NothingToSend):
        actions.ask_co_publishers(article_id=unsaved.pk, person=case.editor, now=clock.now())

    assert (letters(), Approval.objects.count()) == ([], 0)


def approve_for(case, go_live_at):
    case.save(go_live_at=go_live_at)
    for approval in ask(case):
        answer(approval)


def test_approved_article_waits_for_its_hour(co_published):
    approve_for(co_published, clock.now() + timedelta(hours=1))
    assert (where(co_published), co_published.stored().live) == (Signing.SCHEDULED, False)
    assert actions.publish_due(now=clock.now()) == []

    soon = clock.now() + timedelta(hours=1)
    assert actions.publish_due(now=soon - timedelta(minutes=1)) == []
    assert not co_published.stored().live


def test_article_whose_hour_has_passed_while_one_was_missing_goes_out_with_the_last(co_published):
    case = co_published
    case.save(go_live_at=clock.now() - timedelta(minutes=1))
    first, second = ask(case)
    answer(first)

    assert actions.publish_due(now=clock.now()) == []
    call_command("publish_scheduled")
    assert not case.stored().live
    answer(second)

    assert case.stored().live


def test_scheduler_leaves_alone_what_was_changed_after_its_approval(co_published):
    case = co_published
    approve_for(case, clock.now() + timedelta(hours=1))
    case.save(title="Changed at the last minute")
    due = clock.now() + timedelta(hours=2)

    assert actions.publish_due(now=due) == []

    assert not case.stored().live
    assert where(case) == Signing.CHANGED
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_article_put_on_the_schedule_behind_everybodys_back_stays(co_published):
    past = clock.now() - timedelta(minutes=1)
    co_published.article.revisions.update(approved_go_live_at=past)

    assert actions.publish_due(now=clock.now()) == []

    assert not co_published.stored().live


def test_article_stored_as_live_with_co_publishers_is_a_draft(co_published):
    article = make_article("Published at once", co_publishers=co_published.partners)

    assert not FocusArticlePage.objects.get(pk=article.pk).live


def test_article_without_co_publishers_is_published_like_any_page(co_published):
    co_published.save(co_publishers=[]).publish(user=co_published.editor)

    assert co_published.stored().live


def private_link(address):
    letter = Mail.objects.filter(address=address).latest("created_at")
    return re.search(r"https?://[^/]+(/\S+)", letter.text)[1]


def test_partner_reads_and_approves_behind_the_private_link(client, co_published):
    ask(co_published)
    link = private_link("signer@uclg.example.org")

    page = client.get(link)

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    shown = page.content.decode()
    assert "Let us go green" in shown
    assert 'content="noindex"' in shown
    assert 'src="data:image/svg+xml' in shown  # the cover of a draft has no public address
    assert Approval.objects.approved().count() == 0  # reading answers nothing

    assert client.post(link, {"answer": "refused"}).status_code == 409
    done = client.post(link, {"answer": "approved"}, follow=True)

    assert "Approved by Signer of UCLG" in done.content.decode()
    assert Approval.objects.approved().get().answered_by == "Signer of UCLG"


def test_private_link_is_for_one_partner_and_dies_with_its_signatory(client, co_published):
    ask(co_published)
    link = private_link("signer@uclg.example.org")

    assert client.get(link.replace(link[-8], "x" if link[-8] != "x" else "y")).status_code == 404
    co_published.signatories[0].delete()
    assert client.get(link).status_code == 404
    assert client.get("/focus/signing/nonsense/").status_code == 404


def test_private_link_of_a_changed_version_says_so(client, co_published):
    ask(co_published)
    co_published.save(title="Other")
    link = private_link("signer@uclg.example.org")

    assert "changed after it was sent" in client.get(link).content.decode()
    assert client.post(link, {"answer": "approved"}).status_code == 409
    assert Approval.objects.approved().count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_partners_who_approve_at_once_publish_once(co_published):
    approvals = ask(co_published)
    gate = threading.Barrier(2)
    failures = []

    def approve(approval):
        gate.wait()
        try:
            answer(approval)
        except Exception as error:  # noqa: BLE001 -- told below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=[each]) for each in approvals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert co_published.stored().live
    assert Mail.objects.filter(address="editor@example.org").count() == 1
