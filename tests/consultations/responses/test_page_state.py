"""Page states open where they were made, unchanged and in time, and nowhere else."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.responses import page_state
from consultations.responses.page_state import (
    LIFETIME,
    MOST_BYTES,
    AnswersTooLong,
    PageLost,
    PageState,
    PageTooOld,
    Place,
    likely_words,
    new_state,
    open_state,
    seal_state,
)
from forms.running.spots import Spot

SECRET = b"s" * 32
HERE = Place(1, "v1")
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


def answered(**answers: str) -> PageState:
    return PageState(
        id=b"i" * 16,
        began=1_790_000_000,
        answers=answers,
        page=Spot(3, (2, 1)),
        reviewing=True,
        invitation="ABCD",
    )


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.text("aя中<\n", max_size=50)))
def test_a_state_comes_back_as_it_was(answers: dict[str, str]) -> None:
    state = replace(answered(), answers=answers, page=None)
    assert open_state(SECRET, HERE, seal_state(SECRET, HERE, state, NOW), NOW) == state


def test_two_respondents_never_share_an_id() -> None:
    assert new_state(NOW).id != new_state(NOW).id
    assert new_state(NOW).page == Spot(0)


def test_the_same_answers_are_sealed_differently_each_time() -> None:
    assert seal_state(SECRET, HERE, answered(a="1"), NOW) != seal_state(SECRET, HERE, answered(a="1"), NOW)


@pytest.mark.parametrize("place", [Place(2, "v1"), Place(1, "v2")])
def test_a_state_of_another_consultation_or_form_does_not_open(place: Place) -> None:
    with pytest.raises(PageLost):
        open_state(SECRET, place, seal_state(SECRET, HERE, answered(), NOW), NOW)


def test_a_state_of_another_installation_does_not_open() -> None:
    with pytest.raises(PageLost):
        open_state(b"t" * 32, HERE, seal_state(SECRET, HERE, answered(), NOW), NOW)


@pytest.mark.parametrize("text", ["", "A", "AAAA", "ж", "not base64 at all", "A" * 400])
def test_what_is_no_state_does_not_open(text: str) -> None:
    with pytest.raises(PageLost):
        open_state(SECRET, HERE, text, NOW)


def test_no_character_can_be_changed() -> None:
    sealed = seal_state(SECRET, HERE, answered(a="1"), NOW)
    for place in range(0, len(sealed) - 4, 7):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(PageLost):
            open_state(SECRET, HERE, sealed[:place] + other + sealed[place + 1 :], NOW)


def test_an_old_page_is_forgotten() -> None:
    sealed = seal_state(SECRET, HERE, answered(), NOW)
    open_state(SECRET, HERE, sealed, NOW + LIFETIME)
    with pytest.raises(PageTooOld):
        open_state(SECRET, HERE, sealed, NOW + LIFETIME + datetime.timedelta(seconds=1))


def test_a_forms_words_halve_what_a_state_takes() -> None:
    names = [f"right_to_something_{number}" for number in range(20)]
    place = replace(HERE, dictionary=likely_words((name, ("partly", "not_at_all")) for name in names))
    state = answered(**dict.fromkeys(names, "not_at_all"))
    sealed = seal_state(SECRET, place, state, NOW)
    assert open_state(SECRET, place, sealed, NOW) == state
    assert len(sealed) < len(seal_state(SECRET, HERE, state, NOW))


def test_a_state_that_needs_other_words_does_not_open() -> None:
    place = replace(HERE, dictionary=likely_words([("right_to_work", ("partly", "not_at_all"))]))
    sealed = seal_state(SECRET, place, answered(right_to_work="not_at_all"), NOW)
    with pytest.raises(PageLost):
        open_state(SECRET, HERE, sealed, NOW)


def test_a_million_times_the_same_letter_is_no_state():
    with pytest.raises(AnswersTooLong):
        seal_state(SECRET, HERE, answered(a="x" * MOST_BYTES), NOW)


def test_a_state_that_grew_too_long_before_is_not_unpacked(monkeypatch):
    sealed = seal_state(SECRET, HERE, answered(a="x" * 1_000_000), NOW)
    monkeypatch.setattr(page_state, "MOST_BYTES", 100_000)
    with pytest.raises(PageLost):
        open_state(SECRET, HERE, sealed, NOW)
