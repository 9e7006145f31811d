"""On their account's page staff see how they sign in, and change it with their passphrase in hand."""

from __future__ import annotations

from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import select

from app import create_app
from consultations.audit import AuditEntry
from consultations.staff import second_factors, stretching
from consultations.staff import sign_in as sign_in_module
from consultations.staff.accounts import create_account
from consultations.staff.factors_models import OneTimeSecret, Passkey, RecoveryCode
from consultations.staff.throttle import Throttle
from tests.consultations.pages.staff_desk import Desk, options, tree, words
from tests.consultations.staff.soft_authenticator import SoftAuthenticator

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROLES = {"ana": "policy_staff", "ben": "board_reviewer", "dora": "administrator"}


@pytest.fixture
def made(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)
    monkeypatch.setattr(sign_in_module, "_THROTTLE", Throttle())
    monkeypatch.setattr(second_factors, "_THROTTLE", Throttle(3600, second_factors.TooManyCodes))
    apps = []

    def make(**changed):
        app = create_app(replace(settings, **changed))
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        with app.extensions["sessions"].begin() as session:
            app.words = {name: create_account(session, name, role, "en").passphrase for name, role in ROLES.items()}
        apps.append(app)
        return app

    yield make
    for app in apps:
        app.extensions["engine"].dispose()


@pytest.fixture
def app(made):
    return made()


def signed_in(app, name):
    desk = Desk(app, name, app.words[name])
    desk.sign_in()
    return desk


@pytest.fixture
def ana(app):
    return signed_in(app, "ana")


def rows(app, model):
    with app.extensions["sessions"]() as session:
        return session.scalars(select(model)).all()


def logged(app):
    return [(entry.who, entry.what, entry.subject) for entry in rows(app, AuditEntry)]


def test_an_app_is_added_with_a_code_from_it_and_ten_recovery_codes_come_along(app, ana):
    ana.add_app()
    page = words(ana.get("/staff/account/"))
    assert "Code app" in page
    assert len(rows(app, RecoveryCode)) == 10
    assert logged(app) == [("ana", "added a code app to", "ana"), ("ana", "made recovery codes for", "ana")]


def test_the_picture_and_the_letters_are_of_one_secret_that_is_not_stored_yet(app, ana):
    page = tree(ana.get("/staff/account/app"))
    assert page.xpath("//img/@src")[0].startswith("data:image/svg+xml")
    assert rows(app, OneTimeSecret) == []


def offered(ana):
    page = tree(ana.get("/staff/account/app"))
    letters = page.find_class("secret")[0].text_content().replace(" ", "")
    return pyotp.TOTP(letters), page.xpath("//*[@name='offered']/@value")[0]


@pytest.mark.parametrize("wrong", ["code", "passphrase"])
def test_an_app_is_not_added_with_a_wrong_code_or_passphrase_and_the_same_picture_comes_back(app, ana, wrong):
    phone, sealed = offered(ana)
    data = {"offered": sealed, "code": phone.now(), "passphrase": ana.passphrase} | {wrong: "000000x"}
    answer = ana.post("/staff/account/app", **data)
    assert answer.status_code == 422
    assert rows(app, OneTimeSecret) == []
    assert tree(answer).find_class("secret")[0].text_content().replace(" ", "") == phone.secret


@pytest.mark.parametrize("forged", ["", "x", "é", "AAAA", "A" * 300])
def test_a_secret_that_somebody_else_chose_is_not_taken(app, ana, forged):
    phone, _ = offered(ana)
    answer = ana.post("/staff/account/app", offered=forged, code=phone.now(), passphrase=ana.passphrase)
    assert answer.status_code == 422
    assert "A new QR code was made" in words(answer)
    assert rows(app, OneTimeSecret) == []


def test_several_passkeys_are_told_apart_by_their_names_and_removed_one_by_one(app, ana):
    for name in ("blue key", "office laptop"):
        ana.add_passkey(name)
    page = words(ana.get("/staff/account/"))
    assert "Passkey “blue key”" in page
    assert "Passkey “office laptop”" in page
    first, second = rows(app, Passkey)
    ana.post(f"/staff/account/passkeys/{first.id}/remove", passphrase=ana.passphrase)
    assert [row.id for row in rows(app, Passkey)] == [second.id]
    assert logged(app)[-1] == ("ana", "removed a passkey of", "ana")


def test_a_passkey_is_not_added_without_script_nor_with_a_wrong_passphrase(app, ana):
    without = ana.post("/staff/account/passkey", name="key", passphrase=ana.passphrase, answer="")
    assert "Your browser did not make a passkey." in words(without)
    answer = SoftAuthenticator().create(options(without))
    wrong = ana.post("/staff/account/passkey", name="key", passphrase="wrong", answer=answer)
    assert wrong.status_code == 422
    assert rows(app, Passkey) == []


def test_a_passkey_answer_cannot_be_sent_again(app, ana):
    answer = SoftAuthenticator().create(options(ana.get("/staff/account/passkey")))
    for expected in (200, 422):
        sent = ana.post("/staff/account/passkey", name="key", passphrase=ana.passphrase, answer=answer)
        assert sent.status_code == expected
    assert len(rows(app, Passkey)) == 1


@pytest.mark.parametrize(
    "address", ["app/remove", "passkeys/1/remove", "recovery-codes", "passphrase", "app", "passkey"]
)
def test_an_open_screen_is_not_enough_to_change_anything(app, ana, address):
    ana.add_app()
    ana.add_passkey()
    before = [[vars(row)["user_id"] for row in rows(app, model)] for model in (OneTimeSecret, Passkey, RecoveryCode)]
    log = logged(app)
    for passphrase in ("", "wrong"):
        assert ana.post(f"/staff/account/{address}", passphrase=passphrase).status_code in (422, 303)
    after = [[vars(row)["user_id"] for row in rows(app, model)] for model in (OneTimeSecret, Passkey, RecoveryCode)]
    assert before == after
    assert log == logged(app)


def test_wrong_passphrases_at_an_open_screen_must_wait_as_at_the_sign_in(ana):
    answers = [ana.post("/staff/account/passphrase", passphrase="wrong").status_code for _ in range(7)]
    assert answers == [422] * 6 + [429]


def test_the_app_can_be_removed_and_its_recovery_codes_go_with_it(app, ana):
    ana.add_app()
    removed = ana.post("/staff/account/app/remove", passphrase=ana.passphrase)
    assert removed.location == "/staff/account/"
    assert rows(app, OneTimeSecret) == rows(app, RecoveryCode) == []
    assert ana.get("/staff/account/app/remove").status_code == 404


def test_nobody_removes_another_s_passkey(app, ana):
    ana.add_passkey()
    ben = signed_in(app, "ben")
    passkey = rows(app, Passkey)[0].id
    assert ben.get(f"/staff/account/passkeys/{passkey}/remove").status_code == 404
    assert ben.post(f"/staff/account/passkeys/{passkey}/remove", passphrase=ben.passphrase).status_code == 404
    assert len(rows(app, Passkey)) == 1


def test_new_recovery_codes_are_shown_once(app, ana):
    assert ana.get("/staff/account/recovery-codes").location == "/staff/account/"
    ana.add_app()
    before = [row.hash for row in rows(app, RecoveryCode)]
    page = tree(ana.post("/staff/account/recovery-codes", passphrase=ana.passphrase))
    codes = [item.text_content().strip() for item in page.xpath("//ol/li")]
    assert len({row.hash for row in rows(app, RecoveryCode)} - set(before)) == 10
    again = ana.get("/staff/account/").text
    assert not any(code in again for code in codes)


def test_a_new_passphrase_ends_other_sessions_and_keeps_this_one(app, ana):
    elsewhere = signed_in(app, "ana")
    page = ana.post("/staff/account/passphrase", passphrase=ana.passphrase)
    new = tree(page).find_class("secret")[0].text_content()
    assert len(new.split()) == 6
    assert elsewhere.get("/staff/account/").location.startswith("/staff/sign-in")
    assert ana.get("/staff/account/").status_code == 200
    assert Desk(app, "ana", ana.passphrase).sign_in().status_code == 403
    assert Desk(app, "ana", new).sign_in().location == "/staff/"
    assert logged(app)[-1] == ("ana", "changed the passphrase of", "ana")


def test_other_sessions_are_listed_by_day_and_can_be_ended(app, ana):
    elsewhere = signed_in(app, "ana")
    page = words(ana.get("/staff/account/"))
    assert page.count("Signed in since") == 2
    assert page.count("this browser") == 1
    assert ana.post("/staff/account/sessions/end", passphrase="wrong").status_code == 422
    assert elsewhere.get("/staff/account/").status_code == 200
    ana.post("/staff/account/sessions/end", passphrase=ana.passphrase)
    assert elsewhere.get("/staff/account/").location.startswith("/staff/sign-in")
    assert words(ana.get("/staff/account/")).count("Signed in since") == 1


def test_an_administrator_removes_lost_factors_and_the_person_is_told(app, ana):
    ana.add_app()
    ana.add_passkey()
    ana.post("/staff/sign-out")
    dora = signed_in(app, "dora")
    address = "/staff/people/1/second-factors"
    assert dora.post(address, passphrase="wrong").status_code == 422
    assert rows(app, OneTimeSecret) != []
    assert dora.post(address, passphrase=dora.passphrase).status_code == 303
    assert rows(app, OneTimeSecret) == rows(app, Passkey) == rows(app, RecoveryCode) == []
    assert logged(app)[-1] == ("dora", "removed the second factors of", "ana")
    assert Desk(app, "ana", "wrong").sign_in().status_code == 403
    ana.sign_in()
    assert "An administrator removed the second factors of your account." in words(ana.get("/staff/"))


def test_only_administrators_remove_factors_of_others(app, ana):
    assert ana.get("/staff/people/2/second-factors").status_code == 403
    dora = signed_in(app, "dora")
    assert dora.get("/staff/people/99/second-factors").status_code == 404
    assert dora.get("/staff/people/2/second-factors").status_code == 303


def test_where_it_is_required_nothing_but_the_account_opens_before_there_is_one(made):
    ana = signed_in(made(second_factor="required"), "ana")
    for address in ("/staff/", "/staff/questionnaires/", "/staff/papers/", "/staff/nothing"):
        answer = ana.get(address)
        assert (answer.status_code, answer.location) in ((303, "/staff/account/"), (404, None)), address
    ana.add_app()
    assert ana.get("/staff/").status_code == 200
    ana.post("/staff/account/app/remove", passphrase=ana.passphrase)
    assert ana.get("/staff/").location == "/staff/account/"


def test_where_it_is_required_others_and_members_are_let_be(made):
    app = made(second_factor="required")
    assert signed_in(app, "ben").get("/staff/papers/").status_code == 200
    assert app.test_client().get("/").status_code == 200
    assert signed_in(app, "dora").get("/staff/people/").location == "/staff/account/"


def test_names_of_passkeys_are_nowhere_in_the_database(app, ana, settings):
    ana.add_passkey("canary of the sea")
    app.extensions["engine"].dispose()
    files = [file.read_bytes() for file in settings.instance.glob("test.sqlite*")]
    assert files
    assert not any(b"canary" in content for content in files)
