"""The demo and development: what `./laurels up` runs on one machine."""

import secrets

from laurels.config.settings.base import *  # noqa: F403 -- settings are one namespace
from laurels.config.settings.base import DATA, env

DEBUG = env.flag("LAURELS_DEBUG")
# `laurels` sets the lasting one of its folder; other tools, such as mypy, need none that lasts.
SECRET_KEY = env.text("LAURELS_SECRET_KEY", secrets.token_urlsafe(48))
EMAIL_BACKEND = "laurels.demo.mailbox.Mailbox"
EMAIL_FILE_PATH = DATA / "mailbox"
MAIL_DROPS_COPIES = env.flag("LAURELS_MAIL_DROPS_COPIES", default=True)

env.finish()
