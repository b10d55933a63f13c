"""The result's public pages, and the secretariat's page of an election."""

from laurels.results.views.elections import election, election_list, take_step
from laurels.results.views.public import result, result_json, rule_book, votes_csv

__all__ = [
    "election",
    "election_list",
    "result",
    "result_json",
    "rule_book",
    "take_step",
    "votes_csv",
]
