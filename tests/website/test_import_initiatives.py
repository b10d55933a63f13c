"""A file of initiatives brought in: checked first, whole or not at all, twice without effect."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from laurels.editions.enums import MomentKind
from laurels.foundation import clock
from laurels.foundation.models import AuditEvent, LoadedRecord
from laurels.library.enums import HonourKind
from laurels.library.formats import FORMATS, entries_of
from laurels.library.formats.columns import NEEDED
from laurels.library.models import City, InitiativePage
from laurels.website.actions.import_initiatives import import_initiatives
from tests.factories.editions import NOON, make_edition, make_moment, make_revealed_edition
from tests.factories.library import make_honour, make_initiative, make_library, make_theme
from tests.factories.whole_case import make_goals, make_whole_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(settings):
    settings.DEMO_CLOCKS = {"edition-2023": NOON}
    make_library()
    make_goals()


@pytest.fixture
def edition():
    return make_revealed_edition(2023)


def bring_in(content, name="cities.csv", **options):
    content = content if isinstance(content, bytes) else content.encode()
    return import_initiatives(
        name=name,
        content=content,
        person_name="Ana",
        now=NOON,
        now_of=clock.award_now,
        **options,
    )


def rows(*told, **more):
    """Return a CSV file with these rows; each names only what a test is about."""
    usual = {"year": "2023", "city": "Cape Town", "country": "South Africa", "country_code": "ZA"}
    lines = [usual | one | more for one in told]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for one in lines for name in one)))
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def problems(done):
    return [str(problem) for problem in done.findings.problems]


def written(file_format, pages):
    out = io.BytesIO()
    told = {page.edition_id for page in pages}
    url_of = "https://award.example/{}".format
    FORMATS[file_format].write(
        entries_of([page.pk for page in pages], told=told, url_of=url_of), out
    )
    return out.getvalue()


def everything():
    return (
        list(InitiativePage.objects.order_by("pk").values()),
        list(City.objects.order_by("pk").values()),
        LoadedRecord.objects.count(),
    )


def test_new_initiatives_become_pages_with_all_that_the_file_says(edition):
    make_theme("food")

    done = bring_in(
        rows(
            {
                "title": "Food gardens",
                "themes": "food",
                "goals": "11; 2",
                "latitude": "-33.92",
                "longitude": "18.42",
                "basic_population": "4.71 million",
                "basic_population_year": "2022",
                "figures": "Beds | 12,000 | beds | 2023 | City\nJobs | 30",
                "sources": "https://example.org/a\nhttps://example.org/b",
                "honours": "winner",
            }
        )
    )

    assert problems(done) == []
    assert done.created == ["2023-cape-town"]
    page = InitiativePage.objects.get()
    assert (page.recorded_title, page.live, page.city.latitude) == ("Food gardens", True, -33.92)
    assert [goal.pk for goal in page.goals.all()] == [2, 11]
    assert [str(row) for row in page.basic_data.all()] == ["Population size: 4.71 million"]
    assert [str(row) for row in page.figures.all()] == ["Beds: 12,000 beds", "Jobs: 30"]
    assert page.sources == ["https://example.org/a", "https://example.org/b"]
    assert [honour.kind for honour in page.honours.all()] == [HonourKind.WINNER]
    assert AuditEvent.objects.get().detail == {"created": 1, "changed": 0}


def test_the_same_file_twice_changes_nothing(edition):
    content = rows({"title": "Food", "latitude": "-33.92", "longitude": "18.42"})
    bring_in(content)
    before = everything()

    again = bring_in(content)

    assert again.changes_nothing
    assert again.unchanged_count == 1
    assert everything() == before
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_what_was_exported_comes_back_with_nothing_to_change(edition, file_format):
    pages = [
        make_whole_case(edition),
        make_initiative(edition, "São Paulo"),
        make_initiative(edition, "'s-Hertogenbosch", summary="Line\r\nbreak", note="'=odd"),
    ]
    make_honour(pages[0], HonourKind.WINNER)
    content = written(file_format, pages)

    done = bring_in(content, f"cities.{file_format}", is_dry=True)

    assert problems(done) == []
    assert done.changes_nothing
    assert done.unchanged_count == 3
    assert [str(one) for one in done.findings.warnings if "site" in str(one)] == []


def test_a_dry_run_finds_what_the_run_does_and_writes_nothing(edition):
    make_initiative(edition, "Durban")
    before = everything()

    done = bring_in(rows({"title": "Food"}, {"city": "Durban", "title": "Bins"}), is_dry=True)

    assert (done.created, done.changed) == (["2023-cape-town"], ["2023-durban"])
    assert everything() == before
    assert AuditEvent.objects.count() == 0


def test_every_problem_is_named_by_its_row_and_column_and_nothing_is_written(edition):
    make_initiative(edition, "Durban")
    before = everything()

    done = bring_in(
        rows(
            {"title": "Good"},
            {"year": "20x3", "themes": "gold", "stage": "won", "latitude": "5,5"},
            {"year": "2019", "country_code": "za", "population": "1.638"},
            {"city": "", "basic_gini_index_year": "2020"},
            {"address": "2023-durban", "city": "Berlin", "country_code": "DE"},
            {"address": "2023-durbn", "city": "Durban"},
        )
    )

    assert sorted(problems(done)) == [
        'row 3, latitude: "5,5" is not a number. Write digits with a point: -33.92.',
        "row 3, longitude: is empty while latitude is there. Give both or none.",
        'row 3, stage: "won" is not one of: entered, deserving, shortlisted.',
        'row 3, themes: "gold" is not one of: .',
        'row 3, year: "20x3" is not a whole number. Write digits only, without separators.',
        'row 4, country_code: "za" is not two capital letters, as in ISO 3166-1.',
        'row 4, population: "1.638" is not a whole number. Write digits only, without separators.',
        "row 4, year: There is no edition of 2019. Editions are: 2023.",
        (
            "row 5, basic_gini_index_year: is there, but the figure itself is not. Fill in "
            "basic_gini_index too."
        ),
        "row 5, city: is empty. Every initiative needs it.",
        (
            "row 6, city: 2023-durban is in Durban (ZA), not in Berlin (DE). Rename the city under "
            "Library, Cities, or correct the row."
        ),
        (
            "row 7, address: 2023-durbn is not in the library; 2023-durban is of that city and "
            "year. Correct it, or leave it empty for a new initiative; a second one of the same "
            "city is 2023-durban-2."
        ),
    ]
    assert everything() == before


def test_an_unknown_year_names_the_editions_there_are(edition):
    assert problems(bring_in(rows({"year": "2019"}))) == [
        "row 2, year: There is no edition of 2019. Editions are: 2023."
    ]


def test_rows_of_one_initiative_are_refused(edition):
    make_initiative(edition, "Durban")

    done = bring_in(rows({}, {"city": "cape town"}, {"city": "Durban"}, {"address": "2023-durban"}))

    assert len(problems(done)) == 3
    assert problems(done)[0].startswith("row 3: is the same initiative as row 2.")


def test_what_people_wrote_meanwhile_stays_and_is_said(edition):
    bring_in(rows({"title": "Food", "summary": "Gardens."}))
    page = InitiativePage.objects.get()
    page.recorded_title = "Food for all"
    page.save()

    done = bring_in(rows({"title": "Food now", "summary": "More gardens."}))

    page.refresh_from_db()
    assert (page.recorded_title, page.summary) == ("Food for all", "More gardens.")
    assert [str(warning) for warning in done.findings.warnings] == [
        "row 2 (recorded_title): has changed in the file and on the site; the site's text is kept"
    ]


def test_the_file_wins_where_somebody_says_so(edition):
    bring_in(rows({"title": "Food"}))
    InitiativePage.objects.update(recorded_title="Food for all")

    bring_in(rows({"title": "Food now"}), file_wins=True)

    assert InitiativePage.objects.get().recorded_title == "Food now"


def test_an_empty_cell_takes_nothing_away(edition):
    page = make_whole_case(edition)

    done = bring_in(rows({"title": "", "themes": "", "latitude": "", "longitude": "", "note": "x"}))

    page = InitiativePage.objects.get(pk=page.pk)
    assert done.changed == ["2023-cape-town"]
    assert (page.recorded_title[0], page.themes.count(), page.city.latitude) == ("=", 2, -33.92)


def test_a_second_initiative_of_a_city_takes_the_next_address(edition):
    make_initiative(edition, "Cape Town")

    done = bring_in(rows({"address": "2023-cape-town-2", "title": "Safe walks"}))

    assert done.created == ["2023-cape-town-2"]
    assert problems(bring_in(rows({"title": "Which?"}))) == [
        (
            "row 2, address: Several initiatives are of that city and year: 2023-cape-town, "
            "2023-cape-town-2. Name one."
        )
    ]


def test_an_odd_figure_is_kept_as_given_and_flagged(edition):
    done = bring_in(rows({"basic_population": "4,710,000", "basic_population_density": "1.638"}))

    assert [str(warning) for warning in done.findings.warnings] == [
        (
            "row 2, basic_population_density: 1.638: Kept as given. With this population the city "
            "would cover 2\u202f880\u202f000 square kilometres."
        )
    ]
    values = InitiativePage.objects.get().basic_data.values_list("value", flat=True)
    assert "1.638" in values


def test_nothing_of_an_edition_comes_in_before_its_time(settings):
    settings.DEMO_CLOCKS = {"edition-2023": NOON}
    edition = make_edition(2023, ordinal=6)
    make_moment(edition, MomentKind.SHORTLIST, NOON + timedelta(days=1))

    early = bring_in(rows({"honours": "winner", "public_votes": "4711"}))

    assert problems(early) == [
        "row 2, year: The shortlist of 2023 is not announced yet. Bring the row in afterwards.",
        "row 2, honours: The edition of 2023 is not revealed yet. Leave it empty until then.",
        "row 2, public_votes: The edition of 2023 is not revealed yet. Leave it empty until then.",
    ]
    assert InitiativePage.objects.count() == 0


def test_json_comes_in_as_a_list_or_as_it_was_exported(edition):
    one = {
        "year": 2023,
        "city": "Cape Town",
        "country": "South Africa",
        "country_code": "ZA",
        "figures": [{"label": "Beds", "value": "12"}],
        "sources": ["a", "b"],
    }

    assert bring_in(json.dumps([one]), "x.json").created == ["2023-cape-town"]
    assert bring_in(json.dumps({"initiatives": [one]}), "x.json").changes_nothing


def test_excels_numbers_are_read_and_its_dates_and_formulas_refused(edition):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*NEEDED, "population", "summary", "title", "basic_population_density"])
    sheet.append([2023.0, "Cape Town", "South Africa", "ZA", 4710000.0, "fine", 7, 1.638])
    sheet.append([2023, "Durban", "South Africa", "ZA", None, NOON.date(), "=1+1", None])
    good, bad = io.BytesIO(), io.BytesIO()
    book.save(bad)
    sheet.delete_rows(3)
    book.save(good)

    assert problems(bring_in(bad.getvalue(), "cities.xlsx")) == [
        (
            "row 3, summary: is a date (2023-11-05 00:00:00). Format the column as text and write "
            "it again."
        ),
        "row 3, title: is a formula. Copy the column and paste it as values.",
    ]
    assert bring_in(good.getvalue(), "cities.xlsx").created == ["2023-cape-town"]
    page = InitiativePage.objects.get()
    assert (page.recorded_title, page.population) == ("7", 4_710_000)
    assert page.basic_data.get().value == "1.638"


def test_command_checks_and_brings_in(edition, tmp_path, capsys):
    file = tmp_path / "cities.csv"
    file.write_text(rows({"title": "Food"}))

    call_command("import_initiatives", str(file), "--dry-run")
    call_command("import_initiatives", str(file))
    call_command("import_initiatives", str(file))

    assert capsys.readouterr().out.splitlines() == [
        "Nothing is written yet. It would be 1 new, 0 changed, 0 as they were.",
        "Brought in: 1 new, 0 changed, 0 as they were.",
        "There is nothing to change: the library says all of it already.",
    ]
    file.write_text(rows({"year": "x"}))
    with pytest.raises(CommandError, match=r"cities.csv has 1 problem; nothing was brought in"):
        call_command("import_initiatives", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_initiatives", str(tmp_path / "absent.csv"))
