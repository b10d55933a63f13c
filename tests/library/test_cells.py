"""Values as the text of a cell, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.library.formats.cells import (
    as_text,
    guarded,
    parts_of_lines,
    printable,
    rows_of_figures,
    unguarded,
)
from laurels.library.formats.columns import Kind

TEXT = st.text(st.characters(blacklist_categories=["Cs"], min_codepoint=32))
PART = TEXT.map(lambda text: printable(text).strip()).filter(bool)


@given(st.text())
def test_a_guarded_text_is_no_formula_and_is_read_back(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r")


@pytest.mark.parametrize("text", ["=1+1", "+27", "-5 %", "@sum", "'=1", "\uff1d1", "\t=1", "''-"])
def test_what_a_spreadsheet_would_reckon_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["'s-Hertogenbosch", "L'Aquila", "1+1", "", "São Paulo"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.lists(PART))
def test_lines_are_read_back(sources):
    assert parts_of_lines(as_text(Kind.LINES, sources)) == sources


@given(st.lists(st.lists(PART, min_size=5, max_size=5)))
def test_figures_are_read_back_whatever_signs_they_hold(figures):
    assert rows_of_figures(as_text(Kind.FIGURES, figures)) == figures


def test_what_is_not_recorded_is_an_empty_cell():
    assert as_text(Kind.TEXT, None) == as_text(Kind.LIST, []) == as_text(Kind.FIGURES, []) == ""


def test_a_control_character_never_reaches_a_file():
    assert as_text(Kind.TEXT, "a\x07b\x00") == "a\ufffdb\ufffd"
