from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.focus.rules import ELLIPSIS, LOOSE_ENDS, teaser

WORDS = st.lists(
    st.from_regex(r"[a-z\u00e0-\u00ff\u0400-\u04ff\u0620-\u064a]{1,40}", fullmatch=True)
)
LENGTHS = st.integers(min_value=1, max_value=300)


def test_teaser_of_a_short_text_is_the_text():
    assert teaser("Cities that  let people\nplan. ") == "Cities that let people plan."


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one two, three", 10, "one two…"),
        ("incomprehensibilities", 10, "…"),
        ("广州市城市创新奖", 5, "广州市城…"),
        ("城市创新\uff0c奖项", 6, "城市创新…"),
        ("Guangzhou广州市", 11, "Guangzhou广…"),
        ("Guangzhou广州市", 9, "…"),
        ("か\u3099き\u3099く\u3099", 4, "か\u3099…"),
        ("กำลังใจของเมือง", 6, "กำลัง…"),
        ("مدن تحمي البيئة", 9, "مدن تحمي…"),
        ("", 1, ""),
    ],
)
def test_teaser_never_cuts_a_word(text, longest, expected):
    assert teaser(text, longest) == expected


def test_teaser_needs_room_for_its_ellipsis():
    with pytest.raises(ValueError, match="no room"):
        teaser("one", 0)


@given(st.text(max_size=600), LENGTHS)
def test_teaser_is_never_longer_than_it_may_be(text, longest):
    assert len(teaser(text, longest)) <= longest


@given(WORDS, LENGTHS)
def test_teaser_of_spaced_words_is_a_beginning_of_whole_words(words, longest):
    shown = teaser(" ".join(words), longest)

    kept = shown.removesuffix(ELLIPSIS).split() if shown.endswith(ELLIPSIS) else shown.split()
    assert kept == words[: len(kept)]


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=400), LENGTHS)
def test_teaser_leaves_no_mark_behind(text, longest):
    shown = teaser(text, longest)

    if shown.endswith(ELLIPSIS) and shown != text:
        rest = text[len(shown) - 1 :].lstrip(LOOSE_ENDS)
        assert shown[:-1] == text[: len(shown) - 1]
        assert not rest or not unicodedata.category(rest[0]).startswith("M") or shown == ELLIPSIS


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=251))
def test_teaser_of_ideographs_fills_its_room(text):
    shown = teaser(text)

    assert shown == text[:249] + ELLIPSIS
