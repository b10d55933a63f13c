from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.library.addresses import free_address, stem


@pytest.mark.parametrize(
    ("city", "address"),
    [
        ("Cape Town", "2023-cape-town"),
        ("Bogotá", "2023-bogota"),
        ("São Paulo", "2023-sao-paulo"),
        ("Halandri (Chalandri)", "2023-halandri"),
        ("Linköping", "2023-linkoping"),
        ("广州", "2023-guangzhou"),
        ("eThekwini", "2023-ethekwini"),
        ("(x)", "2023-x"),
        ("---", "2023-city"),
    ],
)
def test_stem_is_year_and_city_in_plain_letters(city, address):
    assert stem(2023, city) == address


def test_second_of_a_city_and_year_gets_a_number():
    taken = {"2023-sao-paulo", "2023-sao-paulo-2"}

    assert free_address(2023, "Sao Paulo", set()) == "2023-sao-paulo"
    assert free_address(2023, "São Paulo", taken) == "2023-sao-paulo-3"


@given(st.text(max_size=300))
def test_stem_of_any_name_is_an_address_part(city):
    assert re.fullmatch(r"2023-[a-z0-9]+(-[a-z0-9]+)*", stem(2023, city))
