"""Letters to registrants, in their zone and language, written with their cause into the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from laurels.design.instants import isolated, span_as_text, wait_text
from laurels.foundation import outbox
from laurels.foundation.models import Mail
from laurels.seminars import calendars, rules
from laurels.seminars.enums import LetterKind, RegistrationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from laurels.foundation.models import MailBatch
    from laurels.seminars.models import Registrant, Registration, Seminar

# Another letter or the private page says the same: better never than twice.
ONCE = frozenset({LetterKind.DAY_BEFORE, LetterKind.HOUR_BEFORE, LetterKind.THANKS})
# These may arrive when the seminar is over.
ALWAYS = frozenset({LetterKind.THANKS, LetterKind.CANCELLED})
MINUTE = timedelta(minutes=1)


def address_of(name: str, token: str) -> str:
    """Return a private address, in the active language."""
    return settings.SITE_URL + reverse(f"seminars:{name}", args=[token])


def send_request_to_confirm(
    registrant: Registrant, *, seminars: Iterable[Any], now: datetime
) -> None:
    """Ask whether the address is the person's own; the only letter before it is confirmed."""
    with translation.override(registrant.language):
        context = {
            "lines": [_line(seminar, registrant) for seminar in seminars],
            "confirm_url": address_of("confirm", registrant.token),
        }
        _post(registrant, LetterKind.CONFIRM_ADDRESS, context, now=now)


def send_confirmation(
    registrant: Registrant, registrations: Sequence[Registration], *, now: datetime
) -> None:
    """Say what the person is registered for, with a calendar of it and of what fell away."""
    entries = [each for each in registrations if each.seated_at is not None]
    with translation.override(registrant.language):
        context = {
            "confirmed": _places(registrations, RegistrationState.CONFIRMED),
            "waiting": _places(registrations, RegistrationState.WAITING),
            "left": _places(registrations, RegistrationState.CANCELLED),
        }
        calendar = _calendar(entries, now=now) if entries else ""
        _post(registrant, LetterKind.CONFIRMATION, context, now=now, calendar=calendar)


def send(
    registration: Registration,
    kind: LetterKind,
    *,
    now: datetime,
    award_now: datetime,
    batch: MailBatch | None = None,
    before: tuple[datetime, datetime] | None = None,
    said: str = "",
) -> None:
    """Write one registrant about one seminar; it may arrive until the seminar is over.

    `batch` is that of a letter to all, which waits for a person; `before` are the start and end
    that this person knows, `said` is a sentence of the desk.
    """
    registrant, seminar = registration.registrant, registration.seminar
    is_cancelled = kind == LetterKind.CANCELLED
    has_calendar = kind in {LetterKind.MOVED, LetterKind.CANCELLED, LetterKind.SEAT}
    with translation.override(registrant.language):
        place = _place(registration)
        context: dict[str, Any] = {
            **place,
            "place": place,
            # What is due a day before is written within the minute after.
            "wait": wait_text(seminar.starts_at, award_now - MINUTE),
            "is_waiting": registration.state == RegistrationState.WAITING,
            "was": _was(registration, before),
            "said": said,
            "feedback_form": _feedback_form(registration, award_now),
        }
        calendar = (
            _calendar([registration], now=now, is_cancelling=is_cancelled)
            if has_calendar and registration.seated_at is not None
            else ""
        )
        expires_at = None if kind in ALWAYS else now + (seminar.ends_at - award_now)
        _post(
            registrant,
            kind,
            context,
            now=now,
            calendar=calendar,
            expires_at=expires_at,
            **_in_batch(registration, batch),
        )


def _was(registration: Registration, before: tuple[datetime, datetime] | None) -> str:
    """Return the time that a person knows, where it is another than the seminar's."""
    seminar = registration.seminar
    if before is None or before == (seminar.starts_at, seminar.ends_at):
        return ""
    return span_as_text(*before, seminar.timezone, registration.registrant.zone)


def _in_batch(registration: Registration, batch: MailBatch | None) -> dict[str, Any]:
    """Return what tells the letters of a batch apart."""
    if batch is None:
        return {}
    return {
        "batch": batch,
        "language": registration.registrant.language,
        "wording": registration.state,
        "recipient_key": str(registration.pk),
    }


def _place(registration: Registration) -> dict[str, Any]:
    seminar = registration.seminar
    return {
        "title": isolated(seminar.title),
        "line": _line(seminar, registration.registrant),
        "when": _when(seminar, registration.registrant),
        "join_url": address_of("join", registration.token),
        "room_url": settings.SITE_URL
        + reverse("seminars:room", args=[seminar.edition.year, seminar.number]),
        "recording_url": seminar.recording_url,
        "feedback_url": seminar.feedback_url,
    }


def _feedback_form(registration: Registration, award_now: datetime) -> str:
    """Return the address of the form for this person; "" while or where it takes nothing."""
    if rules.feedback_hindrance(registration, award_now) is not None:
        return ""
    token, number = registration.registrant.token, registration.seminar.number
    return settings.SITE_URL + reverse("seminars:feedback", args=[token, number])


def _places(
    registrations: Sequence[Registration], state: RegistrationState
) -> list[dict[str, Any]]:
    return [_place(each) for each in registrations if each.state == state]


def _when(seminar: Seminar, registrant: Registrant) -> str:
    return span_as_text(seminar.starts_at, seminar.ends_at, seminar.timezone, registrant.zone)


def _line(seminar: Seminar, registrant: Registrant) -> str:
    return f"{isolated(seminar.title)}\n  {_when(seminar, registrant)}"


def _calendar(
    registrations: Iterable[Registration], *, now: datetime, is_cancelling: bool = False
) -> str:
    entries = [
        calendars.of_registration(each, address_of("join", each.token)) for each in registrations
    ]
    return calendars.calendar(entries, now=now, is_cancelling=is_cancelling)


def _post(
    registrant: Registrant,
    kind: LetterKind,
    context: dict[str, Any],
    *,
    now: datetime,
    **fields: Any,
) -> None:
    """Post a letter from `seminars/mail/<kind>.txt`, whose first line is the subject."""
    stop_url = address_of("stop", registrant.token)
    letter = render_to_string(
        f"seminars/mail/{kind.value}.txt",
        {
            **context,
            "mine_url": address_of("mine", registrant.token),
            "stop_url": "" if kind == LetterKind.CONFIRM_ADDRESS else stop_url,
            "edition": registrant.edition,
        },
    )
    subject, _rest, text = letter.partition("\n")
    is_asked_for = kind in {LetterKind.CONFIRM_ADDRESS, LetterKind.CONFIRMATION}
    mail = Mail(
        address=registrant.address,
        subject=subject,
        text=text.strip() + "\n",
        stop_url="" if is_asked_for else stop_url,
        is_once=kind in ONCE,
        **fields,
    )
    if mail.batch is None:
        outbox.post(mail, now=now)
    else:
        outbox.hold(mail, batch=mail.batch, now=now)
