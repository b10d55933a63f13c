from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "laurels.seminars"

    def ready(self) -> None:
        from laurels.seminars import receivers  # noqa: F401 -- connects them
