"""How the API says no: one form, a stable code and a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Schema


class Refusal(Schema):
    """Why there is no answer; `code` never changes, `message` is for people.

    `field` names the parameter at fault and `allowed` what it may be, where there is a list.
    """

    code: str
    message: str
    field: str | None = None
    allowed: list[str | int] | None = None


class Refused(Exception):  # noqa: N818 -- named for what is wrong
    """A request is refused with a status and a `Refusal`."""

    def __init__(self, status: int, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.status = status
        self.refusal = refusal


def not_found() -> Refused:
    return Refused(404, Refusal(code="not_found", message=_("Nothing is at this address.")))


def unknown_value(field: str, allowed: list[Any]) -> Refused:
    """Return that a filter was given a value that nothing has, with those that something has."""
    message = _("“%(field)s” has a value that nothing here has. Choose one of those allowed.")
    return Refused(
        422,
        Refusal(
            code="unknown_value", message=message % {"field": field}, field=field, allowed=allowed
        ),
    )


def not_readable(field: str | None, said: str) -> Refused:
    """Return that a parameter cannot be read; `said` is what is wrong with it."""
    message = _("“%(field)s” cannot be read: %(said)s.") % {"field": field or "", "said": said}
    return Refused(422, Refusal(code="not_readable", message=message, field=field))


# For answers that did not come from an endpoint.
BY_STATUS = {
    400: ("bad_request", "The request cannot be read."),
    404: ("not_found", "Nothing is at this address."),
    405: ("method_not_allowed", "This is read with GET or HEAD."),
    429: ("too_many_requests", "Too many requests. Wait as long as Retry-After says, in seconds."),
    500: ("server_error", "Something failed here. It has been noted; please try again later."),
    503: ("unavailable", "The database gives no answer now. Wait as long as Retry-After says."),
}


def of_status(status: int) -> Refusal:
    code, message = BY_STATUS.get(status, ("refused", "The request was refused."))
    return Refusal(code=code, message=message)
