"""What is found, in which order, with which counts: on the real library where that can be."""

from __future__ import annotations

import random
import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from laurels.editions.models import Edition
from laurels.library.enums import HonourKind
from laurels.library.models import InitiativePage
from laurels.library.regions import region_of
from laurels.library.search import FACETS, Ignored, LibraryQuestion, find, find_all
from laurels.library.search.facets import size_of
from tests.factories.editions import make_edition
from tests.factories.library import make_city, make_initiative
from tests.library.real_library import index_the_real_library

ASKED = [
    # words, what must be among the first three
    ("waste pickers", "2016 Qalyubeya Governorate"),
    ("Bogota", "2023 Bogotá"),
    ("sao paulo street traders", "2023 São Paulo"),
    ("participatory budgeting", "2016 Boston"),
    ("particpatory bugdeting", "2016 Boston"),
    ("Xianing", "2023 Xianning"),
    ("Ramalah seniors", "2023 Ramallah"),
    ("Россия", "2023 Kazan"),
    ("哥伦比亚", "2023 Bogotá"),
    ("哥倫比亞", "2023 Bogotá"),
    ("أوغندا", "2023 Kampala"),
    ("earthquake", "2012 Kocaeli"),
    ("SDG review", "2018 New York City"),
    ("zebras", "2016 La Paz"),
    ("flood rainwater", "2016 Malang"),
    ("toilets in slums", "2023 Pimpri Chinchwad"),
    ("solar panels households", "2016 Songpa-gu"),
]


def keep(documents, asked, but=""):
    """Return the documents that pass all choices but those of one facet, by plain reckoning."""
    return [
        document
        for document in documents
        if all(
            set(values) & set(values_of(document)[facet])
            for facet, values in asked.chosen.items()
            if facet != but
        )
    ]


def values_of(document):
    traits = document.traits
    size = size_of(traits.population)
    return {
        "theme": [f"bit-{bit}" for bit in traits.themes],
        "goal": [str(goal) for goal in traits.goals],
        "region": [region_of(traits.country_code).value],
        "country": [traits.country_code],
        "edition": [str(traits.year)],
        "outcome": list(traits.outcomes),
        "size": [size.value] if size else [],
        "language": list(traits.languages),
    }


@pytest.mark.django_db
def test_real_questions_find_what_was_meant_among_the_first_three():
    real = index_the_real_library()

    missed = []
    for words, meant in ASKED:
        found = find(LibraryQuestion(words=words), told=[], rows=3)
        if meant not in real.names(found.pks):
            missed.append((words, meant, real.names(found.pks)))

    assert missed == []


@pytest.mark.django_db
def test_counts_of_facets_are_those_of_plain_reckoning():
    real = index_the_real_library()
    documents = list(real.documents.values())
    years = sorted({document.traits.year for document in documents})
    told = [make_edition(year).pk for year in years]
    for code in {document.traits.country_code for document in documents}:
        make_city(f"Of {code}", f"Country {code}", code)
    rng = random.Random(5)  # noqa: S311 -- choices of a test
    every = {facet: Counter() for facet in FACETS}
    for document in documents:
        for facet, values in values_of(document).items():
            every[facet].update(values)
    facets = [facet for facet in FACETS if facet != "theme"]

    for _each in range(25):
        chosen = {
            facet: tuple(rng.sample(sorted(every[facet]), min(2, len(every[facet]))))
            for facet in rng.sample(facets, rng.choice([0, 1, 2, 3]))
        }
        asked = LibraryQuestion()._replace(**chosen)
        found = find(asked, told=told, rows=200)
        expected = keep(documents, asked)
        assert sorted(found.pks) == sorted(document.pk for document in expected), chosen
        assert found.count == len(expected)
        for facet in facets:
            counted = Counter(
                value
                for document in keep(documents, asked, but=facet)
                for value in values_of(document)[facet]
            )
            shown = {choice.value: choice.count for choice in found.facets[facet] if choice.count}
            assert shown == dict(counted), (chosen, facet)


@pytest.mark.django_db
def test_honours_of_an_edition_that_is_not_told_are_no_choice():
    real = index_the_real_library()
    years = sorted({document.traits.year for document in real.documents.values()})
    editions = {year: make_edition(year) for year in years}
    told = [edition.pk for year, edition in editions.items() if year != 2018]

    found = find(LibraryQuestion(outcome=(HonourKind.WINNER,)), told=told, rows=200)

    assert found.count
    assert not [name for name in real.names(found.pks) if name.startswith("2018")]
    edition = {choice.value: choice.count for choice in found.facets["edition"]}
    assert "2018" not in edition


@pytest.mark.django_db
def test_pages_and_the_whole_are_in_one_order():
    index_the_real_library()

    for words in ("city", "people children", ""):
        for sort in ("", "city", "country", "oldest"):
            asked = LibraryQuestion(words=words, sort=sort)
            whole = find_all(asked, told=[])
            first = find(asked, told=[], rows=7)
            paged = [
                pk
                for page in range(1, first.pages_count + 1)
                for pk in find(asked, told=[], page=page, rows=7).pks
            ]
            assert paged == whole
            assert len(set(whole)) == len(whole) == first.count


@pytest.mark.django_db
def test_what_cannot_all_be_found_is_found_in_part_and_said():
    index_the_real_library()

    some = find(LibraryQuestion(words="zebras earthquake"), told=[])
    none = find(LibraryQuestion(words="qqqqxxxx"), told=[])
    misspelt = find(LibraryQuestion(words="erthquake"), told=[])

    assert (some.some_words, bool(some.pks)) == (True, True)
    assert (none.some_words, none.pks, none.count, none.pages_count) == (False, [], 0, 1)
    assert misspelt.respelt[0].typed == "erthquake"
    assert "earthquake" in misspelt.respelt[0].spellings


ODD = ["the of", "a", "я", "城", "'\\ | & ! : * ( )", "x" * 300, "city " * 60, "垃圾" * 150, "🎉"]


@pytest.mark.django_db
def test_odd_questions_are_answered():
    index_the_real_library()

    for words in [*ODD, "\x00"]:
        found = find(LibraryQuestion.read({"q": words}), told=[])
        assert found.count >= len(found.pks)


@pytest.mark.parametrize(
    ("query", "asked", "ignored"),
    [
        ("", LibraryQuestion(), []),
        ("q=+a++b+", LibraryQuestion(words="a b"), []),
        ("goal=11&goal=2&sdg=3", LibraryQuestion(goal=("2", "3", "11")), []),
        ("goal=18", LibraryQuestion(), [("goal", "18")]),
        ("region=asia&region=moon", LibraryQuestion(region=("asia",)), [("region", "moon")]),
        ("country=br", LibraryQuestion(), [("country", "br")]),
        ("edition=٢٠٢٣", LibraryQuestion(), [("edition", "٢٠٢٣")]),
        ("theme=%00", LibraryQuestion(), [("theme", "")]),
        ("outcome=winner&size=under-500k", None, []),
        ("sort=random", LibraryQuestion(), [("sort", "random")]),
    ],
)
def test_question_is_read_from_an_address(query, asked, ignored):
    read = LibraryQuestion.read(QueryDict(query))

    assert read.ignored == tuple(Ignored(*each) for each in ignored)
    assert asked is None or read._replace(ignored=()) == asked
    assert LibraryQuestion.read(QueryDict(read.query)) == read._replace(ignored=())


@pytest.mark.django_db(transaction=True)
def test_two_savings_at_once_are_both_counted():
    edition = make_edition(2023)
    pages = [make_initiative(edition, city) for city in ("Bogotá", "Kazan", "Durban", "Quito")]
    failed = []

    def save(pk, words):
        try:
            page = InitiativePage.objects.get(pk=pk)
            for word in words:
                page.recorded_title = word
                page.save()
        except Exception as problem:  # noqa: BLE001 -- told to the test
            failed.append(problem)
        finally:
            connection.close()

    titles = (["alpha shared", "beta shared"], ["beta shared", "alpha shared"])
    threads = [
        threading.Thread(target=save, args=(page.pk, titles[at % 2]))
        for at, page in enumerate(pages)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert len(find_all(LibraryQuestion(words="shared"), told=[])) == 4
    with connection.cursor() as cursor:
        cursor.execute(
            "select l.lexeme from library_searchlexeme l where cases_count <> ("
            "select count(*) from library_searchmatch m"
            " where l.lexeme = any(tsvector_to_array(m.lexemes)))"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_planner_of_a_search_leaves_the_settings_of_others_alone():
    Edition.objects.count()
    with transaction.atomic():
        find(LibraryQuestion(words="city"), told=[])
        with connection.cursor() as cursor:
            cursor.execute("show enable_seqscan")
            assert cursor.fetchone() == ("on",)
