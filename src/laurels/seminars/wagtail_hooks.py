"""Seminars in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from laurels.design.templatetags.moments import when
from laurels.library.models import InitiativePage
from laurels.seminars import views
from laurels.seminars.forms import SeminarForm
from laurels.seminars.models import Question, Seminar, Series

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from wagtail.models import Page

PRESENTATION_PANELS = [
    PageChooserPanel("initiative", "library.InitiativePage"),
    FieldRowPanel([FieldPanel("speakers"), FieldPanel("minutes")]),
]


EMBED_HELP = _(
    "What the live room shows in its page: a YouTube video or stream by any of its addresses, or a"
    " Jitsi or BigBlueButton room whose server allows it. Zoom and Teams allow it nowhere."
)


def _when(seminar: Seminar) -> str:
    return when(seminar.starts_at, seminar.ends_at, seminar.timezone)


class SeminarViewSet(SnippetViewSet):
    """Times are typed and shown as the host's clocks show them."""

    model = Seminar
    icon = "comment"
    menu_order = 240
    add_to_admin_menu = True
    list_display: ClassVar = [
        "title",
        "edition",
        "number",
        Column("when", label=_("When"), accessor=_when, sort_key="starts_at"),
        BooleanColumn(
            "cities_complete", label=_("All cities are announced"), sort_key="cities_complete"
        ),
    ]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("number")]),
        FieldPanel("title"),
        FieldPanel("subtitle"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("own_timezone", help_text=_("Choose one only where it is not the edition's.")),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("interpretation")]),
        FieldRowPanel([FieldPanel("platform"), FieldPanel("capacity")]),
        FieldPanel(
            "join_url",
            help_text=_(
                "Secret. Registrants are sent on to it from 15 minutes before the start; without"
                " one, to the live room, if it has a player."
            ),
        ),
        FieldPanel("embed_url", help_text=EMBED_HELP),
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
    edit_handler = ObjectList(panels, base_form_class=SeminarForm)


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "comment"
    panels: ClassVar = [FieldPanel("edition"), FieldPanel("title"), FieldPanel("subtitle")]


register_snippet(SeminarViewSet)
register_snippet(SeriesViewSet)


class RegistrationsMenuItem(MenuItem):
    """Shown to those who run seminars only."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("seminars.run_seminar")


@hooks.register("register_admin_urls")
def registration_urls() -> list[URLPattern]:
    here = "seminars/<int:pk>/people/"
    return [
        path("seminars/people/", views.seminar_desk, name="seminar_desk"),
        path(here, views.people, name="people"),
        path(f"{here}add/", views.add_person, name="add_person"),
        path(f"{here}move/", views.move_seminar, name="move_seminar"),
        path(f"{here}cancel/", views.cancel_seminar, name="cancel_seminar"),
        path(f"{here}thank/", views.thank_people, name="thank_people"),
        path(f"{here}write-again/", views.write_again, name="write_again"),
        path(f"{here}<int:registration>/cancel/", views.cancel_person, name="cancel_person"),
        path("seminars/<int:pk>/people.<str:kind>", views.people_file, name="people_file"),
    ]


@hooks.register("register_admin_menu_item")
def registrations_menu_item() -> MenuItem:
    return RegistrationsMenuItem(
        _("Registrations"), reverse("seminar_desk"), icon_name="group", order=241
    )


@hooks.register("before_delete_page")
def keep_what_was_asked(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why an initiative stays that was asked something in a seminar, and what to do instead."""
    here = InitiativePage.objects.descendant_of(page, inclusive=True)
    named = Q(initiative__in=here) | Q(answers__initiative__in=here)
    count = Question.objects.filter(named).distinct().count()
    if not count:
        return None
    sentence = ngettext(
        "Not deleted: %(count)s question of a seminar stands on this page for good. Unpublish it "
        "instead.",
        "Not deleted: %(count)s questions of seminars stand on this page for good. Unpublish it "
        "instead.",
        count,
    )
    messages.error(request, sentence % {"count": count})
    return redirect("wagtailadmin_explore", page.get_parent().pk)
