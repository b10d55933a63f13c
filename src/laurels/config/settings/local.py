"""The demo and development: what `./laurels up` runs on one machine."""

from laurels.config.settings.base import *  # noqa: F403 -- settings are one namespace
from laurels.config.settings.base import DATA, env

DEBUG = env.flag("LAURELS_DEBUG")
SECRET_KEY = env.text("LAURELS_SECRET_KEY")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mailbox"

env.finish()
