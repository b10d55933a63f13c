"""Whether a reader's parameters mean something; what does not is refused, never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from laurels.website.api.refusals import Refusal, Refused, unknown_value

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from django.http import HttpRequest


def check_names(request: HttpRequest, known: Sequence[str]) -> None:
    """Refuse a parameter of another name: a misspelt filter must not answer with everything."""
    for name in request.GET:
        if name not in known:
            message = _("There is no parameter of that name. Choose one of those allowed.")
            refusal = Refusal(
                code="unknown_parameter", message=message, field=name[:80], allowed=list(known)
            )
            raise Refused(422, refusal)


def check_value(field: str, value: str | int | None, allowed: Sequence[str | int]) -> None:
    """Refuse a value that nothing has; None is not asked."""
    choices: Container[str | int] = allowed
    if value is not None and value not in choices:
        raise unknown_value(field, list(allowed))
