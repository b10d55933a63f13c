"""The covers and the map. The library's other pages are Wagtail's."""

from django.urls import path

from laurels.library import views

app_name = "library"

urlpatterns = [
    path("covers/<slug:slug>.svg", views.cover, name="cover"),
    path("initiatives/map/", views.map, name="map"),
]
