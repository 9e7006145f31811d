"""Rows become packed records; what a form requires is counted, what it forbids is a problem, what it skips is left."""

from __future__ import annotations

import datetime
from itertools import count

import pytest

from forms.incoming.converting import Converted, Way, convert
from forms.incoming.mapping import meaning_of, no_meaning, parsed
from forms.incoming.tables import read_table
from forms.packing import NO_RECEIPT, chosen, columns, layout, unpack
from forms.questionnaire import Question, Questionnaire, Source, Text
from forms.running.flow import Flow

TODAY = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def flow(form):
    return Flow(form)


@pytest.fixture
def converted(form, flow):
    def made(targets: str, *rows: str, meaning=no_meaning, leave_out: bool = False) -> Converted:
        columns = targets.split(";")
        headings = ";".join(f"h{at}" for at in range(len(columns)))
        table = read_table("\n".join((headings, *rows)).encode())
        way = Way(flow, layout(form), [parsed(each) for each in columns], meaning, TODAY, leave_out)
        return convert(table, way, count().__next__)

    return made


@pytest.fixture
def answers(form, converted):
    def made(*args, **more):
        return [dict(unpack(layout(form), *record).answers) for record in converted(*args, **more).records]

    return made


def problems(found: Converted) -> list[tuple[int, int, str]]:
    return [(each.row, each.column, each.code) for each in found.problems]


def test_a_row_becomes_a_record_without_time_number_or_receipt(form, converted):
    found = converted("region;safe;", "Africa;Yes;2026-11-02T10:00")
    record = unpack(layout(form), *found.records[0])
    assert record.answers == {"region": "africa", "safe": "yes"}
    assert (record.language, record.receipt) == ("", NO_RECEIPT)


def test_the_language_is_there_where_a_column_gives_it(form, converted):
    found = converted("region;@language", "Afrique;fr", "Africa;")
    assert [unpack(layout(form), *record).language for record in found.records] == ["fr", ""]


def test_ticks_and_lists_of_one_question_come_together(answers):
    assert answers("needs;needs/care;needs/money", "Money;1;0", ";;1", "care;;") == [
        {"needs": "care money"},
        {"needs": "money"},
        {"needs": "care"},
    ]


def test_who_ticked_nothing_was_asked_and_who_left_everything_blank_was_not(form, converted):
    hot = [record[0] for record in converted("needs/care;needs/money;age", "0;0;20", ";;20").records]
    asked = [unpack_bits(form, each) for each in hot]
    assert asked == [True, False]


def unpack_bits(form, hot: bytes) -> bool:
    made = layout(form)
    return bool(chosen(made.coded["needs"], columns(made, hot)["needs"])[0, 0])


def test_places_of_a_ranking_are_put_in_order(answers):
    assert answers("order#2;order#1", "The law;Work") == [{"order": "work law"}]


def test_two_columns_of_words_become_lines_and_two_different_answers_a_problem(answers, converted):
    assert answers("needs_other;needs_other", "one;two") == [{"needs_other": "one\ntwo"}]
    assert answers("age;age", "20;20") == [{"age": "20"}]
    assert problems(converted("age;age", "20;21")) == [(2, 1, "two_answers")]


def test_a_missing_answer_that_is_required_is_counted_and_the_row_taken(converted):
    found = converted("region;safe", "Africa;", "Europe;Yes")
    assert (len(found.records), dict(found.required_missing), found.problems) == (2, {"safe": 1}, [])


def test_an_answer_that_would_not_have_been_asked_for_is_left_out_and_counted(answers, converted):
    rows = ("safe;why", "Yes;Because", "No;Because")
    assert answers(*rows) == [{"safe": "yes"}, {"safe": "no", "why": "Because"}]
    assert dict(converted(*rows).not_asked) == {"why": 1}


def test_what_the_form_forbids_is_a_problem_of_its_row_and_column(converted):
    found = converted("region;age;town", "Africa;12;Nairobi", "Africa;20;Lyon", "Africa;21;Nairobi")
    assert problems(found) == [(2, 1, "constraint"), (3, 2, "not_offered")]


def test_every_problem_is_found_at_once(converted):
    found = converted("age;since;needs", "old;spring;Peace", "20;2019-03-08;Peace;x", "x;;")
    assert len(problems(found)) == 5
    assert {name: dict(words) for name, words in found.unknown.items()} == {"needs": {"Peace": 2}}


def test_single_answers_that_do_not_fit_can_be_left_out(answers, converted):
    rows = ("age;safe", "old;Yes", "12;No", "30;Perhaps")
    assert answers(*rows, leave_out=True) == [{"safe": "yes"}, {"safe": "no"}, {"age": "30"}]
    found = converted(*rows, leave_out=True)
    assert (found.left_out, found.problems) == (3, [])


def test_rows_without_an_answer_are_none(converted):
    found = converted("region;", ";x", "Africa;x")
    assert (len(found.records), found.blank_rows) == (1, 1)


def test_defaults_are_nobody_s_answers(answers):
    assert answers("region;pay", "Africa;", "Africa;3") == [{"region": "africa"}, {"region": "africa", "pay": "3"}]


def test_words_mean_what_staff_say(answers):
    meaning = meaning_of({"yn": {"Sure": "yes", "Who knows": ""}})
    assert answers("safe;region", "Sure;Africa", "Who knows;Africa", meaning=meaning) == [
        {"safe": "yes", "region": "africa"},
        {"region": "africa"},
    ]


def test_what_no_record_can_hold_is_a_problem_and_not_a_crash():
    age = Question("age", "integer", "/data/age", Source("survey", 2), default="0.5")
    form = Questionnaire(Text({"en": "T"}), "t", ("en",), "en", (age,), {})
    made = layout(form)
    narrow = type(made)(
        made.dtype,
        made.record,
        {"age": type(made.coded["age"])("age", "flag", (), {}, 1)},
        made.languages,
    )
    way = Way(Flow(form), narrow, [parsed("age"), parsed("")], no_meaning, TODAY)
    assert problems(convert(read_table(b"age;x\n7;y\n"), way, int)) == [(2, 0, "does_not_fit")]
