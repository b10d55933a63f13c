"""A seminar as the secretariat types it in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from laurels.seminars import rules
from laurels.seminars.enums import Platform
from laurels.seminars.forms.registering import zones
from laurels.seminars.forms.times import HostTimeField, instant_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from laurels.editions.models import Edition

TIMES = ("starts_at", "ends_at")


class SeminarForm(WagtailAdminModelForm):
    """Times are the host's; they are moved elsewhere once people count on them."""

    starts_at = HostTimeField(label=_("Starts"))
    ends_at = HostTimeField(label=_("Ends"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = (self.instance.starts_at, self.instance.ends_at)
        self._offer_zones(self.instance.own_timezone)
        for name in TIMES:
            self.fields[name].help_text = self._zone_told()
            if self.instance.pk:
                self.initial[name] = shown(getattr(self.instance, name), self.instance.zone)

    def is_valid(self) -> bool:
        """Look also at what only seminar and presentations together can tell."""
        if not super().is_valid():
            return False
        edition = self.cleaned_data["edition"]
        wrong = list(self._presented_by_others(edition))
        for place in wrong:
            place.add_error(
                "initiative",
                forms.ValidationError(
                    _("This initiative is of another edition. Choose one of %(edition)s."),
                    params={"edition": edition},
                ),
            )
        return not wrong

    def clean_join_url(self) -> str:
        return _encrypted(self.cleaned_data["join_url"])

    def clean_embed_url(self) -> str:
        typed = _encrypted(self.cleaned_data["embed_url"])
        if rules.refuses_frames(typed):
            raise forms.ValidationError(
                _(
                    "Zoom and Teams do not let other pages show their rooms. Leave this empty:"
                    " registrants come by their personal links. Or type the address of a stream."
                )
            )
        return rules.player_of(typed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("platform") == Platform.YOUTUBE and not cleaned.get("embed_url"):
            cleaned["embed_url"] = rules.youtube_player(cleaned.get("join_url") or "")
        self._read_times(cleaned)
        if self._is_moved(cleaned) and self.instance.registrations.standing().exists():
            raise forms.ValidationError(
                _(
                    "People are registered. Move the seminar on its page below Registrations:"
                    " there all of them are told, and their calendars change."
                )
            )
        return cleaned

    def _read_times(self, cleaned: dict[str, Any]) -> None:
        """Put instants in place of what the host's clocks show."""
        edition: Edition | None = cleaned.get("edition")
        name_of_zone = cleaned.get("own_timezone") or (edition.host_timezone if edition else "UTC")
        for name in TIMES:
            if cleaned.get(name) is None:
                continue
            try:
                cleaned[name] = instant_of(cleaned[name], ZoneInfo(name_of_zone))
            except forms.ValidationError as error:
                self.add_error(name, error)
        starts_at, ends_at = (cleaned.get(name) for name in TIMES)
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("It ends before it starts. Check both times."))

    def _is_moved(self, cleaned: dict[str, Any]) -> bool:
        """Whether the instants are others: by a time that was typed, or by another zone."""
        if not self.instance.pk:
            return False
        return any(
            cleaned.get(name) not in {None, before}
            for name, before in zip(TIMES, self.before, strict=True)
        )

    def _presented_by_others(self, edition: Edition) -> Iterator[Any]:
        for place in self.formsets["presentations"].forms:
            initiative = place.cleaned_data.get("initiative")
            is_kept = initiative is not None and not place.cleaned_data.get("DELETE")
            if is_kept and initiative.edition_id != edition.pk:
                yield place

    def _offer_zones(self, own: str) -> None:
        names = [name for name in zones() if name != own]
        choices = [(name, name) for name in sorted([*names, *([own] if own else [])])]
        self.fields["own_timezone"].widget = forms.Select(
            choices=[("", _("that of the edition")), *choices]
        )

    def _zone_told(self) -> Any:
        if not self.instance.pk:
            return _(
                "As the host's clocks show it: in the edition's zone, or the one chosen below."
            )
        return _("As the host's clocks show it (%(zone)s).") % {"zone": self.instance.timezone}


def _encrypted(typed: str) -> str:
    if typed and not typed.startswith("https://"):
        raise forms.ValidationError(_("Begin this address with https://"))
    return typed
