"""A plan that cannot be protected is refused in words that name the question and say what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from consultations.analysis.plans import protectable
from consultations.analysis.plans.estimates import estimates
from consultations.analysis.plans.plan import plan_for
from consultations.analysis.plans.protectable import (
    AskedSeveralTimes,
    CountriesByAnotherName,
    GroupTooSmall,
    NeverByCountry,
    NeverStored,
    NoSuchQuestion,
    NotOneAnswer,
    OneRowOnly,
    TooManyRows,
    TooManyTables,
    check,
    faults,
)
from forms.packing import layout
from forms.questionnaire import Choice, Group, Questionnaire, Source, Text

Found = Callable[..., list[tuple[type, dict[str, object]]]]


def with_list(form: Questionnaire, name: str, choices: Sequence[str]) -> Questionnaire:
    made = tuple(Choice(each, Text({"en": each})) for each in choices)
    return replace(form, choices=dict(form.choices) | {name: made})


def changed(form: Questionnaire, name: str, **change: Any) -> Questionnaire:
    children = tuple(replace(each, **change) if each.name == name else each for each in form.children)
    return replace(form, children=children)


@pytest.fixture
def found() -> Found:
    def look(form: Questionnaire, names: Sequence[str], ladders: Any = None) -> list[tuple[type, dict[str, object]]]:
        place = layout(form)
        plan = plan_for(place, form, "v", names, ladders or {})
        return [(type(fault), fault.values) for fault in faults(place, form, names, plan)]

    return look


def test_a_usual_plan_has_no_fault(form: Any, found: Any) -> None:
    assert found(form, ["region", "setting"], {"setting": [[["outdoors", "venue"], ["no_answer"]]]}) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("country", NeverByCountry),
        ("nothing", NoSuchQuestion),
        ("obstacles", NotOneAnswer),
        ("days", NotOneAnswer),
        ("thanks", NotOneAnswer),
        ("quote_permission", NotOneAnswer),
    ],
)
def test_what_puts_no_person_in_one_row_is_refused_by_name(form: Any, found: Any, name: str, fault: type) -> None:
    assert found(form, ["setting", name]) == [(fault, {"question": name})]


def test_a_list_of_countries_is_refused_whatever_the_question_is_called(form: Any, found: Any) -> None:
    listed = changed(form, "setting", list_name="country")
    assert found(listed, ["setting"]) == [(NeverByCountry, {"question": "setting"})]
    named = with_list(form, "setting", ["Kenya", "Uganda", "Tanzania"])
    assert (CountriesByAnotherName, {"question": "setting"}) in found(named, ["setting"])


def test_tables_of_a_list_of_countries_are_refused_though_it_breaks_nothing_down(form: Any, found: Any) -> None:
    named = with_list(form, "obstacles", ["Kenya", "Uganda", "Tanzania"])
    assert found(named, []) == [(CountriesByAnotherName, {"question": "obstacles"})]


def test_what_is_never_stored_or_asked_several_times_breaks_nothing_down(form: Any, found: Any) -> None:
    assert found(changed(form, "setting", anonymise="drop"), ["setting"])[0] == (NeverStored, {"question": "setting"})
    repeat = Group("visits", "/data/visits", Source("survey", 2), is_repeat=True, children=(form.question("setting"),))
    children = tuple(repeat if each.name == "setting" else each for each in form.children)
    assert found(replace(form, children=children), ["setting"]) == [(AskedSeveralTimes, {"question": "setting"})]


def test_one_answer_would_repeat_the_row_of_everybody(form: Any, found: Any) -> None:
    assert found(with_list(form, "protection", ["yes"]), ["right_health"])[0][0] is OneRowOnly


def test_rows_that_would_have_too_few_people_are_refused_until_they_are_put_together(form: Any, found: Any) -> None:
    many = [f"place_{n}" for n in range(91)]
    wide = with_list(form, "protection", many)
    words = {"question": "right_health", "answers": 1_000, "rows": 91, "most": 90}
    assert found(wide, ["right_health"]) == [(TooManyRows, words)]
    halves = [[many[:45], many[45:]]]
    assert found(wide, ["right_health"], {"right_health": halves}) == []


def test_what_is_refused_for_its_rows_would_indeed_show_few_of_them(form: Any) -> None:
    """By the estimate that staff see, which says the same by another way."""
    wide = with_list(form, "protection", [f"place_{n}" for n in range(200)])
    place = layout(wide)
    plan = plan_for(place, wide, "v", ["right_health"], {})
    most = estimates(place, wide, plan, {})[-1].of(table.id for table in plan.by("right_health"))
    assert most.shares[0] < 10


def test_a_ladder_that_ends_in_a_group_too_small_is_refused(form: Any, found: Any) -> None:
    many = [f"place_{n}" for n in range(200)]
    wide = with_list(form, "protection", many)
    ladder = [[many[:100], many[100:199], many[199:]]]
    words = {"question": "right_health", "answers": 1_000, "answer": "place_199", "least": 10}
    assert found(wide, ["right_health"], {"right_health": ladder}) == [(GroupTooSmall, words)]


def test_more_tables_than_can_be_attacked_are_refused(form: Any, packed: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(protectable, "MOST_TABLES", 20)
    plan = plan_for(packed, form, "v", ["setting"], {})
    with pytest.raises(TooManyTables) as refused:
        check(packed, form, ["setting"], plan)
    assert refused.value.values == {"tables": len(plan.tables), "most": 20}


def test_every_refusal_names_what_is_meant_and_says_what_to_do(form: Any, found: Any) -> None:
    for kind, values in found(form, ["country", "days", "nothing"]):
        said = kind.message % values
        assert f"“{values['question']}”" in said
        assert "Take it out" in said
