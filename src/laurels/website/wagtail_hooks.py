from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from laurels.foundation.models import MailBatch
from laurels.website import batches, desk, reports

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.urls import URLPattern


class ImportMenuItem(MenuItem):
    """Shown to those who may add initiatives by the file."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("library.add_initiativepage")


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    return [
        path("import/", desk.import_file, name="import_file"),
        path("import/template.xlsx", desk.import_template, name="import_template"),
        path("import/<int:pk>/", desk.import_kept_file, name="import_kept_file"),
        path("import/<int:pk>/check/", desk.check_kept_file, name="check_kept_file"),
        path("import/<int:pk>/take-in/", desk.take_in_file, name="take_in_file"),
    ]


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("reports/languages/", reports.languages_report, name="languages_report"),
        path("reports/guests/", reports.guests_report, name="guests_report"),
    ]


@hooks.register("register_reports_menu_item")
def languages_menu_item() -> MenuItem:
    return MenuItem(_("Languages"), reverse("languages_report"), icon_name="globe", order=100)


class GuestsMenuItem(MenuItem):
    """Shown to partners and to those who run seminars."""

    def is_shown(self, request: HttpRequest) -> bool:
        return reports.sees_guests(request)


@hooks.register("register_reports_menu_item")
def guests_menu_item() -> MenuItem:
    return GuestsMenuItem(
        _("Guests by your word"), reverse("guests_report"), icon_name="group", order=110
    )


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(_("Import"), reverse("import_file"), icon_name="download", order=225)


class OutboxMenuItem(MenuItem):
    """Shown to those who may send letters to many."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(batches.RELEASE)


class WaitingLettersPanel(Component):
    """What the first page of the admin says first: letters that nobody has sent yet."""

    name = "waiting_letters"
    template_name = "website/admin/waiting_letters_panel.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 -- Wagtail's own
        return {"batches": MailBatch.objects.waiting().with_counts(), "may_send": True}


@hooks.register("register_admin_urls")
def outbox_urls() -> list[URLPattern]:
    here = "outbox/<int:pk>/"
    return [
        path("outbox/", batches.letter_batches, name="letter_batches"),
        path(here, batches.letter_batch, name="letter_batch"),
        path(f"{here}send/", batches.send_letter_batch, name="send_letter_batch"),
        path(f"{here}discard/", batches.discard_letter_batch, name="discard_letter_batch"),
        path(f"{here}<int:letter>/sample/", batches.send_sample, name="send_sample"),
    ]


@hooks.register("register_permissions")
def outbox_permission() -> QuerySet[Permission]:
    """Let the permission be given to a role under Settings > Groups."""
    return Permission.objects.filter(content_type__app_label="foundation", codename="release_batch")


@hooks.register("register_admin_menu_item")
def outbox_menu_item() -> MenuItem:
    return OutboxMenuItem(_("Outbox"), reverse("letter_batches"), icon_name="mail", order=242)


@hooks.register("construct_homepage_panels")
def show_waiting_letters(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(batches.RELEASE):
        panels.append(WaitingLettersPanel())
