"""What the people of each role may do in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale

from laurels.accounts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from laurels.website.models import HomePage

EDITED_APPS = ("editions", "library", "partners", "seminars", "focus")
# On the pages as written, and on the pages of the translations.
ORIGINALS = {
    Role.SECRETARIAT: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.PUBLISHER: ("change_page", "publish_page", "lock_page", "unlock_page"),
    Role.EDITOR: ("add_page", "change_page"),
}
TRANSLATIONS = {
    Role.SECRETARIAT: ORIGINALS[Role.SECRETARIAT],
    Role.PUBLISHER: ORIGINALS[Role.PUBLISHER],
    Role.TRANSLATOR: ("add_page", "change_page"),
}
FILES = ("add_image", "change_image", "choose_image")
PAPERS = ("add_document", "change_document", "choose_document")
COLLECTION = {
    Role.SECRETARIAT: (*FILES, *PAPERS),
    Role.PUBLISHER: ("choose_image", "choose_document"),
    Role.EDITOR: (*FILES, *PAPERS),
}


def make_roles(home: HomePage) -> None:
    """Make the groups that are missing; one that is there is left as people made it."""
    translated = plant_language_homes(home)
    for role in Role:
        group, is_new = Group.objects.get_or_create(name=role.value)
        if not is_new:
            continue
        group.permissions.add(*_permissions(role))
        _let(group, [home], ORIGINALS.get(role, ()))
        _let(group, translated, TRANSLATIONS.get(role, ()))
        for codename in COLLECTION.get(role, ()):
            GroupCollectionPermission.objects.create(
                group=group,
                collection=Collection.get_first_root_node(),
                permission=Permission.objects.get(codename=codename),
            )


def plant_language_homes(home: HomePage) -> list[HomePage]:
    """Return the home page of each further language, under which its translations hang."""
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    locales = Locale.objects.filter(language_code__in=codes)
    return [
        home.get_translation_or_none(locale) or home.copy_for_translation(locale, alias=True)
        for locale in locales
    ]


def _permissions(role: Role) -> Iterable[Permission]:
    yield _permission("wagtailadmin", "access_admin")
    if role in {Role.SECRETARIAT, Role.TRANSLATOR}:
        yield _permission("wagtail_localize", "submit_translation")
    if role == Role.SECRETARIAT:
        yield _permission("accounts", "add_person")
        yield _permission("accounts", "change_person")
        yield _permission("results", "run_election")
        yield _permission("foundation", "release_batch")
        yield from Permission.objects.filter(content_type__app_label__in=EDITED_APPS)


def _let(group: Group, pages: Sequence[HomePage], codenames: Iterable[str]) -> None:
    for page in pages:
        for codename in codenames:
            GroupPagePermission.objects.create(
                group=group, page=page, permission=_permission("wagtailcore", codename)
            )


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
