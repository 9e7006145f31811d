"""One page of input made into answers and problems."""

from datetime import date

import pytest

from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text
from forms.running.answers import MESSAGES, SHOWN, AnswerProblem, first_wrong_page, read_page
from forms.running.canonical import MAX_CHARACTERS, MAX_DIGITS
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot

TODAY = date(2026, 11, 22)
ROW = Source("survey", 2)
CHOICES = {"list": tuple(Choice(name, Text({"en": name})) for name in ("a", "b", "c"))}
OWN_WORDS = Text({"en": "Own words"})


def ask(name, kind="text", **columns):
    return Question(name, kind, f"/data/{name}", ROW, **columns)


def flow(*pages):
    groups = tuple(
        Group(f"g{n}", f"/data/g{n}", ROW, appearance="field-list", children=page) for n, page in enumerate(pages)
    )
    return Flow(Questionnaire(Text({"en": "Form"}), "form", ("en",), "en", groups, CHOICES))


def read(questions, raw, answers=None, page=0):
    return read_page(Filling(flow(*questions), TODAY, "en"), Spot(page), raw, answers or {})


def codes(result):
    return {problem.question: problem.code for problem in result.problems}


def test_answers_join_those_of_other_pages():
    result = read([[ask("x")], [ask("n", "integer"), ask("t")]], {"n": ["٤٢"], "t": [""]}, {"x": "1"}, page=1)

    assert result.answers == {"x": "1", "n": "42"}
    assert (result.problems, result.opened) == ((), ())


def test_what_was_empty_and_is_left_so_is_followed_nowhere(monkeypatch):
    followed = []
    monkeypatch.setattr(Filling, "changed", lambda self, answers, changes: followed.append(changes) or answers)
    page = [ask("a"), ask("b"), ask("c", default="x"), ask("d")]
    read([page], {"a": [""], "b": ["1"], "c": [""], "d": [""]}, {"d": "2"})

    assert followed == [{"b": "1", "c": "", "d": ""}]


def test_required_questions_need_an_answer():
    page = [ask("a", required="yes", required_message=OWN_WORDS), ask("b", required="yes"), ask("c", "note")]

    assert read([page], {"b": [" "]}).problems == (
        AnswerProblem("a", "required", OWN_WORDS),
        AnswerProblem("b", "required"),
    )


def test_a_read_only_question_cannot_be_missing():
    assert read([[ask("a", required="yes", read_only="true()")]], {"a": ["x"]}).problems == ()


def test_constraints_speak_in_the_words_of_the_author():
    page = [ask("a", "integer", constraint=". < 10", constraint_message=OWN_WORDS)]

    result = read([page], {"a": ["12"]})

    assert result.problems == (AnswerProblem("a", "constraint", OWN_WORDS),)
    assert result.answers == {"a": "12"}


def test_unreadable_input_replaces_no_answer_and_is_not_called_missing():
    result = read([[ask("a", "integer", required="yes")]], {"a": ["ten"]}, {"a": "9"})

    assert codes(result) == {"a": "not_a_whole_number"}
    assert "a" not in result.answers


def test_ticks_are_kept_in_the_order_of_the_list():
    assert read([[ask("m", "select_multiple", list_name="list")]], {"m": ["c", "a"]}).answers == {"m": "a c"}


@pytest.mark.parametrize(("kind", "given"), [("select_one", ["z"]), ("select_multiple", ["a", "z"])])
def test_only_what_is_offered_can_be_chosen(kind, given):
    result = read([[ask("s", kind, list_name="list", required="yes")]], {"s": given})

    assert codes(result) == {"s": "not_an_option"}
    assert result.answers.get("s", "") in {"", "a"}


def test_a_choice_that_another_answer_of_the_page_takes_away_is_not_kept():
    page = [ask("t"), ask("s", "select_one", list_name="list", choice_filter="name != ${t}")]

    assert codes(read([page], {"t": ["a"], "s": ["a"]})) == {"s": "not_an_option"}
    assert codes(read([page], {"t": ["b"], "s": ["a"]})) == {}


def test_dates_come_in_three_fields_or_as_one():
    page = [ask("d", "date"), ask("e", "date"), ask("f", "date")]
    raw = {"d-year": ["2024"], "d-month": ["3"], "d-day": ["5"], "e": ["2024-03-06"], "f-year": [""], "f-day": ["4"]}

    result = read([page], raw)

    assert result.answers == {"d": "2024-03-05", "e": "2024-03-06"}
    assert codes(result) == {"f": "not_a_date"}


PAGE = (
    ask("work", "select_one", list_name="list"),
    ask("where", required="yes", relevant="${work} = 'a'"),
    ask("advice", "note", relevant="${work} = 'a'"),
)


def test_questions_that_open_are_shown_before_they_are_called_missing():
    result = read([PAGE], {SHOWN: ["work"], "work": ["a"]})

    assert result.opened == ("where", "advice")
    assert result.problems == ()


def test_opened_questions_that_were_shown_are_judged():
    result = read([PAGE], {SHOWN: ["work where advice"], "work": ["a"], "where": [""]})

    assert result.opened == ()
    assert codes(result) == {"where": "required"}


def test_what_a_script_showed_on_the_page_has_come_in_and_is_not_opened():
    result = read([PAGE], {SHOWN: ["work advice"], "work": ["a"], "where": ["Lima"]})

    assert (result.opened, result.problems) == ((), ())
    assert result.answers == {"work": "a", "where": "Lima"}


def test_without_a_list_of_shown_names_all_of_the_page_counts():
    assert codes(read([PAGE], {"work": ["a"]})) == {"where": "required"}


def test_answers_of_this_page_that_became_irrelevant_are_dropped():
    later = [ask("later", relevant="${work} = 'a'")]

    result = read([PAGE, later], {"work": ["b"], "where": ["Lima"]}, {"where": "Lima", "later": "kept"})

    assert result.answers == {"work": "b", "later": "kept"}


def test_a_question_that_was_not_shown_keeps_its_answer():
    result = read([PAGE], {SHOWN: ["work advice"], "work": ["a"]}, {"where": "Lima"})

    assert result.opened == ()
    assert result.answers == {"work": "a", "where": "Lima"}


def test_a_cleared_default_does_not_come_back():
    assert read([[ask("a", default="Peru"), ask("b")]], {"a": [""], "b": [""]}).answers == {"a": ""}


def test_hostile_input_is_only_input():
    raw = {
        "a": ["x\x00y", "second"],
        "n": ["9" * 1_000_000],
        "not-on-the-page": ["1"],
        "calc": ["mine"],
        "empty": [],
        SHOWN: ["a " * 1_000_000, "n"],
    }
    page = [ask("a"), ask("n", "integer"), ask("calc", "calculate", calculation="1"), ask("s", "select_multiple")]

    result = read([page], raw)

    assert result.answers == {"a": "xy"}
    assert codes(result) == {"n": "not_a_whole_number"}


def test_every_code_has_a_message_without_blame():
    assert all(message.startswith("Please ") and message.endswith(".") for message in MESSAGES.values())


def test_the_message_about_length_names_the_limit():
    assert f"{MAX_CHARACTERS:,}" in MESSAGES["too_long"]
    assert str(MAX_DIGITS) in MESSAGES["too_many_digits"]


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"a": "1", "b": "1"}, None),
        ({"a": "x"}, None),
        ({"a": "1"}, (Spot(1), (AnswerProblem("b", "required"),))),
        ({"a": "12"}, (Spot(0), (AnswerProblem("a", "constraint", OWN_WORDS),))),
        ({"a": "1", "b": "9"}, (Spot(1), (AnswerProblem("b", "constraint"),))),
    ],
)
def test_what_is_wrong_on_any_page_is_found_before_sending(answers, wrong):
    first = [ask("a", constraint=". != 12", constraint_message=OWN_WORDS)]
    second = [ask("b", required="${a} = 1", constraint=". = ${a}"), ask("c", required="yes", relevant="false()")]
    whole = flow(first, second)

    assert first_wrong_page(whole, whole.state(answers, TODAY, "en")) == wrong


PLACES = tuple(
    Choice(name, Text({"en": label}), {"in": where})
    for name, label, where in (("a", "Springfield", "x"), ("b", "Springfield", "y"), ("c", "Salem", "x"))
)
TOWN = ask("town", "select_one", list_name="list", choice_filter="in = ${state}", required="yes")


def read_town(written, chosen=None):
    group = Group("g", "/data/g", ROW, appearance="field-list", children=(ask("state"), TOWN))
    places = Flow(Questionnaire(Text({"en": "Form"}), "form", ("en",), "en", (group,), {"list": PLACES}))
    raw = {"state": ["x"], "town:typed": [written]} | ({"town": [chosen]} if chosen is not None else {})
    return read_page(Filling(places, TODAY, "en"), Spot(0), raw, {"town": "c"})


def test_a_written_choice_is_one_of_those_that_the_page_leaves():
    result = read_town("springfield")

    assert (codes(result), result.answers) == ({}, {"state": "x", "town": "a"})


@pytest.mark.parametrize(("written", "code"), [("Boston", "not_in_the_list"), ("", "required")])
def test_what_is_not_in_the_list_takes_the_place_of_no_answer(written, code):
    result = read_town(written, "")

    assert codes(result) == {"town": code}
    assert "town" not in result.answers


def test_what_is_chosen_of_what_was_offered_counts_and_not_what_is_written():
    assert read_town("spring", "c").answers["town"] == "c"


def test_where_several_fit_that_is_said():
    page = [ask("s", "select_one", list_name="list")]
    twice = Flow(Questionnaire(Text(), "form", ("en",), "en", tuple(page), {"list": PLACES}))

    result = read_page(Filling(twice, TODAY, "en"), Spot(0), {"s:typed": ["Springfield"]}, {})

    assert codes(result) == {"s": "several_in_the_list"}


def test_a_rank_has_no_choice_that_is_not_offered():
    page = [ask("r", "rank", list_name="list")]

    result = read([page], {"r:a": ["1"], "r:b": ["2"], "r:z": ["3"]})

    assert codes(result) == {"r": "not_an_option"}
