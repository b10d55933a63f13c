from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from laurels.results import views

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern


class ElectionsMenuItem(MenuItem):
    """Shown to the secretariat only."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("results.run_election")


@hooks.register("register_admin_urls")
def election_urls() -> list[URLPattern]:
    return [
        path("elections/", views.election_list, name="election_list"),
        path("elections/<slug:slug>/", views.election, name="election"),
        path("elections/<slug:slug>/step/", views.take_step, name="take_step"),
    ]


@hooks.register("register_admin_menu_item")
def elections_menu_item() -> MenuItem:
    return ElectionsMenuItem(
        _("Elections"), reverse("election_list"), icon_name="clipboard-list", order=250
    )
