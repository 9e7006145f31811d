"""Synthetic answers are the same every time, pass the form's own checks, and follow the shares they are drawn by."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from consultations.sample import material
from consultations.sample.drawing import drawn_answers
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
