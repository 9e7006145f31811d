"""Counts are those of counting by hand, whatever the kind of question."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from consultations.analysis import tabulate
from consultations.analysis.axes import axis

NAMES = ["right_health", "setting", "days", "since"]


def table(form: Any, packed: Any, records: Any, people: Any, name: str, by: str | None) -> tabulate.RawTable:
    found = records(people)
    rows = axis(form, packed, found, by) if by else None
    return tabulate.raw_table(axis(form, packed, found, name), rows, found["record_key"].astype(float))


def test_each_region_is_counted_as_by_hand(form: Any, packed: Any, records: Any, people: Any) -> None:
    raw = table(form, packed, records, people, "right_health", "region")
    regions = [category.name for category in raw.breakdown.categories]
    for row, region in enumerate(regions, 1):
        for column, answer in enumerate(raw.question.categories):
            by_hand = sum(p["region"] == region and p["right_health"] == answer.name for p in people)
            assert raw.counts[row, column] == by_hand
    assert raw.counts[0].tolist() == [sum(p["right_health"] == c.name for p in people) for c in raw.question.categories]


def test_of_several_answers_each_counts_and_the_base_is_people(
    form: Any, packed: Any, records: Any, people: Any
) -> None:
    people = [*people, {"region": "africa", "obstacles": ""}, {"region": "africa"}]
    raw = table(form, packed, records, people, "obstacles", "region")
    for column, answer in enumerate(raw.question.categories):
        by_hand = sum(p["region"] == "africa" and answer.name in p.get("obstacles", "").split() for p in people)
        assert raw.counts[1, column] == by_hand
    assert raw.bases[0] == 200


@pytest.mark.parametrize("name", [*NAMES, "obstacles"])
def test_parts_add_up_to_the_whole(
    form: Any, packed: Any, records: Any, people: Any, name: str, monkeypatch: Any
) -> None:
    whole = table(form, packed, records, people, name, "region")
    monkeypatch.setattr(tabulate, "CHUNK", 37)
    parts = table(form, packed, records, people, name, "region")
    for of in ("counts", "keys", "bases", "base_keys"):
        assert np.array_equal(getattr(whole, of), getattr(parts, of))


def test_keys_are_the_sum_of_the_records_keys(form: Any, packed: Any, records: Any, people: Any) -> None:
    found = records(people)
    raw = table(form, packed, records, people, "setting", None)
    code = packed.coded["setting"].code_of["venue"]
    assert int(raw.keys[0, code - 1]) == int(found["record_key"][found["setting"] == code].sum(dtype=np.uint64))


def test_those_without_a_region_count_in_everybody_only(form: Any, packed: Any, records: Any) -> None:
    raw = table(
        form, packed, records, [{"setting": "venue"}, {"setting": "venue", "region": "europe"}], "setting", "region"
    )
    assert raw.bases.tolist() == [2, 0, 0, 1, 0, 0]
