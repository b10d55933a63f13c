"""The list of partners."""

from django.urls import path

from laurels.partners import views

app_name = "partners"

urlpatterns = [path("", views.partner_list, name="partner_list")]
