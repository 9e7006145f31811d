"""What is kept in memory is nobody's: the same bytes for all, and never an answer."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app import create_app
from consultations.pages.kept_pages import _everybodys
from consultations.responses.epochs import EPOCHS
from forms.running.flow import Flow, Spot
from forms.xlsform.importing import import_file
from tests.consultations.pages.phones import Phone, put

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | relevant | choice_filter | parameters |
| | begin_group | one | One | واحد | | | |
| | select_one places | place | Where? | أين؟ | | | |
| | end_group | | | | | | |
| | begin_group | two | Two | اثنان | | | |
| | select_one towns | town | Which town? | أي مدينة؟ | | place = ${place} | |
| | end_group | | | | | | |
| | begin_group | three | Three | ثلاثة | | | |
| | text | why | Why ${town}? | لماذا؟ | | | |
| | end_group | | | | | | |
| | begin_group | four | Four | أربعة | | | |
| | select_one colours | colour | Which colour? | أي لون؟ | | | randomize=true |
| | end_group | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) | place |
| | places | north | North | شمال | |
| | places | south | South | جنوب | |
| | towns | alpha | Alpha | ألفا | north |
| | towns | omega | Omega | أوميغا | south |
| | colours | red | Red | أحمر | |
| | colours | blue | Blue | أزرق | |
| | colours | green | Green | أخضر | |
| | colours | grey | Grey | رمادي | |
"""
STATE = re.compile(r'name="state" value="[^"]*"')


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


def page(phone: Phone) -> str:
    return STATE.sub("", phone.response.get_data(as_text=True))


def test_a_second_respondent_sees_the_same_page_and_carries_another_state(app):
    first, second = Phone(app), Phone(app)
    first.press("begin")
    second.press("begin")
    assert page(first) == page(second)
    assert first.response.data != second.response.data
    assert len(app.extensions["kept_pages"]) == 1


def test_who_sees_a_button_on_a_page_that_came_in_part_goes_on_with_the_state(app):
    phone = Phone(app)
    phone.press("begin")
    text = phone.response.get_data(as_text=True)
    assert text.index('name="place"') < text.index('name="state"') < text.index('<button class="go')


def test_a_page_that_is_opened_again_shows_its_answer_and_is_not_kept(app):
    phone, other = Phone(app), Phone(app)
    phone.press("begin")
    phone.press("next", place="south")
    phone.press("back")
    assert phone.page.forms[0].fields["place"] == "south"
    other.press("begin")
    assert other.page.forms[0].fields["place"] is None


def test_a_list_that_depends_on_an_answer_is_kept_by_what_it_offers(app):
    offered = []
    for place in ("north", "south", "north"):
        phone = Phone(app)
        phone.press("begin")
        phone.press("next", place=place)
        offered.append(phone.text)
    assert "Alpha" in offered[0]
    assert "Alpha" not in offered[1]
    assert offered[2] == offered[0]


def test_a_text_with_an_answer_in_it_is_never_kept(app):
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", place="south")
    phone.press("next", town="omega")
    assert "Why Omega?" in phone.text
    assert not any(b"Omega?" in b"".join(kept.constant) for kept in app.extensions["kept_pages"].values())


def test_an_order_by_chance_is_kept_by_order(app):
    def colours() -> tuple[str, list[str]]:
        phone = Phone(app)
        phone.press("begin")
        for _ in range(3):
            phone.press("next")
        return phone.text, phone.page.xpath('//input[@name="colour"]/@value')

    seen = [colours() for _ in range(12)]
    assert len({tuple(order) for _, order in seen}) > 1
    assert all(
        text.index("Red") < text.index("Blue") for text, order in seen if order.index("red") < order.index("blue")
    )


def test_each_language_has_a_page_of_its_own(app):
    assert "Where?" in pressed(app, "/c/rights/en/")
    assert "أين؟" in pressed(app, "/c/rights/ar/")
    assert "Where?" in pressed(app, "/c/rights/en/")


def pressed(app, address: str) -> str:
    phone = Phone(app, address)
    phone.press("begin")
    return phone.text


LIVE = """
| survey |
| | type | name | label | relevant | required | default | choice_filter |
| | begin_group | one | One | | | | |
| | integer | age | Age | | | | |
| | end_group | | | | | | |
| | begin_group | two | Two | | | | |
| | text | same | Same for all | | | | |
| | text | more | More | ${same} = 'x' | | all the same | |
| | select_one towns | which | Which? | ${same} = 'x' | | | |
| | end_group | | | | | | |
| | begin_group | three | Three | | | | |
| | integer | other | Other | | | | |
| | text | older | Older | ${other} > ${age} | | | |
| | end_group | | | | | | |
| | begin_group | four | Four | | | | |
| | text | a | A | | | | |
| | text | b | B | ${a} = 'x' | ${age} > 9 | | |
| | end_group | | | | | | |
| | begin_group | five | Five | | | | |
| | text | c | C | | | | |
| | select_one towns | d | D | ${c} = 'x' | | | size < ${age} |
| | end_group | | | | | | |
| choices |
| | list_name | name | label | size |
| | towns | alpha | Alpha | 3 |
"""


def keys(answers):
    """What each page of the form above is kept under; None where it is not kept."""
    flow = Flow(import_file("live.md", LIVE.encode()).questionnaire)
    form = flow.state(answers, date(2026, 11, 22), "en")
    return [_everybodys(flow, Spot(page), form) for page in range(len(flow.pages))]


def test_a_page_that_is_live_is_kept_where_nothing_of_anybodys_lies_ready_in_it():
    _, same, older, required, filtered = keys({})
    assert same is not None
    assert (older, required, filtered) == (None, None, None)
    assert keys({"more": "mine"})[1] is None


FOLDED = """
| survey |
| | type | name | label::English (en) | relevant |
| | begin_group | one | One | |
| | select_one yesno | before | Before? | |
| | text | words | Words | |
| | end_group | | | |
| | begin_group | two | Two | |
| | select_one yesno | now | Now? | |
| | text | why | Why? | ${now} = CONDITION |
| | end_group | | | |
| choices |
| | list_name | name | label::English (en) |
| | yesno | yes | Yes |
| | yesno | no | No |
"""


@pytest.mark.parametrize(("condition", "kept"), [("${before}", 2), ("${words}", 1)])
def test_a_condition_is_kept_with_a_choice_in_it_and_never_with_typed_words(app, condition, kept):
    put(app, FOLDED.replace("CONDITION", condition), slug="folded", breakdowns=())
    phone = Phone(app, "/c/folded/en/")
    phone.press("begin")
    phone.press("next", before="yes", words="my own words")
    assert "Now?" in phone.text
    assert len(app.extensions["kept_pages"]) == kept
    assert not any(b"my own words" in b"".join(page.constant) for page in app.extensions["kept_pages"].values())
