"""What is true of every environment."""

from datetime import UTC, datetime
from pathlib import Path

from laurels.config.databases import django_database
from laurels.config.environment import Environment
from laurels.config.settings.policy import public_policy

env = Environment()
ROOT = Path(__file__).resolve().parents[4]

DEMO = env.flag("LAURELS_DEMO", default=env.text("LAURELS_ENV", "local") != "production")
DATA = env.path("LAURELS_DATA", ROOT / "var")
KEYS = DATA / "keys"
LOGS = DATA / "logs"
PORT = env.number("LAURELS_PORT", 8000)
SITE_URL = env.text("LAURELS_SITE_URL", f"http://127.0.0.1:{PORT}")
BOX_URL = env.text("LAURELS_BOX_URL", f"http://localhost:{PORT + 1}")
REGISTRAR_URL = SITE_URL

# The demo's award clocks stand at these instants until the demo starts them; so nothing that
# its sixth edition reveals later can be seen before.
DEMO_CLOCKS: dict[str, datetime] = (
    {"edition-2023": datetime(2023, 10, 31, 15, tzinfo=UTC)} if DEMO else {}
)

DATABASES = {
    "default": django_database(env.text("DATABASE_URL", "postgresql:///laurels")),
    "registrar": django_database(env.text("REGISTRAR_DATABASE_URL", "postgresql:///registrar")),
}
for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 60
DATABASE_ROUTERS = ["laurels.config.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    *(["laurels.demo"] if DEMO else []),
    "laurels.website",
    "laurels.results",
    "laurels.registrar",
    "laurels.ballotbox",
    "laurels.seminars",
    "laurels.focus",
    "laurels.library",
    "laurels.partners",
    "laurels.editions",
    "laurels.accounts",
    "laurels.design",
    "laurels.foundation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "laurels.website.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Its random padding (Heal the BREACH) keeps lengths from telling what a page holds.
    "django.middleware.gzip.GZipMiddleware",
    "laurels.config.middleware.one_host",
    "laurels.website.api.door.api_door",
    "csp.middleware.CSPMiddleware",
    "laurels.config.middleware.staff_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "laurels.config.middleware.language_of_the_browser",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "laurels.config.middleware.without_indents",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "laurels.config.context.addresses",
                "laurels.website.context.chrome",
                *(["laurels.demo.context.strip"] if DEMO else []),
            ]
        },
    }
]

ROOT_URLCONF = "laurels.config.urls"
WSGI_APPLICATION = "laurels.config.wsgi.application"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/cms/"
# One sign-in for all: the admin's own asks for a password that nobody has.
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
ACCOUNT_ADAPTER = "laurels.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

# Cookies do not know ports: a name of our own keeps other programs on this host apart.
SESSION_COOKIE_NAME = "laurels_session"
CSRF_COOKIE_NAME = "laurels_csrf"
LANGUAGE_COOKIE_NAME = "laurels_language"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = public_policy(BOX_URL)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

USE_TZ = True
TIME_ZONE = "UTC"
# By which city pages call a zone where it is not the zone's own.
ZONE_PLACES = {"Asia/Shanghai": "Guangzhou"}
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("ru", "Русский"),
]
LOCALE_PATHS = [ROOT / "src/laurels/locale"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Others would be half in English.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# A translation is seen once somebody publishes it, not when it is begun.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_SITE_NAME = "Guangzhou Award"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx", "zip"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_MAX_AGE = 7 * 24 * 3600  # of names without a hash
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "laurels.config.storage.StaticFiles"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_TIMEOUT = 10
# Whether mailboxes drop a second mail of one Message-ID: the operator's word for it.
MAIL_DROPS_COPIES = env.flag("LAURELS_MAIL_DROPS_COPIES")
# How many trusted proxies stand in front: the client is that many from the right.
PROXY_HOPS = env.number("LAURELS_PROXY_HOPS", 0)
# Ask DNS whether a typed mail domain takes mail; not where there may be no network.
REGISTRAR_CHECKS_DNS = False
DEFAULT_FROM_EMAIL = env.text("LAURELS_MAIL_FROM", "Guangzhou Award <award@award.example>")
# Where letters of visitors go that nobody else answers.
SECRETARIAT_ADDRESS = env.text("LAURELS_SECRETARIAT", DEFAULT_FROM_EMAIL)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"laurels": {"level": "INFO"}},
}
