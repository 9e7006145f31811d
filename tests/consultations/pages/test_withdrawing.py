"""After *send* there is a receipt; with it an answer is taken back, until results are published."""

from __future__ import annotations

import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from consultations.pages import withdrawing
from consultations.responses.codes import receipt_tag
from consultations.responses.epochs import EPOCHS
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.models import Consultation
from tests.consultations.pages.phones import Phone, put, stored

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) |
| | text | wish | What do you wish? |
"""
WITHDRAW = "/c/rights/en/withdraw"
NEVER = "0000 0000 0000 0000 0000 0001"


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


def sent(app: Flask) -> Phone:
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", wish="To be safe")
    phone.press("send")
    return phone


def code_on(phone: Phone) -> str:
    return " ".join(phone.page.xpath("//p[@class='digits']//span/text()"))


def taken_back(app: Flask, code: str, address: str = WITHDRAW) -> Phone:
    phone = Phone(app, address)
    phone.press("ask", code=code)
    phone.press("withdraw")
    return phone


def queue(app: Flask) -> list[bytes]:
    with app.extensions["sessions"]() as session:
        return list(session.scalars(select(Withdrawal.tag)))


def change(app: Flask, **values: object) -> None:
    with app.extensions["sessions"]() as session:
        consultation = session.scalars(select(Consultation)).one()
        for name, value in values.items():
            setattr(consultation, name, value)
        session.commit()


def test_pressing_send_twice_shows_one_receipt(app):
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", wish="To be safe")
    held = dict(phone.page.forms[0].form_values())
    phone.press("send")
    first = code_on(phone)
    phone.post({**held, "go": "send"})
    assert code_on(phone) == first
    assert len(first) == 29
    assert stored(app) == 1


def test_the_code_is_asked_for_then_confirmed_then_queued(app):
    code = code_on(sent(app))
    phone = Phone(app, WITHDRAW)
    phone.press("ask", code=code)
    assert "This cannot be undone." in phone.text
    assert queue(app) == []
    phone.press("withdraw")
    assert "taken back" in phone.text
    assert queue(app) == [receipt_tag(code.replace(" ", ""), b"\x07" * 32, 1)]


def test_a_code_that_never_was_is_answered_like_one_that_is(app):
    code = code_on(sent(app))
    assert taken_back(app, code).text == taken_back(app, NEVER).text
    assert taken_back(app, code).response.status_code == 200


def test_a_typing_error_is_told_and_the_code_stays(app):
    phone = Phone(app, WITHDRAW)
    phone.press("ask", code="0000 0000 0000 0000 0000 0002")
    assert phone.response.status_code == 422
    assert phone.page.get_element_by_id("code").value.strip() == "0000 0000 0000 0000 0000 0002"
    assert queue(app) == []


@pytest.mark.parametrize("status", ["closed", "unlocked"])
def test_answers_can_be_taken_back_after_closing(app, status):
    code = code_on(sent(app))
    change(app, status=status, closed_on=datetime.date(2026, 12, 1))
    taken_back(app, code)
    assert len(queue(app)) == 1


def test_once_results_are_published_the_page_says_so_and_takes_nothing(app):
    code = code_on(sent(app))
    change(app, status="unlocked", closed_on=datetime.date(2026, 12, 1), published_on=datetime.date(2026, 12, 2))
    phone = Phone(app, WITHDRAW)
    assert phone.response.status_code == 410
    assert "are published" in phone.text
    assert phone.post({"code": code, "go": "withdraw"}).status_code == 410
    assert queue(app) == []


def test_a_draft_and_a_language_that_is_not_offered_have_no_such_page(app):
    put(app, FORM, slug="later", status="draft", breakdowns=())
    assert Phone(app, "/c/later/en/withdraw").response.status_code == 404
    assert Phone(app, "/c/rights/fr/withdraw").response.status_code == 404


def test_the_receipt_is_a_card_to_print_without_the_code_in_its_address(app):
    phone = sent(app)
    code = code_on(phone)
    phone.address = phone.page.forms[0].get("action")
    phone.press("", show="card")
    assert code_on(phone) == code
    assert phone.page.xpath("//p[@class='address']")[0].text_content().strip() == "http://localhost" + WITHDRAW
    assert len(phone.page.xpath("//section[@class='card']//svg")) == 2


def test_tries_are_limited_only_where_something_is_written(app, monkeypatch):
    counted = []
    monkeypatch.setattr(withdrawing, "limited", counted.append)
    taken_back(app, NEVER)
    assert counted == ["withdraw"]


def test_every_page_before_and_after_leads_there(app):
    assert WITHDRAW in Phone(app).response.text
    assert "/withdraw" in Phone(app, "/c/rights/").response.text
    assert WITHDRAW in sent(app).response.text


def test_the_page_of_a_closed_consultation_leads_there_too(app):
    change(app, status="closed", closed_on=datetime.date(2026, 12, 1))
    closed = Phone(app)
    assert closed.response.status_code == 410
    assert closed.page.xpath("//main//a/@href") == [WITHDRAW, "/"]
    assert Phone(app, "/c/rights/").page.xpath("//main//a/@href") == ["/"]
