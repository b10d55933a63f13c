"""What a guest says of a seminar."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.seminars import rules
from laurels.seminars.enums import Grade
from laurels.seminars.forms.questions import CleanText

CHOOSE = _("Choose how useful it was, from 1 to 5.")


class FeedbackForm(forms.Form):
    grade = forms.TypedChoiceField(
        choices=Grade.choices,
        coerce=lambda typed: Grade(int(typed)),
        label=_("How useful was it to you?"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    keep = CleanText(
        longest=rules.LONGEST_FEEDBACK, required=False, label=_("What should we keep?")
    )
    better = CleanText(
        longest=rules.LONGEST_FEEDBACK, required=False, label=_("What should we do better?")
    )
