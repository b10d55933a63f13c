"""An initiative in several languages is one initiative, at one address in each."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from laurels.foundation.languages import WordsAreBorrowed, languages_of
from laurels.library.models import Honour, InitiativePage
from tests.factories.editions import make_edition, make_revealed_edition
from tests.factories.languages import translate
from tests.factories.library import make_honour, make_initiative
from tests.html import plain

pytestmark = pytest.mark.django_db
ADDRESS = "/initiatives/2023-cape-town/"


@pytest.fixture
def initiative():
    return make_initiative(make_edition(2023), recorded_title="Food systems", summary="It grew.")


def test_translation_lends_its_words_and_nothing_else(client, initiative):
    translate(initiative, recorded_title="Sistemas alimentarios", summary="Creció.")
    InitiativePage.objects.filter(pk=initiative.pk).update(population=4_000_000)

    english, spanish = plain(client.get(ADDRESS)), plain(client.get(f"/es{ADDRESS}"))

    assert "Food systems" in english
    assert "Sistemas alimentarios" in spanish
    assert "Food systems" not in spanish
    assert "4 000 000" in spanish  # a fact of the original


def test_page_without_a_translation_stays_with_the_interface_read(client, initiative):
    shown = plain(client.get(f"/ar{ADDRESS}"))

    assert '<html lang="ar" dir="rtl">' in shown
    assert 'class="wrap small muted untranslated"' in shown
    assert ' lang="en" dir="ltr"> Food systems </h1>' in shown
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{ADDRESS}"' in shown


def test_translation_has_no_second_address(client, initiative):
    translation = translate(initiative, recorded_title="Sistemas")
    type(translation).objects.filter(pk=translation.pk).update(slug="otra")
    translation = InitiativePage.objects.get(pk=translation.pk)

    assert translation.url == f"/es{ADDRESS}"
    assert client.get("/es/initiatives/otra/").status_code == 404
    with override("es"):
        assert initiative.url == f"/es{ADDRESS}"
    with override("en"):
        assert initiative.url == ADDRESS


def test_a_draft_is_not_shown_and_its_language_is_marked(client, initiative):
    translate(initiative, "fr", publish=False, recorded_title="Ébauche")
    translate(initiative, "es", recorded_title="Sistemas")

    french = plain(client.get(f"/fr{ADDRESS}"))

    assert "Ébauche" not in french
    assert languages_of(initiative) == {"en", "es"}
    assert f'hreflang="es" href="http://127.0.0.1:8000/es{ADDRESS}"' in french
    assert f'hreflang="fr" href="http://127.0.0.1:8000/fr{ADDRESS}"' not in french


def test_lists_show_each_initiative_once_in_the_words_read(client, initiative):
    translate(initiative, recorded_title="Sistemas alimentarios")
    translate(initiative, "fr", recorded_title="Systèmes alimentaires")

    shown = plain(client.get("/es/initiatives/"))

    assert shown.count("Sistemas alimentarios") == 1
    assert "Systèmes" not in shown
    assert InitiativePage.objects.live().count() == 1
    assert InitiativePage.objects.count() == 3


def test_a_list_takes_one_query_more_for_words_however_long(initiative, django_assert_num_queries):
    def count():
        with CaptureQueriesContext(connection) as queries:
            list(InitiativePage.objects.for_the_library())
        return len(queries)

    translate(initiative, recorded_title="Sistemas")
    with override("en"):
        in_english = count()
    with override("es"):
        for_one = count()
        translate(make_initiative(initiative.edition, "Durban"), recorded_title="Dos")
        for_two = count()

    assert for_one == in_english + 1
    assert for_two == for_one


def test_translation_copies_no_rows_that_hang_from_the_page():
    initiative = make_initiative(make_revealed_edition())
    make_honour(initiative)

    translation = translate(initiative, recorded_title="Sistemas")

    assert Honour.objects.count() == 1
    assert list(translation.honours.all()) == []


def test_borrowed_words_cannot_be_stored(initiative):
    translate(initiative, recorded_title="Sistemas")
    with override("es"):
        borrowed = InitiativePage.objects.live().in_words().get()
        with pytest.raises(WordsAreBorrowed):
            borrowed.save()

    assert InitiativePage.objects.live().get().recorded_title == "Food systems"


def test_a_city_that_wrote_in_another_language_is_marked_so(client, initiative):
    InitiativePage.objects.filter(pk=initiative.pk).update(text_language="es")

    english, spanish = plain(client.get(ADDRESS)), plain(client.get(f"/es{ADDRESS}"))

    assert ' lang="es" dir="ltr"> Food systems </h1>' in english
    assert "untranslated" not in spanish
