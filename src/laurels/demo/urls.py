from django.urls import path

from laurels.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.demo, name="demo"),
    path("clock/", views.move_clock, name="move_clock"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("sign-in/", views.sign_in, name="sign_in"),
]
