"""Who may show and read what the embeds give: everybody, and without a cookie."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    View = Callable[..., Any]


def open_to_frames(view: View) -> View:
    """Let any site frame what the view answers; everything else of the policy holds.

    Only here: every other page of the award refuses to be framed, the ballot above all.
    """
    # Outermost: a browser keeps a page under the headers of the last 304 for it.
    framed: View = xframe_options_exempt(conditional_page(view))
    answered: View = csp_replace({"frame-ancestors": ["*"]})(framed)
    return answered


def open_to_reads(view: View) -> View:
    """Let scripts of any site read what the view answers, without credentials."""
    read: View = conditional_page(view)

    @wraps(view)
    def opened(*args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = read(*args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return opened
