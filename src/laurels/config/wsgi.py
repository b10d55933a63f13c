"""The site as a WSGI application; its searches are warmed while it starts to serve."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.config.settings")

application = get_wsgi_application()

from laurels.library.search.warming import warm_at_start  # noqa: E402 -- once apps are ready

threading.Thread(target=warm_at_start, daemon=True).start()
