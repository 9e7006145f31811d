"""Small categories are counted together until nobody stands out."""

from __future__ import annotations

import pytest

from consultations.analysis.merging import neighbours_together, others_together


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
    found = others_together(range(len(sizes)), lambda group: sum(sizes[place] for place in group), 10)
    assert found == (rows, hidden)


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
