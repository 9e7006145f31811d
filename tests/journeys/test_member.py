"""A member answers on a phone, in a real browser, without script, in languages that run either way."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from app import create_app
from consultations.migrations import upgrade
from consultations.responses.epochs import EPOCHS
from consultations.responses.models import SealedResponse
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.settings import PROJECT, Settings
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms.xlsform.importing import import_file
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

TITLE = {"en": "Our rights at work", "ar": "حقوقنا في العمل"}
#: The whole first view of a page, style sheet included, in one TCP window.
FIRST_VIEW_BYTES = 14_336


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The application with the sample questionnaire open to members, published in Arabic as well."""
    folder = tmp_path_factory.mktemp("member")
    made = create_app(Settings(f"sqlite:///{folder / 'member.sqlite'}", folder, b"\x07" * 32, False, (), 10))
    upgrade(made.extensions["engine"])
    form = import_file("q.md", (PROJECT / "consultations" / "sample" / "questionnaire.md").read_bytes()).questionnaire
    with made.extensions["sessions"]() as session:
        keyring = Keyring(public_key=new_key_pair().public)
        session.add(keyring)
        stored = store(session, form)
        session.flush()
        session.add(
            Consultation(
                slug="rights",
                status="open",
                questionnaire_id=stored.id,
                keyring_id=keyring.id,
                title=TITLE,
                asked_by={"en": "The network"},
                purpose={"en": "To learn."},
                languages=[*form.languages, "ar"],
                statement={"questions": 20, "open_questions": 3, "key_holders": 2, "retention_months": 24},
                opened_on=datetime.date(2026, 11, 1),
                synthetic=True,
            )
        )
        session.commit()
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def address(app, serving) -> Iterator[str]:
    with serving(app) as listening:
        yield listening


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A narrow phone without script."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def fill(page: Page) -> None:
    """Some answer to everything on the page."""
    for group in page.locator("fieldset").all():
        for choice in group.locator("input[type=radio], input[type=checkbox]").all()[:1]:
            choice.check()
    for one in page.locator("select").all():
        one.select_option(index=1)
    for text in page.locator("textarea, input.entry:not([list])").all():
        text.fill("3")
    for text in page.locator("input[list]").all():
        offered = page.locator(f"#{text.get_attribute('list')} option")
        text.fill(offered.first.get_attribute("value"))


def walk(page: Page) -> Iterator[str]:
    """Page by page to the review, filling in everything; the title of each page that is shown."""
    for _ in range(40):
        yield page.title()
        if page.locator("button[value=send]").count():
            return
        fill(page)
        follow(page.locator("button.go[value=next]"))


def too_wide(page: Page) -> bool:
    return page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")


def stored(app) -> int:
    with app.extensions["sessions"]() as session:
        return session.scalar(select(func.count()).select_from(SealedResponse))


@pytest.mark.parametrize("language", ["zh", "en", "fr", "ru", "es", "ar"])
def test_a_member_answers_from_the_first_page_to_thank_you(app, address, phone, language):
    before = stored(app)
    phone.goto(f"{address}/")
    follow(phone.locator(f"a[href='/{language}/']"))
    follow(phone.locator(f"a[href='/c/rights/{language}/']"))
    follow(phone.locator("button[value=begin]"))
    titles = list(walk(phone))
    assert len(titles) > 5
    follow(phone.locator("button[value=send]"))
    assert not phone.locator("input[name=state]").count()
    assert phone.locator("h1").inner_text()
    assert stored(app) == before + 1
    assert phone.context.cookies() == []


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_no_page_is_wider_than_a_narrow_phone(address, browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in ("/", f"/{language}/", "/c/rights/", f"/c/rights/{language}/"):
        page.goto(address + path)
        assert not too_wide(page), path
    follow(page.locator("button[value=begin]"))
    assert [title for title in walk(page) if too_wide(page)] == []
    context.close()


def test_enter_in_a_field_goes_on_and_does_not_change_the_language(address, phone):
    phone.goto(f"{address}/c/rights/en/")
    follow(phone.locator("button[value=begin]"))
    fill(phone)
    follow(phone.locator("button.go[value=next]"))
    fill(phone)
    here = phone.title()
    with phone.expect_navigation():
        phone.locator("input.entry").first.press("Enter")
    assert phone.title() != here
    assert phone.url.endswith("/c/rights/en/")


def test_the_language_changes_in_the_middle_and_answers_stay(address, phone):
    phone.goto(f"{address}/c/rights/en/")
    follow(phone.locator("button[value=begin]"))
    phone.locator("input[type=radio]").nth(1).check()
    phone.locator("summary").click()
    follow(phone.locator("button[lang=ru]"))
    assert phone.url.endswith("/c/rights/ru/")
    assert phone.locator("html").get_attribute("lang") == "ru"
    assert phone.locator("input[type=radio]").nth(1).is_checked()


def test_an_error_links_to_its_question(address, phone):
    phone.goto(f"{address}/c/rights/fr/")
    follow(phone.locator("button[value=begin]"))
    follow(phone.locator("button.go[value=next]"))
    link = phone.locator("#problems a").first
    assert phone.locator(link.get_attribute("href")).count() == 1
    assert phone.locator(".wrong .error").first.is_visible()


def test_the_first_view_fits_one_window(address, browser):
    context = browser.new_context()
    page = context.new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{address}/c/rights/en/")
    assert len(responses) == 3
    assert sum(len(gzip.compress(response.body())) for response in responses) < FIRST_VIEW_BYTES
    context.close()


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_axe_finds_nothing_on_any_page(address, browser, complaints, language, scheme):
    context = browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in ("/", f"/{language}/", "/c/rights/", "/c/rights/nowhere/", f"/c/rights/{language}/"):
        page.goto(address + path)
        found[path] = complaints(page)
    follow(page.locator("button[value=begin]"))
    follow(page.locator("button.go[value=next]"))
    found["with an error"] = complaints(page)
    for title in walk(page):
        found[title] = complaints(page)
    follow(page.locator("button[value=send]"))
    found["thanks"] = complaints(page)
    assert {where: what for where, what in found.items() if what} == {}
    context.close()
