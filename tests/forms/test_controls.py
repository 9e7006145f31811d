"""Every type has a control that works without script, with the words that its answer needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from forms.builder import FieldView, Wording, Words, page_fields, page_headings
from forms.controls import TIME, element_id
from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text
from forms.running.flow import Flow
from forms.running.typed_times import typed_time
from translations import catalogues
from translations.languages import INTERFACE_LANGUAGES

HERE = Source("survey", 2)
CHOICES = {
    "needs": tuple(Choice(name, Text({"en": name.title()})) for name in ("health", "home", "work")),
    "ends": (Choice("0", Text({"en": "None"})), Choice("2.0", Text({"en": "All"}))),
}
TO_NINETY = {"start": "0", "end": "90", "step": "0.5"}


def question(type: str, **more: object) -> Question:
    made = Question("a", type, "/data/a", HERE, label=Text({"en": "What?"}))
    return replace(made, **more)  # type: ignore[arg-type]  # tests name real fields


def only(
    asked: Question, typed: Mapping[str, Sequence[str]] | None = None, page_language: str = "en", **answers: str
) -> FieldView:
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (asked,), CHOICES))
    state = flow.state(answers, date(2026, 11, 22), "en")
    (field,) = page_fields(flow, flow.spots(state)[0], Wording(state, "en", page_language), typed or {})
    return field


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (question("rank", list_name="needs"), "ranks"),
        (question("range"), "steps"),
        (question("range", parameters=TO_NINETY), "range"),
        (question("time"), "time"),
        (question("datetime"), "moment"),
        (question("acknowledge"), "acknowledge"),
        (question("text", appearance="numbers"), "numbers"),
        (question("text", parameters={"rows": "3"}), "lines"),
        (question("time", read_only="true()"), "read_only"),
    ],
)
def test_each_type_has_its_control(asked: Question, kind: str) -> None:
    assert only(asked).kind == kind


@pytest.mark.parametrize(
    ("asked", "how"),
    [
        (question("range", parameters=TO_NINETY), "A number from 0 to 90, in steps of 0.5."),
        (question("range", parameters={"start": "100", "end": "0"}), "A number from 0 to 100."),
        (question("range", parameters={"start": "0.5", "end": "90.5"}), "A number from 0.5 to 90.5, in steps of 1."),
        (question("rank", list_name="needs"), "Give each answer a place: 1 comes first."),
        (question("time"), "For example 9:30 or 21:30."),
        (question("datetime"), "Time: for example 9:30 or 21:30."),
        (question("integer"), ""),
    ],
)
def test_what_an_answer_looks_like_is_said_in_words_and_tied_to_the_control(asked: Question, how: str) -> None:
    field = only(asked)
    assert field.how.html == how
    assert field.described_by == (f"{element_id('a')}-how" if how else "")


def test_a_short_range_is_a_row_of_numbers_to_press() -> None:
    field = only(question("range", parameters={"start": "0", "end": "2", "step": "0.5"}), page_language="fr", a="1.50")
    assert [option.label.html for option in field.options] == ["0", "0,5", "1", "1,5", "2"]
    assert [option.value for option in field.options if option.chosen] == ["1.5"]
    assert field.layout == "steps"


def test_what_the_author_calls_a_number_stands_beside_it() -> None:
    field = only(question("range", parameters={"start": "0", "end": "2", "tick_labelset": "ends"}), {"a": ["x"]})
    assert [option.label.html for option in field.options] == ["0 None", "1", "2 All"]
    assert field.layout == ""
    assert not any(option.chosen for option in field.options)


MANY = tuple(Choice(f"c{at}", Text({"en": f"Country {at:02}", "fr": f"Pays {at:02}"})) for at in range(40))
LONG = {"many": MANY, "some": MANY[:13], "menu": MANY[:30]}


def of_many(
    asked: Question, typed: Mapping[str, Sequence[str]] | None = None, error: Markup | None = None, **answers: str
) -> FieldView:
    flow = Flow(Questionnaire(Text(), "form", ("en", "fr"), "en", (asked,), LONG))
    wording = Wording(flow.state(answers, date(2026, 11, 22), "en"), "en", "en")
    errors = {"a": Words(error)} if error else {}
    (field,) = page_fields(flow, flow.spots(wording.state)[0], wording, typed or {}, errors)
    return field


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (question("select_one", list_name="menu"), "list"),
        (question("select_one", list_name="many"), "typed"),
        (question("select_one", list_name="some", appearance="autocomplete"), "typed"),
        (question("select_one", list_name="some", appearance="minimal"), "list"),
        (question("select_multiple", list_name="some"), "checkboxes"),
        (question("select_multiple", list_name="many"), "folded"),
    ],
)
def test_the_longer_a_list_the_less_of_it_is_shown_at_once(asked: Question, kind: str) -> None:
    assert of_many(asked).kind == kind


def test_a_written_choice_is_shown_by_its_label_or_as_it_was_written() -> None:
    asked = question("select_one", list_name="many")
    assert of_many(asked, a="c7").value == "Country 07"
    assert of_many(asked, {"a": ["c8"], "a:typed": ["Contry"]}, a="c7").value == "Country 08"
    assert of_many(asked, {"a:typed": ["Country 9"]}, a="c9").value == "Country 09"
    assert of_many(asked, {"a": [""], "a:typed": ["Contry"]}).value == "Contry"


def test_what_may_have_been_meant_is_offered_until_something_is_chosen() -> None:
    asked = question("select_one", list_name="many")
    assert of_many(asked, {"a:typed": ["Contry 07"]}).close[0].value == "c7"
    assert of_many(asked, {"a": ["c7"], "a:typed": ["Contry 07"]}).close == ()
    assert of_many(asked, a="c7").close == ()


def test_the_whole_list_is_there_once_something_was_wrong() -> None:
    asked = question("select_one", list_name="many")
    assert of_many(asked).parts_of_list == ()
    first = of_many(asked, {"a:typed": ["x"]}, error=Markup("Please choose.")).parts_of_list[0]
    assert (first.first.html, first.last.html) == ("Country 00", "Country 12")


def test_a_part_of_a_long_list_says_how_much_in_it_is_ticked() -> None:
    field = of_many(question("select_multiple", list_name="many"), a="c0 c39 c38")
    assert [part.chosen for part in field.parts_of_list] == [1, 0, 2]


def test_a_long_list_in_random_order_is_not_put_in_order() -> None:
    asked = question("select_multiple", list_name="many", parameters={"randomize": "true", "seed": "7"})
    shown = [option.value for option in of_many(asked).options]
    assert sorted(shown) == sorted(choice.name for choice in MANY)
    assert shown != [choice.name for choice in MANY]


def test_a_rank_shows_the_places_given_so_far() -> None:
    asked = question("rank", list_name="needs")
    assert [option.place for option in only(asked, a="work health home").options] == ["2", "3", "1"]
    assert [option.place for option in only(asked, {"a": ["1:home", "1:work", ":health"]}).options] == ["", "1", "1"]
    assert [option.place for option in only(asked, {"a:home": ["2."], "a:work": [""]}, a="x").options] == ["", "2.", ""]
    assert [option.place for option in only(asked).options] == ["", "", ""]


def test_something_to_confirm_is_one_box() -> None:
    (box,) = only(question("acknowledge"), a="OK").options
    assert (box.value, box.chosen, box.label.html) == ("OK", True, "I confirm this")
    assert not only(question("acknowledge")).options[0].chosen


def test_a_time_is_shown_without_its_noughts_and_as_it_was_typed() -> None:
    assert only(question("time"), a="09:30:00.000").value == "09:30"
    assert only(question("time"), {"a": ["9 bells"]}).value == "9 bells"


@pytest.mark.parametrize(
    ("asked", "language", "answer", "parts"),
    [
        (question("date"), "en", "2026-01-02", {"day": "2", "month": "1", "year": "2026"}),
        (question("date"), "zh", "", {"year": "", "month": "", "day": ""}),
        (question("date", appearance="year"), "en", "2026-01-01", {"year": "2026"}),
        (question("date", appearance="month-year"), "ar", "2026-01-01", {"month": "1", "year": "2026"}),
        (
            question("datetime"),
            "ru",
            "2026-01-02T21:30:00.000",
            {"day": "2", "month": "1", "year": "2026", "time": "21:30"},
        ),
    ],
)
def test_a_date_has_the_parts_that_are_asked_in_the_order_of_the_language(
    asked: Question, language: str, answer: str, parts: dict[str, str]
) -> None:
    shown = only(asked, page_language=language, a=answer).parts
    assert list(shown.items()) == list(parts.items())


def test_parts_are_shown_as_they_were_typed() -> None:
    typed = {"a-day": ["31"], "a-month": ["2"], "a-year": [""], "a-time": ["soon"]}
    assert only(question("datetime"), typed).parts == {"day": "31", "month": "2", "year": "", "time": "soon"}


@pytest.mark.parametrize(
    ("appearance", "layout"),
    [
        ("likert", "likert"),
        ("list-nolabel", "grid"),
        ("w2 columns-3", "columns"),
        ("compact", "columns"),
        ("horizontal", "columns"),
        ("quick", ""),
        ("", ""),
    ],
)
def test_appearances_lay_options_out(appearance: str, layout: str) -> None:
    assert only(question("select_one", list_name="needs", appearance=appearance)).layout == layout


@pytest.mark.parametrize(("rows", "lines"), [("3", 3), ("900", 20), ("0", 5), ("many", 5), ("99999", 5)])
def test_a_long_text_has_as_many_lines_as_its_author_says_within_reason(rows: str, lines: int) -> None:
    assert only(question("text", appearance="multiline", parameters={"rows": rows})).rows == lines


def test_what_is_only_read_is_read_in_words() -> None:
    field = only(question("select_multiple", list_name="needs", read_only="yes", default="home work"))
    assert [words.html for words in field.said] == ["Home", "Work"]


def test_within_a_repeat_controls_bear_the_key_and_ids_stay_fit_for_links() -> None:
    member = Group("m", "/data/m", HERE, is_repeat=True, repeat_count="2", children=(question("integer"),))
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (member,), {}))
    state = flow.state({"a[2]": "7"}, date(2026, 11, 22), "en")
    fields = [page_fields(flow, spot, Wording(state, "en", "en"))[0] for spot in flow.spots(state)]
    assert [(field.control, field.id, field.value) for field in fields] == [
        ("a[1]", element_id("a[1]"), ""),
        ("a[2]", element_id("a[2]"), "7"),
    ]
    assert [element_id(name) for name in ("age", "age[1,3]")] == ["qa13010b2", "qb8f9052d"]


def test_what_only_some_want_to_know_is_there_to_be_opened() -> None:
    assert only(question("text", guidance_hint=Text({"en": "As in *law*."}))).guidance.html == "As in <em>law</em>."


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_examples_of_a_time_are_understood_in_the_language_that_gives_them(language: str) -> None:
    said = catalogues.words(language).gettext(TIME)
    examples = re.findall(r"[0-9]+\s?[:h]\s?[0-9]+(?:\s[صم](?!\w))?", said)
    assert [typed_time([example]) for example in examples] == ["09:30:00.000", "21:30:00.000"]


def test_the_heading_of_a_repeat_says_which_time_it_is() -> None:
    inner = Group("n", "/data/m/n", HERE, is_repeat=True, repeat_count="1", children=(question("integer"),))
    outer = Group("m", "/data/m", HERE, Text({"en": "Child"}), is_repeat=True, repeat_count="2", children=(inner,))
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (outer,), {}))
    state = flow.state({}, date(2026, 11, 22), "en")
    found = [page_headings(flow, spot, Wording(state, "en", "en"))[0] for spot in flow.spots(state)]
    assert [words.html.striptags() for words in found] == ["Child 1", "Child 2"]
