"""A page shows what is relevant, in the reader's language, as it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from forms.builder import (
    NO_WORDS,
    FieldView,
    Wording,
    Words,
    answer_words,
    control_name,
    page_fields,
    page_headings,
)
from forms.controls import element_id
from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text
from forms.running.flow import Flow, Spot

HERE = Source("survey", 2)


def text(en: str, sw: str = "") -> Text:
    return Text({"en": en, "sw": sw} if sw else {"en": en})


def question(name: str, type: str = "text", label: str = "", **more: object) -> Question:
    made = Question(name, type, f"/data/{name}", HERE, label=text(label or name, f"{label or name} (sw)"))
    return replace(made, **more)  # type: ignore[arg-type]  # tests name real fields


def group(name: str, *children: Question | Group, path: str = "/data") -> Group:
    return Group(name, f"{path}/{name}", HERE, text(name.title()), appearance="field-list", children=children)


def flow_of(*children: Question | Group) -> Flow:
    choices = {
        "regions": (Choice("africa", text("Africa", "Afrika")), Choice("asia", text("*Asia*")), Choice("x", Text())),
        "many": tuple(Choice(f"c{n}", text(f"Country {n}")) for n in range(13)),
    }
    return Flow(Questionnaire(Text(), "form", ("en", "sw"), "en", children, choices))


def wording(flow: Flow, language: str = "en", page_language: str = "en", **answers: str) -> Wording:
    return Wording(flow.state(answers, date(2026, 11, 22), language), language, page_language)


def only(
    asked: Question, typed: Mapping[str, Sequence[str]] | None = None, language: str = "en", **answers: str
) -> FieldView:
    flow = flow_of(asked)
    (field,) = page_fields(flow, Spot(0), wording(flow, language, **answers), typed or {})
    return field


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (question("a", "select_one", list_name="regions"), "radios"),
        (question("a", "select_one", list_name="regions", appearance="minimal"), "list"),
        (question("a", "select_one", list_name="many"), "list"),
        (question("a", "select_multiple", list_name="many"), "checkboxes"),
        (question("a"), "line"),
        (question("a", appearance="multiline w2"), "lines"),
        (question("a", "integer"), "integer"),
        (question("a", "decimal"), "decimal"),
        (question("a", "date"), "date"),
        (question("a", "note"), "note"),
        (question("a", read_only="true()"), "read_only"),
    ],
)
def test_each_question_is_asked_in_the_way_that_suits_it(asked: Question, kind: str) -> None:
    assert only(asked).kind == kind


def test_a_text_in_another_language_says_so() -> None:
    field = only(question("a", label="Where?"), language="sw")
    assert field.label == Words(Markup("Where? (sw)"), Markup(' lang="sw" dir="ltr"'))


def test_a_missing_translation_is_shown_in_the_language_it_has() -> None:
    field = only(question("a", "select_one", list_name="regions"), language="sw")
    assert [option.label.html for option in field.options] == ["Afrika", "<em>Asia</em>", "x"]
    assert [option.label.attrs for option in field.options] == [' lang="sw" dir="ltr"', "", ""]


def test_an_answer_so_far_is_shown_chosen() -> None:
    field = only(question("a", "select_multiple", list_name="regions"), a="africa x")
    assert [option.value for option in field.options if option.chosen] == ["africa", "x"]


def test_what_was_typed_overrules_the_answer_so_far() -> None:
    assert only(question("a", "integer"), {"a": ["many"]}, a="3").value == "many"
    field = only(question("a", "select_one", list_name="regions"), {"a": ["asia"]}, a="africa")
    assert [option.value for option in field.options if option.chosen] == ["asia"]
    assert set(only(question("a", "date"), {"a": []}, a="2026-01-02").parts.values()) == {""}


def test_a_label_quotes_answers_in_words() -> None:
    flow = flow_of(
        question("region", "select_one", list_name="regions"),
        question("both", "select_multiple", list_name="regions"),
        question("own", label="${region}, ${both}, ${own}, ${nobody}"),
    )
    shown = wording(flow, "sw", region="africa", both="africa x", own="<i>")
    label = page_fields(flow, Spot(0), shown)[2].label.html
    assert "<bdi>Afrika</bdi>, <bdi>Afrika, x</bdi>, <bdi>&lt;i&gt;</bdi>, <bdi></bdi>" in label


def test_an_irrelevant_question_is_not_shown() -> None:
    flow = flow_of(question("a", "integer"), question("b", relevant="${a} > 1"))
    assert [field.name for field in page_fields(flow, Spot(0), wording(flow, a="1"))] == ["a"]
    assert [field.name for field in page_fields(flow, Spot(0), wording(flow, a="2"))] == ["a", "b"]


def test_a_group_within_the_page_heads_its_first_question() -> None:
    inner = group("work", question("b"), question("c"), path="/data/life")
    flow = flow_of(group("life", question("a"), inner, question("d")))
    fields = page_fields(flow, Spot(0), wording(flow))
    assert [[words.html for words in field.headings] for field in fields] == [[], ["Work"], [], []]
    assert [words.html for words in page_headings(flow, Spot(0), wording(flow))] == ["Life"]


def test_hint_and_error_are_tied_to_their_control() -> None:
    flow = flow_of(question("a", hint=text("For example"), required="yes"))
    (field,) = page_fields(flow, Spot(0), wording(flow), {}, {"a": Words(Markup("Please answer."))})
    assert field.described_by == f"{element_id('a')}-hint {element_id('a')}-error"
    assert field.needed
    assert only(question("a")).described_by == ""


def test_a_question_may_have_the_name_of_a_control_of_ours() -> None:
    assert [control_name(name) for name in ("state", "go", "status")] == ["state:", "go:", "status"]


def test_answers_are_read_back_in_words() -> None:
    flow = flow_of(
        question("one", "select_one", list_name="regions"),
        question("two", "select_multiple", list_name="regions"),
        question("three"),
        question("four", label=" "),
    )
    shown = wording(flow, one="africa", two="asia gone", three="<b>")
    said = [[words.html for words in answer_words(asked.name, shown)] for asked in flow.questionnaire.questions()]
    assert said == [["Africa"], ["<em>Asia</em>"], ["<bdi>&lt;b&gt;</bdi>"], []]


def test_a_question_without_a_label_has_no_words() -> None:
    assert only(Question("a", "text", "/data/a", HERE, label=Text({"en": ""}))).label == NO_WORDS


def test_a_group_without_words_heads_nothing() -> None:
    flow = flow_of(Group("plain", "/data/plain", HERE, children=(question("a"),)))

    assert page_headings(flow, Spot(0), wording(flow)) == ()
