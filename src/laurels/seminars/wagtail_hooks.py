"""Seminars in the admin."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from laurels.seminars.models import Seminar

PRESENTATION_PANELS = [
    PageChooserPanel("initiative", "library.InitiativePage"),
    FieldRowPanel([FieldPanel("order"), FieldPanel("minutes")]),
    FieldPanel("speakers"),
]


class SeminarViewSet(SnippetViewSet):
    """Times are typed in UTC, as the admin shows them; pages show the host's zone."""

    model = Seminar
    icon = "comment"
    menu_order = 240
    add_to_admin_menu = True
    list_display: ClassVar = ["title", "edition", "number", "starts_at", "cities_complete"]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("number")]),
        FieldPanel("title"),
        FieldPanel("subtitle"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("own_timezone"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("interpretation")]),
        FieldRowPanel([FieldPanel("platform"), FieldPanel("capacity")]),
        FieldPanel("join_url"),
        FieldPanel("embed_url"),
        FieldPanel("recording_url"),
        FieldPanel("feedback_url"),
        FieldPanel("moderators", widget=forms.CheckboxSelectMultiple),
        FieldPanel("announced_moderators"),
        FieldPanel("note"),
        FieldPanel("cities_complete"),
        InlinePanel(
            "presentations", PRESENTATION_PANELS, heading=_("Presentations"), label=_("City")
        ),
    ]


register_snippet(SeminarViewSet)
