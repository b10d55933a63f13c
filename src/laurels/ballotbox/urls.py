"""The ballot paper and the receipt."""

from django.urls import path

from laurels.ballotbox import views

app_name = "ballotbox"

urlpatterns = [
    path("", views.vote, name="vote"),
    path("<slug:slug>/", views.ballot, name="ballot"),
    path("<slug:slug>/share.png", views.vote_picture, name="vote_picture"),
    path("<slug:slug>/receipt/", views.receipt, name="receipt"),
]
