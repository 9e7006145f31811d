"""Counts are those of counting by hand, whatever the kind of question."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from consultations.analysis import tabulate
from consultations.analysis.axes import axis
from consultations.analysis.raw_tables import RawTable, raw_table
from consultations.analysis.tables import Planned
from tests.consultations.analysis.tallying import counted, keys, made

NAMES = ["right_health", "setting", "days", "since"]


def table(form: Any, packed: Any, found: Any, name: str, by: str = "", **more: str) -> RawTable:
    breakdowns = [axis(form, packed, found, each) for each in ("region", by) if each]
    if by == "region" or not by:
        breakdowns = breakdowns[: bool(by)]
    question = counted(axis(form, packed, found, name), [breakdowns], np.ascontiguousarray(found["record_key"]))
    return raw_table(question, Planned(name, by, **more))


def test_each_region_is_counted_as_by_hand(form: Any, packed: Any, records: Any, people: Any) -> None:
    raw = table(form, packed, records(people), "right_health", "region")
    assert raw.breakdown is not None
    for row, region in enumerate([category.name for category in raw.breakdown.categories], 1):
        for column, answer in enumerate(raw.columns):
            by_hand = sum(p["region"] == region and p["right_health"] == answer.name for p in people)
            assert raw.counts[row, column] == by_hand
    assert raw.counts[0].tolist() == [sum(p["right_health"] == c.name for p in people) for c in raw.columns]


def test_a_table_within_a_region_counts_its_people_alone(form: Any, packed: Any, records: Any, people: Any) -> None:
    raw = table(form, packed, records(people), "right_health", "setting", within="europe")
    there = [p for p in people if p["region"] == "europe"]
    assert (raw.within is not None, raw.bases[0]) == (True, len(there))
    assert raw.bases[2] == sum(p["setting"] == "venue" for p in there)
    assert raw.counts[2].tolist() == [
        sum(p["setting"] == "venue" and p["right_health"] == c.name for p in there) for c in raw.columns
    ]


def test_of_several_answers_each_counts_and_the_base_is_people(
    form: Any, packed: Any, records: Any, people: Any
) -> None:
    people = [*people, {"region": "africa", "obstacles": ""}, {"region": "africa"}]
    raw = table(form, packed, records(people), "obstacles", "region")
    for column, answer in enumerate(raw.columns):
        by_hand = sum(p["region"] == "africa" and answer.name in p.get("obstacles", "").split() for p in people)
        assert raw.counts[1, column] == by_hand
    assert raw.bases[0] == 200


RANKED = [
    {"region": "africa", "needs": "venue outdoors no_answer"},
    {"region": "africa", "needs": "venue no_answer outdoors"},
    {"region": "europe", "needs": "outdoors venue no_answer"},
    {"region": "europe", "needs": "outdoors"},
    {"region": "europe"},
]


def test_of_a_ranking_each_choice_has_its_places(form: Any, packed: Any, records: Any) -> None:
    raw = table(form, packed, records(RANKED), "needs", "region", item="outdoors")
    assert (raw.kind, [column.name for column in raw.columns]) == ("places", ["1", "2", "3"])
    assert [raw.counts[row].tolist() for row in (0, 1, 3)] == [[2, 1, 1], [0, 1, 1], [2, 0, 0]]
    assert raw.bases.tolist() == [4, 2, 0, 2, 0, 0]
    first = table(form, packed, records(RANKED), "needs", "region")
    assert (first.kind, first.counts[0].tolist(), first.bases.tolist()) == ("ranking", [2, 2, 0], raw.bases.tolist())
    assert int(first.keys[3, 0]) == int(raw.keys[3, 0])


@pytest.mark.parametrize("name", [*NAMES, "obstacles", "needs"])
def test_parts_add_up_to_the_whole(
    form: Any, packed: Any, records: Any, people: Any, name: str, monkeypatch: Any
) -> None:
    found = records([{**each, "needs": "venue outdoors"} for each in people])
    whole = table(form, packed, found, name, "region")
    monkeypatch.setattr(tabulate, "CHUNK", 37)
    parts = table(form, packed, found, name, "region")
    for of in ("counts", "keys", "bases", "base_keys"):
        assert np.array_equal(getattr(whole, of), getattr(parts, of))


def test_keys_are_the_sum_of_the_records_keys(form: Any, packed: Any, records: Any, people: Any) -> None:
    found = records(people)
    raw = table(form, packed, found, "setting")
    code = packed.coded["setting"].code_of["venue"]
    assert int(raw.keys[0, code - 1]) == int(found["record_key"][found["setting"] == code].sum(dtype=np.uint64))


def test_those_without_a_region_count_in_everybody_only(form: Any, packed: Any, records: Any) -> None:
    found = records([{"setting": "venue"}, {"setting": "venue", "region": "europe"}])
    assert table(form, packed, found, "setting", "region").bases.tolist() == [2, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("most_dense", [2**16, 4])
def test_people_are_counted_by_all_breakdowns_at_once(monkeypatch: Any, most_dense: int) -> None:
    """Whether every combination has its place or only those that somebody gave."""
    monkeypatch.setattr("consultations.analysis.crossing.MOST_DENSE", most_dense)
    codes = np.random.default_rng(2).integers(0, 4, (300, 3))
    axes = [made(name, codes[:, place], 3) for place, name in enumerate("abc")]
    answers = np.random.default_rng(3).integers(0, 3, 300)
    found = counted(made("q", answers, 2), [axes[:1], axes[1:]], keys(300)).people
    for cell, people in zip(found.by.answers.tolist(), found.bases.tolist(), strict=True):
        assert people == int(((codes == cell).all(axis=1) & (answers > 0)).sum())
    assert found.bases.sum() == (answers > 0).sum()
