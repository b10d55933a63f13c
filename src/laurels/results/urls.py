from django.urls import path

from laurels.results import views

app_name = "results"
urlpatterns = [
    path("rule-book.md", views.rule_book, name="rule_book"),
    path("<int:year>/", views.result, name="result"),
    path("<int:year>/result.json", views.result_json, name="result_json"),
    path("<int:year>/votes.csv", views.votes_csv, name="votes_csv"),
]
