"""What can be asked of seminars, registrations and questions."""

from laurels.seminars.queries.question import QuestionQuerySet
from laurels.seminars.queries.registration import RegistrantQuerySet, RegistrationQuerySet
from laurels.seminars.queries.seminar import PresentationQuerySet, SeminarQuerySet

__all__ = [
    "PresentationQuerySet",
    "QuestionQuerySet",
    "RegistrantQuerySet",
    "RegistrationQuerySet",
    "SeminarQuerySet",
]
