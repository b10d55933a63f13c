from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "laurels.design"
