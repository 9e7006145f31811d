"""The browser's own Back, its reload and a second tab: nothing is lost, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from consultations.responses.epochs import EPOCHS
from tests.consultations.pages.phones import put, stored
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

FORM = """
| survey |
| | type | name | label::English (en) |
| | begin_group | one | One |
| | select_one yesno | first | First? |
| | text | words | In your words |
| | end_group | | |
| | begin_group | two | Two |
| | select_one yesno | second | Second? |
| | end_group | | |
| choices |
| | list_name | name | label::English (en) |
| | yesno | yes | Yes |
| | yesno | no | No |
"""


@pytest.fixture
def app(made_app, tmp_path):
    app = made_app(tmp_path)
    put(app, FORM, breakdowns=())
    yield app
    EPOCHS.stir()
    app.extensions["engine"].dispose()


@pytest.fixture(params=[False, True], ids=["no script", "script"])
def page(app, serving, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=request.param)
    context.set_default_timeout(20_000)
    with serving(app) as address:
        opened = context.new_page()
        opened.goto(f"{address}/c/rights/en/")
        follow(opened.locator("button[value=begin]"))
        yield opened
    context.close()


def pressed(page: Page, go: str) -> None:
    follow(page.locator(f"button[value={go}]:not(.hidden)").last)


def test_back_shows_the_page_before_with_what_was_chosen(app, page):
    page.check("input[value=yes]")
    page.fill("textarea, input[name=words]", "Mine")
    pressed(page, "next")
    page.check("input[value=no]")
    page.go_back()
    assert page.locator("h1").inner_text() == "One"
    assert page.locator("input[value=yes]").is_checked()
    pressed(page, "next")
    assert page.locator("h1").inner_text() == "Two"


def test_a_reload_asks_again_and_loses_nothing(app, page):
    page.check("input[value=yes]")
    pressed(page, "next")
    page.reload()
    assert page.locator("h1").inner_text() == "Two"
    pressed(page, "next")
    assert "Yes" in page.locator("dd").first.inner_text()


def test_sending_again_from_a_page_before_counts_once(app, page):
    page.check("input[value=yes]")
    pressed(page, "next")
    pressed(page, "next")
    pressed(page, "send")
    assert "Thank you" in page.locator("h1").inner_text()
    page.reload()
    assert "Thank you" in page.locator("h1").inner_text()
    assert stored(app) == 1


def test_two_tabs_of_one_response_count_once(app, page):
    page.check("input[value=yes]")
    pressed(page, "next")
    state = page.locator("input[name=state]").first.get_attribute("value")
    fields = {"state": state or "", "go": "next"}
    review = page.request.post(page.url, form=fields).text()
    other = page.context.new_page()
    other.set_content(review.replace("<form ", f'<form action="{page.url}" '))
    pressed(page, "next")
    pressed(page, "send")
    pressed(other, "send")
    assert "Thank you" in other.locator("h1").inner_text()
    assert stored(app) == 1
