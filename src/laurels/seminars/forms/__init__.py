"""What is typed for a seminar."""

from laurels.seminars.forms.desk import AddForm, MoveForm, SaidForm, SeminarForm
from laurels.seminars.forms.registering import (
    MineForm,
    RegistrationForm,
    country_name,
    zones,
)

__all__ = [
    "AddForm",
    "MineForm",
    "MoveForm",
    "RegistrationForm",
    "SaidForm",
    "SeminarForm",
    "country_name",
    "zones",
]
