"""Outside the demo nothing of it exists."""

import json
import os
import subprocess
import sys

PROBE = """
import json, django
django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve

def found(path):
    try:
        return resolve(path).func.__module__.startswith("laurels.demo")
    except Resolver404:
        return False

paths = ["/demo/", "/demo/mailbox/", "/demo/clock/", "/demo/sign-in/"]
processors = settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
print(json.dumps({
    "app": apps.is_installed("laurels.demo"),
    "pages": [path for path in paths if found(path)],
    "strip": [name for name in processors if "demo" in name],
}))
"""


def probe(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_outside_the_demo_neither_app_nor_page_nor_strip_exists():
    assert probe(LAURELS_DEMO="0") == {"app": False, "pages": [], "strip": []}


def test_the_probe_sees_the_demo_where_there_is_one():
    seen = probe(LAURELS_DEMO="1")

    assert seen["app"]
    assert len(seen["pages"]) == 4
    assert seen["strip"] == ["laurels.demo.context.strip"]


def test_prepare_demo_is_no_command_outside_the_demo():
    done = subprocess.run(
        [sys.executable, "-m", "django", "prepare_demo"],
        env={**os.environ, "LAURELS_DEMO": "0"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "Unknown command" in done.stderr
