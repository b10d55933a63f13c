"""The site as a WSGI application; whoever serves it lets its searches be warmed."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.config.settings")

application = get_wsgi_application()

from laurels.library.search.warming import warm_at_start  # noqa: E402 -- once apps are ready


def warm_search() -> None:
    """Begin to warm, beside the first requests."""
    threading.Thread(target=warm_at_start, daemon=True).start()
