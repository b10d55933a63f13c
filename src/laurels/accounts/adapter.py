"""How sign-in differs from django-allauth's own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

ADMIN = "wagtailadmin.access_admin"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: the secretariat enters the people who work on the award."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth asks so
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead who may enter the admin to it, and all others to the desks that they moderate."""
        if request.user.has_perm(ADMIN):
            return str(settings.LOGIN_REDIRECT_URL)
        return reverse("seminars:desks")

    def is_safe_url(self, url: str) -> bool:
        """Return whether to go on to `url` after sign-in.

        The admin sends whom it does not let in back to sign-in: together they would go in circles.
        """
        if _is_in_the_admin(url) and _is_kept_out(self.request):
            return False
        return bool(super().is_safe_url(url))


def _is_in_the_admin(url: str) -> bool:
    return urlsplit(url).path.startswith(reverse("wagtailadmin_home"))


def _is_kept_out(request: HttpRequest | None) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and not user.has_perm(ADMIN)
