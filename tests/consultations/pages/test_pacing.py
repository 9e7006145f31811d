"""Machines are slowed down; a person's answers are never lost, and nobody is refused."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pytest
from altcha import Challenge, Payload, solve_challenge

from app import create_app
from consultations.pages import pacing
from consultations.pages.answer_pages import form_state
from consultations.pages.visits import visit
from consultations.responses.page_state import new_state
from tests.consultations.pages.phones import Phone, put, stored

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) |
| | integer | years | How many years? | كم سنة؟ | Miaka mingapi? |
| | text | story | Tell us more. | أخبرينا المزيد. | Tuambie zaidi. |
"""
PUBLIC = "8.8.8.8"


@pytest.fixture
def app_with(settings):
    made = []

    def app(**changed):
        made.append(create_app(replace(settings, **changed)))
        made[-1].testing = True
        put(made[-1], FORM, breakdowns=())
        return made[-1]

    yield app
    for each in made:
        each.extensions["engine"].dispose()


@pytest.fixture
def later(monkeypatch):
    """Let some seconds pass for what is sealed in pages."""

    def pass_by(seconds: float) -> None:
        now = pacing.now()
        monkeypatch.setattr(pacing, "now", lambda: now.__class__.fromtimestamp(now.timestamp() + seconds, now.tzinfo))

    return pass_by


def at_the_review(app) -> Phone:
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", years="4", story="A long story")
    while "Check your answers" not in phone.text:
        phone.press("next", story="A long story")
    return phone


def test_what_a_machine_fills_in_costs_a_person_one_more_press(app_with):
    app = app_with()
    phone = at_the_review(app)
    phone.press("send", comment="Buy now")
    assert stored(app) == 0
    assert "A field that has to stay empty was filled in" in phone.text
    assert "A long story" in phone.text
    phone.press("send")
    assert stored(app) == 1


def test_who_is_too_quick_looks_once_more_and_is_let_in_when_the_time_has_passed(app_with, later):
    app = app_with(seconds_a_page=2)
    phone = at_the_review(app)
    for _ in range(2):
        phone.press("send")
        assert "look at your answers once more" in phone.text
    assert stored(app) == 0
    later(4)
    phone.press("send")
    assert stored(app) == 1


def test_a_calm_day_asks_for_nothing(app_with):
    app = app_with(calm_sends_a_minute=60)
    phone = at_the_review(app)
    assert not phone.page.xpath("//*[@data-work]")
    phone.press("send")
    assert stored(app) == 1


def rushed(app) -> None:
    rush = app.extensions["rush"]
    while not rush.arrived(time.monotonic()):
        pass


def test_in_a_rush_who_has_no_script_waits_and_is_then_let_in(app_with, later):
    app = app_with(calm_sends_a_minute=60)
    phone = at_the_review(app)
    rushed(app)
    phone.press("send")
    assert re.search(r"Please press “Send” again in (9|10|11) seconds\.", phone.text)
    later(4)
    phone.press("send")
    assert re.search(r"again in [567] seconds", phone.text)
    assert stored(app) == 0
    later(7)
    phone.press("send")
    assert stored(app) == 1


def worked(phone: Phone) -> str:
    made = Challenge.from_dict(json.loads(phone.page.xpath("//*[@data-work]/@data-work")[0]))
    solution = solve_challenge(made)
    assert solution is not None
    return Payload(made, solution).to_base64()


def test_in_a_rush_who_has_done_the_work_is_let_in_at_once(app_with):
    app = app_with(calm_sends_a_minute=60)
    rushed(app)
    phone = at_the_review(app)
    phone.press("send", work=worked(phone))
    assert stored(app) == 1


def test_work_that_was_done_for_one_response_serves_for_no_other(app_with):
    app = app_with(calm_sends_a_minute=60)
    rushed(app)
    one, other = at_the_review(app), at_the_review(app)
    other.press("send", work=worked(one))
    assert stored(app) == 0
    one.press("send", work=worked(one))
    assert stored(app) == 1


def test_one_address_that_sends_very_often_works_or_waits_and_others_do_not(app_with):
    app = app_with(calm_sends_a_minute=10_000)
    greedy, other = at_the_review(app), at_the_review(app)
    greedy.client.environ_base["REMOTE_ADDR"] = "9.9.9.9"
    other.client.environ_base["REMOTE_ADDR"] = PUBLIC
    page = greedy.response
    for _ in range(70):
        greedy.response = page
        greedy.press("send")
    assert "Very many answers are arriving" in greedy.text
    other.press("send")
    assert stored(app) == 2


def test_the_rush_is_over_and_nobody_waits_any_more(app_with, monkeypatch):
    app = app_with(calm_sends_a_minute=60)
    rushed(app)
    phone = at_the_review(app)
    phone.press("send")
    assert stored(app) == 0
    clock = time.monotonic() + 60
    monkeypatch.setattr(pacing.time, "monotonic", lambda: clock)
    phone.press("send")
    assert stored(app) == 1


def test_invited_members_meet_none_of_it(app_with):
    app = app_with(calm_sends_a_minute=60)
    put(app, FORM, slug="invited", breakdowns=(), invited=True)
    rushed(app)
    with app.test_request_context("/c/invited/en/"):
        here, state = visit("invited", "en"), new_state(pacing.now())
        assert pacing.asked_of(here, state, None) == {"held": None}
        assert pacing.held_back(here, state, form_state(here, state)) is None
