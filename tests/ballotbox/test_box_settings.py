from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from laurels.ballotbox.box_settings import BoxSettingsAreIncomplete, read_settings

GIVEN = {
    "DATABASE_URL": "postgresql:///laurels",
    "LAURELS_DATA": "/srv/laurels",
    "LAURELS_SITE_URL": "https://award.example/",
}


def test_settings_are_read_from_the_environment():
    settings = read_settings(GIVEN)

    assert settings.keys == Path("/srv/laurels/keys")
    assert settings.logs == Path("/srv/laurels/logs")
    assert settings.site_url == "https://award.example"
    assert settings.is_demo is False
    assert read_settings(GIVEN | {"LAURELS_DEMO": "1"}).is_demo is True


def test_every_missing_variable_is_named():
    with pytest.raises(BoxSettingsAreIncomplete) as refused:
        read_settings({"LAURELS_DATA": " "})

    assert str(refused.value) == (
        "The ballot box cannot start: set DATABASE_URL, LAURELS_DATA, LAURELS_SITE_URL "
        "(docs/operate.md)."
    )


def test_box_does_not_load_django():
    code = "import sys, laurels.ballotbox.box; print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
