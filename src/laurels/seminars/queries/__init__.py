"""What can be asked of seminars, registrations, questions and feedback."""

from laurels.seminars.queries.feedback import FeedbackQuerySet
from laurels.seminars.queries.headcount import HeadcountQuerySet
from laurels.seminars.queries.question import QuestionQuerySet
from laurels.seminars.queries.registration import RegistrantQuerySet, RegistrationQuerySet
from laurels.seminars.queries.seminar import PresentationQuerySet, SeminarQuerySet

__all__ = [
    "FeedbackQuerySet",
    "HeadcountQuerySet",
    "PresentationQuerySet",
    "QuestionQuerySet",
    "RegistrantQuerySet",
    "RegistrationQuerySet",
    "SeminarQuerySet",
]
