"""What every template may read."""

from django.conf import settings
from django.http import HttpRequest


def addresses(_request: HttpRequest) -> dict[str, object]:
    return {
        "SITE_URL": settings.SITE_URL,
        "BOX_URL": settings.BOX_URL,
        "DEMO": settings.DEMO,
    }
