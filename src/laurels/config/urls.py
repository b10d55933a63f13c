"""Every address of the site."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls


def _of(app: str, prefix: str = "") -> list[URLPattern | URLResolver]:
    module = f"laurels.{app}.urls"
    installed = f"laurels.{app}" in settings.INSTALLED_APPS
    return [path(prefix, include(module))] if installed and find_spec(module) else []


urlpatterns = [
    path("cms/", include(wagtail_admin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtail_documents_urls)),
    path("accounts/", include("allauth.urls")),
    *_of("foundation"),
    *_of("registrar", "registrar/"),
    *_of("library"),
    *(_of("demo", "demo/") if settings.DEMO else []),
    *i18n_patterns(
        *_of("ballotbox", "vote/"),
        *_of("results", "results/"),
        *_of("seminars", "seminars/"),
        *_of("partners", "partners/"),
        *_of("website"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
