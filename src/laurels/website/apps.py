from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class WebsiteConfig(AppConfig):
    name = "laurels.website"
    default = True

    def ready(self) -> None:
        from laurels.website import receivers  # noqa: F401 -- connects them


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's screen of users, as ours: people with one name, roles and a partner."""

    user_viewset = "laurels.website.people.PersonViewSet"
