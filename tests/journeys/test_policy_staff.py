"""Policy staff go the whole way without script: from a workbook that is broken to a paper that is published."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from consultations.responses.epochs import EPOCHS
from consultations.rounds import consultations
from consultations.rounds.questionnaires import newest_first
from consultations.sample.respondents import answer_one
from consultations.settings import PROJECT
from consultations.staff.accounts import create_account, deactivate, user_named
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

WORKBOOK = PROJECT / "consultations" / "sample" / "questionnaire.md"
BROKEN = """
| survey |
| | type | name | label::English (en) |
| | select_one colours | colour | Which colour? |
| | integer | 2nd age | How old? |
"""
ANSWERS = 40


@pytest.fixture(scope="module")
def site(made_app, serving, new_site, tmp_path_factory, hold_ceremony) -> Iterator[object]:
    """An installation where nothing happened yet but that people were given accounts."""
    app = made_app(tmp_path_factory.mktemp("policy"))
    with app.extensions["sessions"].begin() as session:
        hold_ceremony(session)
        passphrases = {
            name: create_account(session, name, "policy_staff", "en").passphrase for name in ("ana", "ben", "cleo")
        }
    with serving(app) as address:
        yield new_site(app, address, passphrases)
    EPOCHS.stir()
    app.extensions["engine"].dispose()


@pytest.fixture
def desk(site, plain: Page) -> Page:
    return site.sign_in(plain, "ana")


def press(page: Page, words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True).first)


def open_link(page: Page, words: str) -> None:
    follow(page.get_by_role("link", name=words, exact=True).first)


def upload(page: Page, name: str, content: bytes) -> None:
    open_link(page, "Questionnaires")
    page.set_input_files("#workbook", {"name": name, "mimeType": "text/plain", "buffer": content})
    press(page, "Import")


def test_a_wrong_passphrase_is_answered_plainly_and_the_right_one_lets_in(site, plain):
    plain.goto(f"{site.address}/staff/")
    plain.fill("#name", "ana")
    plain.fill("#passphrase", "six words that are not hers")
    press(plain, "Sign in")
    expect(plain.locator(".field.wrong .error")).to_have_text(
        "The name or the passphrase is not right. Please check both and try again."
    )
    plain.fill("#passphrase", site.passphrases["ana"])
    press(plain, "Sign in")
    expect(plain.locator("h1")).to_have_text("Consultations")


def test_a_broken_workbook_shows_where_it_breaks_and_what_to_do(desk):
    upload(desk, "broken.md", BROKEN.encode())
    expect(desk.locator("p.problems")).to_contain_text("Nothing was saved")
    sheet, first = desk.locator("tbody tr").nth(0), desk.locator("tbody tr").nth(1)
    expect(sheet.locator("th")).to_contain_text("survey")
    expect(first.locator("th")).to_contain_text(re.compile(r"row \d"))
    assert all(len(cell.inner_text()) > 10 for cell in first.locator("td").all())


def test_a_file_is_asked_for_where_none_was_chosen(desk):
    open_link(desk, "Questionnaires")
    press(desk, "Import")
    expect(desk.locator(".field.wrong .error")).to_have_text("Choose a file.")


def test_a_new_consultation_says_beside_each_field_what_it_lacks(desk):
    upload(desk, "questionnaire.md", WORKBOOK.read_bytes())
    open_link(desk, "New consultation")
    desk.fill("#slug", "Not fit!")
    press(desk, "Create draft")
    expect(desk.locator("#key_holders .error")).to_contain_text("Choose at least two people")
    expect(desk.locator(".field.wrong", has=desk.locator("#purpose_fr"))).to_contain_text(
        "Write this in every language"
    )
    desk.check("input[value=ben]")
    write_texts(desk)
    press(desk, "Create draft")
    expect(desk.locator(".field.wrong", has=desk.locator("#slug"))).to_contain_text("1 to 40 small letters")
    assert desk.input_value("#purpose_ru") == "To learn."


def write_texts(page: Page) -> None:
    for code in ("zh", "en", "fr", "ru", "es"):
        page.fill(f"#asked_by_{code}", "The network")
        page.fill(f"#purpose_{code}", "To learn.")


def test_a_consultation_with_one_key_holder_left_does_not_open(site, desk):
    upload(desk, "questionnaire.md", WORKBOOK.read_bytes())
    slug = f"alone-{desk.viewport_size['width']}"
    with site.app.extensions["sessions"].begin() as session:
        leaver = create_account(session, f"leaver-{slug}", "policy_staff", "en").user
        me = user_named(session, "ana")
        words = {"en": "A draft"}
        consultations.create(
            session,
            slug=slug,
            questionnaire=newest_first(session)[0],
            title=words,
            asked_by=words,
            purpose=words,
            key_holders=[me, leaver],
        )
        deactivate(session, leaver)
    desk.goto(f"{site.address}/staff/consultations/{slug}")
    press(desk, "Open to members")
    expect(desk.locator("main")).to_contain_text("Two people must hold the key of a consultation before it opens.")


def test_from_a_workbook_to_a_published_paper(site, desk):
    slug = f"spring-{desk.viewport_size['width']}"
    import_and_look(desk)
    create_and_open(desk, slug)
    answer(site.address, slug)
    close_and_release(desk)
    pick_a_quote(desk)
    draft_a_paper(desk, site.address, slug)
    change_blocks(desk)
    look_and_take_away(desk)
    publish(desk)


def import_and_look(page: Page) -> None:
    upload(page, "questionnaire.md", WORKBOOK.read_bytes())
    expect(page.locator(".flash")).to_contain_text("The questionnaire is imported")
    address = page.get_by_role("link", name="Preview").get_attribute("href")
    titles = set()
    for code in ("zh", "en", "fr", "ru", "es"):
        page.goto(f"{page.url.partition('/staff')[0]}{address}?in={code}")
        titles.add(page.locator(".preview-page h2").first.inner_text())
    assert len(titles) == 5


def create_and_open(page: Page, slug: str) -> None:
    open_link(page, "Back to the questionnaires")
    open_link(page, "New consultation")
    page.fill("#slug", slug)
    page.check("input[value=ben]")
    write_texts(page)
    press(page, "Create draft")
    expect(page.locator("dl.facts")).to_contain_text("ana · ben")
    press(page, "Open to members")
    expect(page.locator(".flash")).to_have_text("The consultation is open. Send its address to members.")


def answer(address: str, slug: str) -> None:
    """Members answer on their own pages, in every language."""
    chance, parts = Random(7), urlsplit(address)  # noqa: S311 - made-up answers need no secrets
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    for number in range(ANSWERS):
        answer_one(connection, f"/c/{slug}/{('zh', 'en', 'fr', 'ru', 'es')[number % 5]}/", chance)
    connection.close()


def close_and_release(page: Page) -> None:
    open_link(page, "Answers and results")
    expect(page.locator(".total")).to_contain_text(str(ANSWERS))
    press(page, "Close to answers")
    press(page, "Unlock the answers")
    expect(page.locator("main")).to_contain_text(f"{ANSWERS} answers were unlocked.")
    open_link(page, "Go on to the attack")
    press(page, "Attack the tables")
    press(page, "Release the tables")
    open_link(page, "Next part")
    assert page.locator("section.finding table").count() > 1
    assert page.locator("section.finding svg").count() > 1


def pick_a_quote(page: Page) -> None:
    open_link(page, "Open answers and quotes")
    open_link(page, "Pick a quote from this answer")
    press(page, "Keep this quote")
    expect(page.locator(".field.wrong .error")).to_have_text("Choose a theme from the list.")
    page.select_option("#theme", index=1)
    press(page, "Keep this quote")
    expect(page.locator(".flash")).to_contain_text("The quote is picked.")


def draft_a_paper(page: Page, address: str, slug: str) -> None:
    page.goto(f"{address}/staff/consultations/{slug}")
    follow(page.locator("main").get_by_role("link", name="Papers"))
    press(page, "Draft a paper")
    assert page.locator(".block").count() > 10
    expect(page.locator(".blocks")).to_contain_text("In their own words")


def change_blocks(page: Page) -> None:
    first, count = blocks(page)[0], len(blocks(page))
    press(page, "Down")
    assert blocks(page)[1] == first
    press(page, "Undo the last change")
    assert blocks(page)[0] == first
    press(page, "Remove")
    expect(page.locator(".flash")).to_contain_text("The block is removed.")
    assert first not in blocks(page)
    press(page, "Undo the last change")
    add_a_table(page)
    write_a_text(page)
    assert len(blocks(page)) == count + 2


def blocks(page: Page) -> list[str]:
    return page.locator(".block-what").all_inner_texts()


def add_a_table(page: Page) -> None:
    follow(page.locator("p.insert").first.get_by_role("link", name="Put a figure, table, quote or box here"))
    page.check("input[value=table]")
    page.select_option("#table", index=2)
    press(page, "Put it in")
    expect(page.locator(".block").first).to_contain_text("Table")


def write_a_text(page: Page) -> None:
    follow(page.locator("p.insert").first.get_by_role("link", name="Write a text here"))
    press(page, "Save")
    expect(page.locator(".field.wrong .error")).to_have_text("Write the text in at least one language.")
    page.fill("#text_en", "A word before.")
    press(page, "Save")
    expect(page.locator(".notice")).to_contain_text("4 texts are still to be written")
    assert page.get_by_role("button", name="Publish in five languages").count() == 0
    follow(page.locator(".block").first.get_by_role("link", name="Edit"))
    for code in ("zh", "fr", "ru", "es"):
        page.fill(f"#text_{code}", f"Ceci est *écrit* en {code}.")
    press(page, "Save")


def look_and_take_away(page: Page) -> None:
    editor = page.url
    follow(page.locator(".card").first.get_by_role("link", name="français").first)
    expect(page.locator(".sheet em").first).to_have_text("écrit")
    address = page.get_by_role("link", name="Download as PDF").get_attribute("href")
    assert address.endswith("/fr.pdf")
    got = page.request.get(page.url.partition("/staff")[0] + address, timeout=60_000)
    assert got.body().startswith(b"%PDF")
    assert "attachment" in got.headers["content-disposition"]
    page.goto(editor)


def publish(page: Page) -> None:
    press(page, "Publish in five languages")
    expect(page.locator(".flash")).to_contain_text("The paper is published.")
    follow(page.locator("header").get_by_role("link", name="Papers"))
    assert page.locator("li.card").count() >= 1
    assert page.get_by_role("link", name="русский").count() >= 1
