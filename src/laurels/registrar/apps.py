from django.apps import AppConfig


class RegistrarConfig(AppConfig):
    name = "laurels.registrar"

    def ready(self) -> None:
        from laurels.registrar import receivers  # noqa: F401 -- connects them
