"""Made-up answers are skewed as it is said, the same for a seed, and fit every kind of closed question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from consultations.analysis.axes import axis, is_tabulated
from consultations.analysis.plans.assumed import answered, answers, region_shares, zipf
from forms.questionnaire import Group, Source

REGIONS = {"africa": 70, "asia-pacific": 20, "europe": 5, "latin-america": 5, "north-america-caribbean": 0}


def test_the_first_of_a_list_is_twice_the_second_and_three_times_the_third() -> None:
    shares = zipf(3)
    assert shares.sum() == pytest.approx(1)
    assert shares[0] / shares[1:] == pytest.approx([2, 3])


def test_regions_are_as_large_as_their_organisations_are_many() -> None:
    shares = region_shares(tuple(REGIONS), REGIONS)
    assert shares == pytest.approx(np.array([71, 21, 6, 6, 1]) / 105)


@pytest.mark.parametrize("organisations", [{}, {"elsewhere": 3}, dict.fromkeys(REGIONS, 0)])
def test_without_a_registry_regions_follow_the_law_of_other_lists(organisations: dict[str, int]) -> None:
    assert region_shares(tuple(REGIONS), organisations) == pytest.approx(zipf(5))


def test_a_condition_halves_and_what_is_not_required_loses_a_tenth(form: Any) -> None:
    question = form.question("setting")
    conditional = Group("g", "/data/g", Source("survey", 2), relevant="${region} = 'africa'")
    assert answered((), replace(question, required="yes")) == 1
    assert answered((), replace(question, required="yes", relevant="1 = 1")) == 0.5
    assert answered((conditional,), question) == 0.45
    assert answered((), replace(question, anonymise="drop")) == 0


def test_every_closed_question_has_answers_in_its_own_categories(form: Any, packed: Any) -> None:
    made = answers(packed, form, 1_000, REGIONS, 1)
    for question in (question for question in form.questions() if is_tabulated(question, packed)):
        found = axis(form, packed, made, question.name)
        codes = found.codes.reshape(1_000, -1)
        people = (codes > (found.kind == "multiple")).any(axis=1)  # where bit 0 says that it was asked
        assert 700 < people.sum() < 960, question.name
        assert found.kind == "multiple" or codes.max() <= len(found.categories), question.name


def test_regions_and_first_answers_come_as_often_as_assumed(form: Any, packed: Any) -> None:
    made = answers(packed, form, 10_000, REGIONS, 1)
    counts = np.bincount(made["region"], minlength=6)[1:]
    assert counts / counts.sum() == pytest.approx(region_shares(tuple(REGIONS), REGIONS), abs=0.02)
    first = np.bincount(made["needs"][:, 0], minlength=4)[1:]
    assert first / first.sum() == pytest.approx(zipf(3), abs=0.02)


def test_the_same_seed_makes_up_the_same_answers(form: Any, packed: Any) -> None:
    one, again, other = (answers(packed, form, 50, REGIONS, seed).tobytes() for seed in (1, 1, 2))
    assert one == again != other
