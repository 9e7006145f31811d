"""A questionnaire is a tree that falls into pages."""

from __future__ import annotations

import pytest

from forms.questionnaire import Group, Question, Questionnaire, Source, Text

HERE = Source("survey", 2)


def question(name: str, kind: str = "text") -> Question:
    return Question(name, kind, f"/data/{name}", HERE)


def group(name: str, *children: Question | Group, appearance: str = "") -> Group:
    return Group(name, f"/data/{name}", HERE, appearance=appearance, children=children)


def form(*children: Question | Group) -> Questionnaire:
    return Questionnaire(Text(), "form", ("en",), "en", children, {})


def names(questionnaire: Questionnaire) -> list[list[str]]:
    return [[asked.name for asked in page.questions] for page in questionnaire.pages()]


def test_a_field_list_is_one_page_with_all_that_it_holds() -> None:
    inner = group("inner", question("b"))
    assert names(form(group("outer", question("a"), inner, appearance="field-list"), question("c"))) == [
        ["a", "b"],
        ["c"],
    ]


def test_neighbours_outside_a_field_list_share_a_page() -> None:
    assert names(form(question("a"), question("b"), group("g", question("c")), question("d"))) == [
        ["a", "b"],
        ["c"],
        ["d"],
    ]


def test_what_is_computed_makes_no_page() -> None:
    sums = group("sums", question("n", "calculate"), appearance="field-list")
    assert names(form(question("m", "calculate"), sums, question("a"))) == [["a"]]


def test_a_question_is_found_by_name() -> None:
    found = form(group("g", question("a"))).question("a")
    assert found.path == "/data/a"
    with pytest.raises(KeyError):
        form(question("a")).question("b")


def test_a_text_is_shown_in_the_nearest_language() -> None:
    text = Text({"fr": "Bonjour", "sw": "Habari"})
    assert (text.in_language("fr-CA"), text.written_in("ru")) == ("Bonjour", "fr")
    assert (Text().in_language("fr"), bool(Text()), bool(text)) == ("", False, True)
