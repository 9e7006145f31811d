"""From the first page to thank-you without cookie or script; whatever is sent, no answer is lost or doubled."""

# ruff: noqa: E501 - a form drawn as a table is read across

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from consultations.pages import answer, taking_in, visits
from consultations.responses.epochs import EPOCHS
from consultations.responses.page_state import LIFETIME, open_state, seal_state
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import flow_of, layout_of
from forms import packing
from forms.controls import element_id
from forms.running.spots import Spot
from forms.xlsform.importing import import_file
from tests.consultations.pages.phones import Phone, put, stored

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) | required | relevant | constraint | constraint_message::English (en) | constraint_message::العربية (ar) | appearance |
| | begin_group | about | About you | عنك | Kuhusu wewe | | | | | | field-list |
| | select_one regions | state | Where do you work? | أين تعملين؟ | Unafanya kazi wapi? | yes | | | | | |
| | integer | years | How many years? | كم سنة؟ | Miaka mingapi? | | | . < 60 | Write fewer than 60. | اكتبي أقل من 60. | |
| | text | why | Why so long? | لماذا؟ | Kwa nini? | | ${years} > 20 | | | | |
| | end_group | | | | | | | | | | |
| | begin_group | work | Work in ${state} | العمل | Kazi | | | | | | field-list |
| | select_multiple rights | rights | Which rights? | أي حقوق؟ | Haki gani? | | | | | | |
| | date | since | Since when? | منذ متى؟ | Tangu lini? | | | | | | |
| | text | story | Tell us more. | أخبرينا المزيد. | Tuambie zaidi. | | | | | | multiline |
| | end_group | | | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) |
| | regions | africa | Africa | أفريقيا | Afrika |
| | regions | asia | Asia | آسيا | Asia |
| | rights | health | Health | الصحة | Afya |
| | rights | work | Work | العمل | Kazi |
"""


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM)
    yield made
    EPOCHS.stir()  # while its database is still there
    made.extensions["engine"].dispose()


@pytest.fixture
def phone(app):
    return Phone(app)


@pytest.fixture
def on_review(phone):
    phone.press("begin")
    phone.choose("next", region="africa", years="7")
    phone.press("next", rights=["health", "work"], story="Mine & ours")
    return phone


def test_all_answers_arrive_as_they_were_given(app, on_review, monkeypatch):
    sent = []
    monkeypatch.setattr(
        taking_in, "send", lambda session, consultation, *rest, **more: sent.append((consultation, *rest))
    )
    on_review.press("send")
    consultation, _, hot, cold = sent[0]
    unpacked = packing.unpack(layout_of(consultation.questionnaire), hot, cold)
    assert unpacked.language == "en"
    assert unpacked.answers == {"state": "africa", "years": "7", "rights": "health work", "story": "Mine & ours"}


def test_a_calculation_that_fits_no_field_costs_nobody_their_response():
    layout = packing.layout(import_file("form.md", FORM.encode()).questionnaire)
    hot, cold = taking_in._packed(layout, {"state": "asia", "years": "3.5", "story": "Mine"}, "en", b"r" * 16)
    assert packing.unpack(layout, hot, cold).answers == {"state": "asia", "story": "Mine"}


def test_what_was_sent_is_stored_and_thanked_for(app, on_review):
    assert on_review.press("send").status_code == 200
    assert "Thank you" in on_review.text
    assert stored(app) == 1


def test_pressing_send_twice_counts_once(app, on_review):
    fields = {"state": on_review.page.forms[0].fields["state"], "go": "send"}
    for _ in range(2):
        assert "Thank you" in on_review.post(fields).text
    assert stored(app) == 1


def test_no_cookie_is_set_on_the_way(app, on_review):
    on_review.press("send")
    assert not on_review.client._cookies
    for address in ("/", "/en/", "/c/rights/", "/c/rights/en/", "/nowhere/"):
        assert "Set-Cookie" not in on_review.client.get(address).headers


def test_nothing_is_stored_before_send(app, on_review):
    assert "Check your answers" in on_review.text
    assert stored(app) == 0


def test_a_missing_answer_is_asked_for_beside_its_question(phone):
    phone.press("begin")
    assert phone.press("next").status_code == 422
    (link,) = phone.page.xpath("//*[@id='problems']//a")
    target = phone.page.get_element_by_id(link.get("href").removeprefix("#"))
    assert target.name == "state:"
    assert (
        "Please answer this question to go on."
        in phone.page.get_element_by_id(f"{element_id('state')}-error").text_content()
    )


def test_an_error_is_in_the_readers_language_and_the_answers_are_kept(app):
    phone = Phone(app, "/c/rights/ar/")
    phone.press("begin")
    phone.choose("next", region="asia", years="99")
    assert "اكتبي أقل من 60." in phone.text
    assert phone.page.forms[0].fields["years"] == "99"
    assert phone.page.forms[0].fields["state:"] == "asia"


def test_what_was_typed_wrongly_can_be_mended(phone):
    phone.press("begin")
    phone.choose("next", region="asia", years="many <b>")
    assert phone.page.forms[0].fields["years"] == "many <b>"
    assert phone.choose("next", region="asia", years="3").status_code == 200
    assert "Page 2 of 2" in phone.text


def test_an_answer_that_brings_up_a_question_shows_it_on_the_same_page(phone):
    phone.press("begin")
    assert "Why so long?" not in phone.text
    phone.choose("next", region="asia", years="30")
    assert "Why so long?" in phone.text
    assert "Your answers brought up more questions" in phone.text
    phone.press("next", why="I like it.")
    assert "Page 2 of 2" in phone.text


def test_going_back_keeps_what_was_written(phone):
    phone.press("begin")
    phone.choose("next", region="asia", years="3")
    phone.press("back", story="Half a")
    assert phone.page.forms[0].fields["years"] == "3"
    phone.press("next")
    # Browsers drop the first line break in a textarea (HTML Living Standard 13.1.2.5); lxml keeps it.
    assert phone.page.forms[0].fields["story"].removeprefix("\n") == "Half a"


def test_the_first_page_has_no_way_back(phone):
    phone.press("begin")
    assert not phone.page.xpath("//button[@value='back']")
    phone.press("back")
    assert "Page 1 of 2" in phone.text


def test_another_language_keeps_the_answers(phone):
    phone.press("begin")
    button = phone.page.xpath("//button[@lang='sw']")[0]
    phone.address = button.get("formaction")
    phone.choose(button.get("value"), region="asia", years="many")
    assert "Unafanya kazi wapi?" in phone.text
    assert "Please write" not in phone.text
    assert phone.page.forms[0].fields["years"] == "many"


def test_a_language_that_the_interface_lacks_is_marked_element_by_element(app):
    phone = Phone(app, "/c/rights/sw/")
    phone.press("begin")
    assert phone.page.get("lang") == "en"
    assert phone.page.xpath("//h1/@lang") == ["sw"]


def test_arabic_runs_from_right_to_left(app):
    phone = Phone(app, "/c/rights/ar/")
    assert (phone.page.get("lang"), phone.page.get("dir")) == ("ar", "rtl")
    phone.press("begin")
    assert phone.page.xpath("//h1/@lang") == []


def test_a_date_is_written_in_three_parts(on_review):
    on_review.press("change-1")
    on_review.press("next", **{"since-day": "31", "since-month": "2", "since-year": "2024"})
    assert on_review.page.forms[0].fields["since-day"] == "31"
    on_review.press("next", **{"since-day": "29"})
    assert "29 February 2024" in on_review.text


def test_the_review_says_every_answer_in_words(on_review):
    assert [dd.text_content() for dd in on_review.page.xpath("//dd")] == [
        "Africa",
        "7",
        "Health",
        "Work",
        "Not answered",
        "Mine & ours",
    ]
    assert "Work in Africa" in on_review.text


def test_a_change_leads_back_to_the_review(on_review):
    on_review.press("change-0")
    on_review.choose("next", region="asia", years="8")
    assert "Check your answers" in on_review.text
    assert "Work in Asia" in on_review.text


def test_a_change_can_be_followed_by_another_language(on_review):
    on_review.press("change-0")
    on_review.press("stay")
    on_review.press("next")
    assert "Check your answers" in on_review.text


def test_the_review_has_a_way_back_to_the_last_page(on_review):
    on_review.press("back")
    assert "Page 2 of 2" in on_review.text


@pytest.mark.parametrize("go", ["change-9", "change-", "change-x", "change-²", "stay", "next", "review", "dance", ""])
def test_a_button_that_nobody_made_shows_the_review_again(on_review, go):
    assert on_review.press(go).status_code == 200
    assert "Check your answers" in on_review.text


def test_a_page_can_lead_straight_to_the_review(phone):
    phone.press("begin")
    phone.choose("review", region="asia")
    assert "Check your answers" in phone.text


def test_sending_from_a_page_shows_the_next_one_and_sends_nothing(app, phone):
    phone.press("begin")
    phone.choose("send", region="asia")
    assert "Page 2 of 2" in phone.text
    assert stored(app) == 0


def sealed(
    app: Flask, phone: Phone, change: Callable[[Any], Any] = lambda state: state, at: datetime.datetime | None = None
) -> str:
    """The state of the page at hand, changed by somebody who holds the server's secret."""
    with app.extensions["sessions"]() as session:
        consultation = session.scalars(select(Consultation)).first()
        place = visits.place_of(consultation, flow_of(consultation.questionnaire))
    secret = app.extensions["settings"].secret
    now = datetime.datetime.now(datetime.UTC)
    return seal_state(
        secret, place, change(open_state(secret, place, phone.page.forms[0].fields["state"], now)), at or now
    )


@pytest.mark.parametrize("go", ["send", "review"])
def test_an_incomplete_response_is_led_to_what_is_missing(app, phone, go):
    phone.press("begin")
    state = sealed(app, phone, lambda state: answer.replace(state, page=None))
    assert phone.post({"state": state, "go": go}).status_code == 422
    assert "Please answer this question to go on." in phone.text
    assert stored(app) == 0


def test_a_page_that_the_form_does_not_have_becomes_the_review(app, on_review):
    state = sealed(app, on_review, lambda state: answer.replace(state, page=Spot(77)))
    on_review.post({"state": state, "go": "next"})
    assert "Check your answers" in on_review.text


def test_a_changed_state_is_refused_in_plain_words(phone):
    phone.press("begin")
    state = phone.page.forms[0].fields["state"]
    assert phone.post({"state": state[:-5] + "AAAA=", "go": "next"}).status_code == 400
    assert "Please start again from the beginning." in phone.text


@pytest.mark.parametrize("fields", [{}, {"go": "next"}, {"go": "send", "state": ""}, {"state": "ж", "go": "back"}])
def test_a_post_without_a_state_is_refused_in_plain_words(phone, fields):
    assert phone.post(fields).status_code == 400
    assert "Please start again from the beginning." in phone.text


def test_a_state_of_another_consultation_is_refused(app, phone):
    put(app, FORM, "other")
    phone.press("begin")
    phone.address = "/c/other/en/"
    assert phone.press("next").status_code == 400


def test_an_old_state_is_refused(app, phone):
    long_ago = datetime.datetime.now(datetime.UTC) - LIFETIME - datetime.timedelta(minutes=1)
    phone.press("begin")
    state = sealed(app, phone, at=long_ago)
    assert phone.post({"state": state, "go": "next"}).status_code == 410
    assert "too long ago" in phone.text


def test_a_consultation_that_closes_meanwhile_says_so(app, on_review):
    with app.extensions["sessions"]() as session:
        consultation = session.scalars(select(Consultation)).first()
        consultation.status, consultation.closed_on = "closed", datetime.date(2026, 11, 20)
        session.commit()
    assert on_review.press("send").status_code == 410
    assert "This consultation is closed." in on_review.text


@pytest.mark.parametrize("go", ["next", "back", "review", "stay", "change-0"])
def test_a_page_left_open_shows_nobody_what_was_sent_from_it(on_review, go):
    fields = dict(on_review.page.forms[0].form_values())
    on_review.press("send")
    assert on_review.post({**fields, "go": go}).status_code == 409
    assert "These answers were sent already." in on_review.text
    assert "Mine & ours" not in on_review.text


def test_typed_markup_is_shown_and_never_obeyed(phone):
    phone.press("begin")
    phone.choose("next", region="asia")
    phone.press("next", story="</textarea><script>alert(1)</script>")
    assert not phone.page.xpath("//script[not(@src)]")
    assert "<script>" in phone.text


def test_only_a_page_without_an_answer_may_be_kept_for_the_browsers_back(phone):
    phone.press("begin")
    assert phone.response.headers["Cache-Control"] == "private, no-cache"
    assert phone.choose("next", region="asia").headers["Cache-Control"] == "no-store"  # the region is in its heading
    assert phone.press("back").headers["Cache-Control"] == "no-store"
    phone.press("next")
    assert phone.press("next").headers["Cache-Control"] == "no-store"
