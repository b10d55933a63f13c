"""What a partner chooses on the page that builds the line of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.partners.enums import EmbedKind
from laurels.partners.models import Campaign, Partner
from laurels.website.embeds import leaves, oembed

if TYPE_CHECKING:
    from laurels.website.embeds.leaves import Leaf
    from laurels.website.standing import Standing

ARTICLES = 50
WAYS = (("frame", _("An iframe")), ("component", _("A web component")))
LOOKS = (
    ("", _("As the visitor's own setting")),
    ("light", _("Always light")),
    ("dark", _("Always dark")),
)


class EmbedForm(forms.Form):
    """`what` is a name as in `focus/one-earth`; `page`, where given, is any address of ours."""

    what = forms.ChoiceField(label=_("What to show"))
    page = forms.CharField(
        label=_("or the address of its page here"), required=False, max_length=500
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        to_field_name="slug",
        required=False,
        label=_("Whose name comes first"),
        empty_label=_("Nobody's"),
    )
    lang = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    look = forms.ChoiceField(label=_("Light or dark"), choices=LOOKS, required=False)
    way = forms.ChoiceField(label=_("As"), choices=WAYS, required=False)

    def __init__(self, *args: Any, standing: Standing | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["what"].choices = _choices(standing)  # type: ignore[attr-defined] # a choice
        self.fields["partner"].queryset = (  # type: ignore[attr-defined] # a choice of models
            Partner.objects.alphabetical()
        )
        self.fields["partner"].label_from_instance = (  # type: ignore[attr-defined] # the same
            lambda partner: partner.short_name
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned["leaf"] = self._leaf(cleaned)
        except Http404:
            self.add_error(
                "page" if cleaned.get("page") else "what",
                gettext(
                    "Nothing can be shown of this address. Copy that of a FOCUS article, an "
                    "initiative, a partner's campaign or the vote."
                ),
            )
        return cleaned

    def _leaf(self, cleaned: dict[str, Any]) -> Leaf:
        if cleaned.get("page"):
            found = oembed.leaf_at(cleaned["page"].strip())[0]
            kind, address = found.kind.value, found.address
        else:
            kind, _slash, address = cleaned["what"].partition("/")
        return leaves.find(kind, address, cleaned.get("partner"))


def _choices(standing: Standing | None) -> list[Any]:
    """Return what is offered, in groups; what is older is asked for by its address."""
    groups: list[Any] = []
    if standing:
        groups = _of_the_edition(standing)
    articles = FocusArticlePage.objects.live().public().newest_first()[:ARTICLES]
    focus = [(f"focus/{article.slug}", article.title) for article in articles]
    cities = []
    if standing:
        shortlist = InitiativePage.objects.shortlisted_in(standing.edition).select_related("city")
        cities = [(f"city/{page.slug}", page.city.name) for page in shortlist]
    groups += [(_("FOCUS articles"), focus), (_("Cities"), cities)]
    return [group for group in groups if group[1]]


def _of_the_edition(standing: Standing) -> list[Any]:
    year = standing.edition.year
    offered = []
    if Campaign.objects.filter(edition=standing.edition).exists():
        offered.append((f"campaign/{year}", EmbedKind.CAMPAIGN.label))
    if standing.election:
        offered.append((f"countdown/{year}", EmbedKind.COUNTDOWN.label))
    return [(standing.edition.name, offered)]
