"""The one host of the site; language, headers and indents of its answers."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation

from laurels.config.settings.policy import (
    PATHS_WITHOUT_A_LANGUAGE,
    PERMISSIONS,
    STAFF_PATHS,
    STAFF_POLICY,
)

Answer = Callable[[HttpRequest], HttpResponseBase]

# What keeps its white space, and the indents of lines that begin or end at a tag. In a value of an
# attribute there is none: Django writes &gt; and &lt; there.
INDENTS = re.compile(
    rb"(<(pre|textarea|script)\b.*?</\2\s*>)|(?<=>)\s*\n\s*|\s*\n\s*(?=<)", re.DOTALL
)


def one_host(answer: Answer) -> Answer:
    """Send `localhost` to the site's own host, so that no cookie of the site reaches the box.

    The box lives on `localhost` one port up, and browsers send cookies to every port of a host.
    """
    site = urlsplit(settings.SITE_URL)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        host = urlsplit(f"//{request.get_host()}").hostname
        if host == "localhost" != site.hostname and request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(settings.SITE_URL + request.get_full_path())
        return answer(request)

    return middleware


def staff_policy(answer: Answer) -> Answer:
    """Give the admin pages their looser policy; stands inside django-csp's middleware."""
    answer_to_staff = csp(STAFF_POLICY)(answer)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_staff_path = request.path.startswith(STAFF_PATHS)
        response = answer_to_staff(request) if is_staff_path else answer(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def language_of_the_browser(answer: Answer) -> Answer:
    """Speak the browser's language where the address names none; stands inside Django's own.

    In the admin it gives way to the language that the person has chosen there.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(PATHS_WITHOUT_A_LANGUAGE):
            language = translation.get_language_from_request(request)
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return answer(request)

    return middleware


def without_indents(answer: Answer) -> Answer:
    """Send pages without the indents of their templates: a fifth to a third of their bytes.

    A line's end stays, so that what stood apart stands apart.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(response, HttpResponse):
            response.content = INDENTS.sub(lambda found: found[1] or b"\n", response.content)
        return response

    return middleware
