"""Every page of staff, as the sample fills it: in Arabic on the narrowest phone, with nothing cut off or unnamed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.following import follow

pytestmark = pytest.mark.browser

#: Who opens which pages.
PAGES = {
    "policy": (
        "",
        "account",
        "account/app",
        "account/passkey",
        "account/passphrase",
        "questionnaires/",
        "questionnaires/1",
        "consultations/new",
        "consultations/new?questionnaire=1",
        "consultations/sample",
        "consultations/sample-open",
        "consultations/sample/plan",
        "consultations/sample/results",
        "consultations/sample/results?by=organisation_type",
        "consultations/sample/profile",
        "consultations/sample/compare",
        "consultations/sample/release",
        "consultations/sample/quotes",
        "consultations/sample/papers",
        "indicators/",
        "indicators/1",
        "papers/",
        "papers/1/preview/en",
        "papers/2",
        "papers/2/add",
        "papers/2/write",
        "papers/2/write?block=1",
        "papers/2/title",
        "papers/2/preview/ru",
    ),
    "consultant": ("fieldwork/", "fieldwork/1", "fieldwork/1/interviews/new", "fieldwork/1/box"),
    "administrator": ("people/",),
}


@pytest.fixture(scope="module", params=PAGES)
def narrow(request, sample_site, browser: Browser) -> Iterator[tuple[Page, str]]:
    """Somebody signed in on a phone 320 px wide; axe needs script."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    yield sample_site.sign_in(page, request.param), request.param
    context.close()


def test_in_arabic_no_page_is_wider_than_the_narrowest_phone_and_axe_finds_nothing(sample_site, narrow, complaints):
    page, name = narrow
    found = {}
    for path in PAGES[name]:
        joined = "&" if "?" in path else "?"
        answer = page.goto(f"{sample_site.address}/staff/{path}{joined}language=ar")
        assert (answer.status, page.get_attribute("html", "dir")) == (200, "rtl"), path
        wide = page.evaluate("document.documentElement.scrollWidth") > 320
        found[path] = [*(["too wide"] if wide else []), *complaints(page)]
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize("language", ["zh", "fr", "ru", "es"])
def test_long_words_of_other_languages_stay_on_the_page(sample_site, browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = sample_site.sign_in(context.new_page(), "policy")
    wide = []
    for path in PAGES["policy"]:
        page.goto(f"{sample_site.address}/staff/{path}{'&' if '?' in path else '?'}language={language}")
        wide += [path] if page.evaluate("document.documentElement.scrollWidth") > 320 else []
    assert wide == []
    context.close()


def test_the_sign_in_is_clear_in_arabic_too(sample_site, browser, complaints):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{sample_site.address}/staff/sign-in?language=ar")
    follow(page.locator("main button"))
    assert page.locator(".field.wrong").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert complaints(page) == []
    context.close()
