import pytest
from django.db import transaction

from laurels.foundation import audit
from laurels.foundation.models import AuditEvent
from tests.factories.foundation import NOON

pytestmark = pytest.mark.django_db


def test_record_keeps_who_did_what_to_what():
    audit.record(
        person_name="Mei Lin",
        deed="close the vote",
        about="election city-of-your-choice-2023",
        now=NOON,
        detail={"ballots": 2000},
    )

    event = AuditEvent.objects.get()
    assert (event.at, event.person_name, event.deed, event.about, event.detail) == (
        NOON,
        "Mei Lin",
        "close the vote",
        "election city-of-your-choice-2023",
        {"ballots": 2000},
    )


def test_record_falls_with_the_deed_it_tells_of():
    with transaction.atomic():
        audit.record(person_name="Mei Lin", deed="open", about="x", now=NOON)
        transaction.set_rollback(True)

    assert AuditEvent.objects.count() == 0


def test_newest_event_comes_first():
    for deed in ["open", "close"]:
        audit.record(person_name="Mei Lin", deed=deed, about="x", now=NOON)

    assert [event.deed for event in AuditEvent.objects.all()] == ["close", "open"]
