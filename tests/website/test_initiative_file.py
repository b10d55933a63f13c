"""Files as people really have them: encodings, separators, workbooks, and broken ones."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.library.formats.columns import BY_NAME, NEEDED
from laurels.website.initiative_file import tables, workbooks
from laurels.website.initiative_file.decoding import EncodingIsUnknown, decode
from laurels.website.initiative_file.findings import Findings
from laurels.website.initiative_file.tables import read_table
from laurels.website.initiative_file.values import CellIsWrong, read_value

HEADER = ",".join([*NEEDED, "summary"])
LINE = '2023,São Paulo,Brazil,BR,"Gardens, and ""walls"""'
CELLS = {
    "year": "2023",
    "city": "São Paulo",
    "country": "Brazil",
    "country_code": "BR",
    "summary": 'Gardens, and "walls"',
}


def read(content, name="cities.csv"):
    findings = Findings()
    content = content if isinstance(content, bytes) else content.encode()
    lines = read_table(name, content, findings)
    return lines, [str(problem) for problem in findings.problems], findings.warnings


def workbook(*rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    return book, out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
def test_text_is_read_in_every_encoding_that_excel_writes(encoding):
    text = f"{HEADER}\r\n{LINE}\r\n"
    if encoding == "utf-16-le-bom":
        content = b"\xff\xfe" + text.encode("utf-16-le")
    else:
        content = text.encode(encoding)

    lines, problems, warnings = read(content)

    assert problems == []
    assert [(line.number, line.cells) for line in lines] == [(2, CELLS)]
    assert len(warnings) == (encoding == "cp1252")


@pytest.mark.parametrize(
    "content",
    [
        "Москва".encode("cp1251"),
        "Αθήνα Θεσσαλονίκη".encode("cp1253"),
        "Łódź".encode("cp1250") + b"\x81",
        "city".encode("utf-16-le"),
        b"\xef\xbb\xbf\xff",
        b"\xff\xfea",
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused_with_what_to_do(content):
    with pytest.raises(EncodingIsUnknown, match="CSV UTF-8"):
        decode(content)


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_separators_are_recognised_by_the_columns(separator):
    cells = ["2023", "São Paulo", "Brazil", "BR", '"Gardens, and; walls"']
    header = separator.join([*NEEDED, "Summary "])

    lines, problems, _ = read(f"{header}\n{separator.join(cells)}\n")

    assert problems == []
    assert lines[0].cells["summary"] == "Gardens, and; walls"


def test_empty_rows_are_passed_over_and_rows_count_as_a_spreadsheet_does():
    lines, problems, _ = read(f'\n{HEADER}\n,,,,\n{LINE}\n"2023",A,B,DE,"two\nlines"\n')

    assert problems == []
    assert [line.number for line in lines] == [4, 5]


def test_columns_unknown_missing_or_twice_are_named():
    _, problems, warnings = read("year,city,city,contry,sumary\n2023,A,A,B,x\n")

    assert problems == [
        "row 1, city: stands there twice. Keep one of the columns.",
        "row 1, country: is missing. Add the column; the template has them all.",
        "row 1, country_code: is missing. Add the column; the template has them all.",
    ]
    assert [str(warning) for warning in warnings] == [
        (
            "row 1, contry: is not a column that Laurels knows; it is not brought in. Is “country” "
            "meant?"
        ),
        (
            "row 1, sumary: is not a column that Laurels knows; it is not brought in. Is “summary” "
            "meant?"
        ),
    ]


def test_a_row_with_a_cell_too_many_is_named():
    _, problems, _ = read(f"{HEADER}\n2023,A,B,DE,one, two\n")

    assert problems[0].startswith("row 2: has more cells than the 5 columns.")


def test_formulas_in_csv_are_refused_and_guarded_texts_are_not():
    lines, _, _ = read(f"{HEADER}\n2023,A,B,DE,=1+1\n2023,C,B,DE,'=1+1\n")

    assert isinstance(lines[0].cells["summary"], workbooks.FormulaCell)
    assert lines[1].cells["summary"] == "=1+1"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "The file holds no initiative."),
        ("a.csv", HEADER.encode(), "The file holds no initiative."),
        ("a.csv", f'{HEADER}\n2023,"A'.encode(), "Line 2 is not CSV"),
        ("a.csv", f"{HEADER}\n".encode() + b"x" * (10 * 1024 * 1024), "larger than 10 MB"),
        ("a.pdf", b"%PDF", "Only CSV, XLSX and JSON"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "old Excel file (.xls), or one with a password"),
        ("a.xlsx", b"not a workbook", "Only CSV, XLSX and JSON"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged or no Excel workbook"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b'{"cities": []}', "not a list of initiatives"),
        ("a.json", b"[1]", "row 1: is not an object"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'[{"year": 1, "year": 2}]', "twice in one object"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(name, content, sentence):
    lines, problems, _ = read(content, name)

    assert lines == []
    assert sentence in problems[0]


def test_a_workbook_that_fills_a_disk_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST_INSIDE", 200_000)
    book, out = workbook(NEEDED, [2023, "A" * 30_000, "B", "DE"])
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb.bin", bytes(300_000))

    assert "unpacks to more than" in read(out.getvalue(), "a.xlsx")[1][0]


def test_entities_and_merged_cells_are_refused():
    book, out = workbook(NEEDED, [2023, "A", "B", "DE"])
    book.active.merge_cells("A2:A3")
    book.save(out)
    declared = io.BytesIO()
    with zipfile.ZipFile(declared, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')

    assert "Cells are merged (A2:A3)" in read(out.getvalue(), "a.xlsx")[1][0]
    assert "declares entities" in read(declared.getvalue(), "a.xlsx")[1][0]


def test_a_workbook_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)

    assert "more than 3 rows" in read("\n".join([HEADER, *[LINE] * 4]))[1][0]


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.json", "a.xlsx"]))
def test_no_bytes_whatever_end_in_anything_but_a_sentence(content, name):
    lines, problems, _ = read(content, name)

    assert lines or problems


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("year", " 2023 ", 2023),
        ("year", 2023.0, 2023),
        ("latitude", "-33.92", -33.92),
        ("latitude", 0, 0.0),
        ("population", 0, 0),
        ("title", "  São  ", "São"),
        ("title", "Sa\u0303o", "São"),
        ("title", "\u202bمدينة\u202c", "\u202bمدينة\u202c"),
        ("goals", "11;2; 11", [2, 11]),
        ("goals", 11, [11]),
        ("summary", " ", None),
        ("themes", " ; ", None),
        ("basic_gini_index", 1.638, "1.638"),
        ("figures", "a | b", [["a", "b", "", None, ""]]),
    ],
)
def test_cells_become_values(column, cell, value):
    assert read_value(BY_NAME[column], cell) == value


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("year", "٢٠٢٣", "not a whole number"),
        ("year", True, "is true"),
        ("population", float("inf"), "not a whole number"),
        ("latitude", "91", "not between -90 and 90"),
        ("title", "a\x07b", "control character (U+0007)"),
        ("title", "x" * 301, "301 characters long; 300 is the most"),
        ("title", ["x"], "is not a text"),
        ("goals", "18", "is not one of"),
        ("country_code", "DEU", "3 characters long"),
        ("address", "2023 Durban", "is not an address part"),
        ("figures", "only a label", "without its label or value"),
        ("figures", "a | b | c | soon", "is not a year"),
        ("figures", "a | b | c | 2023 | d | e", "more than five parts"),
        ("sources", {"a": 1}, "is not a list"),
    ],
)
def test_cells_that_mean_nothing_are_refused_with_what_to_do(column, cell, sentence):
    with pytest.raises(CellIsWrong) as refused:
        read_value(BY_NAME[column], cell)

    assert sentence in str(refused.value)
