"""Requests that no page of ours sends: without a token, with another host, with addresses that lead elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as drawn
from sqlalchemy import select

from app import create_app
from benchmarks.trial import SLUG
from consultations.database import Base
from consultations.rounds.leaving import neutral_site
from tests.attacks.staffed import addresses, at_desk, filled, token_of

EVIL = "evil.example"
MEMBERS = f"/c/{SLUG}/en/"
#: What strangers put into every variable of every address, and into every field.
PATHS = ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "a\x00b", "a" * 3000, "☃{{7*7}}")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("requests")) as made:
        yield made


@pytest.fixture(scope="module")
def tokens(app):
    return [token_of(app, name) for name in ("root", "policy")]


def everything_stored(app) -> dict[str, list[str]]:
    """All rows of all tables, but for the time at which somebody was last seen."""
    with app.extensions["sessions"]() as session:
        return {
            name: sorted(
                repr(tuple(row)) for row in session.execute(select(*(c for c in table.c if c.name != "seen_at")))
            )
            for name, table in Base.metadata.tables.items()
        }


def test_no_form_of_staff_is_taken_without_the_token_of_its_page(app, tokens):
    before, walked = everything_stored(app), 0
    for token in tokens:
        client = at_desk(app, token)
        for address in addresses(app):
            if address.method == "GET" or not address.path.startswith("/staff"):
                continue
            walked += 1
            assert client.open(address.path, method=address.method, data={"name": "x"}).status_code == 400, address
    assert walked > 50
    assert everything_stored(app) == before


def test_a_token_in_a_header_of_another_site_s_script_does_not_help(app, tokens):
    client = at_desk(app, tokens[0], csrf_token="a" * 40)
    answer = client.post("/staff/sign-out", headers={"X-CSRFToken": "a" * 40, "Origin": f"https://{EVIL}"})
    assert answer.status_code == 400
    assert client.get("/staff/account").status_code == 200


def test_over_https_a_form_that_another_site_sent_is_refused_also_with_a_token_that_fits(app, tmp_path):
    """The second lock is the referrer, which is why pages of staff let browsers say it."""
    with filled(tmp_path, https=True) as served:
        client = served.test_client()
        page = client.get("/staff/sign-in", base_url="https://localhost").get_data(as_text=True)
        sent = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1], "name": "x"}
        statuses = [
            client.post("/staff/sign-in", data=sent, base_url="https://localhost", headers=headers).status_code
            for headers in ({"Referer": f"https://{EVIL}/"}, {}, {"Referer": "https://localhost/staff/sign-in"})
        ]
    assert statuses == [400, 400, 422]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT"])
def test_a_method_that_no_page_uses_does_nothing(app, tokens, method):
    client = at_desk(app, tokens[0])
    assert {client.open(path, method=method).status_code for path in (MEMBERS, "/staff/account", "/en/")} <= {405, 404}


def test_a_method_is_not_overridden_by_a_header_or_a_field(app, tokens):
    client = at_desk(app, tokens[0])
    headers = dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), "POST")
    assert client.get("/staff/sign-out?_method=POST", headers=headers).status_code == 405
    assert client.get("/staff/account").status_code == 200


def test_no_page_repeats_a_host_that_was_made_up(app):
    client = app.test_client()
    headers = {"Host": EVIL, "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}", "X-Original-URL": f"//{EVIL}/"}
    for address in addresses(app):
        if address.is_public and address.method == "GET":
            answer = client.get(address.path, headers=headers)
            assert EVIL not in answer.headers.get("Location", ""), address
            assert EVIL not in answer.get_data(as_text=True), address


def test_a_host_that_is_not_ours_gets_a_plain_refusal_at_every_address(app):
    trusting = create_app(replace(app.extensions["settings"], trusted_hosts=("ask.example.org",), https=True))
    client = trusting.test_client()
    for address in addresses(trusting):
        answer = client.open(address.path, method=address.method, headers={"Host": EVIL})
        assert (answer.status_code, answer.mimetype, EVIL in answer.get_data(as_text=True)) == (
            400,
            "text/plain",
            False,
        )
        assert "Location" not in answer.headers
    trusting.extensions["engine"].dispose()


@pytest.mark.parametrize("elsewhere", [f"https://{EVIL}/", f"/\\{EVIL}"])
def test_no_parameter_leads_to_another_site(app, tokens, elsewhere):
    query = dict.fromkeys(("next", "url", "to", "return", "redirect", "leave_to", "site", "language", "in"), elsewhere)
    for client in (app.test_client(), at_desk(app, tokens[0]), at_desk(app, tokens[1])):
        for address in addresses(app, text="en"):
            if address.method == "GET":
                answer = client.get(address.path, query_string=query)
                assert is_ours(answer.headers.get("Location", "/")), (address, answer.headers["Location"])


@pytest.mark.parametrize("start", [f"//{EVIL}", f"/\\{EVIL}", f"//{EVIL}/%2e%2e", f"/{EVIL}//", f"///{EVIL}/en"])
def test_no_address_leads_to_another_site(app, start):
    answer = app.test_client().get(start)
    assert is_ours(answer.headers.get("Location", "/"))


def is_ours(location: str) -> bool:
    """An address of ours, or one of the harmless sites that *Leave now* leads to."""
    harmless = {urlsplit(neutral_site({}, code)).netloc for code in ("en", "fr", "zh", "ru", "es", "ar", "sw")}
    parts = urlsplit(location.replace("\\", "/"))
    return (not parts.netloc and not parts.scheme) or parts.netloc in harmless


@pytest.mark.parametrize("text", PATHS)
def test_no_variable_of_an_address_reaches_a_file_or_breaks_a_page(app, tokens, text):
    for client in (app.test_client(), at_desk(app, tokens[1])):
        for address in addresses(app, text=text):
            answer = client.open(address.path, method=address.method)
            assert answer.status_code < 500, address
            assert "root:" not in answer.get_data(as_text=True), address


@pytest.mark.parametrize(
    "path", ["../app.py", "..%2f..%2f..%2fapp.py", "%2e%2e/%2e%2e/app.py", "/etc/passwd", "..\\..\\app.py", "a\x00.css"]
)
def test_static_files_are_those_of_their_folder_alone(app, path):
    answer = app.test_client().get(f"/static/{path}")
    assert answer.status_code in (308, 404)
    assert "create_app" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("field", ["state", "go", "code", "started", "region"])
@pytest.mark.parametrize(
    "values", [["a", "b"], ["\x00"], ["a" * 300_000], ["\ud800"], ["next", "send", "save"], ["\r\nSet-Cookie: a=b"]]
)
def test_fields_of_a_members_page_may_be_anything(app, field, values):
    client = app.test_client()
    sent = {"go": ["next"], field: [value.encode("utf-8", "surrogatepass") for value in values]}
    answer = client.post(MEMBERS, data={name: list(many) for name, many in sent.items()})
    assert answer.status_code < 500
    assert "Set-Cookie" not in answer.headers


def test_a_line_end_in_a_language_or_a_slug_makes_no_header(app):
    for address in addresses(app, text="en\r\nSet-Cookie: a=b"):
        answer = app.test_client().get(address.path)
        assert "a=b" not in answer.headers.get("Set-Cookie", "")
        assert "\r" not in answer.headers.get("Location", "") + answer.headers.get("Onion-Location", "")


def test_a_post_of_more_parts_or_more_text_than_any_form_has_is_refused(app, tokens):
    client = app.test_client()
    parts = (
        "".join(f'--x\r\nContent-Disposition: form-data; name="a{n}"\r\n\r\n1\r\n' for n in range(1_100)) + "--x--\r\n"
    )
    many = client.post(MEMBERS, data=parts, content_type="multipart/form-data; boundary=x")
    long = client.post(MEMBERS, data={"state": "a" * (5 * 2**20)})
    fields = client.post(MEMBERS, data="go=next&" + "a&" * 200_000, content_type="application/x-www-form-urlencoded")
    long_for_staff = client.post("/staff/sign-in", data={"name": "a" * (11 * 2**20)})
    assert [answer.status_code for answer in (many, long, fields, long_for_staff)] == [413] * 4


FUZZ = tries(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@FUZZ
@given(
    content=drawn.binary(max_size=400)
    | drawn.from_regex(rb"(go|state|code|region|q[0-9]{1,2})=[^&]{0,40}(&go=[a-z]{1,8})?"),
    kind=drawn.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""]),
    more=drawn.dictionaries(
        drawn.sampled_from(["Accept-Language", "Accept-Encoding", "Cookie", "X-Forwarded-For", "Range", "If-Match"]),
        drawn.text(drawn.characters(min_codepoint=32, max_codepoint=126), max_size=30),
        max_size=3,
    ),
)
def test_whatever_bytes_are_posted_to_a_public_address_it_is_never_a_failure(app, content, kind, more):
    client = app.test_client()
    for address in addresses(app):
        if address.is_public:
            answer = client.open(address.path, method=address.method, data=content, content_type=kind, headers=more)
            assert answer.status_code < 500, (address, content, kind, more)
