"""A phone that was used to answer, and is taken afterwards: what its browser kept says nothing of any answer.

A fresh profile of Chromium answers as a member does, with script and without, leaves by *Leave now* or by the thanks,
and is closed. Then every file of the profile is searched: databases, LevelDB, caches with their compressed pages, what
is kept to restore tabs. What is found of the address is listed here, with its reason.
"""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from consultations.migrations import upgrade
from consultations.responses.epochs import EPOCHS
from consultations.settings import Settings
from tests.attacks.needles import drawn_word, groups_of_four
from tests.attacks.searching import Hit, Search
from tests.consultations.pages.phones import put
from tests.journeys.following import follow

pytestmark = [pytest.mark.attack, pytest.mark.browser]

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
]
LABELS = {name: drawn_word("en") for name in ("question", "chosen", "other")}
FORM = "\n".join(
    [
        "| survey |",
        "| | type | name | label::English (en) | required | appearance |",
        f"| | select_one where | place | {LABELS['question']} | yes | |",
        "| | text | story | What happened? | yes | multiline |",
        "| | text | line | In a word? | | |",
        "| | integer | number | How often? | | |",
        "| choices |",
        "| | list_name | name | label::English (en) |",
        f"| | where | {LABELS['chosen']} | {LABELS['chosen']} |",
        f"| | where | {LABELS['other']} | {LABELS['other']} |",
    ]
)
#: What may be found, in which files, and why.
ALLOWED = {
    "the address": (
        r"/(History|Sessions/(Session|Tabs)_\d+|Favicons|ukm_db)",
        "a browser notes where it was; the address and the title are neutral, and privacy.md says that they stay",
    ),
}


class Neutral(http.server.BaseHTTPRequestHandler):
    """The harmless site that *Leave now* leads to, and a page that may be kept, for the control."""

    leak = drawn_word("ru")

    def do_GET(self) -> None:
        body = brotli.compress(f"<title>Weather</title><p>{self.leak if 'leak' in self.path else 'Sun'}".encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "br")
        self.send_header("Cache-Control", "max-age=9999")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def neutral() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Neutral)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(neutral, tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("phone")
    made: Flask = create_app(Settings(f"sqlite:///{folder / 'phone.sqlite'}", folder, b"\x07" * 32, False, (), 10))
    upgrade(made.extensions["engine"])
    put(made, FORM, breakdowns=(), leave_to={"en": f"{neutral}/"})
    server = make_server("127.0.0.1", 0, made, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def started() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


class Phone:
    """A profile of its own, and what was typed and shown in it."""

    def __init__(self, started: Playwright, folder: Path, script: bool) -> None:
        self.folder, self.secrets = folder, dict[str, str]()
        self.context = started.chromium.launch_persistent_context(
            folder,
            executable_path="/usr/bin/chromium",
            args=FLAGS,
            java_script_enabled=script,
            viewport={"width": 360, "height": 640},
        )
        self.page: Page = self.context.pages[0]

    def answer(self, address: str) -> None:
        """To the page with the review; saved on the way."""
        page, words = self.page, {"story": drawn_word("ar"), "line": drawn_word("zh"), "number": "735192468"}
        page.goto(f"{address}/c/rights/en/")
        follow(page.locator("button[value=begin]"))
        page.locator(f"input[value={LABELS['chosen']}]").check()
        follow(page.locator("button.go[value=next]"))
        for name, word in words.items():
            page.locator(f"[name={name}]").fill(word)
        self.secrets |= words
        follow(page.locator("button.go[value=save]"))
        self.keep("draft code")
        page.goto(f"{address}/c/rights/en/continue")
        page.locator("#code").fill(self.secrets["draft code"])
        follow(page.locator("button[value=resume]"))
        follow(page.locator("button.go[value=next]"))
        page.locator("button[value=send]").wait_for()
        self.secrets["page state"] = page.locator("input[name=state]").first.input_value()[20:60]

    def keep(self, name: str) -> None:
        code = re.sub(r"\D", "", self.page.locator(".digits").first.inner_text())
        self.secrets |= {name: code, f"{name} in groups": groups_of_four(code)}

    def hits(self, **more: str) -> set[Hit]:
        """Close the browser and search all that it left."""
        self.context.close()
        search = Search({**self.secrets, **more})
        found = search.files([self.folder])
        print(f"\nPhone: {len(self.secrets)} texts; {found}")
        return {
            Hit(
                str(Path(hit.where).relative_to(self.folder)) if hit.where.startswith("/") else hit.where,
                hit.what,
                hit.encoding,
            )
            for hit in found.hits
        }


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, started, tmp_path) -> Phone:
    return Phone(started, tmp_path / "profile", request.param)


def unexplained(hits: set[Hit]) -> list[tuple[str, str]]:
    """(what, in which file) of what is neither listed nor explained."""
    return sorted(
        {
            (hit.what, re.sub(r"_?\d{6,}.*", "", hit.where))
            for hit in hits
            if not re.search(ALLOWED.get(hit.what, ("(?!)",))[0], hit.where)
        }
    )


def test_after_leave_now_the_profile_holds_no_answer(phone, address):
    phone.answer(address)
    phone.page.locator("a[href$='/out']").first.click()
    phone.page.wait_for_url("**/")
    hits = phone.hits(**{"the address": "/c/rights/", "a label": LABELS["question"], "a choice": LABELS["chosen"]})
    assert unexplained(hits) == []


def test_after_the_thanks_the_profile_holds_no_answer(phone, address):
    phone.answer(address)
    follow(phone.page.locator("button[value=send]"))
    phone.keep("receipt")
    phone.page.goto(f"{address}/c/rights/en/withdraw")
    phone.page.locator("#code").fill(phone.secrets["receipt"])
    follow(phone.page.locator("main button.go").first)
    hits = phone.hits(**{"the address": "/c/rights/", "a label": LABELS["question"], "a choice": LABELS["chosen"]})
    assert unexplained(hits) == []


def test_a_page_that_may_be_kept_is_found(started, tmp_path, neutral):
    """So that finding nothing means something: a cached page, compressed, in the same profile."""
    phone = Phone(started, tmp_path / "profile", True)
    phone.page.goto(f"{neutral}/leak")
    phone.page.goto(f"{neutral}/")
    assert any("Cache" in hit.where for hit in phone.hits(leak=Neutral.leak))
