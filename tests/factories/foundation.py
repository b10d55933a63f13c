from datetime import UTC, datetime, timedelta

from laurels.foundation import outbox
from laurels.foundation.models import Mail, MailBatch

NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def post_mail(address: str = "ana@example.org", *, now: datetime = NOON, **fields: object) -> Mail:
    facts = {"subject": "Your code", "text": "It is 123456.\n", **fields}
    mail = outbox.post(Mail(address=address, **facts), now=now)
    assert isinstance(mail, Mail)
    return mail


def hold_batch(*addresses: str, now: datetime = NOON, **fields: object) -> MailBatch:
    """Write a batch of letters, which waits."""
    batch = outbox.open_batch(
        title="Moved: The long night (2027/1)",
        about="seminar 2027/1",
        kind="test",
        path="/cms/",
        person_name="Ana",
        now=now,
    )
    for address in addresses:
        facts = {"subject": "Moved", "text": "It is later.\n", **fields}
        outbox.hold(Mail(address=address, **facts), batch=batch, now=now)
    outbox.close_batch(batch, detail={})
    return batch
