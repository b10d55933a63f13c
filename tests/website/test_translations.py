"""The report of languages: what is translated, changed since, begun and missing."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import TranslationSource

from laurels.accounts.enums import Role
from laurels.ballotbox.models import Candidate, Election
from laurels.foundation import clock
from laurels.library.models import InitiativePage
from laurels.website import translations
from laurels.website.actions.pages import plant_pages
from laurels.website.actions.roles import make_roles
from laurels.website.translations import State
from tests.factories.ballotbox import make_poll
from tests.factories.editions import make_edition
from tests.factories.languages import translate
from tests.factories.library import make_initiative
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_initiative(make_edition(2023), recorded_title="Food systems")


def states(page):
    (row,) = translations.rows_of([page])
    return {cell.language: cell.state for cell in row.cells}


def test_states_of_a_page(case):
    TranslationSource.get_or_create_from_instance(case)
    translate(case, "es", recorded_title="Sistemas")
    translate(case, "fr", publish=False)

    found = states(case)
    case.recorded_title = "Food systems of the city"
    case.save()

    assert found == {
        "zh-hans": State.MISSING,
        "es": State.TRANSLATED,
        "fr": State.BEGUN,
        "ar": State.MISSING,
        "ru": State.MISSING,
    }
    assert states(case)["es"] == State.CHANGED


def test_a_changed_fact_asks_for_no_new_translation(case):
    TranslationSource.get_or_create_from_instance(case)
    translate(case, "es", recorded_title="Sistemas")
    case.population = 5_000_000
    case.save()

    assert states(case)["es"] == State.TRANSLATED


def test_candidate_without_a_language_is_a_defect_until_the_vote_is_closed(case):
    poll = make_poll(settings.KEYS, now=clock.now())
    Election.objects.filter(pk=poll.election.pk).update(is_rehearsal=False)
    Candidate.objects.create(
        election=poll.election, number=90, code="ninety", name="Ninety", initiative=case
    )
    for language in ("zh-hans", "es", "fr", "ar"):
        translate(case, language, recorded_title="Translated")

    (row,) = translations.candidates_lacking_a_language()
    translate(case, "ru", recorded_title="Translated")

    assert (row.page, row.lacks) == (case, ["ru"])
    assert translations.candidates_lacking_a_language() == []


def test_report_names_pages_and_leads_to_what_is_to_be_done(client, case):
    home, _library, _focus = plant_pages()
    make_roles(home)
    translation = translate(case, "es", publish=False)
    sign_in(client, Role.TRANSLATOR)

    shown = client.get("/cms/reports/languages/").content.decode()

    assert f'href="/cms/pages/{translation.pk}/edit/">begun</a>' in shown
    assert f"/cms/localize/submit/page/{case.pk}/" in shown


def test_report_takes_as_many_queries_however_long(case):
    def count():
        with CaptureQueriesContext(connection) as queries:
            translations.rows_of(InitiativePage.objects.live())
        return len(queries)

    translate(case, "es", recorded_title="Uno")
    for_one = count()
    translate(make_initiative(case.edition, "Durban"), "es", recorded_title="Dos")

    assert count() == for_one
