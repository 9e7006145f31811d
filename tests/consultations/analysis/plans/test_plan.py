"""A plan names every table that there will be, and its digest changes with everything that was promised."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.analysis.ladders import LadderUnfit
from consultations.analysis.plans import plan as plans
from consultations.analysis.plans.plan import plan_for
from consultations.analysis.regional import released_tables

LADDER = {"setting": [[["outdoors", "venue"], ["no_answer"]]]}


def test_every_table_of_a_release_was_planned_and_the_other_way_round(
    form: Any, packed: Any, records: Any, people: Any
) -> None:
    plan = plan_for(packed, form, "v", ["setting"], LADDER)
    released = released_tables(packed, form, records(people), ["setting"], LADDER)
    assert [table.id for table in plan.tables if not table.within] == [table.id for table in released]


def test_tables_are_found_by_their_breakdown_with_the_rows_that_they_could_have(form: Any, packed: Any) -> None:
    plan = plan_for(packed, form, "v", ["setting"], {})
    assert plan.breakdowns == ("region", "setting")
    assert [(table.id, table.rows) for table in plan.by("")] == [("region", 1), ("_language", 1)]
    assert {table.rows for table in plan.by("region")} == {5}
    assert {table.question for table in plan.by("setting")} < {table.question for table in plan.by("region")}


def test_the_same_plan_has_the_same_digest(form: Any, packed: Any) -> None:
    one = plan_for(packed, form, "v", ["setting"], LADDER)
    again = plan_for(packed, form, "v", ("region", "setting"), {"setting": [[["no_answer"], ["venue", "outdoors"]]]})
    assert one.digest == again.digest
    assert len(bytes.fromhex(one.digest)) == 32


@pytest.mark.parametrize(
    "change", [{"version": "w"}, {"names": []}, {"names": ["right_health"]}, {"stored": {}}], ids=str
)
def test_another_form_breakdown_or_ladder_is_another_plan(form: Any, packed: Any, change: dict[str, Any]) -> None:
    fixed = plan_for(packed, form, "v", ["setting"], LADDER)
    changed = {"version": "v", "names": ["setting"], "stored": {} if "names" in change else LADDER, **change}
    assert plan_for(packed, form, **changed).digest != fixed.digest


def test_another_threshold_is_another_plan(form: Any, packed: Any, monkeypatch: Any) -> None:
    before = plan_for(packed, form, "v", [], {}).digest
    monkeypatch.setattr(plans, "RULES", dict(plans.RULES) | {"least_base": 9})
    assert plan_for(packed, form, "v", [], {}).digest != before


def test_a_ladder_that_does_not_fit_the_list_is_no_plan(form: Any, packed: Any) -> None:
    with pytest.raises(LadderUnfit):
        plan_for(packed, form, "v", ["setting"], {"setting": [[["outdoors", "venue"]]]})
