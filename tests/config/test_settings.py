import os
import subprocess
import sys

import pytest

COMPLETE = {
    "LAURELS_ENV": "production",
    "LAURELS_SECRET_KEY": "s" * 64,
    "LAURELS_DATA": "/srv/laurels",
    "LAURELS_SITE_URL": "https://award.example",
    "LAURELS_BOX_URL": "https://box.award.example",
    "LAURELS_MAIL_FROM": "The award <award@award.example>",
    "LAURELS_SMTP_HOST": "mail.award.example",
    "DATABASE_URL": "postgresql://laurels@db.example/laurels",
    "REGISTRAR_DATABASE_URL": "postgresql://laurels@db.example/registrar",
}
SHOW = "from django.conf import settings; settings.DEBUG; print({})"


def start(environment, expression="'started'"):
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "laurels.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", SHOW.format(expression)],
        env={**clean, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_production_starts_when_everything_is_set():
    started = start(COMPLETE, "settings.ALLOWED_HOSTS, settings.DEBUG, settings.DEMO")

    assert started.stdout == "['award.example'] False False\n", started.stderr


@pytest.mark.parametrize("name", sorted(COMPLETE.keys() - {"LAURELS_ENV"}))
def test_production_refuses_to_start_without(name):
    refused = start({key: value for key, value in COMPLETE.items() if key != name})

    assert refused.returncode == 1
    assert f"{name} " in refused.stderr
    assert "docs/operate.md" in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("LAURELS_SECRET_KEY", "short", "LAURELS_SECRET_KEY is shorter than 50 characters."),
        ("LAURELS_SITE_URL", "http://award.example", "LAURELS_SITE_URL must begin with https://"),
        ("LAURELS_BOX_URL", "http://box.example", "LAURELS_BOX_URL must begin with https://"),
        ("LAURELS_BOX_URL", "https://award.example:1", "need a host each"),
        ("LAURELS_DEMO", "1", "LAURELS_DEMO is on"),
        ("LAURELS_SMTP_PORT", "smtp", "LAURELS_SMTP_PORT is 'smtp'; write a whole number."),
        ("REGISTRAR_DATABASE_URL", COMPLETE["DATABASE_URL"], "need a database each"),
    ],
)
def test_production_refuses_what_would_harm(name, value, sentence):
    refused = start({**COMPLETE, name: value})

    assert refused.returncode == 1
    assert sentence in refused.stderr


def test_all_that_is_missing_is_said_at_once():
    refused = start({"LAURELS_ENV": "production"})

    unsaid = [name for name in COMPLETE if f"{name} " not in refused.stderr]
    assert unsaid == ["LAURELS_ENV"]


def test_the_demo_is_not_installed_outside_the_demo():
    started = start(COMPLETE, "'laurels.demo' in settings.INSTALLED_APPS")

    assert started.stdout == "False\n", started.stderr


def test_an_unknown_environment_is_refused():
    refused = start({"LAURELS_ENV": "prodution"})

    assert "LAURELS_ENV is 'prodution'; write local, test or production." in refused.stderr
