"""What guests, moderators and cities type into a room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from laurels.seminars import rules
from laurels.seminars.actions import Asked

if TYPE_CHECKING:
    from laurels.seminars.models import Seminar


class CleanText(forms.CharField):
    """Text without what nobody sees; too long a text is refused with what is to do."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        self.longest = longest
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return rules.clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        more = len(value) - self.longest
        if more > 0:
            sentence = ngettext(
                "This is %(more)s character too long: at most %(longest)s are taken. Shorten it; "
                "nothing you wrote is lost.",
                "This is %(more)s characters too long: at most %(longest)s are taken. Shorten it; "
                "nothing you wrote is lost.",
                more,
            )
            raise forms.ValidationError(sentence % {"more": more, "longest": self.longest})


class AskForm(forms.Form):
    """A question to one city of a seminar, or to all."""

    text = CleanText(
        longest=rules.LONGEST_QUESTION,
        label=_("Your question"),
        error_messages={"required": _("Write your question first.")},
    )
    name = forms.CharField(required=False, label=_("Your name, if you like"))
    city = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("To"))

    def __init__(self, *arguments: Any, seminar: Seminar, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initiatives = {
            each.initiative_id: each.initiative for each in seminar.presentations.all()
        }
        cities = [(pk, page.city.name) for pk, page in self.initiatives.items()]
        choice = self.fields["city"]
        if isinstance(choice, forms.TypedChoiceField):
            choice.choices = [("", _("All cities")), *cities]

    def clean_name(self) -> str:
        return rules.clean_line(self.cleaned_data["name"])[: rules.LONGEST_NAME]

    @property
    def asked(self) -> Asked:
        read = self.cleaned_data
        return Asked(
            text=read["text"],
            name=read["name"],
            initiative=self.initiatives.get(read["city"]),
            language=get_language() or settings.LANGUAGE_CODE,
        )
