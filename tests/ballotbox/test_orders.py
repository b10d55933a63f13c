"""The orders of a ballot paper: fair by count, not by hope."""

from collections import Counter
from itertools import pairwise

import pytest

from laurels.ballotbox.orders import draw_order, order, order_count

SIZES = [1, 2, 3, 8, 15, 16, 45]


def every_order(candidate_count: int) -> list[list[int]]:
    return [order(number, candidate_count) for number in range(order_count(candidate_count))]


@pytest.mark.parametrize("candidate_count", SIZES)
def test_order_lists_every_candidate_once(candidate_count: int) -> None:
    expected = list(range(candidate_count))

    for listed in every_order(candidate_count):
        assert sorted(listed) == expected


@pytest.mark.parametrize("candidate_count", SIZES)
def test_order_puts_every_candidate_at_every_place_equally_often(candidate_count: int) -> None:
    orders = every_order(candidate_count)

    seen = Counter((place, who) for listed in orders for place, who in enumerate(listed))

    assert len(seen) == candidate_count**2
    assert set(seen.values()) == {len(orders) // candidate_count}


@pytest.mark.parametrize("candidate_count", SIZES[1:])
def test_order_puts_every_pair_side_by_side_equally_often(candidate_count: int) -> None:
    orders = every_order(candidate_count)

    seen = Counter(pair for listed in orders for pair in pairwise(listed))

    assert len(seen) == candidate_count * (candidate_count - 1)
    assert set(seen.values()) == {len(orders) // candidate_count}


def test_orders_of_fifteen_are_many_and_different() -> None:
    orders = {tuple(listed) for listed in every_order(15)}

    assert order_count(15) == 990
    assert len(orders) == 990


def test_order_never_changes() -> None:
    assert order(0, 15) == [11, 10, 6, 12, 0, 3, 13, 9, 2, 14, 7, 8, 1, 5, 4]
    assert order(989, 15) == [7, 4, 11, 12, 5, 2, 6, 13, 10, 8, 3, 14, 0, 9, 1]


@pytest.mark.parametrize("number", [-1, 990, 1_000])
def test_order_refuses_a_number_beyond_the_orders(number: int) -> None:
    with pytest.raises(ValueError, match=f"no order {number} of 15 candidates"):
        order(number, 15)


def test_draw_order_draws_an_order_that_exists() -> None:
    assert all(0 <= draw_order(15) < order_count(15) for _ in range(2_000))


def test_draw_order_draws_all_alike() -> None:
    drawn = Counter(draw_order(15) // 99 for _ in range(20_000))

    # Ten bins of 2,000 expected; 99.9 % of chi-square with 9 degrees of freedom is 27.9.
    assert sum((count - 2_000) ** 2 / 2_000 for count in drawn.values()) < 40
