"""Synthetic answers are the same every time, pass the form's own checks, and follow the shares they are drawn by."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from consultations.sample import material
from consultations.sample.drawing import drawn_answers, shifted
from forms.running.flow import Flow

DAY = datetime.date(2026, 9, 1)


@pytest.fixture(scope="module")
def drawn():
    return list(drawn_answers(Flow(material.questionnaire()), material.read("answers"), DAY))


def test_the_sample_is_the_same_every_time(drawn):
    again = drawn_answers(Flow(material.questionnaire()), material.read("answers"), DAY)
    assert all(next(again) == first for first in drawn[:20])


def test_there_are_as_many_as_were_asked_for_in_all_five_regions_and_languages(drawn):
    assert len(drawn) == material.read("answers")["answers"]
    assert {answers["region"] for answers, _ in drawn} == set(material.read("answers")["regions"])
    assert {language for _, language in drawn} == {"zh", "en", "fr", "ru", "es"}


def test_a_country_lies_in_its_region(drawn):
    regions = {row.name: row.columns["region"] for row in material.questionnaire().choices["country"]}
    assert all(regions[answers["country"]] == answers["region"] for answers, _ in drawn if answers.get("country"))


def test_answers_that_stand_alone_do(drawn):
    said = [set(answers["violence"].split()) for answers, _ in drawn if answers.get("violence")]
    assert all(len(each) == 1 for each in said if "nobody" in each)


def test_each_open_answer_is_given_at_most_once(drawn):
    said = Counter(
        answers[name] for answers, _ in drawn for name in material.read("answers")["text"] if answers.get(name)
    )
    assert said
    assert set(said.values()) == {1}


def test_the_regions_come_near_their_shares(drawn):
    shares = material.read("answers")["regions"]
    counts = Counter(answers["region"] for answers, _ in drawn)
    total = sum(shares.values())
    assert all(abs(counts[region] / len(drawn) - share / total) < 0.06 for region, share in shares.items())


def test_two_years_earlier_fewer_answered_with_other_shares_and_no_words_of_their_own():
    before = shifted(material.read("answers"), material.read("earlier"))
    assert before["answers"] < material.read("answers")["answers"]
    moved = before["select_one"]["health_access"]["africa"]
    assert moved == {"very_hard": 26, "hard": 40, "neither": 19, "easy": 9, "very_easy": 3, "no_answer": 3}
    assert before["select_one"]["right_law"] == material.read("answers")["select_one"]["right_law"]
    assert before["select_multiple"]["violence"]["africa"]["each"]["police"] == 58
    assert all(
        not answers.get("first_demand") for answers, _ in drawn_answers(Flow(material.questionnaire()), before, DAY)
    )


def test_no_share_falls_below_nobody():
    shares = {"select_one": {"q": {"africa": {"yes": 3, "no": 97}}}, "select_multiple": {}}
    by = {"select_one": {"q": {"yes": -5}}, "select_multiple": {}, "seed": 1, "answers": 2}
    assert shifted(shares, by)["select_one"] == {"q": {"africa": {"yes": 0, "no": 97}}}


def test_what_moves_is_asked_in_the_questionnaire():
    now, by = material.read("answers"), material.read("earlier")
    for question, points in by["select_one"].items():
        assert all(points.keys() <= shares.keys() for shares in now["select_one"][question].values())
    for question, points in by["select_multiple"].items():
        assert all(points.keys() <= shares["each"].keys() for shares in now["select_multiple"][question].values())
