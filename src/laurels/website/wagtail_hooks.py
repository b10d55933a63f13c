from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from laurels.website import desk, reports

if TYPE_CHECKING:
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
        path("import/<int:pk>/take-in/", desk.take_in_file, name="take_in_file"),
    ]


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [path("reports/languages/", reports.languages_report, name="languages_report")]


@hooks.register("register_reports_menu_item")
def languages_menu_item() -> MenuItem:
    return MenuItem(_("Languages"), reverse("languages_report"), icon_name="globe", order=100)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(_("Import"), reverse("import_file"), icon_name="download", order=225)
