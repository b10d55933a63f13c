"""Editions and their calendars in the admin."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from laurels.editions.models import Edition

MOMENT_PANELS = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("zone")]),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("opens_precision")]),
    FieldRowPanel([FieldPanel("closes_at"), FieldPanel("closes_precision")]),
    FieldPanel("recorded"),
    FieldPanel("note"),
]


class EditionViewSet(SnippetViewSet):
    """The phase has no field: it follows from the moments and the clock."""

    model = Edition
    icon = "date"
    menu_order = 210
    add_to_admin_menu = True
    list_display: ClassVar = ["year", "ordinal", "host_city", "shortlisted_count"]
    ordering: ClassVar = ["-year"]
    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("ordinal"), FieldPanel("year")]),
                FieldPanel("label"),
                FieldRowPanel([FieldPanel("host_city"), FieldPanel("host_timezone")]),
            ],
            heading=_("Edition"),
        ),
        InlinePanel("moments", MOMENT_PANELS, heading=_("Calendar"), label=_("Moment")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("initiatives_count"), FieldPanel("valid_count")]),
                FieldRowPanel([FieldPanel("cities_count"), FieldPanel("countries_count")]),
                FieldRowPanel([FieldPanel("deserving_count"), FieldPanel("shortlisted_count")]),
                FieldPanel("first_time_countries_count"),
            ],
            heading=_("Figures"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("launch_place"),
                FieldPanel("committee_place"),
                FieldRowPanel([FieldPanel("committee_size"), FieldPanel("committee_chair")]),
                FieldRowPanel([FieldPanel("jury_size"), FieldPanel("jury_chair")]),
                FieldPanel("presentations_format"),
                FieldPanel("vote_name"),
                FieldPanel("ceremony_place"),
            ],
            heading=_("People and places"),
        ),
    ]


register_snippet(EditionViewSet)
