"""Covers, map, files, citations, letters, reports. The library's other pages are Wagtail's."""

from django.urls import path, re_path

from laurels.library import views

app_name = "library"

CASE = "initiatives/<slug:slug>"

urlpatterns = [
    path("covers/<slug:slug>.svg", views.cover, name="cover"),
    path("covers/<slug:slug>.png", views.share_picture, name="share_picture"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("initiatives/map/", views.map, name="map"),
    path("initiatives/export/<slug:file_format>/", views.export, name="export"),
    path("initiatives/library.zip", views.package, name="package"),
    re_path(
        r"^initiatives/(?P<slug>[-\w]+)/cite\.(?P<kind>bib|ris)$", views.citation, name="citation"
    ),
    path(f"{CASE}/contact/", views.contact, name="contact"),
    path(f"{CASE}/contact/sent/", views.contact_sent, name="contact_sent"),
    path(f"{CASE}/adapted/", views.adaptation, name="adaptation"),
    path(f"{CASE}/adapted/told/", views.adaptation_told, name="adaptation_told"),
    path(f"{CASE}/follow-up/told/", views.follow_up_told, name="follow_up_told"),
    path(f"{CASE}/follow-up/<slug:secret>/", views.follow_up, name="follow_up"),
    path("adaptations/<slug:secret>/", views.confirm_adaptation, name="confirm_adaptation"),
]
