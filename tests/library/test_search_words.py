"""The analyser: what of a text is found, in every script."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.library.search.asking import terms_of
from laurels.library.search.extracts import extract, marked
from laurels.library.search.spelling import deletes, distance
from laurels.library.search.words import fold, guesses, lexemes, pairs, runs


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bogotá", "bogota"),
        ("ĐÀ NẴNG", "da nang"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Αθήνα", "αθηνα"),
        ("Орёл", "орел"),
        ("Йошкар", "йошкар"),
        ("أحمد", "احمد"),
        ("مدرسة", "مدرسه"),
        ("ＷＵＨＡＮ", "wuhan"),
        ("ﬁne", "fine"),
    ],
)
def test_folding_makes_spellings_of_one_word_equal(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Participatory budgeting", "participatory BUDGETS"),
        ("es", "presupuestos participativos", "presupuesto participativo"),
        ("fr", "réhabilitation des bidonvilles", "rehabilitation de bidonville"),
        ("ru", "зелёные дворы", "зеленых дворов"),
        ("ar", "الزِّراعة الحَضَرِيَّة", "الزراعة الحضرية"),
        ("ar", "الإسكان", "الاسكان"),
        ("ar", "مـــدرسة", "مدرسة"),
        ("zh", "海綿城市", "海绵城市"),
        ("zh", "參與式預算", "参与式预算"),
        ("en", "zero\u200bwidth", "zerowidth"),
        ("en", "soft\u00adhyphen", "softhyphen"),
    ],
)
def test_forms_of_one_word_are_found_by_each_other(language, one, other):
    assert lexemes(one, language) == lexemes(other, language) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("   ", []),
        ("!!! … 🎉🏙️ ---", []),
        ("the of and", []),
        ("a", []),
        ("海", ["海"]),
        ("海绵", ["海绵"]),
        ("海绵城市", ["海绵", "绵城", "城市"]),
        ("Wuhan海绵", ["wuhan", "海绵"]),
        ("서울시", ["서울", "울시"]),
        ("हिन्दी नगर", ["हिन्दी", "नगर"]),
        ("COVID-19", ["covid", "19"]),
        ("'; drop table --", ["drop", "tabl"]),
        ("nul\x00byte", ["nul", "byte"]),
    ],
)
def test_lexemes_of_odd_texts(text, found):
    assert lexemes(text, "en") == found


def test_question_of_stop_words_looks_for_them_all_the_same():
    assert [term.form for term in terms_of("the of and")] == ["the", "of", "and"]
    assert [term.form for term in terms_of("the city of love")] == ["city", "love"]


def test_single_han_sign_is_looked_for_as_a_beginning():
    (term,) = terms_of("城")

    assert term.query == "('城':*)"


def test_word_of_an_unknown_language_may_be_any_of_its_script():
    assert guesses("presupuestos") == ["presupuestos", "presupuesto", "presupuest"]
    assert guesses("дворы") == ["дворы", "двор"]


@given(st.text(max_size=400))
def test_any_text_gives_lexemes_that_postgresql_takes(text):
    for lexeme in lexemes(text, "en"):
        assert lexeme
        assert len(lexeme.encode()) < 2000
        assert not set(lexeme) & set("\x00' \\")


@given(st.text(max_size=200), st.sampled_from(["en", "zh", "ar"]))
def test_marked_pieces_are_the_text(text, language):
    found = frozenset(lexemes(text, language)[:3])

    assert "".join(piece.text for piece in marked(text, found, language)) == text


@pytest.mark.parametrize(
    ("text", "asked", "language", "found"),
    [
        ("Waste pickers, formal jobs", "waste", "en", ["Waste"]),
        ("Wastes of all kinds", "waste", "en", ["Wastes"]),
        ("Bogotá y más", "bogota", "es", ["Bogotá"]),
        ("海綿城市的經驗", "海绵城市", "zh", ["海綿城市"]),
        ("فرز النفايات", "النفايات", "ar", ["النفايات"]),
    ],
)
def test_found_words_are_marked_as_they_are_written(text, asked, language, found):
    looked_for = frozenset(lexeme for term in terms_of(asked) for lexeme in term.lexemes)

    pieces = marked(text, looked_for, language)

    assert [piece.text for piece in pieces if piece.is_found] == found


def test_extract_is_the_passage_that_answers_cut_between_words():
    summary, body = "Nothing of it.", "Before. " * 60 + "The sponge drinks rain. " + "After. " * 60

    passage = extract([summary, body], frozenset(["spong"]), "en")

    shown = "".join(piece.text for piece in passage)
    assert [piece.text for piece in passage if piece.is_found] == ["sponge"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 240


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("particpatory", "participatory"),
        ("bugdeting", "budgeting"),
        ("цифрвоой", "цифровой"),
        ("شوراع", "شوارع"),
        ("xianing", "xianning"),
    ],
)
def test_misspelt_word_meets_the_one_that_was_meant(typed, meant):
    assert set(deletes(typed)) & set(deletes(meant))
    assert distance(typed, meant) in {1, 2}


def test_words_too_far_apart_are_not_near():
    assert distance("bogota", "lisbon") is None
    assert distance("oslo", "osaka") is None


def test_threads_stem_without_disturbing_each_other():
    wrong = []

    def stem(language, text, expected):
        wrong.extend(got for _each in range(300) if (got := lexemes(text, language)) != expected)

    cases = [
        ("en", "governments organised", ["govern", "organis"]),
        ("ru", "городами", ["город"]),
    ]
    threads = [threading.Thread(target=stem, args=case) for case in cases * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_long_run_of_signs_gives_its_pairs():
    assert len(pairs("垃圾分类" * 75)) == 299
    assert runs("x" * 300) == ["x" * 300]
