"""Headings of Kobo, LimeSurvey, SurveyMonkey, Qualtrics and Google Forms, and what each of them may name."""

from __future__ import annotations

import pytest

from forms.incoming.heading_rows import headings_of, readings


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ((["a", "b"], ["1", "2"]), (("a",), ("b",))),
        ((["a", ""], ["1", ""]), (("a",), ("[2]",))),
        (
            (["Needs?", "", "Age?"], ["Care", "Money", "Response"], ["x", "", "3"]),
            (("Needs?", "Care"), ("Needs?", "Money"), ("Age?", "Response")),
        ),
        ((["Needs?", ""], ["Care", "Money"], ["x", ""]), (("Needs?", "Care"), ("Needs?", "Money"))),
        ((["", "b"], ["Care", "2"]), (("[1]",), ("b",))),
        ((["Q1", "Q2"], ["Where?"], ['{"ImportId":"QID1"}', ""]), (("Q1", "Where?"), ("Q2", ""))),
    ],
)
def test_the_second_row_is_a_heading_where_it_says_so(rows, headings):
    assert headings_of(rows) == headings


@pytest.mark.parametrize(
    ("heading", "reading"),
    [
        (("needs",), ("needs", "")),
        (("home/region",), ("region", "")),
        (("needs/care",), ("needs", "care")),
        (("home/needs/care",), ("needs", "care")),
        (("Sides?/Rolls/biscuits",), ("Sides?", "Rolls/biscuits")),
        (("Q1[SQ001]",), ("Q1", "SQ001")),
        (("Q1[SQ001]",), ("Q1_SQ001", "")),
        (("Rate: [Safety at work]",), ("Safety at work", "")),
        (("G01Q02. Where do you live?",), ("G01Q02", "")),
        (("G01Q02. Where do you live?",), ("Where do you live?", "")),
        (("Q1[SQ001]. What do you need? [Care]",), ("What do you need?", "Care")),
        (("What do you need? - Care",), ("What do you need?", "Care")),
        (("Needs - at work - Care",), ("Needs - at work", "Care")),
        (("What do you need?", "Care"), ("What do you need?", "Care")),
        (("Q1", "Where do you live?"), ("Where do you live?", "")),
        (("Where do you live?", "Response"), ("Where do you live?", "")),
        (("Where do you live?", ""), ("Where do you live?", "")),
    ],
)
def test_what_a_heading_may_name_is_among_its_readings(heading, reading):
    assert reading in readings(heading)
