"""The one host of the site, and the headers of its answers."""

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from laurels.config.settings.policy import PERMISSIONS, STAFF_PATHS, STAFF_POLICY

Answer = Callable[[HttpRequest], HttpResponseBase]


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
