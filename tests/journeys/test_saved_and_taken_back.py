"""Saved on one phone, gone on with on another in another language, sent, taken back: in a browser without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from consultations.responses.codes import read_code, receipt_tag
from consultations.responses.drafts import Draft
from consultations.responses.epochs import EPOCHS
from consultations.responses.withdrawals import Withdrawal
from tests.consultations.pages.phones import put
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) |
| | begin_group | one | | |
| | text | work | What do you do? | ماذا تعمل؟ |
| | end_group | one | | |
| | text | wish | What do you wish? | ماذا تتمنى؟ |
"""


@pytest.fixture
def app(made_app, tmp_path) -> Iterator[Flask]:
    made = made_app(tmp_path)
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def address(app, serving) -> Iterator[str]:
    with serving(app) as listening:
        yield f"{listening}/c/rights"


@pytest.fixture
def new_phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    opened: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False, **options)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()


def code_on(page: Page) -> str:
    return " ".join(page.locator(".digits span").all_inner_texts())


def press(page: Page, go: str) -> None:
    follow(page.locator(f"button.go[value={go}]").last)


def kept(app: Flask, model: type) -> list[object]:
    with app.extensions["sessions"]() as session:
        return list(session.scalars(select(model)))


def test_saved_on_one_phone_sent_from_another_and_taken_back(app, address, new_phone):
    first = new_phone()
    first.goto(f"{address}/en/")
    press(first, "begin")
    first.fill("[name=work]", "Outdoors")
    press(first, "save")
    code = code_on(first)

    second = new_phone()
    second.goto(f"{address}/ar/")
    follow(second.locator("a[href$='/continue']"))
    eastern = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    second.fill("#code", eastern)
    press(second, "resume")
    assert second.locator("html").get_attribute("dir") == "rtl"
    assert second.input_value("[name=work]") == "Outdoors"
    press(second, "next")
    second.fill("[name=wish]", "أن أكون في أمان")
    press(second, "next")
    press(second, "send")
    receipt = code_on(second)
    assert receipt != code

    press(first, "stay")
    assert first.locator("h1").inner_text().startswith("These answers were sent already")
    EPOCHS.stir()
    assert kept(app, Draft) == []

    second.goto(f"{address}/ar/withdraw")
    second.fill("#code", receipt)
    press(second, "ask")
    press(second, "withdraw")
    assert [one.tag for one in kept(app, Withdrawal)] == [receipt_tag(read_code(receipt), b"\x07" * 32, 1)]
    for page in (first, second):
        assert page.context.cookies() == []


def test_only_the_card_is_printed(address, new_phone):
    page = new_phone()
    page.goto(f"{address}/en/")
    press(page, "begin")
    press(page, "save")
    page.emulate_media(media="print")
    shown = [part for part in page.locator("h1, h2, p, button, a, figure").all() if part.is_visible()]
    assert all(part.locator("xpath=ancestor::section[@class='card']").count() for part in shown)
    assert [page.locator(".digits").is_visible(), page.locator("figure").count()] == [True, 2]


def test_a_code_is_seen_whole_on_a_narrow_phone_and_nothing_is_cut(address, browser):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in ("/ar/continue", "/en/withdraw"):
        page.goto(address + path)
        page.fill("#code", "0000 0000 0000 0000 0000 0002")
        field = page.locator("#code")
        assert field.evaluate("f => f.scrollHeight <= f.clientHeight + 1 && f.scrollWidth <= f.clientWidth + 1")
        follow(page.locator("button.go"))
        assert not page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(address, browser, complaints, language):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/{language}/continue")
    found = complaints(page)
    page.fill("#code", "12")
    press(page, "resume")
    found += complaints(page)
    page.goto(f"{address}/{language}/")
    press(page, "begin")
    press(page, "save")
    found += complaints(page)
    press(page, "stay")
    for _ in range(2):
        press(page, "next")
    press(page, "send")
    found += complaints(page)
    press(page, "card")
    found += complaints(page)
    page.goto(f"{address}/{language}/withdraw")
    found += complaints(page)
    page.fill("#code", "0000 0000 0000 0000 0000 0001")
    press(page, "ask")
    found += complaints(page)
    press(page, "withdraw")
    found += complaints(page)
    context.close()
    assert found == []
