"""Answers are read back as readers of the page's language write them."""

from __future__ import annotations

from datetime import date

import pytest

from forms.builder import Wording, answer_words
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text
from forms.running.answer_problems import AnswerProblem
from forms.running.flow import Flow

CHOICES = {"needs": tuple(Choice(name, Text({"en": name.title()})) for name in ("health", "home"))}


def read_back(type: str, answer: str, language: str = "en", appearance: str = "") -> list[str]:
    asked = Question("a", type, "/data/a", Source("survey", 2), appearance=appearance, list_name="needs")
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (asked,), CHOICES))
    wording = Wording(flow.state({"a": answer}, date(2026, 11, 22), "en"), "en", language)
    return [words.html.replace("<bdi>", "").replace("</bdi>", "") for words in answer_words("a", wording)]


@pytest.mark.parametrize(
    ("type", "appearance", "answer", "language", "said"),
    [
        ("date", "", "2026-11-02", "en", "2 November 2026"),
        ("date", "month-year", "2026-11-01", "zh", "2026年11月"),
        ("date", "year", "2026-01-01", "en", "2026"),
        ("date", "", "soon", "en", "soon"),
        ("time", "", "21:30:00.000", "ar", "9:30 م"),
        ("time", "", "21:30:00.000", "en", "21:30"),
        ("datetime", "", "2026-11-02T21:30:00.000", "ru", "2 ноября 2026\u202fгода, 21:30"),
        ("acknowledge", "", "OK", "en", "I confirm this"),
        ("integer", "", "2019", "en", "2019"),
    ],
)
def test_answers_are_read_back_in_the_habits_of_the_language(
    type: str, appearance: str, answer: str, language: str, said: str
) -> None:
    assert read_back(type, answer, language, appearance) == [said]


def test_an_order_is_read_back_with_its_places() -> None:
    assert read_back("rank", "home health") == ["1. Home", "2. Health"]


def test_a_choice_whose_label_quotes_the_answer_itself_is_read_back() -> None:
    asked = Question("a", "select_one", "/data/a", Source("survey", 2), list_name="l")
    choices = {"l": (Choice("x", Text({"en": "The one (${a})"})),)}
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (asked,), choices))
    wording = Wording(flow.state({"a": "x"}, date(2026, 11, 22), "en"), "en", "en")
    assert wording.of(Text({"en": "You said ${a}."})).html == "You said <bdi>The one (x)</bdi>."


def test_a_problem_is_said_in_the_author_s_words_or_in_ours_with_our_reader_s_numbers() -> None:
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (), {}))
    wording = Wording(flow.state({}, date(2026, 11, 22), "en"), "en", "en")
    limits = {"start": "0", "end": "2500", "step": "0.5"}
    own = AnswerProblem("a", "constraint", Text({"en": "Only <so> much."}))
    assert wording.problem(AnswerProblem("a", "out_of_range", values=limits)).html.endswith("from 0 to 2,500.")
    assert wording.problem(own).html == "Only &lt;so&gt; much."
