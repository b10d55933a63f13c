"""What is typed for a seminar."""

from laurels.seminars.forms.desk import AddForm, MoveForm, SaidForm
from laurels.seminars.forms.registering import (
    MineForm,
    RegistrationForm,
    zones,
)
from laurels.seminars.forms.seminar import SeminarForm

__all__ = [
    "AddForm",
    "MineForm",
    "MoveForm",
    "RegistrationForm",
    "SaidForm",
    "SeminarForm",
    "zones",
]
