"""A real award. Refuses to start while anything that must be decided is missing."""

from urllib.parse import urlsplit

from laurels.config.settings.base import *  # noqa: F403 -- settings are one namespace
from laurels.config.settings.base import BOX_URL, DEMO, SITE_URL, env

DEBUG = False
SHORTEST_SECRET = 50
SECRET_KEY = env.text("LAURELS_SECRET_KEY")
if SECRET_KEY and len(SECRET_KEY) < SHORTEST_SECRET:
    env.problems.append(f"LAURELS_SECRET_KEY is shorter than {SHORTEST_SECRET} characters.")
for name in ("DATABASE_URL", "REGISTRAR_DATABASE_URL", "LAURELS_DATA", "LAURELS_MAIL_FROM"):
    env.text(name)
for name in ("LAURELS_SITE_URL", "LAURELS_BOX_URL"):
    if not env.text(name).startswith("https://"):
        env.problems.append(f"{name} must begin with https://, since sealing a ballot needs TLS.")
if env.text("DATABASE_URL") == env.text("REGISTRAR_DATABASE_URL"):
    env.problems.append("Ballots and voters' addresses need a database each.")
if urlsplit(SITE_URL).hostname == urlsplit(BOX_URL).hostname:
    env.problems.append("Site and box need a host each, since cookies do not know ports.")
if DEMO:
    env.problems.append("LAURELS_DEMO is on: the demo's clock and mailbox have no place here.")

ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "", *env.words("LAURELS_HOSTS", "")]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("LAURELS_SMTP_HOST")
EMAIL_PORT = env.number("LAURELS_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("LAURELS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("LAURELS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("LAURELS_SMTP_TLS", default=True)
REGISTRAR_CHECKS_DNS = True

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

env.finish()
