"""Every address × every role × what is reached and what is not, compared with the table of roles and limits."""

from __future__ import annotations

import shutil
import sqlite3
from types import SimpleNamespace

import lxml.html
import pytest
from sqlalchemy import text

from app import create_app
from consultations.database import engine_for
from consultations.migrations import upgrade
from consultations.pages.web import ANY_STAFF, PUBLIC, now
from consultations.papers import publishing
from consultations.settings import Settings
from consultations.staff import stretching
from consultations.staff.limits import languages_of, may_see_case_study, may_see_consultation
from consultations.staff.roles import LIMITED_BY, Limit, Permission, Role, may
from consultations.staff.sessions import signed_in
from tests.attacks import walking

#: What can come of a request.
IN, SIGN_IN, ROLE, KEY, GONE, NO_METHOD, NO_TOKEN = "in", "sign in", "role", "key", "gone", "no method", "no token"
ALL_REGIONS = "all regions or nothing"

#: Addresses under a permission that opens something sealed, which need its key too, but these.
KEYED = {Permission.UNLOCK, Permission.PICK_QUOTES, Permission.WRITE_PAPERS}
WITHOUT_KEY = {("progress.job_page", "GET"), ("papers.of_consultation", "GET")}
#: Sealed all the same, under a permission that is for other things too.
WITH_KEY = {"key_holders.give", "key_holders.hand_over", "key_holders.take"}

#: What is sent where an empty form would name nothing.
BODIES = {"invitations.change_quota": {"quota": "60"}, "papers.change": {"do": "undo"}}
#: Not there, in any house: nobody's passkey, no card without its words, the page of a code that nobody waits for, no
#: passage that was damaged.
NOT_THERE = {
    "second_factors.remove_passkey",
    "second_factors.remove_app",
    "keys.card",
    "fieldwork.delete_damaged_passage",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The application with everything in it, and a copy of its database to go back to after each change."""
    folder = tmp_path_factory.mktemp("house")
    url = f"sqlite:///{folder / 'house.sqlite'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
        patch.setattr(publishing, "render_pdf", lambda document: b"%PDF-")  # as is how a PDF is drawn
        engine = engine_for(url)
        upgrade(engine)
        engine.dispose()
        app = create_app(Settings(url, folder, b"\x07" * 32, https=False, trusted_hosts=(), upload_limit_mib=10))
        app.testing = True
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with app.extensions["sessions"]() as session:
            own, foreign, actors = walking.build(session, now())
        _settle(app)
        shutil.copyfile(folder / "house.sqlite", folder / "before.sqlite")
        yield SimpleNamespace(app=app, folder=folder, own=own, foreign=foreign, actors=actors)
        app.extensions["engine"].dispose()


def _settle(app):
    with app.extensions["engine"].connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    app.extensions["engine"].dispose()


def _put_back(house):
    house.app.extensions["engine"].dispose()
    for left in house.folder.glob("house.sqlite-*"):
        left.unlink()
    shutil.copyfile(house.folder / "before.sqlite", house.folder / "house.sqlite")


class Browser:
    """Somebody's browser, with a valid token for forms; each request begins with the cookie that it had at first."""

    def __init__(self, house, actor):
        self.house, self.actor, self.client = house, actor, house.app.test_client()
        if actor.token:
            with self.client.session_transaction(path="/staff") as cookie:
                cookie["token"] = actor.token
        start = self.client.get("/staff/account/", follow_redirects=True)
        self.form = {
            "csrf_token": lxml.html.fromstring(start.data.decode()).xpath("//input[@name='csrf_token']/@value")[0]
        }
        self.cookie = self.client.get_cookie("staff", path="/staff").value

    def ask(self, address, method, **fields):
        self.client.set_cookie("staff", self.cookie, path="/staff")
        response = self.client.open(address, method=method, data=fields if method == "POST" else None)
        if method != "GET" and response.status_code < 400:
            _put_back(self.house)
        return response


@pytest.fixture(scope="module")
def browsers(house):
    return [Browser(house, actor) for actor in house.actors]


def rules(app):
    """(endpoint, its variables, who may enter, method) of every address for staff."""
    for rule in app.url_map.iter_rules():
        if str(rule).startswith("/staff"):
            access = app.view_functions[rule.endpoint].access
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule.endpoint, frozenset(rule.arguments), access, method


def address(app, endpoint, names, access, there):
    values = {name: there.values[name] for name in names if name != "paper_language"}  # KeyError: teach the walk
    if "paper_language" in names:
        values["paper_language"] = "fr"
    if "paper_id" in names and access == Permission.READ_PAPERS:
        values["paper_id"] = there.values["published"]
    if endpoint == "key_holders.take":
        values["user_id"] = there.values["holder_id"]
    return app.url_map.bind("localhost").build(endpoint, values)


def body(endpoint, there):
    if endpoint in {"key_holders.give", "key_holders.hand_over"}:
        return {"person": there.values["user_id"]}
    return BODIES.get(endpoint, {})


def expected(actor, endpoint, names, access, method, there):
    """What the table, the limits and the keys say."""
    if access == PUBLIC:
        return IN
    if not actor.is_active:
        return SIGN_IN
    if access != ANY_STAFF and not may(actor.role, access):
        return ROLE
    limits = actor.limits
    if names & {"case_study_id", "interview_id"}:
        reached = may_see_case_study(limits, slug=there.place.slug, country=there.country, region=there.region)
        return IN if reached and actor.holds and endpoint not in NOT_THERE else GONE
    if names & {"slug", "name", "paper_id"} and not may_see_consultation(limits, there.place):
        return GONE
    if "paper_language" in names and not languages_of(limits, ("fr",)):
        return GONE
    keyed = (access in KEYED and (endpoint, method) not in WITHOUT_KEY) or endpoint in WITH_KEY
    if names & {"slug", "name", "paper_id"} and keyed and not actor.holds:
        return KEY
    if endpoint in NOT_THERE:
        return GONE
    if endpoint == "responses.file" and Limit.REGION in LIMITED_BY[Role(actor.role)]:
        return ALL_REGIONS
    return IN


def outcome(response):
    if response.status_code == 302 and response.headers["Location"].startswith("/staff/sign-in"):
        return SIGN_IN
    if response.status_code == 403:
        said = response.data.decode()
        if "figures of every region" in said:
            return ALL_REGIONS
        return ROLE if "Your role does not include this" in said else KEY if "do not hold the key" in said else said
    known = {404: GONE, 410: GONE, 405: NO_METHOD}
    if response.status_code in known:
        return known[response.status_code]
    return IN if response.status_code in {200, 302, 303, 409, 422} else f"status {response.status_code}"


#: What an address can name that somebody may not reach.
LIMITED = {"slug", "name", "paper_id", "case_study_id", "interview_id"}


@pytest.mark.parametrize("which", ["own", "foreign"])
def test_every_address_lets_in_whom_the_table_names_and_nobody_else(house, browsers, which):
    there, wrong = getattr(house, which), []
    for endpoint, names, access, method in rules(house.app):
        if which == "foreign" and not names & LIMITED:
            continue  # it names nothing that is anybody's: there is no other to ask for
        path = address(house.app, endpoint, names, access, there)
        for browser in browsers:
            wanted = expected(browser.actor, endpoint, names, access, method, there)
            response = browser.ask(path, method, **browser.form, **body(endpoint, there))
            if outcome(response) != wanted:
                wrong.append(f"{method} {path} by {browser.actor.name}: {outcome(response)}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def of(browsers, name):
    return next(browser for browser in browsers if browser.actor.name == name)


def test_what_is_foreign_and_what_never_was_are_the_same_page(house, browsers):
    ana = of(browsers, "policy_staff")
    for foreign, never in (
        ("/staff/consultations/autumn", "/staff/consultations/winter"),
        (f"/staff/papers/{house.foreign.values['paper_id']}", "/staff/papers/999"),
        (f"/staff/fieldwork/{house.foreign.values['case_study_id']}", "/staff/fieldwork/999"),
        (
            f"/staff/fieldwork/interviews/{house.foreign.values['interview_id']}",
            f"/staff/fieldwork/interviews/{'0' * 32}",
        ),
        ("/staff/key/autumn", "/staff/key/winter"),
    ):
        seen = [ana.ask(path, "GET") for path in (foreign, never)]
        assert [each.status_code for each in seen] == [404, 404]
        assert seen[0].data == seen[1].data, foreign


@pytest.mark.parametrize("variable", ["quote_id", "reference", "job_id", "passage_id"])
def test_something_foreign_is_not_there_under_an_address_of_one_s_own(house, browsers, variable):
    ana = of(browsers, "policy_staff")
    mixed = house.own.__class__(
        house.own.place,
        house.own.country,
        house.own.region,
        house.own.values | {variable: house.foreign.values[variable]},
    )
    asked = [rule for rule in rules(house.app) if variable in rule[1]]
    assert asked
    for endpoint, names, access, method in asked:
        path = address(house.app, endpoint, names, access, mixed)
        assert outcome(ana.ask(path, method, **ana.form)) == GONE, path


def test_lists_hold_what_is_reached_and_nothing_else(house, browsers):
    for path in (
        "/staff/",
        "/staff/papers/",
        "/staff/fieldwork/",
        "/staff/consultations/new?questionnaire=1",
        "/staff/keys/",
        "/staff/indicators/",
        "/staff/indicators/1",
        "/staff/indicators/indicators.csv",
        "/staff/consultations/spring/compare",
    ):
        for browser in browsers:
            page = browser.ask(path, "GET")
            if page.status_code == 200 and browser.actor.is_active:
                reaches = may_see_consultation(browser.actor.limits, house.foreign.place)
                shown = "autumn" in page.data.decode()
                # Who is limited by country may begin one in any consultation that members met: see reached.py.
                begins = path == "/staff/fieldwork/" and browser.actor.role == "community_consultant"
                assert not shown or reaches or begins, (path, browser.actor.name)


def test_a_consultant_s_paper_draws_on_the_countries_they_reach_whatever_keys_they_hold(house, browsers):
    consultant, ana = of(browsers, "community_consultant"), of(browsers, "policy_staff")
    with house.app.extensions["sessions"]() as session:
        study = walking.elsewhere(session, signed_in(session, ana.actor.token, now()))
    path = f"/staff/papers/{house.own.values['paper_id']}/add"
    offered = [browser.client.get(path).data.decode() for browser in (ana, consultant)]
    seen = [("France" in page, "Kenya" in page) for page in offered]
    opened = [browser.client.get(f"/staff/fieldwork/{study}").status_code for browser in (ana, consultant)]
    _put_back(house)
    assert seen == [(True, True), (False, True)]
    assert opened == [200, 404]


def changing(app):
    return [rule for rule in rules(app) if rule[3] == "POST"]


def contents(house):
    """Everything that the database holds but sign-ins, whose last use is written down."""
    house.app.extensions["engine"].dispose()
    with sqlite3.connect(house.folder / "house.sqlite") as connection:
        return [line for line in connection.iterdump() if "staff_sessions" not in line]


def test_without_a_form_s_token_nothing_is_changed(house, browsers):
    before = contents(house)
    for endpoint, names, access, method in changing(house.app):
        path = address(house.app, endpoint, names, access, house.own)
        able = [
            each
            for each in browsers
            if each.actor.is_active and (access in (PUBLIC, ANY_STAFF) or may(each.actor.role, access))
        ]
        others = of(browsers, "translator" if able[0].actor.role != "translator" else "administrator").form
        for form in ({}, {"csrf_token": ""}, others):
            assert able[0].ask(path, method, **form, **body(endpoint, house.own)).status_code == 400, path
    assert contents(house) == before


def test_other_methods_change_nothing_and_open_nothing(house, browsers):
    before = contents(house)
    for endpoint, names, access, method in rules(house.app):
        path = address(house.app, endpoint, names, access, house.own)
        for browser in (of(browsers, "nobody"), of(browsers, "board_reviewer")):
            for other in ("PUT", "DELETE", "PATCH", "TRACE"):
                assert browser.ask(path, other).status_code == 405, (other, path)
            if method == "GET":
                assert browser.ask(path, "HEAD").status_code == browser.ask(path, "GET").status_code, path
            assert "spring" not in browser.ask(path, "OPTIONS").data.decode(), path
    assert contents(house) == before


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_does_not_make_another_method_of_a_request(house, browsers, header):
    ana = of(browsers, "policy_staff")
    ana.client.set_cookie("staff", ana.cookie, path="/staff")
    answer = ana.client.get("/staff/consultations/spring/close", headers={header: "POST"})
    assert answer.status_code == 405
