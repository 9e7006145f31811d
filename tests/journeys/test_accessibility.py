"""Every page and every control for those who read with other means, by keyboard, in large letters or few colours."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from consultations.responses.epochs import EPOCHS
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms.controls import element_id
from forms.xlsform.importing import import_file
from tests.journeys.every_control import FORM
from tests.journeys.following import follow

COUNTRY = element_id("country")
pytestmark = pytest.mark.browser

LANGUAGES = ["zh", "en", "fr", "ru", "es", "ar", "sw"]
#: What each page needs before it lets anybody go on; '' is ticked.
ANSWERS: tuple[dict[str, str], ...] = (
    {"country:typed": "Kenya", "place": ""},
    {"police": ""},
    {"needs:health": "2", "needs:home": "1", "needs:money": "3", "needs:law": "4", "age": "30"},
    {"began-day": "3", "began-month": "2", "began-year": "2020"},
    {"name": "Work", "agreed": ""},
    {"doing[1]": "Well"},
)
#: What is pressed, typed in or opened.
CONTROLS = "a[href], button:not(.hidden), input:not([type=hidden]), select, textarea, summary"

Complaints = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def address(made_app: Callable[[Path], Flask], serving: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = made_app(tmp_path_factory.mktemp("accessible"))
    form = import_file("q.md", FORM.encode()).questionnaire
    assert form is not None
    with app.extensions["sessions"]() as session:
        keyring = Keyring(public_key=new_key_pair().public)
        session.add(keyring)
        stored = store(session, form)
        session.flush()
        session.add_all(
            Consultation(
                slug=slug,
                invited=slug == "invited",
                status="open",
                questionnaire_id=stored.id,
                keyring_id=keyring.id,
                title={"en": "Every control", "ar": "كل شيء"},
                asked_by={"en": "The network"},
                purpose={"en": "To learn."},
                languages=LANGUAGES,
                statement={"questions": 20, "open_questions": 3, "key_holders": 2, "retention_months": 24},
                opened_on=datetime.date(2026, 11, 1),
            )
            for slug in ("every", "invited")
        )
        session.commit()
    with serving(app) as listening:
        yield f"{listening}/"
    EPOCHS.stir()
    app.extensions["engine"].dispose()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`opened(width=320, java_script_enabled=False)`: a page of a browser that is set up so."""
    contexts = []

    def page(width: int = 360, **how: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 640}, **how))
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1].new_page()

    yield page
    for context in contexts:
        context.close()


def begin(page: Page, address: str, language: str) -> Page:
    page.goto(f"{address}c/every/{language}/")
    press(page, "button[value=begin]")
    return page


def press(page: Page, selector: str) -> None:
    """Press the last button of that kind."""
    follow(page.locator(selector).last)


def go_on(page: Page) -> None:
    press(page, "main button.go[value=next]")


def fill(page: Page, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        control = page.locator(f"[name='{name}']").first
        control.fill(value) if value else control.check()


def walk(page: Page, address: str, language: str) -> Iterator[str]:
    """Every page of a member's way, those with questions as they come and with what is wrong; says which it is."""
    for path in ("", f"{language}/", "c/every/", "c/every/nowhere/", f"c/every/{language}/"):
        page.goto(address + path)
        yield path
    press(page, "button[value=begin]")
    for number, answers in enumerate(ANSWERS, 1):
        yield f"page {number}"
        if number < len(ANSWERS):
            if number == 1:
                fill(page, {"country:typed": "Kenia"})
            go_on(page)
            yield f"page {number} with what is wrong"
        fill(page, answers)
        go_on(page)
    yield "review"
    press(page, "button[value=send]")
    yield "thanks"


def found_everywhere(page: Page, address: str, language: str, find: Callable[[Page], Any]) -> dict[str, Any]:
    """What `find` finds, by page, where it finds anything; there are 18 pages."""
    found = {where: find(page) for where in walk(page, address, language)}
    assert len(found) == 18
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        ("zh", "light"),
        ("fr", "light"),
        ("ru", "dark"),
        ("es", "light"),
        ("sw", "light"),
        ("en", "dark"),
        ("ar", "dark"),
    ],
)
def test_axe_finds_nothing_in_other_languages_and_in_the_dark(
    address: str, opened: Callable[..., Page], complaints: Complaints, language: str, scheme: str
) -> None:
    """The two pages that between them have most kinds of control, with what is wrong."""
    page = begin(opened(color_scheme=scheme), address, language)
    fill(page, {"country:typed": "Kenia"})
    go_on(page)
    assert complaints(page) == []
    for answers in ANSWERS[:2]:
        fill(page, answers)
        go_on(page)
    go_on(page)
    assert complaints(page) == []


def nameless(page: Page) -> list[str]:
    """Roles of what can be used or heads a group and that a screen reader finds no name for."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("Accessibility.enable")
    roles = {"textbox", "combobox", "radio", "checkbox", "button", "link", "radiogroup", "group", "spinbutton"}
    roles |= {"DisclosureTriangle", "navigation"}
    told: list[Any] = []
    for _ in range(20):  # Chromium builds the tree a moment after the page, later on a busy machine
        tree = chromium.send("Accessibility.getFullAXTree")["nodes"]
        told = [node for node in tree if not node["ignored"] and node["role"]["value"] in roles]
        if told:
            break
        page.wait_for_timeout(100)
    assert told
    return [
        str(node["role"]["value"])
        for node in told
        if not str(node.get("name", {}).get("value", "")).strip() and not _is_details(node)
    ]


def _is_details(node: dict[str, Any]) -> bool:
    """A `<details>` is a group that its summary speaks for."""
    return node["role"]["value"] == "group" and not any(p["name"] == "describedby" for p in node.get("properties", ()))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_that_can_be_used_has_a_name(address: str, opened: Callable[..., Page], language: str) -> None:
    assert found_everywhere(opened(), address, language, nameless) == {}


TOO_SMALL = """selected => [...document.querySelectorAll(selected)].filter(one => {
  const touched = one.closest('label') || one;
  if (!one.checkVisibility() || one.matches('p a, li > a:only-of-type:not(.rows a)')) return false;
  const least = one.closest('.option') || one.matches('.go, .entry, .rows a, .rows button, summary') ? 44 : 24;
  const box = touched.getBoundingClientRect();
  return box.height < least || (box.width < least && box.width < 36);
}).map(one => one.outerHTML.slice(0, 120))"""

#: What is wider than the page, and what is cut off within its own box.
CUT_OFF = """() => {
  const root = document.documentElement, wide = root.scrollWidth > root.clientWidth ? ['page'] : [];
  const cut = [...document.querySelectorAll('button, label, legend, summary, a, p, h1, h2, dd, dt')].filter(one =>
    one.checkVisibility() && !one.closest('.hidden') && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).display !== 'inline');
  return [...wide, ...cut.map(one => one.outerHTML.slice(0, 120))];
}"""


def test_everything_is_large_enough_to_touch(address: str, opened: Callable[..., Page]) -> None:
    find = lambda page: page.evaluate(TOO_SMALL, CONTROLS)  # noqa: E731 - a name for one line
    assert found_everywhere(opened(320), address, "en", find) == {}


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_at_four_hundred_percent_nothing_is_cut_off(address: str, opened: Callable[..., Page], language: str) -> None:
    """1280 pixels at 400 % are 320."""
    page = opened(320, java_script_enabled=False)
    assert found_everywhere(page, address, language, lambda page: page.evaluate(CUT_OFF)) == {}


def test_with_letters_of_twice_the_size_nothing_is_cut_off(address: str, opened: Callable[..., Page]) -> None:
    page = opened(360, bypass_csp=True)

    def enlarged(page: Page) -> Any:
        page.wait_for_load_state()
        page.add_style_tag(content="html { font-size: 225% }")
        return page.evaluate(CUT_OFF)

    assert found_everywhere(page, address, "ru", enlarged) == {}


def code_pages(page: Page, address: str, language: str) -> Iterator[str]:
    """Every page with a code on it, or a field for one."""
    for path in ("every/{}/continue", "every/{}/withdraw", "invited/{}/"):
        page.goto(f"{address}c/{path.format(language)}")
        yield path
        page.fill("#code", "1234")
        follow(page.locator("main button.go").first)
        yield f"{path} with what is wrong"
    begin(page, address, language)
    press(page, "button[value=save]")
    yield "saved"
    press(page, "button[value=stay].go")
    for answers in ANSWERS:
        fill(page, answers)
        go_on(page)
    press(page, "button[value=send]")
    code = page.locator("input[name=code]").get_attribute("value")
    press(page, "button[value=card]")
    yield "card"
    page.goto(f"{address}c/every/{language}/withdraw")
    page.fill("#code", str(code))
    press(page, "button[value=ask]")
    yield "sure?"
    press(page, "button[value=withdraw]")
    yield "taken back"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_with_codes_are_fit_for_all(
    address: str, opened: Callable[..., Page], complaints: Complaints, language: str
) -> None:
    page = opened(320)
    found = {
        where: complaints(page) + nameless(page) + page.evaluate(CUT_OFF) + page.evaluate(TOO_SMALL, CONTROLS)
        for where in code_pages(page, address, language)
    }
    assert len(found) == 10
    assert {where: what for where, what in found.items() if what} == {}


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.name || ''"))


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached")


def test_a_keyboard_is_enough(address: str, opened: Callable[..., Page]) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{address}c/every/en/")
    tab_to(page, "button[value=begin]")
    page.keyboard.press("Enter")
    for answers in ANSWERS:
        page.wait_for_selector(f"[name='{next(iter(answers))}']")
        for name, value in answers.items():
            tab_to(page, f"[name='{name}']")
            page.keyboard.type(value) if value else page.keyboard.press("Space")
        tab_to(page, "main button.go[value=next]")
        page.keyboard.press("Space")
    page.wait_for_selector("button[value=send]")
    tab_to(page, "button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=state]", state="detached")
    assert page.locator("h1").inner_text() == "Thank you. Your answers have arrived."


def test_arrows_choose_within_a_question(address: str, opened: Callable[..., Page]) -> None:
    page = begin(opened(java_script_enabled=False), address, "en")
    tab_to(page, "[name=place]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=place]").nth(1)).to_be_checked()


HIDDEN_FOCUS = """() => {
  const one = document.activeElement.closest('.option') || document.activeElement;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  const seen = at && (one.contains(at) || at.contains(one));
  const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return seen && marked ? '' : one.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize("shift", ["", "Shift+"])
def test_the_focus_is_seen_and_covered_by_nothing(address: str, opened: Callable[..., Page], shift: str) -> None:
    page = begin(opened(320, java_script_enabled=False), address, "en")
    hidden = []
    for _ in range(40):
        page.keyboard.press(f"{shift}Tab")
        if not page.evaluate("document.activeElement === document.body"):
            hidden.append(page.evaluate(HIDDEN_FOCUS))
    assert len(hidden) > 30
    assert [one for one in hidden if one] == []


@pytest.mark.parametrize("script", [False, True])
def test_what_is_wrong_takes_the_focus_and_leads_to_the_questions(
    address: str, opened: Callable[..., Page], script: bool
) -> None:
    page = begin(opened(java_script_enabled=script), address, "en")
    fill(page, {"country:typed": "Kenia"})
    go_on(page)
    assert focused(page) == "problems"
    assert page.title().startswith("Please check this page")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert focused(page) == COUNTRY
    field = page.locator(f"#{COUNTRY}")
    assert field.input_value() == "Kenia"
    assert field.get_attribute("aria-invalid") == "true"
    described = [page.locator(f"#{id}").inner_text() for id in field.get_attribute("aria-describedby").split()]
    assert described[-1] == page.locator(f"#{COUNTRY}-error").inner_text()
    assert page.locator(".close input").first.get_attribute("value") == "ke"


def test_each_message_leads_to_a_control_that_takes_the_focus(address: str, opened: Callable[..., Page]) -> None:
    page = opened(java_script_enabled=False)
    lost = []
    for _ in (where for where in walk(page, address, "en") if "wrong" in where):
        for link in page.locator("#problems a").all():
            with page.expect_navigation():
                link.press("Enter")
            wanted = str(link.get_attribute("href")).removeprefix("#")
            lost += [wanted] if focused(page) not in {wanted, page.locator(f"#{wanted}").get_attribute("name")} else []
    assert lost == []


def test_few_colours_are_enough(address: str, opened: Callable[..., Page]) -> None:
    page = begin(opened(forced_colors="active"), address, "en")
    option = page.locator(".option:has([name=place])").first
    before = option.evaluate("one => getComputedStyle(one).outlineStyle")
    option.locator("input").check()
    page.locator("body").click(position={"x": 1, "y": 1})
    assert (before, option.evaluate("one => getComputedStyle(one).outlineStyle")) == ("none", "solid")
    assert page.locator("progress").evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1
    go_on(page)
    widths = "one => parseFloat(getComputedStyle(one).borderInlineStartWidth)"
    assert page.locator(".question.wrong").first.evaluate(widths) >= 4
    assert page.locator("#problems").evaluate(widths) >= 3


@pytest.mark.parametrize("last", ["review", "thanks"])
def test_on_paper_there_are_answers_and_no_buttons(address: str, opened: Callable[..., Page], last: str) -> None:
    page = opened(1280)
    next(where for where in walk(page, address, "en") if where == last)
    page.emulate_media(media="print")
    assert page.locator("h1" if last == "review" else ".digits").is_visible()
    assert [one for one in page.locator("button, nav, progress, summary").all() if one.is_visible()] == []


def test_a_language_that_the_interface_lacks_is_named_on_each_text(address: str, opened: Callable[..., Page]) -> None:
    page = begin(opened(java_script_enabled=False), address, "sw")
    go_on(page)
    assert page.locator("html").get_attribute("lang") == "en"
    asked = page.locator(".asks > span")
    assert {one.get_attribute("lang") for one in asked.all()} == {"sw"}
    options = page.locator("datalist option").evaluate_all("all => all.map(one => [one.lang, one.dir])")
    assert options.count(["sw", "ltr"]) > 200
    assert page.locator(f"#{COUNTRY}-hint").get_attribute("lang") is None  # written in English, as the page is
    assert page.locator(f"#{COUNTRY}-error").get_attribute("lang") is None


def test_in_arabic_what_is_not_arabic_says_so_and_runs_its_own_way(address: str, opened: Callable[..., Page]) -> None:
    page = begin(opened(java_script_enabled=False), address, "ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    hint = page.locator(f"#{COUNTRY}-hint")
    assert (hint.get_attribute("lang"), hint.get_attribute("dir")) == ("en", "ltr")
    assert page.locator("legend[class=asks] span[lang]").count() == 0
    assert page.locator(f"#{COUNTRY}").get_attribute("dir") == "auto"
    option = page.locator(".option:has([name=place])").first
    box, row = option.locator("input").bounding_box(), option.bounding_box()
    assert None not in (box, row)
    assert box["x"] > row["x"] + row["width"] / 2  # the circle stands at the right
