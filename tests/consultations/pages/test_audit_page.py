"""Administrators read the audit log in words, check its chain, and take it away as a file."""

from __future__ import annotations

import csv
import io

import lxml.html
import pytest
from sqlalchemy import update

from app import create_app
from consultations.audit import AuditEntry, checked, record
from consultations.pages.web import now, today
from consultations.staff import stretching
from consultations.staff.accounts import create_account
from consultations.staff.sessions import begin

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def dora(app):
    client = app.test_client()
    with app.extensions["sessions"].begin() as session:
        user = create_account(session, "dora", "administrator", "en").user
        token = begin(session, user, b"\x01" * 32, now())
        for number in range(60):
            record(session, who="ana", what=f"made {number} codes for", subject="spring", day=today())
        record(session, who="=cmd()", what="closed", subject="spring", day=today())
    with client.session_transaction(path="/staff") as cookie:
        cookie["token"] = token
    return client


def words(response):
    return " ".join(lxml.html.fromstring(response.data.decode()).text_content().split())


def rows(response):
    return [row.text_content() for row in lxml.html.fromstring(response.data.decode()).xpath("//tbody/tr")]


def test_the_newest_is_at_the_top_in_words(dora):
    page = dora.get("/staff/audit/")
    assert "Closed" in rows(page)[0]
    assert "Codes made: 59" in rows(page)[1]
    assert len(rows(page)) == 50
    assert "Page 1 of 2" in words(page)


def test_older_entries_are_on_further_pages_and_a_page_too_far_is_the_last(dora):
    assert len(rows(dora.get("/staff/audit/?page=2"))) == 11
    for beyond in ("99", "-1", "x", "99999999999999999999"):
        assert dora.get(f"/staff/audit/?page={beyond}").status_code == 200


def test_one_kind_of_event_can_be_looked_at_alone(dora):
    assert len(rows(dora.get("/staff/audit/?kind=closed"))) == 1
    assert len(rows(dora.get("/staff/audit/?kind=%25"))) == 50  # what is no kind is everything


def test_the_page_says_whether_the_chain_holds_and_shows_the_head_in_groups(app, dora):
    with app.extensions["sessions"]() as session:
        head = checked(session).head.hex()
    assert "The chain holds" in words(dora.get("/staff/audit/"))
    assert f"{head[:4]} {head[4:8]}" in words(dora.get("/staff/audit/"))


def test_a_changed_entry_is_named(app, dora):
    with app.extensions["sessions"].begin() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 7).values(who="ben"))
    assert "broken at entry 7" in words(dora.get("/staff/audit/"))


def test_the_file_has_every_entry_and_no_formula_and_taking_it_is_written_down(app, dora):
    taken = dora.post("/staff/audit/export")
    assert taken.data.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(taken.data.decode("utf-8-sig"))))
    assert found[60]["who"] == "'=cmd()"
    assert found[-1]["what"] == "exported the audit log"
    with app.extensions["sessions"]() as session:
        assert found[-1]["hash"] == checked(session).head.hex()


def test_the_command_says_what_holds_and_what_does_not(app, dora, tmp_path):
    run = app.test_cli_runner().invoke
    held = run(args=["audit", "verify"])
    assert (held.exit_code, "The chain holds." in held.output) == (0, True)
    head = held.output.split()[-1]
    assert run(args=["audit", "verify", "--head", head]).exit_code == 0
    assert run(args=["audit", "verify", "--head", "00" * 32]).exit_code == 1
    assert run(args=["audit", "verify", "--head", "zz"]).exit_code == 1
    assert run(args=["audit", "export", str(tmp_path / "log.csv")]).exit_code == 0
    assert len((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()) == 62
    with app.extensions["sessions"].begin() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 7).values(what="opened"))
    broken = run(args=["audit", "verify"])
    assert (broken.exit_code, "entry 7" in broken.output) == (1, True)


def test_the_first_administrator_comes_by_a_link_from_the_command_line(app):
    run = app.test_cli_runner().invoke
    made = run(args=["staff", "invite", "--role", "administrator", "--url", "https://example.org/"])
    address = made.output.splitlines()[0]
    assert address.startswith("https://example.org/staff/join/")
    shown = app.test_client().post(address.removeprefix("https://example.org"), data={"name": "dora"})
    assert b"secret" in shown.data
    assert "dora\tadministrator\tactive" in run(args=["staff", "list"]).output


def test_a_command_says_which_limit_is_missing_and_what_is_none(app):
    run = app.test_cli_runner().invoke
    bare = run(args=["staff", "invite", "--role", "translator"])
    assert (bare.exit_code, "--limit language=" in bare.output) == (1, True)
    assert run(args=["staff", "invite", "--role", "translator", "--limit", "planet=mars"]).exit_code == 1
    assert run(args=["staff", "invite", "--role", "translator", "--limit", "language=fr"]).exit_code == 0


def test_commands_change_end_and_bring_back_an_account(app, dora):
    run = app.test_cli_runner().invoke
    assert run(args=["staff", "add", "ana", "--role", "policy_staff"]).exit_code == 0
    changed = ["staff", "change", "ana", "--role", "regional_coordinator", "--limit", "region=africa"]
    assert run(args=changed).exit_code == 0
    assert "ana\tregional_coordinator\tactive\tregion=africa" in run(args=["staff", "list"]).output
    assert run(args=["staff", "deactivate", "ana"]).exit_code == 0
    assert "ana\tregional_coordinator\tdeactivated" in run(args=["staff", "list"]).output
    assert run(args=["staff", "reactivate", "ana"]).exit_code == 0
    assert run(args=["staff", "deactivate", "dora"]).exit_code == 1
    assert run(args=["staff", "deactivate", "nobody"]).exit_code == 1
