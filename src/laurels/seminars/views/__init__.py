"""The pages of seminars: what is announced, and the rooms in which they are held."""

from laurels.seminars.views.calendars import (
    my_calendar,
    seminar_calendar,
    series_calendar,
)
from laurels.seminars.views.cities import (
    city,
)
from laurels.seminars.views.feedback import (
    feedback,
)
from laurels.seminars.views.moderating import (
    desk,
    desks,
    invite_city,
    moderate_question,
    write_note,
)
from laurels.seminars.views.people import (
    add_person,
    cancel_person,
    cancel_seminar,
    move_seminar,
    people,
    people_file,
    seminar_desk,
    thank_people,
    write_again,
)
from laurels.seminars.views.pictures import (
    seminar_picture,
    series_picture,
)
from laurels.seminars.views.registering import (
    confirm,
    join,
    mine,
    register,
    registered,
    stop,
)
from laurels.seminars.views.remaining import (
    afterwards,
    export,
)
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
    "add_person",
    "afterwards",
    "ask_question",
    "cancel_person",
    "cancel_seminar",
    "city",
    "confirm",
    "desk",
    "desks",
    "export",
    "feedback",
    "invite_city",
    "join",
    "mine",
    "moderate_question",
    "move_seminar",
    "my_calendar",
    "people",
    "people_file",
    "register",
    "registered",
    "room",
    "seminar",
    "seminar_calendar",
    "seminar_desk",
    "seminar_list",
    "seminar_picture",
    "series_calendar",
    "series_picture",
    "stage",
    "stop",
    "thank_people",
    "vote_for_question",
    "write_again",
    "write_note",
]
