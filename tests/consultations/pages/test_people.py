"""An administrator invites, limits, deactivates; whoever is invited makes their own account."""

from __future__ import annotations

import re
import socket

import lxml.html
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from app import create_app
from consultations.audit import AuditEntry
from consultations.mail import mail_server
from consultations.pages.web import now
from consultations.staff import stretching
from consultations.staff.accounts import create_account, user_named
from consultations.staff.given_limits import limits_of
from consultations.staff.models import StaffLink, StaffSession, User
from consultations.staff.roles import Limit
from consultations.staff.sessions import begin

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

INVITATION = {"role": "regional_coordinator", "region": ["africa", "europe"], "pages_in": "fr", "days": "7"}


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def desk(app):
    """Opens the browser of a new account."""

    def sit(name, role):
        with app.extensions["sessions"].begin() as session:
            user = create_account(session, name, role, "en").user
            token = begin(session, user, b"\x01" * 32, now())
        client = app.test_client()
        with client.session_transaction(path="/staff") as cookie:
            cookie["token"] = token
        return client

    return sit


@pytest.fixture
def dora(desk):
    return desk("dora", "administrator")


def words(response):
    return " ".join(lxml.html.fromstring(response.data.decode()).text_content().split())


def secrets(response):
    return [node.text_content() for node in lxml.html.fromstring(response.data.decode()).xpath('//*[@class="secret"]')]


def invited(client, **changes):
    """The path of a fresh link."""
    (address,) = secrets(client.post("/staff/people/invite", data=INVITATION | changes))
    return re.sub(r"^https?://[^/]+", "", address)


def count(app, model):
    with app.extensions["sessions"]() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_the_invited_person_makes_the_account_and_the_administrator_sees_no_secret(app, dora):
    path, guest = invited(dora), app.test_client()
    assert "Regional coordinator" in words(guest.get(path.replace("=fr", "=en")))
    made = guest.post(path, data={"name": "Amina"})
    passphrase, recovery_key = secrets(made)
    assert 'href="?language=' not in made.text  # another language would be another page, without the secrets
    assert len(passphrase.split()) == 6
    assert recovery_key
    signed_in = guest.post("/staff/sign-in", data={"name": "amina", "passphrase": passphrase})
    assert signed_in.status_code == 303
    with app.extensions["sessions"]() as session:
        user = user_named(session, "amina")
        assert (user.role, user.language) == ("regional_coordinator", "fr")
        assert limits_of(session, user).given == {Limit.REGION: {"africa", "europe"}}
        log = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.who, entry.what) for entry in log] == [("dora", "invited"), ("amina", "joined")]


def test_opening_a_link_changes_nothing(app, dora):
    path, guest = invited(dora), app.test_client()
    for method in ("get", "head", "options", "get"):
        assert getattr(guest, method)(path).status_code == 200
    assert (count(app, User), count(app, StaffLink)) == (1, 1)


def test_a_link_works_once_and_says_the_same_of_every_other(app, dora):
    path, guest = invited(dora), app.test_client()
    guest.post(path, data={"name": "amina"})
    used, never_was = guest.get(path), guest.get("/staff/join/" + "A" * 43 + "?language=fr")
    assert used.status_code == never_was.status_code == guest.post(path, data={"name": "x"}).status_code == 410
    assert used.data == never_was.data


def test_a_name_that_is_taken_or_empty_leaves_the_link(app, dora):
    path, guest = invited(dora), app.test_client()
    for name in ("dora", " ", "x" * 81):
        assert guest.post(path, data={"name": name}).status_code == 422
    assert guest.post(path, data={"name": "amina"}).status_code == 200


def test_a_link_is_listed_and_can_be_withdrawn(app, dora):
    path = invited(dora)
    page = lxml.html.fromstring(dora.get("/staff/people/").data.decode())
    assert "Africa" in page.text_content()
    (withdraw,) = page.xpath("//form[contains(@action, 'withdraw')]/@action")
    assert dora.post(withdraw).status_code == 303
    assert app.test_client().get(path).status_code == 410


@pytest.mark.parametrize(
    "change",
    [
        {"role": "owner"},
        {"region": []},
        {"region": ["atlantis"]},
        {"role": "policy_staff"},
        {"role": "community_consultant", "country": ["XX"]},
        {"days": "15"},
        {"days": "soon"},
        {"address": "nobody"},
    ],
)
def test_a_role_needs_its_limits_and_what_does_not_fit_makes_no_link(app, dora, change):
    assert dora.post("/staff/people/invite", data=INVITATION | change).status_code == 422
    assert count(app, StaffLink) == 0


def test_an_administrator_has_no_limits(app, dora):
    assert invited(dora, role="administrator", region=[])


def test_behind_a_trusted_host_the_link_names_it_whatever_was_asked_for(app, dora):
    object.__setattr__(app.extensions["settings"], "trusted_hosts", ("staff.example.org",))
    object.__setattr__(app.extensions["settings"], "https", True)
    answer = dora.post("/staff/people/invite", data=INVITATION)
    assert secrets(answer)[0].startswith("https://staff.example.org/staff/join/")


@pytest.fixture
def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Box:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 OK"


def test_a_mail_in_the_language_of_the_invited_brings_the_link_and_names_no_topic(app, dora, free_port):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port)
    controller.start()
    app.extensions["mail"] = mail_server(f"smtp://127.0.0.1:{free_port}", "post@example.org")
    try:
        shown = dora.post("/staff/people/invite", data=INVITATION | {"address": "amina@example.net"})
    finally:
        controller.stop()
    text = box.mails[0].content.decode()
    assert box.mails[0].rcpt_tos == ["amina@example.net"]
    assert "/staff/join/" in text.replace("=\r\n", "")
    assert not re.search("consultation|sex|member|network", text.partition("\r\n\r\n")[2].split("http")[0], re.I)
    assert "on its way" in words(shown)


def test_when_no_mail_goes_out_the_link_is_still_there(app, dora, free_port):
    app.extensions["mail"] = mail_server(f"smtp://127.0.0.1:{free_port}", "post@example.org")
    shown = dora.post("/staff/people/invite", data=INVITATION | {"address": "amina@example.net"})
    assert "could not be sent" in words(shown)
    assert secrets(shown)


def test_the_address_is_stored_nowhere(app, dora, settings):
    dora.post("/staff/people/invite", data=INVITATION | {"address": "amina@example.net"})
    app.extensions["engine"].dispose()
    assert b"amina" not in b"".join(file.read_bytes() for file in settings.instance.glob("test.sqlite*"))


@pytest.fixture
def ana(desk):
    return desk("ana", "policy_staff")


def test_whoever_is_deactivated_is_out_with_the_next_click_and_can_come_back(app, dora, ana):
    assert ana.get("/staff/").status_code == 200
    assert "at once" in words(dora.get("/staff/people/2/deactivate"))
    assert ana.get("/staff/").status_code == 200  # asking is not doing
    assert dora.post("/staff/people/2/deactivate").status_code == 303
    assert ana.get("/staff/").headers["Location"].startswith("/staff/sign-in")
    assert "deactivated" in words(dora.get("/staff/people/2"))
    dora.post("/staff/people/2/reactivate")
    assert "active" in words(dora.get("/staff/people/2"))


def test_the_last_administrator_cannot_leave_and_nobody_changes_themselves(dora):
    assert dora.post("/staff/people/1/deactivate").status_code == 409
    assert dora.post("/staff/people/1", data={"role": "policy_staff", "consultation": "*"}).status_code == 409


def test_another_role_takes_hold_at_once_with_its_own_limits(app, dora, ana):
    new = {"role": "translator", "language": ["fr"], "consultation": ["*"]}
    assert dora.post("/staff/people/2", data=new).status_code == 303
    with app.extensions["sessions"]() as session:
        user = user_named(session, "ana")
        assert limits_of(session, user).given == {Limit.LANGUAGE: {"fr"}}
        assert session.scalar(select(func.count()).where(StaffSession.user_id == user.id)) == 0
    page = lxml.html.fromstring(dora.get("/staff/people/2").data.decode())
    assert page.xpath("//input[@checked]/@value") == ["fr"]


@pytest.mark.parametrize("path", ["/staff/people/99", "/staff/people/99/deactivate", "/staff/people/links/zz/withdraw"])
def test_who_is_not_there_is_not_found(dora, path):
    assert dora.post(path).status_code == 404
