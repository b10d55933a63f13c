"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

from laurels.website.api.site import api
from laurels.website.people import own_account

handler500 = "laurels.config.failures.failed"

urlpatterns = [
    # Before Wagtail's own page at this address.
    path("cms/account/", own_account),
    path("cms/", include(wagtail_admin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtail_documents_urls)),
    path("accounts/", include("allauth.urls")),
    path("", include("laurels.foundation.urls")),
    path("api/v1/", api.urls),
    path("registrar/", include("laurels.registrar.urls")),
    *([path("demo/", include("laurels.demo.urls"))] if settings.DEMO else []),
    *i18n_patterns(
        path("vote/", include("laurels.ballotbox.urls")),
        path("results/", include("laurels.results.urls")),
        path("seminars/", include("laurels.seminars.urls")),
        path("partners/", include("laurels.partners.urls")),
        path("focus/", include("laurels.focus.urls")),
        path("", include("laurels.library.urls")),
        path("", include("laurels.website.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
