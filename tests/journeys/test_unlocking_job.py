"""A key holder goes from unlocking to released tables, with a worker and without, by keyboard and without script."""

from __future__ import annotations

import datetime
import threading

import pytest
from playwright.sync_api import Browser, Page, expect

from consultations.analysis import unlocking
from consultations.cli import working
from consultations.cli.working import Bench
from consultations.jobs import board
from consultations.jobs.queue import queue_at
from consultations.responses.answering import send
from consultations.responses.epochs import EpochKeys
from consultations.responses.sealing import new_id
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff.keyrings import new_keyring
from consultations.staff.sign_in import create_account
from forms.packing import pack
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

ANSWERS = 30
REGION = Question(
    "region", "select_one", "/data/region", Source("survey", 2), Text({"en": "Where?"}), list_name="regions"
)
CHOICES = {"regions": (Choice("africa", Text({"en": "Africa"})), Choice("europe", Text({"en": "Europe"})))}
FORM = Questionnaire(Text({"en": "Spring"}), "spring", ("en",), "en", (REGION,), CHOICES)


def closed_consultation(session) -> str:
    """Closed, with answers; the passphrase of who holds its key."""
    account = create_account(session, "ana", "policy_staff", "en")
    made = Consultation(
        slug="spring",
        status="open",
        questionnaire=store(session, FORM),
        keyring_id=new_keyring(session, [account.user]).id,
        title={"en": "Spring"},
        asked_by={"en": "The network"},
        purpose={"en": "A paper"},
        languages=["en"],
        opened_on=datetime.date(2026, 12, 17),
    )
    session.add(made)
    session.commit()
    epochs = EpochKeys()
    for number in range(ANSWERS):
        send(session, made, new_id(), *pack(layout_of(made.questionnaire), {"region": "africa"}, "en", number), epochs)
    epochs.stir()
    made.status, made.closed_on = "closed", datetime.date(2026, 12, 18)
    session.commit()
    return account.passphrase


@pytest.fixture
def site(made_app, serving, new_site, tmp_path):
    app = made_app(tmp_path)
    with app.extensions["sessions"]() as session:
        passphrase = closed_consultation(session)
    with serving(app) as address:
        yield new_site(app, address, {"ana": passphrase})
    if "job_queue" in app.extensions:
        app.extensions["job_queue"].storage.close()
    app.extensions["engine"].dispose()


@pytest.fixture
def phone(browser: Browser):
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_the_page_counts_and_leads_to_the_results(site, phone, tmp_path, monkeypatch):
    go_on = threading.Event()
    move = unlocking.move

    def slowly(*arguments):
        arguments[-1](12, ANSWERS)
        go_on.wait(60)
        return move(*arguments)

    monkeypatch.setattr(unlocking, "move", slowly)
    bench = Bench(site.app.extensions["sessions"], queue_at("", tmp_path), board.new_id())
    working.arrive(bench)
    site.sign_in(phone, "ana")
    phone.goto(f"{site.address}/staff/consultations/spring/results?language=en")
    follow(phone.get_by_role("button", name="Unlock the answers"))
    expect(phone.locator("main")).to_contain_text("waits for its turn")

    job_id = phone.url.rpartition("/")[2].partition("?")[0]
    worker = threading.Thread(target=working.do, args=(bench, job_id))
    worker.start()
    expect(phone.locator("main")).to_contain_text("12 of 30 answers are open.")
    bar = phone.get_by_role("progressbar", name="Unlocking the answers")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("12", "30")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    go_on.set()
    phone.wait_for_url("**/spring/release")
    worker.join()

    follow(phone.get_by_role("link", name="Go on to the attack"))
    follow(phone.get_by_role("button", name="Attack the tables"))
    job_id = phone.url.rpartition("/")[2].partition("?")[0]
    expect(phone.locator("h1")).to_have_text("Attacking the tables")
    working.do(bench, job_id)
    phone.wait_for_url("**/spring/release")
    expect(phone.locator(".way .done").last).to_contain_text("Nothing was found")
    bench.queue.storage.close()


def test_a_lost_key_is_explained_and_without_a_worker_the_page_unlocks(site, phone, tmp_path):
    bench = Bench(site.app.extensions["sessions"], queue_at("", tmp_path), board.new_id())
    working.arrive(bench)
    site.sign_in(phone, "ana")
    phone.goto(f"{site.address}/staff/consultations/spring/results?language=en")
    follow(phone.get_by_role("button", name="Unlock the answers"))
    expect(phone.locator("main")).to_contain_text("waits for its turn")
    working.leave(bench)
    expect(phone.get_by_role("alert")).to_contain_text("No answer was lost.")

    follow(phone.get_by_role("button", name="Unlock the answers"))
    phone.wait_for_url("**/spring/release")
    expect(phone.locator("main")).to_contain_text("30 answers were unlocked.")
    bench.queue.storage.close()


def press(page: Page, words: str) -> None:
    """Go to the link or button by keyboard, and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} cannot be reached")


def test_every_step_is_fit_for_all_and_a_keyboard_is_enough(site, phone, browser, complaints):
    site.sign_in(phone, "ana")
    phone.goto(f"{site.address}/staff/consultations/spring/release?language=en")
    found = {}

    def look(where: str, language: str, width: int) -> None:
        """As it is for somebody with script, which axe needs."""
        size = {"width": width, "height": 640}
        context = browser.new_context(viewport=size, storage_state=phone.context.storage_state())
        page = context.new_page()
        address = phone.url.partition("?language")[0]
        page.goto(f"{address}{'&' if '?' in address else '?'}language={language}")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[where] = complaints(page) + (["too wide"] if wide else [])
        context.close()

    for words in ("Unlock the answers", "Go on to the attack", "Attack the tables", "Release the tables"):
        look(words, "ar", 360)
        press(phone, words)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.url.endswith("/spring/results")
    look("results", "en", 1280)
    assert len(found) == 5
    assert {where: what for where, what in found.items() if what} == {}
