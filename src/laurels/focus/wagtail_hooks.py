"""FOCUS in the admin: desk, builder, signatories, and no way around the co-publishers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from laurels.focus import standings, views
from laurels.focus.models import FocusArticlePage, Signatory
from laurels.focus.views.desk import may_draft, person_of
from laurels.foundation import clock

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from wagtail.models import Page

SEND = "action-send-to-co-publishers"


class SignatoryViewSet(SnippetViewSet):
    model = Signatory
    icon = "user"
    list_display: ClassVar = ["name", "partner", "email"]
    list_filter: ClassVar = ["partner"]
    search_fields: ClassVar = ["name", "email"]
    panels: ClassVar = [FieldPanel("partner"), FieldPanel("name"), FieldPanel("email")]
    add_to_admin_menu = True
    menu_label = gettext_lazy("Signatories")
    menu_order = 228


register_snippet(SignatoryViewSet)


@hooks.register("register_admin_urls")
def focus_urls() -> list[URLPattern]:
    return [
        path("focus/", views.focus_desk, name="focus_desk"),
        path("focus/new/", views.focus_builder, name="focus_builder"),
        path("focus/<int:article_id>/", views.focus_article, name="focus_article"),
        path("focus/<int:article_id>/send/", views.send_article, name="send_article"),
        path("focus/answer/<int:approval_id>/", views.answer_article, name="answer_article"),
    ]


@hooks.register("register_admin_menu_item")
def focus_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("FOCUS"), reverse("focus_desk"), icon_name="edit", order=226, name="focus"
    )


class DaysPanel(Component):
    """What the first page of the admin says of FOCUS: drafts that are due, cases that are gone."""

    name = "focus"
    template_name = "focus/desk/panel.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 -- Wagtail's own
        days = standings.days_ahead(clock.now().date())
        due = [each for each in days if each.is_due and each.article is None]
        return {"due": due, "gone": standings.naming_what_is_gone()}


@hooks.register("construct_homepage_panels")
def show_days(request: HttpRequest, panels: list[Component]) -> None:
    if may_draft(person_of(request)):
        panels.append(DaysPanel())


class SendMenuItem(ActionMenuItem):
    """Saves the article and leads to the page from which it is sent."""

    name = SEND
    label = gettext_lazy("Save, then send to co-publishers")
    icon_name = "mail"
    order = 5

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return context["view"] == "edit" and isinstance(page, FocusArticlePage)


@hooks.register("register_page_action_menu_item")
def send_menu_item() -> SendMenuItem:
    return SendMenuItem()


@hooks.register("after_edit_page")
def lead_to_sending(request: HttpRequest, page: Page) -> HttpResponse | None:
    if SEND in request.POST and isinstance(page.specific, FocusArticlePage):
        return redirect("focus_article", page.pk)
    return None


@hooks.register("before_publish_page")
def refuse_without_approval(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead whoever presses "Publish" to the page that shows who has to approve first."""
    article = page.specific_deferred
    if not isinstance(article, FocusArticlePage) or not page.get_latest_revision():
        return None
    if not page.get_latest_revision().content.get("co_publishers"):
        return None
    messages.error(request, _("Saved, not published: its co-publishers have to approve it first."))
    return redirect("focus_article", page.pk)
