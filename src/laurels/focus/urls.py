"""Pictures of articles, and the page on which a co-publisher answers. Articles are Wagtail's."""

from django.urls import path

from laurels.focus import views

app_name = "focus"

urlpatterns = [
    path("covers/<slug:slug>.svg", views.cover, name="cover"),
    path("share/<slug:slug>.png", views.share_picture, name="share_picture"),
    path("signing/<str:key>/", views.signing, name="signing"),
]
