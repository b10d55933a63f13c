"""The seminars of all editions, their rooms and desks."""

from django.urls import path

from laurels.seminars import views

app_name = "seminars"

HERE = "<int:year>/<int:number>/"

urlpatterns = [
    path("", views.seminar_list, name="seminar_list"),
    path("desks/", views.desks, name="desks"),
    path(HERE, views.seminar, name="seminar"),
    path(f"{HERE}room/", views.room, name="room"),
    path(f"{HERE}room/ask/", views.ask_question, name="ask_question"),
    path(f"{HERE}room/vote/", views.vote_for_question, name="vote_for_question"),
    path(f"{HERE}stage/", views.stage, name="stage"),
    path(f"{HERE}desk/", views.desk, name="desk"),
    path(f"{HERE}desk/question/", views.moderate_question, name="moderate_question"),
    path(f"{HERE}desk/invite/", views.invite_city, name="invite_city"),
    path(f"{HERE}desk/note/", views.write_note, name="write_note"),
    path(f"{HERE}afterwards/", views.afterwards, name="afterwards"),
    path(f"{HERE}export/", views.export, name="export"),
    path("city/<str:token>/", views.city, name="city"),
    path("<int:year>/register/", views.register, name="register"),
    path("<int:year>/registered/", views.registered, name="registered"),
    path("<int:year>/calendar.ics", views.series_calendar, name="series_calendar"),
    path(f"{HERE}calendar.ics", views.seminar_calendar, name="seminar_calendar"),
    path("<int:year>/share.png", views.series_picture, name="series_picture"),
    path(f"{HERE}share.png", views.seminar_picture, name="seminar_picture"),
    path("mine/<str:token>/", views.mine, name="mine"),
    path("mine/<str:token>/confirm/", views.confirm, name="confirm"),
    path("mine/<str:token>/stop/", views.stop, name="stop"),
    path("mine/<str:token>/calendar.ics", views.my_calendar, name="my_calendar"),
    path("mine/<str:token>/feedback/<int:number>/", views.feedback, name="feedback"),
    path("join/<str:token>/", views.join, name="join"),
]
