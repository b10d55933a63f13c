"""Settings of a worker that a test starts: the test's databases, and a mail server of its own."""

import os

from laurels.config.settings import *  # noqa: F403 -- settings are one namespace

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["TEST_SMTP_PORT"])
EMAIL_TIMEOUT = 20
