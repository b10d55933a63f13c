"""The pages that tell of editions, shortlists, campaigns and the count."""

from django.urls import path

from laurels.website import views

app_name = "website"

urlpatterns = [
    path("editions/", views.edition_list, name="edition_list"),
    path("editions/<int:year>/", views.edition, name="edition"),
    path("editions/<int:year>/shortlist/", views.shortlist, name="shortlist"),
    path("partners/<slug:slug>/<int:year>/", views.campaign, name="campaign"),
    path("contact/letter/", views.write_to_secretariat, name="write_to_secretariat"),
    path("how-we-count/", views.how_we_count, name="how_we_count"),
]
