"""The quick way leads to the pages that the framework would have drawn, and steps aside where it cannot."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from flask import Flask

from app import create_app
from consultations.pages import quick_steps, visits
from consultations.pages.quick import QuickWay
from consultations.responses.epochs import EPOCHS
from tests.consultations.pages.phones import Phone, put, stored
from tests.consultations.pages.test_kept_pages import FORM

STATE = re.compile(rb'name="state" value="[^"]*"')
WALK: tuple[dict[str, Any], ...] = ({"place": "south"}, {"town": "omega"}, {"why": "x < y & ж"}, {"colour": "red"})


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM.replace("randomize=true", ""), breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


class Counted:
    """Flask, which counts how often it is asked."""

    def __init__(self, app: Flask) -> None:
        self.way = app.wsgi_app
        assert isinstance(self.way, QuickWay)
        self._slow, self.asked = self.way._slow, 0
        self.way._slow = self

    def __call__(self, environ: Any, start: Any) -> Any:
        self.asked += environ["REQUEST_METHOD"] == "POST"
        return self._slow(environ, start)


def walked(app: Flask) -> list[tuple[bytes, dict[str, str]]]:
    """Each page after the first question, without its state, and its headers."""
    phone, seen = Phone(app), []
    phone.press("begin")
    for typed in WALK:
        phone.press("next", **typed)
        seen.append((STATE.sub(b"", phone.response.data), dict(phone.response.headers) | {"Content-Length": ""}))
    return seen


def test_both_ways_show_the_same_pages_under_the_same_headers(app, monkeypatch):
    monkeypatch.setattr(visits, "KEPT_SECONDS", 600.0)
    walked(app)
    flask = Counted(app)
    quickly, asked = walked(app), flask.asked
    monkeypatch.setattr(visits, "KEPT_SECONDS", 0.0)
    app.extensions["open_consultations"].clear()
    slow = walked(app)
    assert asked == 1  # a text with an answer in it
    assert flask.asked == asked + 5
    assert quickly == slow


def test_a_response_that_went_the_quick_way_arrives_whole(app):
    walked(app)
    phone = Phone(app)
    phone.press("begin")
    for typed in WALK:
        phone.press("next", **typed)
    assert {"South", "Omega", "x < y & ж", "Red"} <= {text.strip() for text in phone.page.xpath("//dd//text()")}
    phone.press("send")
    assert stored(app) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"go": "next"},
        {"go": "next", "state": "AAAA"},
        {"go": "next", "state": "ж"},
        {"go": ["next", "send"]},
        {"go": "send"},
        {"nothing": "at all"},
    ],
)
def test_what_is_not_in_order_is_flasks_to_answer(app, fields):
    walked(app)
    phone = Phone(app)
    assert phone.post(fields).status_code == 400
    assert "Please start again from the beginning." in phone.text


def test_a_body_of_another_kind_is_flasks_to_answer(app):
    walked(app)
    client = app.test_client()
    assert client.post("/c/rights/en/", data=b"go=next", content_type="text/plain").status_code == 400
    assert client.post("/c/rights/en/", data={"go": "next"}, content_type="multipart/form-data").status_code == 400


def test_bytes_that_are_no_text_are_flasks_to_answer(app):
    walked(app)
    kind = "application/x-www-form-urlencoded"
    answer = app.test_client().post("/c/rights/en/", data=b"go=next&state=\xff\xfe", content_type=kind)
    assert answer.status_code == 400


@pytest.mark.parametrize("length", ["", "-1", "1e3", "9" * 5000])
def test_a_length_that_is_none_is_flasks_to_answer(app, length):
    walked(app)
    environ = {"CONTENT_LENGTH": length, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    answer = app.test_client().open("/c/rights/en/", method="POST", environ_overrides=environ)
    assert answer.status_code in {400, 413}


def test_what_goes_wrong_on_the_quick_way_is_left_to_flask(app, monkeypatch):
    walked(app)
    monkeypatch.setattr(quick_steps, "read_page", lambda *given: 1 / 0)
    phone = Phone(app)
    phone.press("begin")
    assert phone.press("next", place="south").status_code == 200
    assert "Which town?" in phone.text


def test_a_page_with_something_wrong_comes_back(app):
    walked(app)
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", place="nowhere")
    assert phone.response.status_code == 422


def test_the_page_comes_compressed_as_the_browser_takes_it(app):
    walked(app)
    phone = Phone(app)
    phone.press("begin")
    fields = {"state": phone.page.forms[0].fields["state"], "go": "next", "place": "south"}
    takes = ("gzip, br", "gzip", "gzip;q=0")
    pages = [phone.client.post(phone.address, data=fields, headers={"Accept-Encoding": each}) for each in takes]
    assert [page.headers.get("Content-Encoding") for page in pages] == ["br", "gzip", None]
    assert len(pages[0].data) < len(pages[1].data) < len(pages[2].data)


def test_the_first_page_is_drawn_once_in_a_while(app):
    pages = [Phone(app).response for _ in range(5)]
    assert len({page.data for page in pages}) == 1
    assert len(app.wsgi_app._welcomes) == 1


def test_a_stranger_host_is_flasks_to_refuse(settings):
    app = create_app(dataclasses.replace(settings, trusted_hosts=("localhost",)))
    put(app, FORM, breakdowns=())
    walked(app)
    answer = app.test_client().post("/c/rights/en/", data={"go": "next"}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    app.extensions["engine"].dispose()
