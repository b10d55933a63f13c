"""Response headers and the one host of the site."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

Answer = Callable[[HttpRequest], HttpResponse]


def one_host(answer: Answer) -> Answer:
    """Send `localhost` to the site's own host, so that no cookie of the site reaches the box.

    The box lives on `localhost` one port up, and browsers send cookies to every port of a host.
    """
    site = urlsplit(settings.SITE_URL)

    def middleware(request: HttpRequest) -> HttpResponse:
        host = request.get_host().rpartition(":")[0] or request.get_host()
        if host == "localhost" != site.hostname and request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(settings.SITE_URL + request.get_full_path())
        return answer(request)

    return middleware
