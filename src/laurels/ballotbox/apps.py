from django.apps import AppConfig


class BallotboxConfig(AppConfig):
    name = "laurels.ballotbox"
