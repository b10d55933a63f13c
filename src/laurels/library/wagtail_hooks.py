"""Cities, themes and tags in the admin; initiatives are pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from laurels.library import actions, views
from laurels.library.models import City, Theme, UrbanAgendaTag
from laurels.library.views.desk import may_decide

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern


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


@hooks.register("after_edit_snippet")
def settle_city_address(_request: HttpRequest, instance: Any) -> None:
    """A corrected name moves the city's address; the former one leads there."""
    if isinstance(instance, City):
        actions.settle_city_address(city=instance)


class CaseDeskMenuItem(MenuItem):
    """Shown to those who may change cases."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_decide(request)


@hooks.register("register_admin_urls")
def case_desk_urls() -> list[URLPattern]:
    return [
        path("cases/", views.case_desk, name="case_desk"),
        path("cases/invite/", views.invite, name="invite"),
        path("cases/<slug:kind>/<int:pk>/decide/", views.decide, name="decide"),
    ]


@hooks.register("register_admin_menu_item")
def case_desk_menu_item() -> MenuItem:
    return CaseDeskMenuItem(
        _("Told by cities"), reverse("case_desk"), icon_name="comment", order=225
    )
