from datetime import UTC, datetime, timedelta

from laurels.foundation import outbox
from laurels.foundation.models import Mail

NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def post_mail(
    address: str = "ana@example.org", *, now: datetime = NOON, held: bool = False, **fields: object
) -> Mail:
    facts = {"subject": "Your code", "text": "It is 123456.\n", **fields}
    mail = outbox.post(Mail(address=address, **facts), now=now, held=held)
    assert isinstance(mail, Mail)
    return mail
