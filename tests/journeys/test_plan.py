"""The table plan of a draft on a phone without script: chosen, put together, undone, opened; readable by all means."""

from __future__ import annotations

import datetime

import pytest

from consultations.rounds import consultations
from consultations.rounds.questionnaires import store
from consultations.sample.material import questionnaire
from consultations.staff import stretching
from consultations.staff.accounts import create_account
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

PLAN = "/staff/consultations/spring/plan"


@pytest.fixture(scope="module")
def site(made_app, serving, new_site, hold_ceremony, tmp_path_factory):
    """A draft of the sample questionnaire, and two who run it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
        app = made_app(tmp_path_factory.mktemp("plan"))
        form = questionnaire()
        with app.extensions["sessions"].begin() as session:
            hold_ceremony(session, datetime.date.today())
            made = [create_account(session, name, "policy_staff", "en") for name in ("ana", "ben")]
            words = dict.fromkeys(form.languages, "Spring")
            consultations.create(
                session,
                slug="spring",
                questionnaire=store(session, form),
                title=words,
                asked_by=words,
                purpose=words,
                key_holders=[account.user for account in made],
            )
        with serving(app) as address:
            yield new_site(app, address, {account.user.name: account.passphrase for account in made})
        app.extensions["engine"].dispose()


@pytest.fixture
def phone(site, browser):
    """Ana's phone, without script."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield site.sign_in(context.new_page(), "ana")
    context.close()


def wide(page):
    return page.locator("html").evaluate("page => page.scrollWidth") > page.viewport_size["width"]


def opened(page):
    for summary in page.locator("main summary").all():
        summary.click()
    return page


def ladder(page, question):
    card = page.locator("details.card", has_text=question).filter(has=page.locator("select"))
    card.locator("summary").click()
    return card


def test_a_ladder_is_made_without_script_and_undone(site, phone):
    phone.goto(f"{site.address}{PLAN}")
    card = ladder(phone, "Where do you mostly work?")
    for place in (0, 1):
        card.locator("select[name=level1]").nth(place).select_option("1")
    follow(card.locator("button[value=ladder]"))
    card = ladder(phone, "Where do you mostly work?")
    assert card.locator(".together li").count() == 1
    assert card.locator("summary").inner_text().endswith("its own ladder")
    follow(phone.locator("button[value=undo]"))
    assert ladder(phone, "Where do you mostly work?").locator(".together li").count() == 0


def test_fewer_breakdowns_are_fewer_tables(site, phone):
    phone.goto(f"{site.address}{PLAN}")
    planned = phone.get_by_text("tables are planned").inner_text()
    phone.locator("input[name=table_plan][value=work_setting]").uncheck()
    follow(phone.locator("button[value=breakdowns]"))
    fewer = phone.get_by_text("tables are planned").inner_text()
    assert int(fewer.split()[0]) < int(planned.split()[0])
    follow(phone.locator("button[value=undo]"))
    assert phone.get_by_text("tables are planned").inner_text() == planned


def test_nothing_is_wider_than_a_phone_in_any_language(site, phone):
    for language in ("zh", "en", "fr", "ru", "es", "ar"):
        phone.goto(f"{site.address}{PLAN}?language={language}")
        assert not wide(opened(phone)), language


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(site, browser, complaints, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})  # axe needs the script that pages do without
    page = site.sign_in(context.new_page(), "ana")
    page.goto(f"{site.address}{PLAN}?language={language}")
    assert (complaints(opened(page)), wide(page)) == ([], False)
    context.close()
