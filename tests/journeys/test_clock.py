"""The clock in a real browser says what the server would say to somebody in that zone."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from laurels.design.instants import reader_text
from laurels.seminars.forms.registering import zones

SCRIPT = (Path(__file__).parents[2] / "src/laurels/design/static/js/time.js").read_text()
PAGE = """{% load moments %}<!DOCTYPE html><meta charset="utf-8">
<body>{% for start, end, host, closes in cases %}{% when start end host closes=closes %}
{% endfor %}{% include "components/clock_words.html" %}
<script type="module" src="time.js"></script>"""
MARKS = re.compile("[\u2066-\u2069]")


def at(*when):
    return datetime(*when, tzinfo=UTC)


# A start; an end, or None; the zone of its host; whether it closes something.
KNOWN = [
    (at(2023, 11, 6, 12, 30), at(2023, 11, 6, 14), "Asia/Shanghai", False),
    (at(2023, 11, 6, 23), None, "Asia/Shanghai", False),
    (at(2023, 11, 30, 16), None, "Asia/Shanghai", True),
    # Clocks in Berlin, New York, Santiago and on Lord Howe go back; a span over that hour.
    (at(2023, 10, 29, 0, 30), at(2023, 10, 29, 1, 30), "Asia/Shanghai", False),
    (at(2023, 11, 5, 5, 30), at(2023, 11, 5, 6, 30), "Europe/Berlin", False),
    (at(2024, 4, 7, 3, 15), at(2024, 4, 7, 4, 15), "America/Santiago", False),
    (at(2024, 4, 6, 14, 45), at(2024, 4, 6, 15, 15), "Asia/Tokyo", False),
    # They go forward.
    (at(2024, 3, 31, 0, 59), at(2024, 3, 31, 1), "America/New_York", False),
    # To midnight, and over it; two days apart across the date line.
    (at(2023, 11, 6, 3, 30), at(2023, 11, 6, 5), "Asia/Kolkata", False),
    (at(2023, 11, 6, 4, 30), at(2023, 11, 6, 6), "Asia/Shanghai", False),
    (at(2023, 11, 6, 10, 30), at(2023, 11, 6, 11, 30), "Pacific/Kiritimati", False),
]


def some_cases(count):
    chance = random.Random(11)  # noqa: S311 -- the same cases each time
    hosts = zones()
    for _ in range(count):
        start = at(2000, 1, 1) + timedelta(minutes=chance.randrange(24 * 365 * 24 * 60))
        end = chance.choice([None, start + timedelta(minutes=chance.randrange(1, 600))])
        yield start, end, chance.choice(hosts[1:]), False


@pytest.mark.parametrize(
    ("zone", "language"),
    [
        ("America/Bogota", "en"),
        ("America/Bogota", "ar"),
        ("Europe/Berlin", "zh-hans"),
        ("America/New_York", "ru"),
        ("America/Santiago", "es"),
        ("Australia/Lord_Howe", "fr"),
        ("Asia/Calcutta", "en"),
        ("Asia/Kathmandu", "ar"),
        ("Pacific/Pago_Pago", "en"),
        ("Pacific/Kiritimati", "en"),
        ("Etc/GMT+5", "en"),
        ("UTC", "en"),
    ],
)
def test_browser_and_server_say_the_same_sentence(browser, zone, language):
    cases = [*KNOWN, *some_cases(60)]
    with translation.override(language):
        html = Template(PAGE).render(Context({"cases": cases}))
        expected = [
            MARKS.sub("", f"({reader_text(start, end, host, zone, closes=closes)})")
            for start, end, host, closes in cases
        ]
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    files = {"http://clock.example/": (html, "text/html"), "time.js": (SCRIPT, "text/javascript")}
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=files.get(route.request.url, files["time.js"])[0],
            content_type=files.get(route.request.url, files["time.js"])[1],
        ),
    )

    page.goto("http://clock.example/")
    said = page.locator(".other").all_text_contents()
    hours = page.locator(".other time").evaluate_all(
        "all => all.map(each => [each.dateTime, each.textContent])"
    )
    context.close()

    assert said == expected
    # What a machine reads in each <time> is the instant whose hour a person reads in it.
    for machine, text in hours:
        local = datetime.fromisoformat(machine).astimezone(ZoneInfo(zone))
        assert f"{local:%H:%M}" in text.replace("24:00", "00:00")


def test_browser_that_does_not_know_the_hosts_zone_leaves_utc(browser):
    html = Template(PAGE).render(Context({"cases": KNOWN[:2]}))
    html = html.replace('data-zone="Asia/Shanghai"', 'data-zone="Asia/Newtown"', 1)
    page = browser.new_page(timezone_id="America/Bogota")
    page.set_content(html + f'<script type="module">{SCRIPT}</script>')

    page.wait_for_function("document.querySelectorAll('.other')[1].textContent.includes('Bog')")
    said = page.locator(".other").all_text_contents()
    page.close()

    assert said[0] == "(12:30\N{EN DASH}14:00 UTC)"
