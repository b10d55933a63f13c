"""Seminars, what is presented in them, and who registers."""

from laurels.seminars.models.registration import LetterNote, Registrant, Registration
from laurels.seminars.models.seminar import Presentation, Seminar, Series

__all__ = ["LetterNote", "Presentation", "Registrant", "Registration", "Seminar", "Series"]
