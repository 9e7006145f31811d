"""A plan becomes tables, all protected, and comes back from the store as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from consultations.analysis.ladders import LadderUnfit
from consultations.analysis.regional import breakdowns, planned, released_tables
from consultations.analysis.tables import ONE, from_json, to_json
from forms.packing import layout


def test_the_region_breaks_down_whatever_the_plan_says(form: Any, packed: Any) -> None:
    assert breakdowns(packed, form, []) == ("region",)
    assert breakdowns(packed, form, ["setting", "region", "country", "days", "nothing"]) == ("region", "setting")


def test_a_region_with_one_answer_breaks_nothing_down(form: Any) -> None:
    alone = replace(form, choices={**form.choices, "region": form.choices["region"][:1]})
    assert breakdowns(layout(alone), alone, ["setting"]) == ("setting",)
    nowhere = replace(form, children=tuple(each for each in form.children if each.name != "region"))
    assert breakdowns(layout(nowhere), nowhere, ["setting"]) == ("setting",)
    assert [table.id for table in planned(layout(nowhere), nowhere, ["setting"])][:2] == [
        "setting",
        "right_health.by.setting",
    ]


def test_every_closed_question_is_planned_once_for_each_breakdown(form: Any, packed: Any) -> None:
    plan = list(planned(packed, form, ["region", "setting"]))
    two_way = [(table.question, table.breakdown) for table in plan if not table.within and not table.item]
    assert two_way[:4] == [
        ("region", ""),
        ("setting", "region"),
        ("right_health", "region"),
        ("right_health", "setting"),
    ]
    assert two_way[-1] == ("_language", "")
    assert len(two_way) == len(set(two_way)) == 2 + 10 * 2 + 1
    assert len({table.id for table in plan}) == len(plan)
    assert not {"country", "quote_permission", "what_changed", "thanks"} & {table.question for table in plan}
    assert "country" not in {table.breakdown for table in plan}


def test_a_breakdown_is_planned_within_each_region(form: Any, packed: Any) -> None:
    ids = {table.id for table in planned(packed, form, ["setting"]) if table.within}
    assert "right_health.by.setting.in.europe" in ids
    assert len(ids) == 10 * 5


def test_a_ranking_is_planned_for_each_of_its_choices_but_not_within_regions(form: Any, packed: Any) -> None:
    plan = [table for table in planned(packed, form, ["setting"]) if table.item]
    assert [table.id for table in plan][:2] == ["needs.place.outdoors.by.region", "needs.place.venue.by.region"]
    assert (len(plan), {table.within for table in plan}) == (6, {""})


def test_a_long_ranking_has_its_first_places_alone(form: Any) -> None:
    long = replace(
        form,
        children=tuple(
            replace(each, list_name="obstacles") if each.name == "needs" else each for each in form.children
        ),
    )
    assert not [table for table in planned(layout(long), long, []) if table.item]


def test_a_question_called_like_the_languages_takes_their_place(form: Any) -> None:
    own = replace(
        form,
        children=tuple(
            replace(each, name="_language") if each.name == "right_health" else each for each in form.children
        ),
    )
    assert [table.id for table in planned(layout(own), own, []) if table.question == "_language"] == [
        "_language.by.region"
    ]


def test_tables_come_back_from_the_store(form: Any, packed: Any, records: Any, people: Any) -> None:
    tables = released_tables(packed, form, records(people), ["setting"])
    assert from_json(json.loads(json.dumps(to_json(tables)))) == tables
    assert [table.id for table in tables][:3] == ["region", "setting.by.region", "right_health.by.region"]
    assert tables[2].question_label == {"en": "About right_health", "fr": "Sur right_health"}


@pytest.mark.parametrize("most_dense", [2**16, 4])
@pytest.mark.parametrize("answers", [0, 1, 9])
def test_nobody_and_few_make_tables_without_rows(
    form: Any, packed: Any, records: Any, people: Any, answers: int, most_dense: int, monkeypatch: Any
) -> None:
    """Also where combinations of breakdowns are counted that somebody gave, and nobody gave one."""
    monkeypatch.setattr("consultations.analysis.crossing.MOST_DENSE", most_dense)
    tables = released_tables(packed, form, records(people[:answers]), ["setting", "right_health"])
    assert {table.rows for table in tables} == {()}
    assert all(table.hidden for table in tables if table.breakdown)


def test_languages_are_told_of_everybody_alone(form: Any, packed: Any, records: Any, people: Any) -> None:
    profile = released_tables(packed, form, records(people), [])[-1]
    assert (profile.id, profile.breakdown, len(profile.rows)) == ("_language", "", 1)
    assert [column.name for column in profile.columns] == ["en", "fr", "zh", "ru", "es", "ar"]
    assert [cell.shown for cell in profile.rows[0].cells[1:]] == ["<5"] * 5


@pytest.fixture
def thousand(records: Any, people: Any) -> Any:
    """1,000 answers: the same 200 people five times, each with a key of their own."""
    return records(people * 5)


def test_from_a_thousand_answers_on_regions_that_stand_alone_have_tables_of_their_own(
    form: Any, packed: Any, thousand: Any
) -> None:
    tables = {table.id: table for table in released_tables(packed, form, thousand, ["setting"])}
    within = [table for table in tables.values() if table.within]
    assert {table.within for table in within} == {"africa", "asia-pacific", "europe"}
    for table in within:
        by_region = tables[f"{table.question}.by.region"]
        region = next(row for row in by_region.rows if row.name == table.within and row.kind == ONE)
        assert (table.rows[0].base, table.rows[0].cells) == (region.base, region.cells)
        assert table.breakdown_label == {"en": "About setting", "fr": "Sur setting"}
    assert not [table for table in released_tables(packed, form, thousand[:999], ["setting"]) if table.within]


def test_the_choices_of_a_ranking_have_places_as_columns(form: Any, packed: Any, records: Any, people: Any) -> None:
    orders = ("venue outdoors no_answer", "outdoors venue no_answer", "outdoors no_answer venue")
    ranked = [{**each, "needs": orders[number % 3]} for number, each in enumerate(people)]
    tables = {table.id: table for table in released_tables(packed, form, records(ranked), [])}
    table, first = tables["needs.place.outdoors.by.region"], tables["needs.by.region"]
    assert (table.kind, table.item_label) == ("places", {"en": "Outdoors"})
    assert [(column.name, column.low, column.high) for column in table.columns] == [(str(n), n, n) for n in (1, 2, 3)]
    assert [row.base for row in table.rows] == [row.base for row in first.rows]
    assert [row.cells[0] for row in table.rows] == [row.cells[0] for row in first.rows]


def test_the_same_records_give_the_same_tables_in_any_order(form: Any, packed: Any, thousand: Any) -> None:
    turned = thousand[np.random.default_rng(1).permutation(len(thousand))]
    assert released_tables(packed, form, thousand, ["setting"]) == released_tables(packed, form, turned, ["setting"])


def test_ladders_put_small_rows_together(form: Any, packed: Any, records: Any, people: Any) -> None:
    ladder = {"region": [[["africa"], ["asia-pacific", "north-america-caribbean"], ["europe", "latin-america"]]]}
    tables = released_tables(packed, form, records(people), [], ladder)
    by_region = next(table for table in tables if table.id == "setting.by.region")
    assert [row.name for row in by_region.rows] == [
        "",
        "africa",
        "asia-pacific+north-america-caribbean",
        "europe+latin-america",
    ]
    with pytest.raises(LadderUnfit):
        released_tables(packed, form, records(people), [], {"setting": ladder["region"]})
