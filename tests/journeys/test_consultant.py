"""A community consultant logs an interview without script, and policy staff find the quote in their paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.following import follow

pytestmark = pytest.mark.browser

SAID = (
    "Later that day Mariana told me about the raid on the third of May. They took every phone and laughed about it."
    " Nobody at the station would write down what had happened."
)
QUOTE = "Nobody at the station would write down what had happened."


@pytest.fixture
def consultant(sample_site, plain: Page) -> Page:
    return sample_site.sign_in(plain, "consultant")


def press(page: Page, words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True).first)


def open_link(page: Page, words: str) -> None:
    follow(page.get_by_role("link", name=words, exact=True).first)


def in_english(page: Page) -> None:
    open_link(page, "consultant")
    page.select_option("#language", "en")
    follow(page.locator("main button"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_interview_without_consent_is_not_kept(sample_site, consultant):
    in_english(consultant)
    consultant.goto(f"{sample_site.address}/staff/fieldwork/1")
    open_link(consultant, "Log an interview")
    consultant.fill("#transcript", SAID)
    press(consultant, "Save")
    expect(consultant.locator("#role-error")).to_be_visible()
    expect(consultant.locator("#recorded-error")).to_have_text(
        "Without this consent the interview may not be kept here."
    )
    assert consultant.input_value("#transcript") == SAID


def test_from_an_empty_form_to_a_quote_that_the_paper_is_offered(sample_site, consultant, browser):
    in_english(consultant)
    log_interview(sample_site, consultant)
    replace_names(consultant)
    mark_a_quote(consultant)
    press(consultant, "Finish the interview") if consultant.locator("h1").inner_text() == "Finish" else finish(
        consultant
    )
    expect(consultant.locator("main")).to_contain_text("These passages are offered to the paper.")
    assert QUOTE in offered_to_policy(sample_site, browser)


def log_interview(site, page: Page) -> None:
    open_link(page, "Case studies")
    follow(page.locator("li.card h2 a").first)
    open_link(page, "Log an interview")
    page.select_option("#role", "outreach_worker")
    page.select_option("#language", "en")
    for name in ("recorded", "quoted", "translated"):
        page.check(f"#{name}")
    page.select_option("#attribution", "region")
    page.fill("#transcript", SAID)
    press(page, "Save")
    expect(page.locator("h1")).to_have_text("Replace names")


def replace_names(page: Page) -> None:
    row = page.locator("ul.names li", has_text="Mariana")
    row.locator("input[type=checkbox]").check()
    row.locator("input[type=text]").fill("a colleague")
    press(page, "Replace")
    expect(page.locator("main .as-written").first).to_contain_text("Later that day a colleague told me")
    assert "Mariana" not in page.locator("main .as-written").first.inner_text()


def mark_a_quote(page: Page) -> None:
    follow(page.locator("ol.steps").get_by_role("link", name="Mark quotes"))
    page.locator(".sentence", has_text=QUOTE).locator("input").check()
    press(page, "Mark as a quote")
    expect(page.locator(".field.wrong, .wrong").first).to_be_visible()
    page.select_option("#theme", "law")
    press(page, "Mark as a quote")


def finish(page: Page) -> None:
    follow(page.locator("ol.steps").get_by_role("link", name="Finish"))
    press(page, "Finish the interview")


def offered_to_policy(site, browser: Browser) -> str:
    """What the list of quotes offers to policy staff who put a block into the sample's second paper."""
    context = browser.new_context(java_script_enabled=False)
    page = site.sign_in(context.new_page(), "policy")
    page.goto(f"{site.address}/staff/papers/2/add")
    offered = page.locator("#quote").inner_text()
    context.close()
    return offered
