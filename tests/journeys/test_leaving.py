"""Leaving at once, and getting through a rush: in a real browser, with script and without."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page

from app import create_app
from consultations.migrations import upgrade
from consultations.pages import leaving
from consultations.responses.epochs import EPOCHS
from consultations.settings import Settings
from tests.consultations.pages.phones import put, stored
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) | appearance |
| | begin_group | one | One | واحد | Moja | field-list |
| | text | story | Tell us more. | أخبرينا المزيد. | Tuambie zaidi. | |
| | end_group | | | | | |
| | begin_group | two | Two | اثنان | Mbili | field-list |
| | text | wish | What do you wish for? | ماذا تتمنين؟ | Unatamani nini? | |
| | end_group | | | | | |
"""
ANSWER = "They came at night"


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("leaving")
    settings = Settings(f"sqlite:///{folder / 'a.sqlite'}", folder, b"\x07" * 32, False, (), 10)
    made = create_app(replace(settings, calm_sends_a_minute=60))
    upgrade(made.extensions["engine"])
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def address(app, serving) -> Iterator[str]:
    with serving(app) as listening:
        yield listening


@pytest.fixture(scope="module")
def weather(serving) -> Iterator[str]:
    """Another site; *Leave now* leads there."""
    other = Flask("weather")
    other.get("/")(lambda: "<!doctype html><title>Weather</title><p>Sunny")
    asked, before = [], leaving.neutral_site
    with serving(other) as listening:
        leaving.neutral_site = lambda chosen, language: asked.append(language) or f"{listening}/"
        yield f"{listening}/"
    leaving.neutral_site = before
    assert set(asked) == {"en"}


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=request.param)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.has_script = request.param
    yield page
    context.close()


def answering(phone: Page, address: str) -> None:
    """On the second page, with an answer in the first and one that is being typed."""
    phone.goto(f"{address}/c/rights/en/")
    follow(phone.locator("button[value=begin]"))
    phone.locator("textarea, input.entry").first.fill(ANSWER)
    follow(phone.locator("button.go[value=next]"))
    phone.locator("textarea, input.entry").first.fill("Peace")


def test_one_touch_leads_to_the_other_site(address, weather, phone):
    answering(phone, address)
    phone.locator(".leave").click()
    phone.wait_for_url(weather)
    assert phone.title() == "Weather"


def test_esc_three_times_does_the_same_and_twice_does_not(address, weather, phone):
    if not phone.has_script:
        pytest.skip("keys are read by the script")
    answering(phone, address)
    before = phone.evaluate("history.length")
    for _ in range(2):
        phone.keyboard.press("Escape")
    time.sleep(1.6)
    phone.keyboard.press("Escape")
    assert phone.url.startswith(address)
    for _ in range(2):
        phone.keyboard.press("Escape")
    phone.wait_for_url(weather)
    assert phone.evaluate("history.length") == before


def test_back_does_not_come_back_to_the_page_that_was_left(address, weather, phone):
    if not phone.has_script:
        pytest.skip("only a script can take its place in the history")
    phone.goto(f"{address}/en/")
    phone.goto(f"{address}/c/rights/en/")
    phone.locator(".leave").click()
    phone.wait_for_url(weather)
    phone.go_back()
    assert phone.url == f"{address}/en/"


def test_back_from_the_other_site_shows_no_answers(address, weather, phone):
    answering(phone, address)
    phone.locator(".leave").click()
    phone.wait_for_url(weather)
    with contextlib.suppress(Error):  # the browser's own page: it has nothing left to show
        phone.go_back()
    phone.wait_for_timeout(1_000)
    shown = phone.content()
    assert ANSWER not in shown
    assert "Peace" not in shown
    assert "What do you wish for?" not in shown


def test_the_page_is_gone_before_the_network_answers(address, phone):
    if not phone.has_script:
        pytest.skip("only a script can empty the page")
    answering(phone, address)
    phone.route("**/out", lambda route: route.abort("aborted"))  # as if no answer came
    phone.locator(".leave").click()
    phone.wait_for_timeout(500)
    assert phone.url.startswith(address)
    assert phone.evaluate("document.documentElement.textContent + document.title") == ""


@pytest.mark.parametrize(("width", "height"), [(320, 300), (360, 640), (1280, 800)])
def test_it_stays_in_reach_and_covers_nothing_that_has_the_focus(address, browser, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    answering(page, address)
    page.mouse.wheel(0, 5_000)
    box = page.locator(".leave").bounding_box()
    assert box["height"] >= 44
    assert box["width"] >= 44
    assert 0 <= box["y"] <= height - box["height"]
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """() => { const it = document.activeElement, bar = document.querySelector('.top');
            return !bar.contains(it) && it !== document.body
                && it.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom }"""
        )
        assert not covered
    context.close()


def test_in_a_rush_script_works_and_without_it_a_member_waits(app, address, phone):
    before = stored(app)
    rush = app.extensions["rush"]
    while not rush.arrived(time.monotonic()):
        pass
    answering(phone, address)
    follow(phone.locator("button.go[value=next]"))
    follow(phone.locator("main > button[value=send]"))
    if phone.has_script:
        phone.get_by_role("heading", name="Thank you").wait_for()
        assert stored(app) == before + 1
        return
    said = phone.locator(".told").inner_text()
    assert "Very many answers are arriving at this moment." in said
    assert ANSWER in phone.locator("main").inner_text()
    assert stored(app) == before


def test_who_meets_the_rush_at_the_last_moment_is_told_when_to_press_again(app, address, phone):
    answering(phone, address)
    app.extensions["rush"] = type(app.extensions["rush"])(60)
    follow(phone.locator("button.go[value=next]"))
    while not app.extensions["rush"].arrived(time.monotonic()):
        pass
    follow(phone.locator("main > button[value=send]"))
    if phone.has_script:
        phone.get_by_text("Now you can press").wait_for()
        before = stored(app)
        follow(phone.locator(".told button"))
        phone.get_by_role("heading", name="Thank you").wait_for()
        assert stored(app) == before + 1
    else:
        assert "again in" in phone.locator(".told").inner_text()
