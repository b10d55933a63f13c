"""The seminars of all editions."""

from django.urls import path

from laurels.seminars import views

app_name = "seminars"

urlpatterns = [
    path("", views.seminar_list, name="seminar_list"),
    path("<int:year>/<int:number>/", views.seminar, name="seminar"),
]
