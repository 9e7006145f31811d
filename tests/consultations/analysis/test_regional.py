"""A plan becomes tables, all protected, and comes back from the store as it was."""

from __future__ import annotations

import json
from typing import Any

from consultations.analysis.regional import breakdowns, planned, released_tables
from consultations.analysis.tables import from_json, to_json


def test_the_region_breaks_down_whatever_the_plan_says(form: Any, packed: Any) -> None:
    assert breakdowns(packed, form, []) == ("region",)
    assert breakdowns(packed, form, ["setting", "region", "country", "days", "nothing"]) == ("region", "setting")


def test_every_closed_question_is_planned_once_for_each_breakdown(form: Any, packed: Any) -> None:
    plan = list(planned(packed, form, ["region", "setting"]))
    assert plan[:4] == [("region", ""), ("setting", "region"), ("right_health", "region"), ("right_health", "setting")]
    assert len(plan) == len(set(plan)) == 2 + 10 * 2
    assert not {"country", "quote_permission", "what_changed", "thanks"} & {question for question, _ in plan}


def test_tables_come_back_from_the_store(form: Any, packed: Any, records: Any, people: Any) -> None:
    tables = released_tables(packed, form, records(people), ["setting"])
    assert from_json(json.loads(json.dumps(to_json(tables)))) == tables
    assert [table.id for table in tables][:3] == ["region", "setting.by.region", "right_health.by.region"]
    assert tables[2].question_label == {"en": "About right_health", "fr": "Sur right_health"}
