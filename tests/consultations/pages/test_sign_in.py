"""Staff sign in with a passphrase and, where there is one, a second factor; nothing tells strangers who has what."""

from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import select

from app import create_app
from consultations.audit import AuditEntry
from consultations.staff import recovering, second_factors, stretching
from consultations.staff import sign_in as sign_in_module
from consultations.staff.accounts import create_account
from consultations.staff.factors_models import PendingSignIn
from consultations.staff.models import StaffSession
from consultations.staff.throttle import Throttle
from tests.consultations.pages.staff_desk import HOST, Desk, options, tree, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SECOND = "/staff/sign-in/second-factor"


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)
    for module in (sign_in_module, recovering):
        monkeypatch.setattr(module, "_THROTTLE", Throttle())
    monkeypatch.setattr(second_factors, "_THROTTLE", Throttle(3600, second_factors.TooManyCodes))
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        made.accounts = {
            name: create_account(session, name, role, "en")
            for name, role in (("ana", "policy_staff"), ("ben", "board_reviewer"))
        }
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def desk(app):
    return Desk(app, "ana", app.accounts["ana"].passphrase)


@pytest.fixture
def phone(desk) -> pyotp.TOTP:
    """Ana has an app; her browser is signed out again."""
    desk.sign_in()
    phone = desk.add_app()
    desk.post("/staff/sign-out")
    return phone


def rows(app, model):
    with app.extensions["sessions"]() as session:
        return session.scalars(select(model)).all()


def test_without_a_second_factor_the_passphrase_lets_in_and_a_link_asks_for_one(desk):
    assert desk.sign_in().location == "/staff/"
    page = desk.get("/staff/")
    assert "Your account has no second factor yet." in words(page)
    assert "/staff/account/#second-factors" in tree(page).xpath("//*[@class='flash']/a/@href")


def test_who_cannot_open_answers_is_not_asked_for_one(app):
    ben = Desk(app, "ben", app.accounts["ben"].passphrase)
    assert ben.sign_in().location == "/staff/"
    page = words(ben.get("/staff/account/"))
    assert "Your account" in page
    assert "no second factor yet" not in page
    assert "Please add a second factor" not in page


def test_with_an_app_its_code_is_asked_for_before_any_page_opens(desk, phone):
    assert desk.sign_in().location == f"{SECOND}?language=en"
    for address in ("/staff/", "/staff/account/", "/staff/papers/"):
        assert desk.get(address).location.startswith("/staff/sign-in")
    assert desk.post(SECOND, code=phone.now()).location == "/staff/"
    assert desk.get("/staff/account/").status_code == 200


def test_the_tokens_before_and_after_the_code_differ_and_the_first_one_is_gone(app, desk, phone):
    desk.sign_in()
    with desk.client.session_transaction(base_url=HOST, path="/staff") as cookie:
        before = dict(cookie)
    desk.post(SECOND, code=phone.now())
    assert "pending" in before
    assert desk.token() != before["pending"]
    assert rows(app, PendingSignIn) == []
    with desk.client.session_transaction(base_url=HOST, path="/staff") as cookie:
        cookie.clear()
        cookie.update(before)
    assert desk.get(SECOND).location.startswith("/staff/sign-in")


def test_a_wrong_code_can_be_mended_and_a_used_one_is_refused(desk, phone):
    desk.sign_in()
    wrong = desk.post(SECOND, code="000000x")
    assert wrong.status_code == 403
    assert "This code is not right, or it was used before." in words(wrong)
    code = phone.now()
    assert desk.post(SECOND, code=code).location == "/staff/"
    desk.post("/staff/sign-out")
    desk.sign_in()
    assert desk.post(SECOND, code=code).status_code == 403


def test_five_wrong_codes_lead_back_to_the_passphrase_and_are_logged(app, desk, phone):
    desk.sign_in()
    answers = [desk.post(SECOND, code="000000x") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 403, 303]
    assert "Please begin again with your passphrase." in words(desk.get("/staff/sign-in"))
    assert rows(app, AuditEntry)[-1].what == "tried wrong codes for"
    assert desk.sign_in().location.startswith(SECOND)
    assert desk.post(SECOND, code=phone.now()).location == "/staff/"
    assert "tried wrong codes five times" in words(desk.get("/staff/"))
    assert "tried wrong codes five times" not in words(desk.get("/staff/"))


def test_the_second_page_is_the_sign_in_page_to_whoever_did_not_prove_a_passphrase(desk, phone):
    assert desk.get(SECOND).location.startswith("/staff/sign-in")
    assert desk.post(SECOND, code=phone.now()).location.startswith("/staff/sign-in")


def test_a_recovery_code_lets_in_and_is_struck_out(desk):
    desk.sign_in()
    page = tree(desk.get("/staff/account/app"))
    app = pyotp.TOTP(page.find_class("secret")[0].text_content().replace(" ", ""))
    offered = page.xpath("//*[@name='offered']")[0].get("value")
    sheet = desk.post("/staff/account/app", offered=offered, code=app.now(), passphrase=desk.passphrase)
    codes = [item.text_content().strip() for item in tree(sheet).xpath("//ol/li")]
    assert len(codes) == 10
    desk.post("/staff/sign-out")
    desk.sign_in()
    assert desk.post(SECOND, recovery_code=codes[1].lower()).location == "/staff/"
    struck = tree(desk.get("/staff/account/")).xpath("//ol/li/s")
    assert [item.text_content() for item in struck] == ["Code 2"]
    desk.post("/staff/sign-out")
    desk.sign_in()
    assert desk.post(SECOND, recovery_code=codes[1]).status_code == 403


def test_a_passkey_lets_in_without_the_app(desk):
    desk.sign_in()
    key = desk.add_passkey()
    desk.post("/staff/sign-out")
    desk.sign_in()
    page = desk.get(SECOND)
    assert not tree(page).xpath("//*[@name='code']")
    assert desk.post(SECOND, passkey=key.get(options(page))).location == "/staff/"


def test_a_passkey_s_answer_is_good_for_one_page_alone(desk):
    desk.sign_in()
    key = desk.add_passkey()
    desk.post("/staff/sign-out")
    desk.sign_in()
    answer = key.get(options(desk.get(SECOND)))
    assert desk.post(SECOND, passkey="{}").status_code == 403
    again = desk.post(SECOND, passkey=answer)
    assert again.status_code == 403
    assert desk.post(SECOND, passkey=key.get(options(again))).location == "/staff/"


def test_signing_in_ends_the_session_that_the_browser_had(app, desk):
    desk.sign_in()
    first = desk.token()
    desk.sign_in()
    assert desk.token() != first
    assert len(rows(app, StaffSession)) == 1


def test_a_session_that_somebody_prepared_is_not_taken_over(app, desk):
    with desk.client.session_transaction(base_url=HOST, path="/staff") as cookie:
        cookie["token"] = b"p" * 32
        cookie["csrf_token"] = "prepared"
    desk.sign_in()
    with desk.client.session_transaction(base_url=HOST, path="/staff") as cookie:
        assert cookie["token"] != b"p" * 32
        assert cookie.get("csrf_token") != "prepared"


def test_signing_out_ends_the_row_and_clears_what_the_browser_kept(app, desk):
    desk.sign_in()
    kept = desk.client.get_cookie("staff", path="/staff") or desk.client.get_cookie("staff")
    gone = desk.post("/staff/sign-out")
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert rows(app, StaffSession) == []
    desk.client.set_cookie("staff", kept.value, path="/staff")
    assert desk.get("/staff/account/").location.startswith("/staff/sign-in")


def refused(desk, address, name, **data):
    answer = desk.post(address, name=name, **data)
    return (
        answer.status_code,
        answer.text.replace(f'value="{name}"', 'value="NAME"'),
        sorted(dict(answer.headers).items()),
    )


@pytest.mark.parametrize(
    ("address", "data"),
    [("/staff/sign-in", {"passphrase": "wrong"}), ("/staff/recover", {"recovery_key": "0" * 32})],
)
def test_a_wrong_secret_is_answered_byte_by_byte_as_an_unknown_name(desk, phone, address, data):
    """`ana` has a second factor, `ben` has none, `eve` is nobody."""
    answers = [refused(Desk(desk.app, "", ""), address, name, **data) for name in ("ana", "ben", "eve")]
    assert answers[0][0] == 403
    assert answers[0] == answers[1] == answers[2]


def test_recovery_is_slowed_down_by_name(desk):
    for _ in range(6):
        assert desk.post("/staff/recover", name="ana", recovery_key="0" * 32).status_code == 403
    assert desk.post("/staff/recover", name="ana", recovery_key="0" * 32).status_code == 429
    assert desk.post("/staff/recover", name="ben", recovery_key="0" * 32).status_code == 403


def test_recovering_gives_a_passphrase_and_the_code_is_still_asked_for(desk, phone):
    page = desk.post("/staff/recover", name="ana", recovery_key=desk.app.accounts["ana"].recovery_key)
    desk.passphrase = tree(page).find_class("secret")[0].text_content()
    assert desk.sign_in().location.startswith(SECOND)


def test_too_long_an_answer_is_not_looked_at(desk, phone):
    desk.sign_in()
    assert desk.post(SECOND, code="1" * 41).status_code == 422
    assert desk.post(SECOND, passkey="x" * 9000).status_code == 422
    assert desk.post(SECOND).status_code == 422
    assert rows(desk.app, PendingSignIn)[0].tries == 0


def test_an_address_of_digits_offers_no_passkey(desk):
    desk.sign_in()
    desk.add_passkey()
    page = desk.client.get("/staff/account/passkey", base_url="http://127.0.0.1")
    assert page.status_code in (200, 302)
    assert not page.text or "data-options" not in page.text


def test_the_second_factor_s_page_is_in_the_person_s_language(app, desk):
    desk.sign_in()
    desk.add_app()
    desk.post("/staff/account/", language="fr")
    desk.post("/staff/sign-out")
    assert tree(desk.get(desk.sign_in().location)).get("lang") == "fr"
