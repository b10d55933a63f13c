from django.urls import path

from laurels.registrar import views

app_name = "registrar"
urlpatterns = [
    path("<slug:slug>/codes", views.ask_for_code, name="ask_for_code"),
    path("<slug:slug>/voters", views.confirm_code, name="confirm_code"),
    path("<slug:slug>/tickets", views.sign_ticket, name="sign_ticket"),
]
