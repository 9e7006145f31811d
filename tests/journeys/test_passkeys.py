"""A key holder adds a passkey and an app, signs in with each, and loses them: in a real browser, with script."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import CDPSession, Page, expect

from consultations.staff.accounts import create_account
from tests.journeys.following import follow

pytestmark = pytest.mark.browser

#: A phone or laptop that unlocks with a finger, and says so.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def site(made_app, serving, new_site, tmp_path_factory) -> Iterator[object]:
    """Passkeys are bound to a host's name: the same server, asked for as `localhost`."""
    app = made_app(tmp_path_factory.mktemp("passkeys"))
    with app.extensions["sessions"].begin() as session:
        passphrases = {name: create_account(session, name, "administrator", "en").passphrase for name in ("ana", "ben")}
    with serving(app) as address:
        yield new_site(app, address.replace("127.0.0.1", "localhost"), passphrases)
    app.extensions["engine"].dispose()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


@pytest.fixture
def device(page) -> CDPSession:
    return attach(page)


def attach(page: Page) -> CDPSession:
    spoken = page.context.new_cdp_session(page)
    spoken.send("WebAuthn.enable")
    made = spoken.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    spoken.authenticator = made["authenticatorId"]
    return spoken


def press(page: Page, words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True))


def enter(site, page: Page, name: str) -> None:
    page.goto(f"{site.address}/staff/sign-in?language=en")
    page.fill("#name", name)
    page.fill("#passphrase", site.passphrases[name])
    press(page, "Sign in")


def sign_out(page: Page) -> None:
    press(page, "Sign out")
    expect(page.locator("h1")).to_have_text("Sign in")


def add_passkey(site, page: Page, name: str, label: str) -> None:
    page.goto(f"{site.address}/staff/account/passkey")
    page.fill("#name", label)
    page.fill("#passphrase", site.passphrases[name])
    page.get_by_role("button", name="Add this passkey", exact=True).click()


def test_a_passkey_is_added_and_signs_in_and_is_removed(site, page, device, complaints):
    enter(site, page, "ana")
    follow(page.get_by_role("link", name="Add a second factor"))
    follow(page.get_by_role("link", name="Add a passkey"))
    assert complaints(page) == []
    add_passkey(site, page, "ana", "blue key")
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    expect(page.locator("ol.codes li")).to_have_count(10)
    codes = page.locator("ol.codes li").all_inner_texts()
    kept = device.send("WebAuthn.getCredentials", {"authenticatorId": device.authenticator})["credentials"]
    assert [credential["rpId"] for credential in kept] == ["localhost"]
    drawn = ("credentialId", "privateKey")
    assert "ana" not in str([{name: told for name, told in one.items() if name not in drawn} for one in kept])
    sign_out(page)

    enter(site, page, "ana")
    expect(page.locator("h1")).to_have_text("Second factor")
    assert complaints(page) == []
    page.goto(f"{site.address}/staff/")
    expect(page.locator("h1")).to_have_text("Sign in")
    enter(site, page, "ana")
    press(page, "Use a passkey")
    expect(page.locator("h1")).to_have_text("Consultations")
    sign_out(page)

    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device.authenticator})
    enter(site, page, "ana")
    page.get_by_text("Lost it? Use a recovery code").click()
    page.fill("#recovery_code", codes[0])
    follow(page.locator("details button"))
    expect(page.locator("h1")).to_have_text("Consultations")
    page.goto(f"{site.address}/staff/account/")
    expect(page.locator("ol.codes s")).to_have_text(["Code 1"])
    follow(page.get_by_role("link", name="Remove “blue key”"))
    page.fill("#passphrase", site.passphrases["ana"])
    press(page, "Remove")
    expect(page.locator(".flash")).to_have_text("The passkey was removed.")
    sign_out(page)
    enter(site, page, "ana")
    expect(page.locator("h1")).to_have_text("Consultations")
    assert page.complaints == []


def test_a_device_that_did_not_check_its_owner_gets_a_plain_word(site, page, device):
    device.send("WebAuthn.setUserVerified", {"authenticatorId": device.authenticator, "isUserVerified": False})
    enter(site, page, "ben")
    expect(page.locator("h1")).to_have_text("Consultations")
    add_passkey(site, page, "ben", "laptop")
    expect(page.locator("[data-failed]")).to_contain_text("The passkey could not be used.")
    expect(page.locator("h1")).to_have_text("Add a passkey")


def test_without_script_an_app_does_it(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    enter(site, page, "ben")
    page.goto(f"{site.address}/staff/account/passkey")
    expect(page.locator(".notice")).to_contain_text("A code app works without.")
    page.goto(f"{site.address}/staff/account/app")
    app = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    page.fill("#code", app.now())
    page.fill("#passphrase", site.passphrases["ben"])
    press(page, "Add this app")
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    code = page.locator("ol.codes li").first.inner_text()
    sign_out(page)
    enter(site, page, "ben")
    expect(page.locator("h1")).to_have_text("Second factor")
    page.get_by_text("Lost it? Use a recovery code").click()
    page.fill("#recovery_code", code)
    follow(page.locator("details button"))
    expect(page.locator("h1")).to_have_text("Consultations")
    context.close()
