"""*Leave now* stands on every member's page, first, and leads to a harmless site."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app import create_app
from consultations.pages import leaving
from consultations.rounds.models import Consultation
from tests.consultations.pages.phones import Phone, put

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) |
| | integer | years | How many years? | كم سنة؟ | Miaka mingapi? |
"""
WEATHER = "https://weather.example/"


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["engine"].dispose()


def first_link(phone: Phone) -> str:
    """What the tab key reaches first on the page."""
    return phone.page.xpath(
        "(//a[@href] | //button[not(@tabindex)] | //summary | //input[@type!='hidden' and not(@hidden)])[1]/@href"
    )[0]


def pages_of(app) -> list[Phone]:
    """A phone on each kind of page that members see."""
    question, review, thanks = Phone(app), Phone(app), Phone(app)
    question.press("begin")
    for phone in (review, thanks):
        phone.press("begin")
        phone.press("next", years="4")
    thanks.press("send")
    return [*(Phone(app, address) for address in ("/", "/ar/", "/c/rights/")), question, review, thanks, Phone(app)]


def test_it_is_the_first_thing_on_every_page(app):
    put(app, FORM, breakdowns=())
    assert {first_link(phone) for phone in pages_of(app)} == {"/out/en", "/out/ar", "/c/rights/en/out"}


@pytest.mark.parametrize("address", ["/c/nowhere/en/", "/c/rights/fr/", "/nothing/at/all"])
def test_it_is_on_pages_that_say_no_as_well(app, address):
    put(app, FORM, breakdowns=(), status="closed")
    assert Phone(app, address).client.get(first_link(Phone(app, address))).status_code == 303


def test_it_leads_where_staff_chose_for_the_language(app):
    put(app, FORM, breakdowns=(), leave_to={"ar": WEATHER})
    client = app.test_client()
    assert client.get("/c/rights/ar/out").headers["Location"] == WEATHER
    assert client.get("/c/rights/sw/out").headers["Location"] == "https://www.google.com/"
    assert client.get("/out/zh").headers["Location"] == "https://www.baidu.com/"


@pytest.mark.parametrize("status", ["draft", "open", "closed", "unlocked"])
def test_it_leads_out_whatever_became_of_the_consultation(app, status):
    put(app, FORM, breakdowns=(), status=status, leave_to={"en": WEATHER})
    response = app.test_client().get("/c/rights/en/out")
    assert (response.status_code, response.headers["Location"]) == (303, WEATHER)


def test_it_leads_out_when_the_database_does_not_answer(app, monkeypatch):
    def gone(*_):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(leaving, "by_slug", gone)
    assert app.test_client().get("/c/rights/ru/out").headers["Location"] == "https://ya.ru/"


def test_nothing_is_kept_and_the_other_site_learns_nothing(app):
    headers = app.test_client().get("/out/en").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_site_that_was_changed_by_hand_does_not_keep_anybody_in(app):
    put(app, FORM, breakdowns=())
    with app.extensions["sessions"]() as session:
        session.execute(update(Consultation).values(leave_to={"en": "https://a.example/\r\nX-Evil: 1"}))
        session.commit()
    assert app.test_client().get("/c/rights/en/out").headers["Location"] == "https://www.google.com/?hl=en"


def test_the_thanks_make_the_browser_forget_the_pages_before(app):
    put(app, FORM, breakdowns=())
    phone = Phone(app)
    for go in ("begin", "next", "send"):
        assert "Clear-Site-Data" not in phone.response.headers
        phone.press(go)
    assert phone.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert phone.response.headers["Cache-Control"] == "no-store"
