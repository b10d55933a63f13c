"""A search taken along as a file; independent readers read it back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import bibtexparser
import openpyxl
import pytest

from laurels.foundation.models import RateCount
from laurels.library.actions import limits
from laurels.library.enums import HonourKind
from laurels.library.formats import FORMATS
from laurels.library.formats.columns import COLUMNS
from tests.factories.editions import NOON, make_edition, make_revealed_edition
from tests.factories.library import make_honour, make_initiative, make_library
from tests.factories.whole_case import PROBLEM, SECRET_ADDRESS, SUMMARY, make_whole_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(settings):
    settings.DEMO_CLOCKS = {"edition-2023": NOON}
    make_library()


@pytest.fixture
def edition():
    return make_revealed_edition(2023)


def taken(client, file_format, query=""):
    answer = client.get(f"/initiatives/export/{file_format}/?{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_every_column_and_no_formula(client, edition):
    make_whole_case(edition)

    content = taken(client, "csv")

    row = csv_rows(content)[0]
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(row) == [*(column.name for column in COLUMNS), "url"]
    assert row["title"] == '\'=Food; for «all», "now"'
    assert row["summary"] == f"'{SUMMARY}"
    assert row["problem"] == f"'{PROBLEM}"
    assert (row["latitude"], row["longitude"]) == ("-33.92", "18.42")
    assert row["basic_population_density"] == "1.638"
    assert row["themes"] == "food; health"
    assert row["goals"] == "2; 11"
    assert row["url"].endswith("/initiatives/2023-cape-town/")


def test_xlsx_holds_texts_as_texts_and_numbers_as_numbers(client, edition):
    make_whole_case(edition)

    book = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx")))

    header, cells = book["initiatives"].iter_rows()
    row = {name.value: cell for name, cell in zip(header, cells, strict=True)}
    assert row["title"].value == '=Food; for «all», "now"'
    assert row["title"].data_type == "s"
    assert row["latitude"].value == -33.92
    assert row["population"].value == 4_710_000
    assert book.sheetnames == ["initiatives", "columns"]
    assert book["columns"].max_row == len(COLUMNS) + 1


def test_json_holds_lists_and_null_for_what_is_not_recorded(client, edition):
    make_whole_case(edition)

    row = json.loads(taken(client, "json"))["initiatives"][0]

    assert row["themes"] == ["food", "health"]
    assert row["sources"][1] == "a talk | of two \\ parts"
    assert row["figures"][0] == {
        "label": "Beds | rows",
        "value": "12,000",
        "unit": "",
        "year": 2023,
        "source": "",
    }
    assert row["by_whom"] is None


def test_geojson_is_as_rfc_7946_has_it(client, edition):
    make_whole_case(edition)
    make_initiative(edition, "Durban")

    collection = json.loads(taken(client, "geojson"))

    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    placed = {each["id"]: each["geometry"] for each in collection["features"]}
    assert placed == {
        "2023-cape-town": {"type": "Point", "coordinates": [18.42, -33.92]},
        "2023-durban": None,
    }
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)


def test_bibtex_is_read_by_another_program(client, edition):
    make_whole_case(edition, recorded_title="100 % {Food} & _more_")

    entries = bibtexparser.parse_string(taken(client, "bibtex").decode()).entries

    assert [(entry.key, entry["year"]) for entry in entries] == [("award-2023-cape-town", "2023")]
    assert r"100 \% \{Food\} \& \_more\_" in entries[0]["title"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_export_holds_exactly_what_the_search_finds_in_its_order(client, edition, file_format):
    for city in ("Durban", "Cape Town", "Vienna"):
        make_initiative(edition, city)
    make_initiative(make_edition(2021, ordinal=5), "Bogotá")

    everything, some = taken(client, file_format), taken(client, file_format, "edition=2021")

    assert len(some) < len(everything)
    if file_format == "csv":
        asked = client.get("/initiatives/?sort=city&edition=2023").context["initiatives"]
        rows = csv_rows(taken(client, "csv", "sort=city&edition=2023"))
        assert [row["address"] for row in rows] == [page.slug for page in asked]


@pytest.mark.parametrize("file_format", FORMATS)
def test_nothing_unpublished_unrevealed_or_private_is_in_any_file(client, file_format):
    edition = make_edition(2023, ordinal=6)
    page = make_whole_case(edition, public_votes=4711, public_votes_note="told too early")
    make_honour(page, HonourKind.WINNER)
    make_initiative(edition, "Hidden City").unpublish()

    content = taken(client, file_format)

    if file_format == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            # The second sheet names every honour there is.
            content = b"".join(book.read(name) for name in book.namelist() if "sheet2" not in name)
    for secret in (b"winner", b"4711", b"told too early", b"Hidden City", SECRET_ADDRESS.encode()):
        assert secret not in content


def test_honours_and_votes_are_told_after_the_reveal(client, edition):
    make_honour(make_whole_case(edition, public_votes=4711), HonourKind.WINNER)

    row = csv_rows(taken(client, "csv"))[0]

    assert (row["honours"], row["public_votes"]) == ("winner", "4711")


def test_a_file_that_has_not_changed_is_not_sent_again(client, edition):
    page = make_whole_case(edition)
    address = "/initiatives/export/xlsx/?edition=2023"
    first = client.get(address)

    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    page.city.local_name = "Kaapstad"
    page.city.save()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, changed.status_code) == (304, 200)
    changed.close()
    assert first["Content-Disposition"] == 'attachment; filename="initiatives-edition2023.xlsx"'
    assert int(first["Content-Length"]) == len(b"".join(first.streaming_content))


def test_an_unknown_format_is_not_found(client):
    assert client.get("/initiatives/export/pdf/").status_code == 404
    assert client.post("/initiatives/export/csv/").status_code == 405


def test_an_export_speaks_the_originals_words_in_every_language(client, edition):
    make_whole_case(edition)

    answer = client.get("/ar/initiatives/export/csv/")

    assert b"".join(answer.streaming_content) == taken(client, "csv")


def test_a_large_export_reads_in_bunches(client, edition, django_assert_num_queries):
    for number in range(3):
        make_initiative(edition, f"City {number}")
    taken(client, "csv")
    with django_assert_num_queries(17) as few:
        taken(client, "csv")
    for number in range(3, 9):
        make_initiative(edition, f"City {number}")

    with django_assert_num_queries(len(few)):
        taken(client, "csv")


def test_the_package_checks_itself_and_is_the_same_bytes_for_the_same_data(client, edition):
    make_honour(make_whole_case(edition), HonourKind.WINNER)
    make_initiative(make_edition(2026, ordinal=7), "Durban", public_votes=4711)

    content = b"".join(client.get("/initiatives/library.zip").streaming_content)
    again = b"".join(client.get("/initiatives/library.zip").streaming_content)

    assert content == again
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    sums = dict(
        reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines()
    )
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    descriptor = json.loads(files["datapackage.json"])
    table = descriptor["resources"][0]
    rows = csv_rows(files["initiatives.csv"])
    assert [field["name"] for field in table["schema"]["fields"]] == list(rows[0])
    assert table["bytes"] == len(files["initiatives.csv"])
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert b"2 initiatives" in files["README.md"]
    assert b"4711" not in b"".join(files.values())
    assert SECRET_ADDRESS.encode() not in b"".join(files.values())


def test_a_network_that_takes_file_after_file_is_told_to_wait(client, edition, monkeypatch):
    monkeypatch.setattr(limits, "FILES", 2)
    make_whole_case(edition)
    taken(client, "csv")
    taken(client, "json")

    refused = client.get("/initiatives/export/csv/")
    elsewhere = client.get("/initiatives/export/csv/", REMOTE_ADDR="198.51.100.7")
    assert b"".join(elsewhere.streaming_content)

    assert (refused.status_code, elsewhere.status_code) == (429, 200)
    assert 0 < int(refused["Retry-After"]) <= limits.FILES_PERIOD.total_seconds() + 1
    assert "Wait a little and ask for this one again." in refused.content.decode()
    assert client.get("/initiatives/library.zip").status_code == 429
    assert client.get("/initiatives/").status_code == 200
    counted = RateCount.objects.filter(name="library/files")
    assert all("127.0.0" not in row.key and "198.51" not in row.key for row in counted)
