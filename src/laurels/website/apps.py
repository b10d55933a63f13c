from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "laurels.website"

    def ready(self) -> None:
        from laurels.website import receivers  # noqa: F401 -- connects them
