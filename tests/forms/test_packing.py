"""Answers survive the way into bytes and back, and records lie end to end as columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import packing
from forms.coders import ACKNOWLEDGED
from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text

RIGHTS = tuple(f"right_{number}" for number in range(1, 20))


def question(name: str, type: str, list_name: str = "") -> Question:
    return Question(name, type, f"/data/{name}", Source("survey", 2), list_name=list_name)


def group(name: str, *children: Question | Group, is_repeat: bool = True) -> Group:
    return Group(name, f"/data/{name}", Source("survey", 2), is_repeat=is_repeat, children=children)


def form(*questions: Question | Group) -> Questionnaire:
    choices = {
        "regions": tuple(Choice(name, Text()) for name in ("africa", "asia", "asia", "europe")),
        "rights": tuple(Choice(name, Text()) for name in RIGHTS),
    }
    return Questionnaire(Text(), "form", ("en", "sw"), "en", questions, choices)


FORM = form(
    question("intro", "note"),
    question("region", "select_one", "regions"),
    question("rights", "select_multiple", "rights"),
    question("years", "integer"),
    question("hours", "decimal"),
    question("since", "date"),
    question("story", "text"),
    question("place", "geopoint"),
    question("total", "calculate"),
    question("pain", "range"),
    question("opens", "time"),
    question("last", "datetime"),
    question("first", "rank", "regions"),
    question("agreed", "acknowledge"),
    question("who", "select_one", "${name}"),
    group("member", question("age", "integer"), group("inner", question("name", "text"), is_repeat=False)),
)
LAYOUT = packing.layout(FORM)

NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(
    lambda number: format(Decimal(repr(number)), "f").removesuffix(".0")
)
some_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["africa", "asia", "europe"]),
        "rights": st.sets(st.sampled_from(RIGHTS), min_size=1).map(
            lambda names: " ".join(name for name in RIGHTS if name in names)
        ),
        "years": st.integers(-(2**63) + 1, 2**63 - 1).map(str),
        "hours": NUMBERS,
        "since": st.dates().map(date.isoformat),
        "story": some_text,
        "total": some_text,
        "pain": NUMBERS,
        "opens": st.times().map(lambda found: time.isoformat(found, "milliseconds")),
        "last": st.datetimes().map(lambda found: datetime.isoformat(found, timespec="milliseconds")),
        "first": st.permutations(["africa", "asia", "europe"]).map(" ".join),
        "agreed": st.just(ACKNOWLEDGED),
        "who": some_text,
        "/data/member": st.sampled_from(["1", "2"]),
        "age[1]": st.integers().map(str),
        "name[2]": some_text,
    },
)


@settings(max_examples=200, deadline=None)
@given(ANSWERS, st.sampled_from(["en", "sw", "ru"]), st.integers(0, 2**32 - 1), st.binary(min_size=16, max_size=16))
def test_answers_come_back_as_they_went_in(
    answers: dict[str, str], language: str, record_key: int, receipt: bytes
) -> None:
    hot, cold = packing.pack(LAYOUT, answers, language, record_key, receipt)
    assert len(hot) == LAYOUT.dtype.itemsize == LAYOUT.record.size
    assert packing.unpack(LAYOUT, hot, cold) == packing.Unpacked(answers, language, record_key, receipt)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(LAYOUT.coded)), st.text())
def test_no_answer_can_do_worse_than_be_refused_by_name(name: str, answer: str) -> None:
    try:
        packing.pack(LAYOUT, {name: answer}, "en", 1)
    except packing.AnswerDoesNotFit as refused:
        assert str(refused) == name  # noqa: PT017 - most texts are refused, and any may be


@pytest.mark.parametrize(
    "answers",
    [
        {"years": str(2**63)},
        {"years": str(-(2**63))},
        {"years": "9" * 5000},
        {"years": "many"},
        {"hours": "1e999"},
        {"hours": "nan"},
        {"since": "2026-02-30"},
        {"region": "atlantis"},
        {"rights": "right_1 atlantis"},
        {"first": "asia atlantis"},
        {"opens": "25:00"},
        {"last": "2026-02-30T10:00"},
        {"last": "soon"},
        {"agreed": "no"},
    ],
)
def test_an_answer_that_its_field_cannot_hold_is_refused_without_being_told(answers: Mapping[str, str]) -> None:
    with pytest.raises(packing.AnswerDoesNotFit) as refused:
        packing.pack(LAYOUT, answers, "en", 1)
    assert str(refused.value) == next(iter(answers))


def test_records_end_to_end_are_columns() -> None:
    first, _ = packing.pack(LAYOUT, {"region": "europe", "years": "7", "rights": "right_1 right_19"}, "sw", 5)
    second, _ = packing.pack(LAYOUT, {"hours": "2.5", "since": "0001-01-01", "rights": ""}, "tlh", 6)
    third, _ = packing.pack(LAYOUT, {}, "en", 7)
    table = packing.columns(LAYOUT, first + second + third)
    assert table["record_key"].tolist() == [5, 6, 7]
    assert table["language"].tolist() == [1, packing.OTHER_LANGUAGE, 0]
    assert table["region"].tolist() == [3, 0, 0]
    assert table["years"].tolist() == [7, packing.MISSING_INTEGER, packing.MISSING_INTEGER]
    assert np.isnan(table["hours"]).tolist() == [True, False, True]
    assert table["since"].tolist() == [0, 1, 0]
    assert not table.flags.owndata
    assert packing.columns(LAYOUT, b"").shape == (0,)


def test_receipts_are_a_column_that_can_be_searched() -> None:
    tags = [b"\x00" + b"a" * 15, b"b" * 15 + b"\x00", packing.NO_RECEIPT]
    records = b"".join(packing.pack(LAYOUT, {}, "en", 1, tag)[0] for tag in tags)
    column = packing.columns(LAYOUT, records)[packing.RECEIPT]
    assert packing.receipts(records, LAYOUT.record.size).tolist() == column.tolist()
    assert [np.isin(column, np.array([tag], column.dtype)).tolist() for tag in tags] == np.eye(3).astype(bool).tolist()


def test_asked_and_none_chosen_is_not_the_same_as_not_asked() -> None:
    records = [packing.pack(LAYOUT, answers, "en", 1)[0] for answers in ({"rights": ""}, {}, {"rights": "right_8"})]
    bits = packing.chosen(LAYOUT.coded["rights"], packing.columns(LAYOUT, b"".join(records))["rights"])
    assert bits.shape == (3, 20)
    assert bits[:, 0].tolist() == [True, False, True]
    assert [int(row[1:].sum()) for row in bits] == [0, 0, 1]
    assert bits[2, 8]


def test_only_words_go_to_the_cold_part() -> None:
    _, cold = packing.pack(
        LAYOUT, {"region": "asia", "story": "Спасибо", "total": "3", "place": "x", "intro": ""}, "en", 1
    )
    assert cold.decode() == '{"story":"Спасибо","total":"3","place":"x"}'


def test_half_a_character_does_not_lose_the_response() -> None:
    hot, cold = packing.pack(LAYOUT, {"story": "so\ud800"}, "en", 1)
    assert packing.unpack(LAYOUT, hot, cold).answers == {"story": "so?"}


def test_a_language_that_nobody_knows_comes_back_empty() -> None:
    hot, cold = packing.pack(LAYOUT, {}, "tlh", 1)
    assert packing.unpack(LAYOUT, hot, cold).language == ""


def test_a_question_may_carry_a_name_of_ours() -> None:
    answers = {"language": "3", "record_key": "4", "receipt": "5"}
    layout = packing.layout(form(*(question(name, "integer") for name in answers)))
    hot, cold = packing.pack(layout, answers, "en", 9)
    assert packing.unpack(layout, hot, cold) == packing.Unpacked(answers, "en", 9, packing.NO_RECEIPT)
    assert packing.columns(layout, hot)[layout.coded["language"].column].tolist() == [3]


def test_a_select_without_a_list_is_kept_as_text() -> None:
    layout = packing.layout(form(question("village", "select_one", "villages.csv")))
    hot, cold = packing.pack(layout, {"village": "north"}, "en", 1)
    assert packing.unpack(layout, hot, cold).answers == {"village": "north"}


def test_a_list_too_long_to_number_is_refused_by_name() -> None:
    choices = {"all": tuple(Choice(str(number), Text()) for number in range(0x10000))}
    too_long = Questionnaire(Text(), "form", ("en",), "en", (question("one", "select_one", "all"),), choices)
    with pytest.raises(packing.ListTooLong, match="all"):
        packing.layout(too_long)


def test_what_may_be_there_several_times_has_no_place_in_the_record() -> None:
    assert {"age", "name", "who"}.isdisjoint(LAYOUT.coded)
    _, cold = packing.pack(LAYOUT, {"age[1]": "34", "age[2]": "7", "/data/member": "2"}, "en", 1)
    assert cold.decode() == '{"age[1]":"34","age[2]":"7","/data/member":"2"}'


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("opens", "09:30", "09:30:00.000"),
        ("opens", "09:30:05.25+03:00", "09:30:05.250"),
        ("last", "2026-03-05", "2026-03-05T00:00:00.000"),
        ("last", "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999"),
        ("first", "europe asia", "europe asia"),
    ],
)
def test_what_a_calculation_brings_is_kept_without_a_zone(name: str, given: str, kept: str) -> None:
    hot, cold = packing.pack(LAYOUT, {name: given}, "en", 1)
    assert packing.unpack(LAYOUT, hot, cold).answers == {name: kept}


def test_a_rank_is_a_column_of_codes_from_first_to_last() -> None:
    records = b"".join(packing.pack(LAYOUT, answers, "en", 1)[0] for answers in ({"first": "europe africa asia"}, {}))
    assert packing.columns(LAYOUT, records)["first"].tolist() == [[3, 1, 2], [0, 0, 0]]


def test_a_rank_of_very_many_is_kept_as_text() -> None:
    choices = {"all": tuple(Choice(str(number), Text()) for number in range(101))}
    many = Questionnaire(Text(), "form", ("en",), "en", (question("one", "rank", "all"),), choices)
    assert not packing.layout(many).coded
