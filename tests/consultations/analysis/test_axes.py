"""Questions become axes of categories, and some never do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consultations.analysis.axes import Category, axis, is_tabulated, joined, languages, places
from forms.packing import columns, pack
from forms.questionnaire import UNNAMED, Text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("setting", "categories"),
        ("right_health", "scale"),
        ("obstacles", "multiple"),
        ("days", "number"),
        ("hours", "number"),
        ("since", "date"),
        ("pain", "number"),
        ("opens", "time"),
        ("last", "date"),
        ("needs", "ranking"),
    ],
)
def test_every_closed_question_has_a_kind(
    form: Any, packed: Any, records: Any, people: Any, name: str, kind: str
) -> None:
    assert axis(form, packed, records(people), name).kind == kind


def test_a_question_that_is_written_in_no_language_is_called_by_its_name(form: Any, packed: Any, records: Any) -> None:
    children = tuple(replace(each, label=Text()) if each.name == "days" else each for each in form.children)
    found = axis(replace(form, children=children), packed, records([{}]), "days")
    assert found.label == {UNNAMED: "days"}


def test_what_is_missing_has_no_place(form: Any, packed: Any, records: Any) -> None:
    found = records([{}, {"days": "0", "hours": "1.5"}])
    assert axis(form, packed, found, "days").codes.tolist() == [0, 1]
    assert axis(form, packed, found, "hours").codes.tolist() == [0, 3]


def test_answers_that_are_no_step_stand_apart(form: Any, packed: Any, records: Any, people: Any) -> None:
    apart = [category.apart for category in axis(form, packed, records(people), "right_health").categories]
    assert apart == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("setting", True),
        ("needs", True),
        ("country", False),
        ("quote_permission", False),
        ("what_changed", False),
        ("thanks", False),
        ("agreed", False),
    ],
)
def test_a_country_and_a_permission_are_never_tabulated(form: Any, packed: Any, name: str, shown: bool) -> None:
    assert is_tabulated(form.question(name), packed) is shown


def test_the_head_of_a_grid_is_no_question(form: Any, packed: Any) -> None:
    assert not is_tabulated(replace(form.question("setting"), appearance="label"), packed)


def test_neighbouring_bands_join_and_other_categories_do_not() -> None:
    low, high = Category("2–4", {}, ("2", "4")), Category("5–9", {}, ("5", "9"))
    assert joined((low, high)).ends == ("2", "9")
    assert joined((low,)) is low
    assert joined((Category("a", {}), Category("b", {}))).name == "a"


def test_of_an_order_every_place_is_counted(form: Any, packed: Any, records: Any) -> None:
    found = axis(form, packed, records([{"needs": "venue outdoors no_answer"}, {}]), "needs")
    assert found.codes.tolist() == [[2, 1, 3], [0, 0, 0]]
    assert [category.name for category in found.categories] == ["outdoors", "venue", "no_answer"]
    assert [(place.name, place.ends) for place in places(found)] == [(n, (n, n)) for n in "123"]


def test_languages_are_those_of_the_form_and_of_the_pages(packed: Any) -> None:
    found = languages(packed, columns(packed, b"".join(pack(packed, {}, code, 1)[0] for code in ("fr", "ar", "sw"))))
    names = [category.name for category in found.categories]
    assert (found.question, names) == ("_language", ["en", "fr", "zh", "ru", "es", "ar"])
    assert found.codes.tolist() == [2, 6, 0]


def test_hours_and_days_have_fixed_places(form: Any, packed: Any, records: Any) -> None:
    found = records([{"opens": "21:30:00.000", "last": "2024-05-06T10:00:00.000"}, {}])
    opens, last = axis(form, packed, found, "opens"), axis(form, packed, found, "last")
    assert (opens.codes.tolist(), opens.categories[21].name, opens.banded) == ([22, 0], "21:00–21:59", True)
    assert (last.codes.tolist(), [category.name for category in last.categories]) == ([1, 0], ["2024"])
