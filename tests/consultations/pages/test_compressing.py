"""Members' pages come compressed, style sheets are kept for a year, and staff pages are never compressed."""

from __future__ import annotations

import gzip

import brotli
import pytest

from app import create_app
from consultations.pages import static_files
from consultations.pages.compressing import without_comments

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def client(settings):
    made = create_app(settings)
    made.testing = True
    yield made.test_client()
    made.extensions["engine"].dispose()


@pytest.mark.parametrize(
    ("accepted", "encoding", "opened"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_a_member_s_page_comes_in_the_smallest_form_that_the_phone_reads(client, accepted, encoding, opened):
    plain = client.get("/")
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == encoding
    assert opened(answer.data) == plain.data
    assert len(answer.data) < 0.6 * len(plain.data)
    assert answer.headers["Content-Length"] == str(len(answer.data))


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0, br;q=0"])
def test_a_phone_that_reads_nothing_else_gets_the_page_as_it_is(client, accepted):
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers


def test_a_style_sheet_differs_by_what_the_phone_reads_and_a_page_that_nobody_keeps_need_not_say_so(client):
    address = f"/static/member.css?v={static_files.fingerprint('member.css')}"
    assert client.get(address, buffered=True).headers["Vary"] == "Accept-Encoding"
    assert "Vary" not in client.get("/").headers


def test_staff_pages_are_never_compressed(client):
    answer = client.get("/staff/sign-in", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in answer.headers


def test_a_style_sheet_is_fetched_once_under_the_address_of_its_content(client):
    address = f"/static/member.css?v={static_files.fingerprint('member.css')}"
    answer = client.get(address, headers={"Accept-Encoding": "br"}, buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert brotli.decompress(answer.data) == without_comments((static_files.FOLDER / "member.css").read_bytes())
    assert client.get(address, headers={"Accept-Encoding": "br"}, buffered=True).data == answer.data


@pytest.mark.parametrize(("name", "most"), [("logic.js", 4096), ("counter.js", 400)])
def test_a_script_is_small_and_fetched_once(client, name, most):
    address = f"/static/{name}?v={static_files.fingerprint(name)}"
    answer = client.get(address, headers={"Accept-Encoding": "br"}, buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert brotli.decompress(answer.data) == without_comments((static_files.FOLDER / name).read_bytes())
    assert len(answer.data) <= most


@pytest.mark.parametrize("address", ["/static/member.css", "/static/nothing.css?v=1"])
def test_nothing_else_is_kept_for_a_year(client, address):
    assert "immutable" not in client.get(address, buffered=True).headers.get("Cache-Control", "")


def test_pages_are_not_kept_at_all(client):
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_an_unchanged_style_sheet_is_not_sent_again(client):
    tag = client.get("/static/member.css", buffered=True).headers["ETag"]
    known = {"If-None-Match": tag, "Accept-Encoding": "br"}
    again = client.get("/static/member.css", headers=known, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
