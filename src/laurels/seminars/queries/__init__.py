"""What can be asked of seminars and registrations."""

from laurels.seminars.queries.registration import RegistrantQuerySet, RegistrationQuerySet
from laurels.seminars.queries.seminar import PresentationQuerySet, SeminarQuerySet

__all__ = [
    "PresentationQuerySet",
    "RegistrantQuerySet",
    "RegistrationQuerySet",
    "SeminarQuerySet",
]
