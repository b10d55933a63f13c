"""Cities, themes and tags in the admin; initiatives are pages."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from laurels.library.models import City, Theme, UrbanAgendaTag


class CityViewSet(SnippetViewSet):
    model = City
    icon = "site"
    list_display: ClassVar = ["name", "country", "latitude", "longitude"]
    list_filter: ClassVar = ["country"]
    search_fields: ClassVar = ["name", "local_name", "country"]
    ordering: ClassVar = ["name"]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("local_name")]),
        FieldRowPanel([FieldPanel("country"), FieldPanel("country_code")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display: ClassVar = ["name", "slug", "description"]
    search_fields: ClassVar = ["name", "description"]
    ordering: ClassVar = ["name"]
    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]


class UrbanAgendaTagViewSet(SnippetViewSet):
    model = UrbanAgendaTag
    icon = "tag"
    list_display: ClassVar = ["name", "slug", "description"]
    search_fields: ClassVar = ["name", "description"]
    ordering: ClassVar = ["name"]
    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]


class LibraryViewSetGroup(SnippetViewSetGroup):
    items = (CityViewSet, ThemeViewSet, UrbanAgendaTagViewSet)
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 220


register_snippet(LibraryViewSetGroup)
