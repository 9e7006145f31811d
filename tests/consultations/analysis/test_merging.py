"""Small categories are counted together until nobody stands out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.merging import Group, Groups, Stands, neighbours_together, others_together, up_the_ladder


def singles(sizes: list[int]) -> Groups:
    return tuple((place,) for place in range(len(sizes)))


def ten_people(sizes: list[int]) -> Stands:
    def stands(group: Group) -> bool:
        return sum(sizes[place] for place in group) >= 10

    return stands


@pytest.mark.parametrize(
    ("sizes", "rows", "hidden"),
    [
        ([30, 20, 10], ((0,), (1,), (2,)), ()),
        ([30, 7, 20, 6], ((0,), (2,), (1, 3)), ()),
        ([30, 20, 9], ((0,), (1, 2)), ()),
        ([30, 20, 0], ((0,), (1, 2)), ()),
        ([30, 9], (), (0, 1)),
        ([6, 6], (), (0, 1)),
        ([3, 4], (), (0, 1)),
        ([], (), ()),
    ],
)
def test_small_categories_are_put_together(
    sizes: list[int], rows: tuple[tuple[int, ...], ...], hidden: tuple[int, ...]
) -> None:
    assert others_together(singles(sizes), ten_people(sizes)) == (rows, hidden)


AGES = (((0, 1), (2, 3), (4,)), ((0, 1, 2, 3), (4,)))


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([20, 20, 20, 20, 20], ((0,), (1,), (2,), (3,), (4,))),
        ([20, 9, 20, 20, 20], ((0, 1), (2,), (3,), (4,))),
        ([4, 4, 20, 20, 20], ((0, 1, 2, 3), (4,))),
        ([1, 1, 1, 1, 3], ((0, 1, 2, 3), (4,))),
        ([20, 9, 9, 20, 0], ((0, 1), (2, 3), (4,))),
    ],
)
def test_a_small_category_climbs_with_its_whole_group(sizes: list[int], rows: Groups) -> None:
    assert up_the_ladder(singles(sizes), AGES, ten_people(sizes)) == rows


@given(st.lists(st.integers(0, 25), min_size=5, max_size=5))
def test_after_the_ladder_nothing_small_is_left(sizes: list[int]) -> None:
    stands = ten_people(sizes)
    rows, hidden = others_together(up_the_ladder(singles(sizes), AGES, stands), stands)
    assert all(stands(row) for row in rows)
    assert sorted((*(place for row in rows for place in row), *hidden)) == list(range(5))
    assert not (rows and hidden)
    assert len(rows) != 1


def test_one_category_alone_is_everybody_again() -> None:
    assert others_together(((1,),), ten_people([0, 50])) == ((), (1,))


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([10, 20], ((0,), (1,))),
        ([3, 8, 4, 30, 2], ((0, 1), (2, 3, 4))),
        ([1, 2], ((0, 1),)),
        ([], ()),
    ],
)
def test_small_bands_join_their_neighbours(sizes: list[int], groups: tuple[tuple[int, ...], ...]) -> None:
    assert neighbours_together(range(len(sizes)), lambda group: sum(sizes[place] for place in group), 10) == groups
