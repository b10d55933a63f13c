"""The seminars of all editions, their rooms and desks."""

from django.urls import path

from laurels.seminars import views

app_name = "seminars"

HERE = "<int:year>/<int:number>/"

urlpatterns = [
    path("", views.seminar_list, name="seminar_list"),
    path(HERE, views.seminar, name="seminar"),
    path(f"{HERE}room/", views.room, name="room"),
    path(f"{HERE}room/ask/", views.ask_question, name="ask_question"),
    path(f"{HERE}room/vote/", views.vote_for_question, name="vote_for_question"),
    path(f"{HERE}stage/", views.stage, name="stage"),
]
