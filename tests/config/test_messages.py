"""The catalogues of the interface: they compile, their blanks fit, and nobody meets English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from laurels.config.messages import FOLDER, compile_catalogues
from laurels.foundation import clock
from tests.factories.ballotbox import make_poll
from tests.html import plain
from tests.sentences import COMPLETE, GUESTS_PATH, PUBLIC_PAGES, VOTERS_PATH, met_on
from tools import messages

BLANK = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
COUNTED = re.compile(r"\b(count|minutes|more|number|total|visits|votes)\b")
TEXT = re.compile(r">\s*([^<>{}]*\w[^<>{}]*?)\s*<")


def catalogue(language):
    with (FOLDER / language / "LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def template():
    return messages.gather()


def test_catalogues_compile_once_and_again_when_a_word_changes(tmp_path):
    file = tmp_path / "es/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Vote"\nmsgstr "Votar"\n')

    assert compile_catalogues(tmp_path) == [file.with_suffix(".mo")]
    assert compile_catalogues(tmp_path) == []
    file.write_text('msgid "Vote"\nmsgstr "Vote usted"\n')
    assert compile_catalogues(tmp_path) == [file.with_suffix(".mo")]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_blanks_of_a_translation_are_those_of_the_original(language):
    wrong = []
    for message in catalogue(language):
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        known = set(BLANK.findall(" ".join(originals)))
        needed = set.intersection(*(set(BLANK.findall(original)) for original in originals))
        for place, form in enumerate(forms if message.id else ()):
            blanks = set(BLANK.findall(form))
            # "No cities", "one city", "two cities" need no figure; the last form always does.
            is_last = place == len(forms) - 1
            may_lack = {blank for blank in needed if COUNTED.search(blank) and not is_last}
            if form and not needed - may_lack <= blanks <= known:
                wrong.append((message.id, form))

    assert wrong == []


def untranslated(template, language, *paths):
    words = catalogue(language)
    for message in template:
        if not message.id or (paths and not met_on(message, *paths)):
            continue
        found = words.get(message.id, message.context)
        if found is None or not found.string or not all(found.string):
            yield message.id


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_word_that_voters_guests_and_readers_meet_is_translated(template, language):
    missing = list(untranslated(template, language, VOTERS_PATH, GUESTS_PATH, PUBLIC_PAGES))

    assert missing == [], "run tools/messages.py and translate these"


@pytest.mark.parametrize("language", COMPLETE)
def test_every_word_that_the_secretariat_meets_is_translated(template, language):
    missing = list(untranslated(template, language))

    assert missing == [], "run tools/messages.py and translate these"


@pytest.mark.django_db(databases=["default", "registrar"])
@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh-hans"])
def test_ballot_page_has_no_english_of_the_voters_path_left(client, settings, template, language):
    poll = make_poll(settings.KEYS, now=clock.now())

    shown = plain(client.get(f"/{language}/vote/{poll.election.slug}/"))
    translation.activate("en")

    texts = TEXT.findall(shown)
    ours = {message.id for message in template if met_on(message, VOTERS_PATH)}
    assert len(texts) > 50
    assert [text for text in texts if text in ours - {"FOCUS"}] == []


def test_tool_gathers_python_and_templates(tmp_path):
    (tmp_path / "templates").mkdir()
    page = (
        "{% load i18n %}<p>  {% translate 'Read' %}\n"
        "   {% blocktranslate count n=2 %}{{ n }} city{% plural %}{{ n }} cities"
        "{% endblocktranslate %}</p>"
    )
    (tmp_path / "templates/page.html").write_text(page)
    (tmp_path / "rules.py").write_text('REFUSED = _("Too late")\n')

    found = {message.id for message in messages.gather(Path(tmp_path)) if message.id}

    assert found == {"Read", ("%(n)s city", "%(n)s cities"), "Too late"}
