"""The covers. The library's pages are Wagtail's."""

from django.urls import path

from laurels.library import views

app_name = "library"

urlpatterns = [path("covers/<slug:slug>.svg", views.cover, name="cover")]
