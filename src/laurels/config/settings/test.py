"""Fast, and the same on every machine."""

from laurels.config.settings.base import *  # noqa: F403 -- settings are one namespace
from laurels.config.settings.base import DATA, DATABASES, env

for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 0
SECRET_KEY = "for tests only: no secret, but long enough for every check"  # noqa: S105 -- no secret
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = DATA / "mailbox"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

env.finish()
