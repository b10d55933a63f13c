"""Fixtures of the test plugin that must stand nearer than those of the same name in others."""

import pytest
from django.core.cache import cache
from django.utils import translation

# pytest-django and pytest-playwright are loaded after the plugin, so theirs would win.
from laurels.config.testplugin import browser_type_launch_args, django_db_setup

__all__ = ["browser_type_launch_args", "django_db_setup"]


@pytest.fixture(autouse=True)
def _english():
    """Begin each test in English: a request in another language leaves that one behind."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _empty_cache():
    """What one test kept for a minute neither shows in the next nor runs out in its midst."""
    cache.clear()
