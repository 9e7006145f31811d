"""A telling consultation shows in no title, address, header or log: a phone is looked at, and its history read."""

from __future__ import annotations

import logging
import re

import pytest

from app import create_app
from tests.consultations.pages.phones import Phone, put

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| settings |
| | form_title::English (en) | form_title::العربية (ar) |
| | Brothel raids and HIV | المداهمات |
| survey |
| | type | name | label::English (en) | label::العربية (ar) | required |
| | select_one yesno | raid | Were you in a police raid? | هل تعرضت لمداهمة؟ | yes |
| | text | story | What did the police do? | ماذا فعلت الشرطة؟ | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) |
| | yesno | arrested | Yes, and arrested | نعم |
| | yesno | no | No | لا |
"""
TITLE = {"en": "Brothel raids and HIV", "ar": "المداهمات"}
ANSWER, CODE, ADDRESS = "They took 4711 from me", "907341556218834502771923", "203.0.113.77"
TELLING = ("brothel", "raid", "hiv", "police", "arrested", "sex", "harm", "مداهم", "شرطة")


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def seen(app, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Every title, address and header of a member's way from the first page to thanks, and out; then the log."""
    put(app, FORM, breakdowns=(), slug="spring", title=TITLE, purpose={"en": "To end police raids"}, leave_to={})
    shown: list[str] = []

    def note(phone: Phone) -> None:
        title = phone.page.xpath("//title/text()")
        assert title, phone.response.request.path
        links = phone.page.xpath("//@href | //@action | //@formaction")
        shown.extend([*title, *links, phone.response.request.full_path, str(phone.response.headers)])

    with caplog.at_level(logging.DEBUG):
        for language in ("en", "ar"):
            for address in ("/", f"/{language}/", "/c/spring/", "/c/spring/nothing/", f"/c/spring/{language}/"):
                phone = Phone(app, address)
                phone.client.environ_base["REMOTE_ADDR"] = ADDRESS
                note(phone)
            for step in (
                {"go": "begin"},
                {"go": "next"},
                {"go": "next", "raid": "arrested", "code": CODE},
                {"go": "next", "story": ANSWER},
                {"go": "send"},
            ):
                phone.press(**step)
                note(phone)
            assert phone.response.headers["Clear-Site-Data"], "the answers were sent"
        shown.append(str(app.test_client().get("/c/spring/en/out").headers))
    return [*shown, caplog.text]


def test_no_title_address_header_or_log_tells_what_it_is_about(seen):
    found = {word for text in seen for word in TELLING if re.search(rf"{word}", text, re.IGNORECASE)}
    assert found == set()


def test_neither_an_answer_nor_a_code_nor_the_sender_is_written_anywhere(seen):
    assert [text for text in seen for secret in (ANSWER, "4711", CODE, ADDRESS) if secret in text] == []
