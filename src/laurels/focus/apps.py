from django.apps import AppConfig


class FocusConfig(AppConfig):
    name = "laurels.focus"

    def ready(self) -> None:
        from laurels.focus import receivers  # noqa: F401 -- connects them
