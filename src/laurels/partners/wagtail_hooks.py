"""Partners and their campaigns in the admin."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from laurels.partners.models import Campaign, Partner


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    list_display: ClassVar = ["short_name", "name", "role"]
    ordering: ClassVar = ["short_name"]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("slug")]),
        FieldPanel("name"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
        FieldPanel("url"),
        FieldPanel("logo"),
        HelpPanel(
            heading=_("What its embeds brought"), template="partners/embed_visits_panel.html"
        ),
    ]


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "mail"
    list_display: ClassVar = ["partner", "edition"]
    panels: ClassVar = [FieldPanel("partner"), FieldPanel("edition")]


class PartnersViewSetGroup(SnippetViewSetGroup):
    items = (PartnerViewSet, CampaignViewSet)
    menu_label = _("Partners")
    menu_icon = "group"
    menu_order = 230


register_snippet(PartnersViewSetGroup)
