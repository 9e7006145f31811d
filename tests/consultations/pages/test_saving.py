"""Answers are saved under a code and continued on another phone in another language; then they open to nobody."""

from __future__ import annotations

import datetime
import re
import struct
import zlib

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from consultations.pages import saving
from consultations.responses.drafts import Draft
from consultations.responses.epochs import EPOCHS
from tests.consultations.pages.phones import Phone, put, stored

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | required |
| | begin_group | one | One | واحد | |
| | integer | age | How old are you? | كم عمرك؟ | yes |
| | text | work | What do you do? | ماذا تعمل؟ | |
| | end_group | one | | | |
| | text | wish | What do you wish? | ماذا تتمنى؟ | |
"""
CODE = re.compile(r"\d{4}(?: \d{4}){5}")


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


def code_on(phone: Phone) -> str:
    return CODE.search(phone.text).group()


def saved(phone: Phone) -> str:
    """The code of somebody who has answered one page and half of the next."""
    phone.press("begin")
    phone.press("next", age="31", work="Outdoors")
    phone.press("save", wish="To be safe")
    return code_on(phone)


def resumed(app: Flask, code: str, language: str = "en") -> Phone:
    other = Phone(app, f"/c/rights/{language}/continue")
    other.address = f"/c/rights/{language}/"
    other.press("resume", code=code)
    return other


def typed(phone: Phone, name: str) -> str:
    return phone.page.xpath(f"//input[@name='{name}']/@value")[0]


def test_saved_answers_go_on_where_they_were_in_another_language(app, phone):
    code = saved(phone)
    other = resumed(app, code, "ar")
    assert "ماذا تتمنى؟" in other.text
    assert typed(other, "wish") == "To be safe"
    other.press("back")
    assert (typed(other, "age"), typed(other, "work")) == ("31", "Outdoors")


def test_half_a_page_is_saved_without_a_word_about_what_is_missing(app, phone):
    phone.press("begin")
    assert phone.press("save", age="", work="Outdoors").status_code == 200
    other = resumed(app, code_on(phone))
    assert typed(other, "work") == "Outdoors"
    assert not other.page.xpath("//*[@id='problems']")


def test_back_from_the_saved_page_nothing_is_lost(phone):
    saved(phone)
    phone.press("stay")
    assert typed(phone, "wish") == "To be safe"


def test_the_saved_page_speaks_another_language_and_loses_nothing(app, phone):
    code = saved(phone)
    phone.address = "/c/rights/ar/"
    phone.press("save")
    assert code_on(phone) == code
    phone.press("stay")
    assert typed(phone, "wish") == "To be safe"


def test_the_review_can_be_saved_too(app, phone):
    phone.press("begin")
    phone.press("next", age="31", work="")
    phone.press("next", wish="")
    phone.press("save")
    assert "Check your answers" in resumed(app, code_on(phone)).text


def test_saving_again_here_or_elsewhere_keeps_the_code(app, phone):
    code = saved(phone)
    phone.press("stay")
    phone.press("save", wish="To be paid")
    other = resumed(app, code)
    assert typed(other, "wish") == "To be paid"
    other.press("save", wish="To rest")
    assert code_on(other) == code_on(phone) == code
    with app.extensions["sessions"]() as session:
        assert len(session.scalars(select(Draft)).all()) == 1


def test_a_typing_error_is_told_before_anything_is_looked_up_and_the_code_stays(app, phone, monkeypatch):
    code = saved(phone)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    monkeypatch.setattr(saving, "open_draft", None)
    other = resumed(app, wrong)
    assert other.response.status_code == 422
    assert "group by group" in other.text
    assert other.page.get_element_by_id("code").value.strip() == wrong


def test_a_code_that_never_was_and_one_that_is_over_are_answered_alike(app, phone, monkeypatch):
    code = saved(phone)
    with app.extensions["sessions"]() as session:
        session.scalars(select(Draft)).one().expires_on = datetime.date(2020, 1, 1)
        session.commit()
    other = "0000 0000 0000 0000 0000 0001"
    over, never = resumed(app, code), resumed(app, other)
    assert over.response.status_code == never.response.status_code == 404
    assert over.text.replace(code, "") == never.text.replace(other, "")
    assert "No saved answers open with this code" in over.text


def test_a_sent_answer_opens_to_nobody_also_before_its_draft_is_gone(app, phone):
    code = saved(phone)
    phone.press("stay")
    phone.press("next", wish="To be safe")
    phone.press("send")
    assert stored(app) == 1
    other = resumed(app, code)
    assert other.response.status_code == 409
    assert "sent already" in other.text
    assert "To be safe" not in other.text
    EPOCHS.stir()
    assert resumed(app, code).response.status_code == 404


def test_what_was_sent_is_not_saved_again(app, phone):
    saved(phone)
    phone.press("stay")
    held = dict(phone.page.forms[0].form_values())
    phone.press("next", wish="")
    phone.press("send")
    assert phone.post({**held, "go": "save"}).status_code == 409
    EPOCHS.stir()
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Draft)).all() == []


def test_the_card_has_the_address_without_the_code_and_both_as_pictures(phone):
    code = saved(phone)
    addresses = phone.page.xpath("//p[@class='address']")[0].text_content().strip()
    assert addresses == "http://localhost/c/rights/en/continue"
    assert len(phone.page.xpath("//section[@class='card']//svg")) == 2
    assert code.replace(" ", "") not in str(phone.response.headers)


def test_no_code_is_in_an_address_a_title_or_a_header(app, phone):
    code = saved(phone)
    other = resumed(app, code)
    for said in (*phone.page.xpath("//title/text()"), *phone.page.xpath("//@href"), *phone.page.xpath("//@action")):
        assert code[:9] not in said
        assert code.replace(" ", "")[:9] not in said
    assert code.replace(" ", "") not in other.response.text  # the page that goes on carries it nowhere in the open


def test_the_draft_is_made_of_sealed_bytes(app, phone):
    saved(phone)
    with app.extensions["sessions"]() as session:
        blob = session.scalars(select(Draft.blob)).one()
    assert len(blob) == 256 + 28
    assert b"safe" not in blob
    with pytest.raises((zlib.error, struct.error)):
        zlib.decompress(blob[12 + 4 :])


def test_too_many_tries_are_answered_with_patience(app, phone, monkeypatch):
    code = saved(phone)
    monkeypatch.setattr(saving, "limited", lambda what: (_ for _ in ()).throw(saving.AlreadySent))
    assert resumed(app, code).response.status_code == 409


@pytest.mark.parametrize("address", ["/c/rights/en/continue", "/c/rights/ar/continue", "/c/rights/sw/continue"])
def test_the_page_to_go_on_asks_for_nothing_but_the_code(phone, address):
    page = Phone(phone.client.application, address)
    assert page.response.status_code == 200
    [field] = page.page.xpath("//form//textarea | //form//input[not(@hidden)]")
    assert (field.get("autocomplete"), field.get("inputmode"), field.get("dir")) == ("off", "numeric", "ltr")
