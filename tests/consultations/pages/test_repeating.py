"""A repeat on a phone: once more, once less, and every time of it on the page before sending."""

from __future__ import annotations

import pytest

from app import create_app
from consultations.pages.repeating import spot_named
from consultations.responses.epochs import EPOCHS
from forms.running.spots import Spot
from tests.consultations.pages.phones import Phone, put, stored

FORM = """
| survey |
| | type | name | label::English (en) | required | repeat_count |
| | integer | raids | How many raids? | | |
| | begin_repeat | colleague | Colleague | | |
| | text | nick | What do you call them? | yes | |
| | begin_repeat | trip | Trip with ${nick} | | |
| | text | place | Where to? | | |
| | end_repeat | | | | |
| | end_repeat | | | | |
| | begin_repeat | raid | Raid | | ${raids} |
| | text | day | Which day? | | |
| | end_repeat | | | | |
"""


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()  # while its database is still there
    made.extensions["engine"].dispose()


@pytest.fixture
def phone(app):
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", raids="2")
    return phone


def add(phone, what, **typed):
    phone.press(f"add-/data/{what}", **typed)


def test_a_page_says_which_time_it_is(phone):
    phone.press("next", **{"nick[1]": "Blue"})
    assert "Colleague 1Trip with Blue 1 Where to?" in phone.text


def test_one_more_is_asked_once_the_page_is_in_order(phone):
    phone.press("next", **{"nick[1]": "Blue"})
    add(phone, "colleague")
    assert phone.response.status_code == 200
    assert "Colleague 2 What do you call them?" in phone.text
    phone.press("next")
    assert phone.response.status_code == 422


def test_what_is_nested_in_one_that_was_added_begins_empty(phone):
    phone.press("next", **{"nick[1]": "Blue"})
    add(phone, "colleague")
    phone.press("next", **{"nick[2]": "Red"})
    assert "Trip with Red: add the first one Colleague: add another one" in phone.text
    drawn = phone.response.get_data(as_text=True)  # whoever sees a button on a page that came in part has the state
    assert drawn.index('name="state"') < drawn.index('<button class="go')
    add(phone, "colleague/trip")
    assert "Colleague 2Trip with Red 1 Where to?" in phone.text


def test_one_that_is_removed_takes_its_answers_along(phone):
    phone.press("next", **{"nick[1]": "Blue"})
    add(phone, "colleague", **{"place[1,1]": "Port"})
    phone.press("next", **{"nick[2]": "Red"})
    phone.press("back")
    phone.press("back")
    phone.press("back")
    phone.press("remove")
    assert "Colleague 1" in phone.text
    assert phone.page.forms[0].fields["nick[1]"] == "Red"


def test_the_last_one_can_go_too_and_come_back(phone):
    phone.press("remove")
    assert "Colleague: add the first one" in phone.text
    add(phone, "colleague")
    assert "What do you call them?" in phone.text


def test_a_count_that_an_answer_gives_cannot_be_changed_by_hand(phone):
    phone.press("next", **{"nick[1]": "Blue"})
    phone.press("next")
    assert "Raid 1 Which day?" in phone.text
    for go in ("remove", "add-/data/raid", "add-/data/nothing"):
        phone.press(go)
    phone.press("next")
    assert "Raid 2: Check" not in phone.text


def test_every_time_stands_on_the_review_and_is_sent(app, phone):
    phone.press("next", **{"nick[1]": "Blue"})
    phone.press("next", **{"place[1,1]": "Port"})
    phone.press("next", **{"day[1]": "Monday"})
    phone.press("next", **{"day[2]": "Friday"})
    assert "Trip with Blue 1 Where to? Port" in phone.text
    assert "Raid 2 Which day? Friday" in phone.text
    phone.press("change-3.2")
    assert phone.page.forms[0].fields["day[2]"] == "Friday"
    phone.press("next", **{"day[2]": "Sunday"})
    phone.press("send")
    assert stored(app) == 1


@pytest.mark.parametrize(("name", "spot"), [("3", Spot(3)), ("3.2.1", Spot(3, (2, 1))), ("", None), ("3.", None)])
def test_a_page_is_named_in_a_button(name, spot):
    assert spot_named(name) == spot
