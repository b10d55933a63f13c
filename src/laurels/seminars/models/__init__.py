"""Seminars, what is presented in them, who registers, what is asked and said of them."""

from laurels.seminars.models.answer import Answer
from laurels.seminars.models.feedback import Feedback
from laurels.seminars.models.question import (
    Question,
    Vote,
)
from laurels.seminars.models.registration import (
    LetterNote,
    Registrant,
    Registration,
    ShareCount,
)
from laurels.seminars.models.room import (
    Block,
    Chapter,
    CityContact,
    CityNote,
    Headcount,
    Room,
    RoomMessage,
)
from laurels.seminars.models.seminar import (
    Presentation,
    Seminar,
    Series,
)

__all__ = [
    "Answer",
    "Block",
    "Chapter",
    "CityContact",
    "CityNote",
    "Feedback",
    "Headcount",
    "LetterNote",
    "Presentation",
    "Question",
    "Registrant",
    "Registration",
    "Room",
    "RoomMessage",
    "Seminar",
    "Series",
    "ShareCount",
    "Vote",
]
