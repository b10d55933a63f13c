"""The pages that tell of editions, shortlists, campaigns and the count."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from laurels.website import feeds, views
from laurels.website.api import views as api
from laurels.website.embeds import views as embeds
from laurels.website.sitemaps import SITEMAPS

app_name = "website"

urlpatterns = [
    path("editions/", views.edition_list, name="edition_list"),
    path("editions/<int:year>/", views.edition, name="edition"),
    path("editions/<int:year>/shortlist/", views.shortlist, name="shortlist"),
    path("partners/<slug:slug>/", views.partner, name="partner"),
    path("partners/<slug:slug>/<int:year>/", views.campaign, name="campaign"),
    path("contact/letter/", views.write_to_secretariat, name="write_to_secretariat"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "website:sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<slug:section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"
    ),
    path("robots.txt", views.robots, name="robots"),
    path("how-we-count/", views.how_we_count, name="how_we_count"),
    path("embed/", embeds.embed, name="embed"),
    path("embed/<str:kind>/<slug:address>/", embeds.frame, name="frame"),
    path("embed/<str:name>", embeds.component_file, name="component_file"),
    path("api/", api.api_docs, name="api_docs"),
    path("feeds/initiatives.<str:name>", feeds.initiatives_feed, name="initiatives_feed"),
    path("feeds/cities/<slug:city>.<str:name>", feeds.city_feed, name="city_feed"),
    path("feeds/focus.<str:name>", feeds.focus_feed, name="focus_feed"),
    path("oembed/", embeds.oembed_answer, name="oembed_answer"),
]
