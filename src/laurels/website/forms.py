"""What is typed in: a letter to the secretariat, and who works on the award."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from laurels.accounts.enums import Role
from laurels.accounts.models import Person
from laurels.partners.models import Member, Partner

LONGEST_LETTER = 5000
REQUIRED = {"required": _("Please fill this in.")}


class LetterForm(forms.Form):
    """A letter: who writes, where an answer goes, and the text."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("The answer comes to it. The site forgets it once the letter is sent."),
        max_length=254,
        error_messages={
            **REQUIRED,
            "invalid": _("This is no mail address. It looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Your letter"),
        max_length=LONGEST_LETTER,
        error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
    )
    # People leave a field alone that says so; programs fill in all there are.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.errors if self.is_bound else ():
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))


class PersonForm(forms.ModelForm[Person]):
    """Somebody who works on the award: name, address, roles, and the partner they belong to."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages=REQUIRED)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.all(),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a role a person can sign in, but not enter these rooms."),
    )
    partner = forms.ModelChoiceField(
        Partner.objects.all(),
        label=_("Partner"),
        required=False,
        help_text=_("A partner editor approves what this partner co-signs."),
    )

    class Meta:
        model = Person
        fields = ("name", "email", "groups", "is_active")

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding or editing_self:  # noqa: SLF001 -- as below
            # Nobody locks themselves out; and who is invited is active.
            del self.fields["is_active"]
        if editing_self:
            del self.fields["groups"]
        partner = Partner.objects.filter(members__person=self.instance.pk).first()
        self.fields["partner"].initial = partner

    def clean_email(self) -> str:
        email = Person.objects.normalize_email(self.cleaned_data["email"])
        if Person.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise forms.ValidationError(_("There is a person with this address already."))
        return email

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data
        roles = {group.name for group in typed.get("groups", ())}
        if Role.PARTNER_EDITOR in roles and not typed.get("partner"):
            self.add_error("partner", _("A partner editor needs a partner: choose one."))
        return typed

    def save(self, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 -- Django's own
        if self.instance._state.adding:  # noqa: SLF001 -- Django's word for "not stored yet"
            self.instance.set_unusable_password()
        person = super().save(commit)
        partner = self.cleaned_data["partner"]
        if partner:
            Member.objects.update_or_create(person=person, defaults={"partner": partner})
        else:
            Member.objects.filter(person=person).delete()
        return person
