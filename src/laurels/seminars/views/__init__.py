"""The pages of seminars: what is announced, and the rooms in which they are held."""

from laurels.seminars.views.calendars import (
    my_calendar,
    seminar_calendar,
    series_calendar,
)
from laurels.seminars.views.cities import city
from laurels.seminars.views.moderating import desk, invite_city, moderate_question, write_note
from laurels.seminars.views.registering import (
    confirm,
    join,
    mine,
    register,
    registered,
    stop,
)
from laurels.seminars.views.remaining import afterwards, export
from laurels.seminars.views.room import (
    ask_question,
    room,
    stage,
    vote_for_question,
)
from laurels.seminars.views.seminars import (
    seminar,
    seminar_list,
)

__all__ = [
    "afterwards",
    "ask_question",
    "city",
    "confirm",
    "desk",
    "export",
    "invite_city",
    "join",
    "mine",
    "moderate_question",
    "my_calendar",
    "register",
    "registered",
    "room",
    "seminar",
    "seminar_calendar",
    "seminar_list",
    "series_calendar",
    "stage",
    "stop",
    "vote_for_question",
    "write_note",
]
