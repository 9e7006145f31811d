"""Questions open and close in place where there is a script, and come back with the page where there is none."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from consultations.responses.epochs import EPOCHS
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms.running.canonical import MAX_CHARACTERS
from forms.xlsform.importing import import_file
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

FORM = """
| survey |
| | type | name | label::English (en) | label::Arabic (ar) | relevant | required | appearance | calculation |
| | begin_group | page | Your work | عملك | | | field-list | |
| | select_one yes_no | works | Do you work now? | هل تعملين الآن؟ | | yes | | |
| | begin_group | more | About it | عن عملك | ${works} = 'yes' | | | |
| | select_multiple places | where | Where do you work? | أين تعملين؟ | | | | |
| | text | other | Where else? | أين أيضا؟ | selected(${where}, 'other') | | | |
| | end_group | | | | | | | |
| | integer | age | How old are you? | كم عمرك؟ | | | | |
| | calculate | adult | | | | | | if(${age} >= 18, 'yes', 'no') |
| | note | thanks | Thank you. | شكرا لك. | ${adult} = 'yes' | | | |
| | select_one yes_no | member | Are you a member? | هل أنت عضوة؟ | | | minimal | |
| | date | since | Since when? | منذ متى؟ | ${member} = 'yes' | | | |
| | text | early | You were early. How so? | كنت من الأوائل. كيف؟ | ${since} < date('2000-01-01') | | multiline | |
| | end_group | | | | | | | |
| | text | end | Anything else? | هل من شيء آخر؟ | | | | |
| choices |
| | list_name | name | label::English (en) | label::Arabic (ar) |
| | yes_no | yes | Yes | نعم |
| | yes_no | no | No | لا |
| | places | street | Street | الشارع |
| | places | other | Elsewhere | مكان آخر |
"""
STATEMENT = {"questions": 9, "open_questions": 2, "key_holders": 2, "retention_months": 24}


@pytest.fixture(scope="module")
def app(made_app, tmp_path_factory) -> Iterator[Flask]:
    made = made_app(tmp_path_factory.mktemp("in-place"))
    form = import_file("q.md", FORM.encode()).questionnaire
    with made.extensions["sessions"]() as session:
        keyring = Keyring(public_key=new_key_pair().public)
        session.add(keyring)
        stored = store(session, form)
        session.flush()
        session.add(
            Consultation(
                slug="work",
                status="open",
                questionnaire_id=stored.id,
                keyring_id=keyring.id,
                title={"en": "Work", "ar": "العمل"},
                asked_by={"en": "The network"},
                purpose={"en": "To learn."},
                languages=["en", "ar"],
                statement=STATEMENT,
                opened_on=datetime.date(2026, 11, 1),
                synthetic=True,
            )
        )
        session.commit()
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def address(app, serving) -> Iterator[str]:
    with serving(app) as listening:
        yield listening


def begun(browser: Browser, address: str, *, script: bool = True, language: str = "en") -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=script)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{address}/c/work/{language}/")
    follow(page.locator("button[value=begin]"))
    return page


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    opened = begun(browser, address)
    yield opened
    opened.context.close()


def seen(page: Page) -> list[str]:
    """The headings and questions that can be seen."""
    return [text for text in page.locator("h2, .asks > span, .told p").all_inner_texts() if text]


BROUGHT_UP = "Your answers brought up more questions on this page."
FIRST = ["Do you work now?", "How old are you?", "Are you a member?"]


def test_a_question_opens_and_closes_with_its_heading(page):
    assert seen(page) == FIRST
    page.get_by_label("Yes", exact=True).check()
    assert seen(page) == [FIRST[0], "About it", "Where do you work?", *FIRST[1:]]
    page.get_by_label("No", exact=True).check()
    assert seen(page) == FIRST


def test_what_was_typed_is_there_again_and_only_what_is_seen_is_sent(page):
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Elsewhere").check()
    page.get_by_label("Where else?").fill("at home")
    page.get_by_label("No", exact=True).check()
    sent = "Array.from(new FormData(document.forms[0]).keys())"
    assert "other" not in page.evaluate(sent)
    assert page.locator("[name=_shown]").input_value().split() == ["works", "age", "member"]
    page.get_by_label("Yes", exact=True).check()
    assert page.get_by_label("Where else?").input_value() == "at home"
    assert "other" in page.evaluate(sent)
    assert page.locator("[name=_shown]").input_value().split() == ["works", "age", "member", "where", "other"]


def test_numbers_menus_and_dates_open_questions_through_one_another(page):
    page.get_by_label("How old are you?").fill("١٨")
    assert "Thank you." in seen(page)
    page.get_by_label("Are you a member?").select_option("yes")
    for part, text in (("Day", "1"), ("Month", "2"), ("Year", "1999")):
        page.get_by_label(part).fill(text)
    assert seen(page)[-2:] == ["Since when?", "You were early. How so?"]
    page.get_by_label("Are you a member?").select_option("no")
    assert seen(page)[-1] == "Are you a member?"


def test_a_question_that_opened_is_told_politely_and_takes_no_focus(page):
    page.get_by_label("How old are you?").focus()
    page.keyboard.type("20")
    assert page.evaluate("document.activeElement.name") == "age"
    expect(page.locator("#opened[role=status]")).to_have_text(BROUGHT_UP)


def test_a_keyboard_alone_opens_a_question_and_goes_on_to_it(page):
    page.get_by_label("Yes", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["where", "street"]


def fill_in(page: Page) -> None:
    """The same answers, over as many pages as it takes."""
    for _ in range(9):
        if page.locator("button[value=send]").count():
            return
        for control in ("input[name=works][value=yes]", "input[name=where][value=other]"):
            if page.locator(control).count():
                page.locator(control).check()
        if page.locator("select[name=member]").count():
            page.locator("select[name=member]").select_option("yes")
        texts = {
            "age": "20",
            "other": "at home",
            "since-day": "1",
            "since-month": "2",
            "since-year": "1999",
            "early": "x",
        }
        for name, text in {**texts, "end": "no"}.items():
            if page.locator(f"[name={name}]").count():
                page.locator(f"[name={name}]").fill(text)
        follow(page.locator("button.go[value=next]"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_sent_is_the_same_with_and_without_script(browser, address, language):
    reviews, steps = [], []
    for script in (True, False):
        page = begun(browser, address, script=script, language=language)
        posts: list[str] = []
        page.on(
            "request", lambda request, posts=posts: posts.append(request.method) if request.method == "POST" else None
        )
        fill_in(page)
        reviews.append(page.locator("main").inner_text())
        steps.append(len(posts))
        page.context.close()
    assert reviews[0] == reviews[1]
    assert "at home" in reviews[0]
    assert steps[0] < steps[1]


def test_without_a_script_a_page_shows_what_is_relevant_and_comes_back_with_more(browser, address):
    page = begun(browser, address, script=False)
    assert seen(page) == FIRST
    page.get_by_label("Yes", exact=True).check()
    follow(page.locator("button.go[value=next]"))
    assert seen(page) == [BROUGHT_UP, FIRST[0], "About it", "Where do you work?", *FIRST[1:]]
    page.context.close()


def test_a_long_answer_says_how_much_room_is_left(page):
    page.get_by_label("Are you a member?").select_option("yes")
    for part, text in (("Day", "1"), ("Month", "2"), ("Year", "1999")):
        page.get_by_label(part).fill(text)
    long = page.get_by_label("You were early. How so?")
    long.fill("a")
    expect(page.locator("textarea + [role=status]")).to_have_text("")
    long.fill("a" * 19_990)
    expect(page.locator("textarea + [role=status]")).to_have_text("Characters left: 10")
    assert int(long.get_attribute("data-most")) == MAX_CHARACTERS


def test_a_page_with_more_questions_ready_has_no_faults(browser, address, complaints):
    for language in ("en", "ar"):
        page = begun(browser, address, language=language)
        page.locator("input[name=works][value=yes]").check()
        page.locator("input[name=age]").fill("40")
        assert complaints(page) == []
        page.context.close()
