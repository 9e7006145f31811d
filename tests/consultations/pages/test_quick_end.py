"""The review and the thanks, too, are the framework's own, byte for byte, when they come the quick way."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import Any

import pytest
from flask import Flask

from app import create_app
from consultations.pages import taking_in, visits
from consultations.pages.code_cards import in_a_row
from consultations.pages.limiting import FLOOD
from consultations.responses.epochs import EPOCHS
from consultations.responses.page_state import new_state, seal_state
from consultations.rounds.consultations import by_slug
from forms.running.spots import Spot
from tests.consultations.pages.phones import Phone, put, stored
from tests.consultations.pages.test_quick import STATE, Counted
from tests.consultations.pages.test_review import FLOW, FORM, WHOLE

LAST_PAGE = Spot(3)
CODE = re.compile(rb"<span>[0-9]{4}</span>|[0-9]{24}")
UNKIND = "<b>\" & 'ж' </textarea>{{ 7 }} %s ${age} \u202e"


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(visits, "KEPT_SECONDS", 600.0)
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


class Member(Phone):
    """Somebody who has answered everything but the last question."""

    def __init__(self, app: Flask, language: str = "en", **answers: str) -> None:
        super().__init__(app, f"/c/rights/{language}/")
        with app.extensions["sessions"]() as session:
            place = visits.place_of(by_slug(session, "rights"), FLOW)
        now = datetime.datetime.now(datetime.UTC)
        state = dataclasses.replace(new_state(now), answers={**WHOLE, **answers}, page=LAST_PAGE)
        self.sealed = seal_state(app.extensions["settings"].secret, place, state, now)

    def review(self, more: str = "") -> Any:
        return self.post({"state": self.sealed, "more": more, "go": "next"})


def slowly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on everything is Flask's to answer."""
    monkeypatch.setattr(visits, "KEPT_SECONDS", 0.0)
    app.extensions["open_consultations"].clear()


def seen(response: Any) -> tuple[int, bytes, dict[str, str]]:
    """A response without what is different each time."""
    return (
        response.status_code,
        CODE.sub(b"", STATE.sub(b"", response.data)),
        {**response.headers, "Content-Length": ""},
    )


def counted(app: Flask, language: str = "en") -> Counted:
    """Flask, counted from after a first member has sent an answer."""
    first = Member(app, language)
    first.review()
    assert first.press("send").status_code == 200
    return Counted(app)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("more", ["", UNKIND, "'<&\"ж" * 4_000])
def test_the_review_is_the_framework_s_own(app, monkeypatch, language, more):
    flask, member = counted(app, language), Member(app, language, story=UNKIND)
    quickly = seen(member.review(more))
    assert flask.asked == 0
    slowly(app, monkeypatch)
    assert quickly == seen(member.review(more))
    assert flask.asked == 1
    assert quickly[0] == 200
    assert quickly[2]["Cache-Control"] == "no-store"
    assert UNKIND.encode() not in quickly[1]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_thanks_are_the_framework_s_own(app, monkeypatch, language):
    flask, member = counted(app, language), Member(app, language)
    member.review()
    review = member.response
    quickly, code = seen(member.press("send")), member.page.forms[0].fields["code"]
    assert flask.asked == 0
    assert "Set-Cookie" not in quickly[2]
    assert quickly[2]["Clear-Site-Data"] == '"cache", "storage"'
    slowly(app, monkeypatch)
    member.response = review
    assert quickly == seen(member.press("send"))
    assert member.page.forms[0].fields["code"] == code
    assert "".join(member.page.xpath("//p[@class='digits']//span/text()")) == code
    assert stored(app) == 2


def test_both_ways_store_the_same(app, monkeypatch):
    sent: list[Any] = []
    flask, member = counted(app), Member(app, story=UNKIND)
    member.review("ж")
    review = member.response
    monkeypatch.setattr(taking_in, "send", lambda session, asked, *rest, **more: sent.append((asked.id, *rest, more)))
    monkeypatch.setattr(taking_in.secrets, "randbits", lambda bits: 7)
    member.press("send")
    assert flask.asked == 0
    slowly(app, monkeypatch)
    member.response = review
    member.press("send")
    assert flask.asked == 1
    assert sent[0] == sent[1]


def test_nothing_that_was_answered_and_no_code_is_kept(app):
    member = Member(app, story="my own words")
    member.review("and more of them")
    member.press("send")
    code = member.page.forms[0].fields["code"]
    kept = [b"".join(page.constant) for page in app.extensions["kept_pages"].values()]
    assert len(kept) == 2
    assert not [
        page for page in kept for own in ("own words", "more of them", code, in_a_row(code)) if own.encode() in page
    ]


def test_the_same_answer_sent_twice_is_there_once(app):
    flask, member = counted(app), Member(app)
    member.review()
    review = member.response
    first = member.press("send").data
    member.response = review
    assert member.press("send").data == first
    assert flask.asked == 0
    assert stored(app) == 2


def test_what_was_sent_is_shown_to_nobody_again(app):
    flask, member = counted(app), Member(app)
    member.review()
    member.press("send")
    assert member.review().status_code == 409
    assert flask.asked == 1


def test_an_answer_to_a_consultation_that_closed_a_moment_ago_is_refused(app):
    counted(app)
    member = Member(app)
    member.review()
    with app.extensions["sessions"].begin() as session:
        consultation = by_slug(session, "rights")
        consultation.status, consultation.closed_on = "closed", datetime.date(2026, 11, 23)
    assert member.press("send").status_code == 410
    assert stored(app) == 1


def test_a_page_that_is_not_in_order_comes_before_the_review(app):
    counted(app)
    member = Member(app, age="200")
    assert member.review().status_code == 422
    assert stored(app) == 1


def test_a_trap_that_was_stepped_into_brings_the_review_back(app):
    flask, member = counted(app), Member(app)
    member.review()
    member.press("send", comment="buy now")
    assert flask.asked == 1
    assert "A field that has to stay empty was filled in" in member.text
    assert stored(app) == 1


def test_who_is_too_quick_gets_the_review_back(app):
    flask, member = counted(app), Member(app)
    member.review()
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], seconds_a_page=60)
    member.press("send")
    assert flask.asked == 1
    assert "That was very quick." in member.text


def test_a_press_in_a_rush_is_counted_once(settings, monkeypatch):
    monkeypatch.setattr(visits, "KEPT_SECONDS", 600.0)
    app = create_app(dataclasses.replace(settings, calm_sends_a_minute=3))
    put(app, FORM, breakdowns=())
    flask, taken = counted(app), []
    monkeypatch.setattr(FLOOD, "take", lambda *given: taken.append(given[:2]))
    for _ in range(2):
        member = Member(app)
        member.review()
        member.press("send")
    assert (flask.asked, stored(app), len(taken)) == (0, 3, 2)
    member = Member(app)
    member.review()
    member.press("send")
    assert (flask.asked, stored(app), len(taken)) == (1, 3, 3)
    assert "Very many answers are arriving at this moment." in member.text
    member = Member(app)
    member.review()
    assert member.page.xpath("//input[@data-work]")  # a script finds work on it, and only Flask draws that
    EPOCHS.stir()
    app.extensions["engine"].dispose()


def test_the_sender_s_address_is_the_one_that_our_proxy_saw(settings, monkeypatch):
    monkeypatch.setattr(visits, "KEPT_SECONDS", 600.0)
    app = create_app(dataclasses.replace(settings, calm_sends_a_minute=100, trusted_proxies=1))
    put(app, FORM, breakdowns=())
    taken: list[Any] = []
    monkeypatch.setattr(FLOOD, "take", lambda what, address, now: taken.append(address))
    for _ in range(2):
        member = Member(app)
        member.client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.9, 203.0.113.7"
        member.review()
        member.press("send")
    assert taken == ["203.0.113.7", "203.0.113.7"]
    EPOCHS.stir()
    app.extensions["engine"].dispose()
