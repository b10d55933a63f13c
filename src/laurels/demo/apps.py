from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "laurels.demo"

    def ready(self) -> None:
        from laurels.demo import receivers  # noqa: F401 -- wiring, once apps are loaded
