from django.urls import path

from laurels.foundation import views

app_name = "foundation"
urlpatterns = [path("health/", views.health, name="health")]
