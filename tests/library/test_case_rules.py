"""What is reckoned from a case: odd figures, citations, JSON-LD."""

from __future__ import annotations

import json

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.library import rules
from laurels.library.rules.citations import NOT_RECORDED

CITED = rules.Citation(
    key="award-2023-cape-town",
    author="Cape Town, South Africa",
    title="Food & 100 % of schools: {a} #1_try ~ ^ \\end $5",
    year=2023,
    edition="Edition 6, 2023",
    url="https://award.example/initiatives/2023-cape-town/",
    language="en",
    licence="CC-BY-4.0",
    abstract="Schools grow\nwhat they eat.",
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4,800,000", 4_800_000),
        ("4 800 000", 4_800_000),
        ("4\u202f800\u202f000", 4_800_000),
        ("4.8 million", 4_800_000),
        ("1.638", 1.638),
        ("-0.4 %", -0.4),
        ("12%", 12),
        ("1,638", 1638),
        ("16,38", None),
        ("about 5000", None),
        ("", None),
        ("Services", None),
        ("1.2.3", None),
    ],
)
def test_read_number(text, number):
    assert rules.read_number(text) == number


@pytest.mark.parametrize(
    ("values", "population", "odd"),
    [
        (
            {"population": "4,800,000", "surface_area": "2,461", "population_density": "1.638"},
            None,
            {
                "population_density": "Kept as given. Population and area beside it give about "
                "1\u202f950."
            },
        ),
        (
            {"population_density": "1.638"},
            4_800_000,
            {
                "population_density": "Kept as given. With this population the city would cover "
                "2\u202f930\u202f000 square kilometres."
            },
        ),
        ({"population_density": "1.638"}, None, {}),
        ({"population_density": "0"}, 4_800_000, {}),
        (
            {"population": "4,800,000", "surface_area": "2,461", "population_density": "1,950"},
            None,
            {},
        ),
        (
            {"population_growth": "214", "gini_index": "620"},
            None,
            {
                "population_growth": "Kept as given. No city is known to grow or shrink so fast in "
                "a year.",
                "gini_index": "Kept as given. The index runs from 0 to 1, or from 0 to 100.",
            },
        ),
        ({"population_growth": "-2.1 %", "gini_index": "0.63"}, None, {}),
        ({"population": "many", "surface_area": "?", "population_density": "n/a"}, None, {}),
        ({"gdp_per_capita": "82,408", "source_of_prosperity": "Trade"}, None, {}),
    ],
)
def test_odd_figures(values, population, odd):
    assert rules.odd_figures(values, population=population) == odd


@given(st.dictionaries(st.sampled_from(["population", "population_density"]), st.text()))
def test_any_text_may_stand_for_a_figure(values):
    assert set(rules.odd_figures(values, population=1)) <= {"population_density"}


def test_bibtex_is_read_back_by_an_independent_parser():
    read = bibtexparser.parse_string(rules.bibtex(CITED))
    [entry] = read.entries

    assert read.failed_blocks == []
    assert (entry.entry_type, entry.key) == ("misc", "award-2023-cape-town")
    assert entry["author"] == "{Cape Town, South Africa}"
    assert entry["title"] == (
        r"{Food \& 100 \% of schools: \{a\} \#1\_try \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{}end \$5}"
    )
    assert (entry["year"], entry["url"], entry["language"]) == ("2023", CITED.url, "en")
    assert entry["abstract"] == "Schools grow what they eat."


@given(st.text(max_size=60), st.text(max_size=60))
def test_bibtex_of_any_title_is_one_entry(title, abstract):
    written = rules.bibtex(CITED._replace(title=title, abstract=abstract))

    assert written.count("\n@") == 0
    assert written.replace(r"\{", "").replace(r"\}", "").count("{") == written.replace(
        r"\{", ""
    ).replace(r"\}", "").count("}")


def test_ris_is_lines_of_tags_that_end_as_the_format_says():
    lines = rules.ris(CITED).split("\r\n")

    assert lines[0] == "TY  - ELEC"
    assert "AB  - Schools grow what they eat." in lines
    assert lines[-2:] == ["ER  - ", ""]


@given(st.text(max_size=60))
def test_ris_of_any_title_keeps_its_lines(title):
    found = rules.ris(CITED._replace(title=title, abstract=title)).split("\r\n")

    assert {line[2:6] for line in found[:-1]} == {"  - "}
    assert sum(line.startswith("ER") for line in found) == 1


def test_sentence_says_that_a_title_is_not_recorded():
    assert rules.sentence(CITED._replace(title="Food")) == (
        "Cape Town, South Africa, “Food”, Guangzhou International Award for Urban Innovation, "
        "Edition 6, 2023."
    )
    assert rules.sentence(CITED._replace(title=NOT_RECORDED)) == (
        "Cape Town, South Africa, [title not recorded], Guangzhou International Award for Urban "
        "Innovation, Edition 6, 2023."
    )


@given(st.text())
def test_no_text_ends_the_script_of_the_linked_data(text):
    written = rules.script_of({"headline": text})

    assert not set(written) & set("<>&")
    assert json.loads(written) == {"headline": text}
