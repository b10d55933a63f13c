"""The pages of seminars: what is announced, and the rooms in which they are held."""

from laurels.seminars.views.room import ask_question, room, stage, vote_for_question
from laurels.seminars.views.seminars import seminar, seminar_list

__all__ = ["ask_question", "room", "seminar", "seminar_list", "stage", "vote_for_question"]
