"""What moderators type at the desk of a room, and cities on their private page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from laurels.seminars import rules
from laurels.seminars.enums import RejectionReason
from laurels.seminars.forms.languages import LanguageField
from laurels.seminars.forms.questions import CleanText

if TYPE_CHECKING:
    from laurels.seminars.models import Seminar

NOTHING_TYPED = {"required": _("Write something first.")}


class DeedForm(forms.Form):
    """One deed at one question, and the version that its moderator saw."""

    question = forms.IntegerField(min_value=1)
    version = forms.IntegerField(min_value=0)


class HideForm(DeedForm):
    reason = forms.ChoiceField(
        choices=RejectionReason.choices,
        error_messages={"required": _("Choose a reason of the list.")},
    )


class MergeForm(DeedForm):
    into_id = forms.IntegerField(
        min_value=1, error_messages={"required": _("Choose the question to merge it into.")}
    )


class EditForm(DeedForm):
    text = CleanText(longest=rules.LONGEST_QUESTION, error_messages=NOTHING_TYPED)


class NoteForm(forms.Form):
    text = CleanText(longest=rules.LONGEST_NOTE, error_messages=NOTHING_TYPED)


class AnswerForm(forms.Form):
    """A city's answer in writing; `seen` is the version of the answer that stood on its page."""

    question = forms.IntegerField(min_value=1)
    answer = CleanText(longest=rules.LONGEST_ANSWER, error_messages=NOTHING_TYPED)
    language = LanguageField()
    seen = forms.IntegerField(min_value=0)


class InvitationForm(forms.Form):
    city = forms.TypedChoiceField(coerce=int)
    address = forms.EmailField(
        error_messages={"invalid": _("This is no mail address: write it as in name@city.example.")}
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES)

    def __init__(self, *arguments: Any, seminar: Seminar, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initiatives = {
            each.initiative_id: each.initiative for each in seminar.presentations.all()
        }
        choice = self.fields["city"]
        if isinstance(choice, forms.TypedChoiceField):
            choice.choices = [(pk, page.city.name) for pk, page in self.initiatives.items()]
