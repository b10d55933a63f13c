"""The people of the award in the admin: list, invite, edit, deactivate; and one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import account
from wagtail.users.views import users

from laurels.foundation import clock
from laurels.website import actions
from laurels.website.forms import PersonForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from laurels.accounts.models import Person


def _roles(person: Person) -> str:
    return ", ".join(group.name for group in person.groups.all())


def _partner(person: Person) -> str:
    member = getattr(person, "membership", None)
    return member.partner.short_name if member else ""


class PeopleView(users.IndexView):
    page_title = _("People")
    add_item_label = _("Invite a person")
    search_fields = ("name", "email")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("Mail address"), sort_key="email"),
            Column("roles", label=_("Roles"), accessor=_roles),
            Column("partner", label=_("Partner"), accessor=_partner),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last here"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[Person]:
        people: QuerySet[Person] = super().get_base_queryset()
        return people.select_related("membership__partner").prefetch_related("groups")

    def order_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        # The parent sorts names by a first and a last one, which people here do not have.
        return queryset.order_by(self.ordering) if self.ordering else queryset


class InviteView(users.CreateView):
    page_title = _("Invite a person")
    success_message = _("%(object)s gets a letter that tells how to sign in.")

    def save_instance(self) -> Person:
        with transaction.atomic():
            person: Person = super().save_instance()
            actions.invite_person(person=person, invited_by=self.request.user, now=clock.now())
        return person


class EditView(users.EditView):
    success_message = _("%(object)s is changed.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False  # a name in the audit trail outlives the account: deactivate it

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Who can change an administrator's address can become that administrator.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class PersonViewSet(users.UserViewSet):
    ordering = "name"
    menu_label = _("People")
    index_view_class = PeopleView
    add_view_class = InviteView
    edit_view_class = EditView
    index_template_name = "wagtailusers/users/index.html"
    index_results_template_name = "wagtailusers/users/index_results.html"
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:  # noqa: ARG002, FBT001, FBT002 -- Wagtail's own
        return PersonForm


class AccountView(account.AccountView):
    """What people set for themselves: the admin's language, their time zone, their picture.

    Wagtail's panel of names asks for a first and a last one, which people here do not have, and
    could not be saved. Name and address are the secretariat's to change: the audit trail and the
    approvals of partners go by them.
    """

    def get_panels(self) -> list[Any]:
        panels = super().get_panels()
        return [each for each in panels if not isinstance(each, account.NameEmailSettingsPanel)]


own_account = never_cache(require_admin_access(AccountView.as_view()))
