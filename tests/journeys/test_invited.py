"""From cards to coverage without script: staff invite, a member answers with a code, and it counts once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from consultations.registry.models import REGIONS, Country, Organisation
from consultations.responses.epochs import EPOCHS
from consultations.staff.accounts import create_account
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

FORM = """
| survey |
| | type | name | label::English (en) | label::русский (ru) | label::العربية (ar) |
| | select_one region | region | Where do you live? | Где вы живёте? | أين تعيشون؟ |
| | integer | age | How old are you? | Сколько вам лет? | كم عمركم؟ |
| choices |
| | list_name | name | label::English (en) | label::русский (ru) | label::العربية (ar) |
{regions}
| settings |
| | form_title::English (en) | form_title::русский (ru) | form_title::العربية (ar) | form_id | default_language |
| | Our work | Наша работа | عملنا | work | English (en) |
""".format(regions="\n".join(f"| | region | {code} | In {code} | {code} (ru) | {code} (ar) |" for code in REGIONS))
LANGUAGES = ("en", "ru", "ar")


@pytest.fixture(scope="module")
def site(made_app, serving, new_site, tmp_path_factory, hold_ceremony) -> Iterator[object]:
    """An installation with two organisations and two people on the staff."""
    app = made_app(tmp_path_factory.mktemp("invited"))
    with app.extensions["sessions"].begin() as session:
        hold_ceremony(session)
        passphrases = {name: create_account(session, name, "policy_staff", "en").passphrase for name in ("ana", "ben")}
        session.add_all([Country(code="KE", region="africa"), Country(code="KZ", region="europe")])
        session.flush()
        session.add_all(
            [
                Organisation(name="Dada wa Nairobi", country_code="KE", language="en"),
                Organisation(name="Розы степи", country_code="KZ", language="ru"),
            ]
        )
    with serving(app) as address:
        yield new_site(app, address, passphrases)
    EPOCHS.stir()
    app.extensions["engine"].dispose()


@pytest.fixture
def desk(site, plain: Page) -> Page:
    return site.sign_in(plain, "ana")


def press(page: Page, words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True).first)


def too_wide(page: Page) -> bool:
    return page.locator("html").evaluate("root => root.scrollWidth > root.clientWidth")


def create_and_open(page: Page, address: str, slug: str) -> None:
    page.goto(f"{address}/staff/questionnaires/")
    page.set_input_files("#workbook", {"name": "form.md", "mimeType": "text/plain", "buffer": FORM.encode()})
    press(page, "Import")
    page.goto(f"{address}/staff/consultations/new?questionnaire=1")
    page.fill("#slug", slug)
    page.get_by_label("ben").check()
    page.get_by_label("Invited: whoever has a code").check()
    for name in ("title", "asked_by", "purpose"):
        for code in LANGUAGES:
            page.fill(f"#{name}_{code}", f"Words in {code}")
    press(page, "Create draft")
    press(page, "Open to members")


def make_codes(page: Page, count: int, label: str) -> list[str]:
    page.get_by_label("For whom").select_option(label=label)
    page.fill("#count", str(count))
    page.get_by_label("A list of messages").check()
    with page.expect_download() as started:
        page.get_by_role("button", name="Make codes").click()
    text = started.value.path().read_text("utf-8-sig")
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


@pytest.mark.parametrize("plain", [360, 1280], indirect=True, ids=["phone", "desktop"])
def test_a_code_leads_from_a_card_to_the_counts(site, desk, browser, complaints):
    slug = f"work-{desk.viewport_size['width']}"
    create_and_open(desk, site.address, slug)
    follow(desk.get_by_role("link", name="Codes and cards"))
    assert not too_wide(desk)
    codes = make_codes(desk, 5, "Dada wa Nairobi")

    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    phone = context.new_page()
    for number, code in enumerate(codes):
        begin(phone, f"{site.address}/c/{slug}/{LANGUAGES[number % 3]}/", code)
        expect(phone.locator("main")).to_contain_text("africa")
        assert phone.locator("input[name=region]").count() == 0
        phone.fill("input[name=age]", "30")
        follow(phone.locator("button.go[value=next]"))
        follow(phone.locator("button.go[value=send]"))
        assert code not in phone.url
    begin(phone, f"{site.address}/c/{slug}/en/", codes[0].lower())
    follow(phone.locator("button.go[value=next]"))
    follow(phone.locator("button.go[value=send]"))
    expect(phone.locator("[role=alert]")).to_contain_text("This code has been used already")
    expect(phone.locator("#code")).to_be_visible()
    assert not too_wide(phone)
    context.close()

    EPOCHS.stir()
    desk.goto(f"{site.address}/staff/consultations/{slug}/coverage")
    expect(desk.get_by_role("row", name="Africa")).to_contain_text("5")
    assert not too_wide(desk)
    follow(desk.get_by_role("link", name="Reminders").first)
    expect(desk.locator("main")).to_contain_text("Dada wa Nairobi")
    assert not too_wide(desk)


def begin(phone: Page, address: str, code: str) -> None:
    phone.goto(address)
    phone.fill("#code", code)
    follow(phone.locator("button[value=begin]"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_where_a_code_is_asked_for(site, browser, complaints, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = site.sign_in(context.new_page(), "ana")
    slug = f"axe-{language}"
    create_and_open(page, site.address, slug)
    found = {}
    for part in ("codes", "coverage", "reminders"):
        page.goto(f"{site.address}/staff/consultations/{slug}/{part}")
        found[part] = complaints(page)
    page.goto(f"{site.address}/c/{slug}/{language}/")
    found["welcome"] = complaints(page)
    assert not too_wide(page)
    page.fill("#code", "4CVV-D6AQ-R8JM")
    follow(page.locator("button[value=begin]"))
    found["with an error"] = complaints(page)
    assert not too_wide(page)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
