"""The index follows what is public, in the transaction that changes it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from laurels.library.enums import HonourKind
from laurels.library.models import Goal, SearchLexeme, SearchMatch, SearchWord
from laurels.library.search import LibraryQuestion, find, find_all
from laurels.library.search.keeping import indexed_together
from tests.factories.editions import make_edition
from tests.factories.library import make_city, make_honour, make_initiative, make_theme

pytestmark = pytest.mark.django_db


def keys(words="", told=(), **choices):
    chosen = {facet: (value,) for facet, value in choices.items()}
    return find_all(LibraryQuestion(words=words, **chosen), told=told)


def tables():
    """Return everything in the index, but for the order of rows."""
    with connection.cursor() as cursor:
        found = {}
        for table in ("match", "rank", "lexeme", "word"):
            cursor.execute(f"select t::text from library_search{table} t")  # noqa: S608 -- our tables
            found[table] = sorted(row for (row,) in cursor.fetchall())
    return found


@pytest.fixture
def edition():
    return make_edition(2023)


def test_case_is_found_from_its_saving_on(edition):
    page = make_initiative(edition, recorded_title="Care blocks")
    assert keys("blocks") == [page.pk]

    page.recorded_title = "Night buses"
    page.save()

    assert keys("blocks") == []
    assert keys("buses") == [page.pk]


def test_case_that_is_taken_back_leaves_nothing_behind(edition):
    before = tables()
    for end in ("unpublish", "delete"):
        page = make_initiative(edition, "Xianning", recorded_title="Seen from one metre")
        assert tables() != before

        getattr(page, end)()

        assert tables() == before, end


def test_library_that_is_deleted_takes_its_cases_out(edition):
    page = make_initiative(edition)

    page.get_parent().specific.delete()

    assert not SearchMatch.objects.exists()
    assert not SearchLexeme.objects.exists()


def test_draft_is_not_found_before_it_is_published(edition):
    page = make_initiative(edition, recorded_title="Care blocks")
    page.recorded_title = "Night buses"

    revision = page.save_revision()

    assert keys("buses") == []
    assert not SearchWord.objects.filter(form="buses").exists()
    revision.publish()
    assert keys("buses") == [page.pk]


def test_rolled_back_saving_leaves_no_trace(edition):
    make_initiative(edition)
    before = tables()

    with transaction.atomic():
        make_initiative(edition, "Bogotá", recorded_title="Care blocks")
        transaction.set_rollback(True)

    assert tables() == before


@pytest.mark.parametrize("where", ["case", "library"])
def test_restricted_case_is_neither_found_nor_counted(edition, where):
    page = make_initiative(edition, recorded_title="Care blocks")
    restricted = page if where == "case" else page.get_parent()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)

    found = find(LibraryQuestion(words="care"), told=())

    assert (found.pks, found.count, found.facets["edition"]) == ([], 0, [])
    page.save()
    assert not SearchMatch.objects.exists()


def test_renamed_city_and_theme_are_found_by_their_new_names(edition):
    page = make_initiative(edition, "Pekin")
    page.themes = [make_theme("food")]
    page.save()
    city, theme = make_city("Pekin"), make_theme("food")

    city.name = "Beijing"
    city.save()
    theme.name = "Nourishment"
    theme.save()

    assert keys("beijing") == keys("nourishment") == [page.pk]
    assert keys("pekin") == keys("food") == []


def test_honour_is_a_choice_once_its_edition_is_told(edition):
    page = make_initiative(edition)
    honour = make_honour(page)

    assert keys(outcome="winner") == []
    assert keys(outcome="winner", told=[edition.pk]) == [page.pk]
    honour.delete()
    assert keys(outcome="winner", told=[edition.pk]) == []


def test_deleted_theme_never_lends_its_place_to_another(edition):
    page = make_initiative(edition)
    page.themes = [make_theme("food")]
    page.save()
    make_theme("food").delete()

    other = make_initiative(edition, "Durban")
    other.themes = [make_theme("health")]
    other.save()

    assert keys(theme="health") == [other.pk]


def test_rebuilding_gives_what_saving_gave(edition):
    for city in ("Bogotá", "Kazan", "Xianning"):
        page = make_initiative(edition, city, recorded_title=f"Care in {city}", summary="Care.")
        page.themes, page.goals = [make_theme()], [Goal.objects.get_or_create(number=3)[0]]
        page.save()
        make_honour(page, HonourKind.MEDAL_OF_HONOR)
    saved = tables()

    call_command("index_library", verbosity=0)
    call_command("index_library", verbosity=0)

    assert tables() == saved
    assert len(keys("care")) == 3


def test_saved_together_are_indexed_at_the_end(edition):
    pages = [make_initiative(edition, city) for city in ("Bogotá", "Kazan")]

    with indexed_together():
        for page in pages:
            page.recorded_title = "Care"
            page.save()
        assert keys("care") == []

    assert len(keys("care")) == 2
