"""A real Chromium and a real server for all journeys; the sample network is loaded once for those that read it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from consultations.migrations import upgrade
from consultations.responses.epochs import EPOCHS
from consultations.sample.network import load
from consultations.settings import Settings
from tests.journeys.following import follow

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
]


@dataclass
class Site:
    """A running application: where it listens, and how its people sign in."""

    app: Flask
    address: str
    passphrases: dict[str, str] = field(repr=False)

    def sign_in(self, page: Page, name: str) -> Page:
        page.goto(f"{self.address}/staff/sign-in?language=en")
        page.fill("#name", name)
        page.fill("#passphrase", self.passphrases[name])
        follow(page.locator("main button"))
        page.wait_for_url(f"{self.address}/staff/")
        return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def complaints() -> Callable[[Page], list[str]]:
    """What axe-core has against a page: rule and element."""

    def found(page: Page) -> list[str]:
        violations = Axe().run(page).response["violations"]
        return [f"{violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in violations]

    return found


@pytest.fixture(scope="session")
def serving() -> Callable[[Flask], object]:
    """`with serving(app) as address`: the application on a free port of this machine."""

    @contextmanager
    def serve(app: Flask) -> Iterator[str]:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()

    return serve


@pytest.fixture(scope="session")
def made_app() -> Callable[[Path], Flask]:
    """An application with empty tables in a folder of its own."""

    def make(folder: Path) -> Flask:
        made = create_app(Settings(f"sqlite:///{folder / 'test.sqlite'}", folder, b"\x07" * 32, False, (), 10))
        upgrade(made.extensions["engine"])
        return made

    return make


@pytest.fixture(scope="session")
def new_site() -> type[Site]:
    return Site


@pytest.fixture(scope="session")
def sample_site(
    made_app: Callable[[Path], Flask],
    serving: Callable[[Flask], object],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The sample network as a first start loads it."""
    app = made_app(tmp_path_factory.mktemp("sample"))
    with app.extensions["sessions"]() as session:
        sample = load(session)
        passphrases = {account.user.name: account.passphrase for account in sample.accounts}
    with serving(app) as address:
        yield Site(app, address, passphrases)
    EPOCHS.stir()
    app.extensions["engine"].dispose()


@pytest.fixture(params=[360, 1280], ids=["phone", "desktop"])
def plain(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page without script, as wide as a phone and as wide as a desktop."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
