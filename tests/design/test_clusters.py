"""Places on the map: windows of it, and what is drawn as one mark."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.design.clusters import APART, HEIGHT, TOP, WIDTH, Spot, Window, gather

WORLD = Window()
SPOTS = st.lists(
    st.builds(
        Spot,
        key=st.uuids().map(str),
        name=st.sampled_from(["Cape Town", "Durban", "São Paulo"]),
        x=st.floats(0, WIDTH),
        y=st.floats(TOP, TOP + HEIGHT),
        weight=st.integers(1, 30),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    "typed", ["", "1,2", "a,b,c", "nan,1,2", "1,inf,2", "0,0,1e99", "1,2,3,4", "\x00", "٣,,"]
)
def test_nonsense_is_the_whole_world(typed):
    assert Window.read(typed) == WORLD


def test_window_is_mended_to_lie_on_the_map_and_not_too_close():
    assert Window.read("-50,-50,100") == Window(0, 16, 100)
    assert Window.read("990,500,100") == Window(900, round(TOP + HEIGHT - 49.2, 2), 100)
    assert Window.read("500,200,0.001").width == pytest.approx(15.625)
    assert Window.read("500,200,5000") == WORLD


@given(st.floats(0, 1000), st.floats(0, 500), st.floats(0, 1000))
def test_window_is_read_back_from_its_own_address(left, top, width):
    window = Window.read(f"{left},{top},{width}")

    assert Window.read(window.text) == window


@given(SPOTS)
def test_every_spot_is_in_one_cluster_and_no_mark_covers_another(spots):
    clusters = gather(spots, WORLD)

    together = [spot for cluster in clusters for spot in cluster.spots]
    assert sorted(together) == sorted(spots)
    assert all(
        hypot(one.lead.x - other.lead.x, one.lead.y - other.lead.y) >= APART
        for one, other in combinations(clusters, 2)
    )
    assert gather(reversed(spots), WORLD) == clusters


@given(SPOTS)
def test_following_a_cluster_always_ends_at_a_list_or_a_single_place(spots):
    for cluster in gather(spots, WORLD):
        window, followed, steps = WORLD, cluster, 0
        while (closer := window.closer(followed)) is not None:
            assert closer.width <= window.width / 2
            assert all(closer.holds(spot) for spot in followed.spots)
            window, steps = closer, steps + 1
            followed = next(one for one in gather(spots, window) if followed.lead in one.spots)
        assert steps <= 6


def test_spots_of_one_point_are_never_parted():
    cluster = gather([Spot("a", "A", 5, 50), Spot("b", "B", 5, 50)], WORLD)[0]

    assert cluster.weight == 2
    assert WORLD.closer(cluster) is None


def test_view_fills_the_map_with_the_window():
    window = Window(100, 116, 500)

    assert window.view(100, 116) == (0, TOP)
    assert window.view(600, 116 + window.height) == (WIDTH, TOP + HEIGHT)
    assert window.wider() == WORLD
