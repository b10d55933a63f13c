"""What the people of each role may do in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from laurels.accounts.enums import Role

if TYPE_CHECKING:
    from wagtail.models import Page

EDITED_APPS = ("editions", "library", "partners", "seminars")
PAGES = {
    Role.SECRETARIAT: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.EDITOR: ("add_page", "change_page"),
}


def make_roles(home: Page) -> None:
    """Make the groups that are missing; one that is there is left as people made it."""
    for role, codenames in PAGES.items():
        group, is_new = Group.objects.get_or_create(name=role.value)
        if not is_new:
            continue
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        for codename in codenames:
            GroupPagePermission.objects.create(
                group=group, page=home, permission=_permission("wagtailcore", codename)
            )
        if role == Role.SECRETARIAT:
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label__in=EDITED_APPS)
            )


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
