"""Every answer at every address carries the whole set of headers, and Mozilla's Observatory gives them full marks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.attacks.staffed import addresses, at_desk, filled, token_of

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "data:",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
#: A page that is alike for everybody may be kept by the browser for its own *Back*.
NOT_KEPT = {"no-store", "private, no-cache"}
OBSERVATORY = Path(os.environ.get("OBSERVATORY", "/nowhere")) / "node_modules/@mdn/mdn-http-observatory"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("headers"), https=True) as made:
        yield made


def answers(app):
    """(address, answer) of every address: as a stranger and signed in, as it is and with another method."""
    made_up = ("/nothing", "/staff/nothing", "/c/none/en/", "/static/none.css", "/favicon.ico", "/robots.txt", "/fr")
    stranger, desk = app.test_client(), at_desk(app, token_of(app, "root"))
    for client in (stranger, desk):
        for address in addresses(app):
            yield address.path, client.open(address.path, method=address.method, base_url="https://localhost")
        for path in made_up:
            yield path, client.get(path, base_url="https://localhost")
            yield path, client.post(path, base_url="https://localhost")


def test_every_answer_has_every_header(app):
    count = 0
    for path, answer in answers(app):
        count += 1
        where = (path, answer.status_code)
        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE, where
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy == POLICY, where
        assert answer.headers["Cache-Control"] in NOT_KEPT, where
        is_staff = path.startswith("/staff")
        assert answer.headers["Referrer-Policy"] == ("same-origin" if is_staff else "no-referrer"), where
        for feature in ("camera=()", "microphone=()", "geolocation=()"):
            assert feature in answer.headers["Permissions-Policy"], where
        assert ("X-Frame-Options" in answer.headers) == is_staff, where
        assert "Server" not in answer.headers, where
        assert "Access-Control-Allow-Origin" not in answer.headers, where
    assert count > 100


def test_the_pages_that_skip_the_framework_have_the_same_headers(app):
    client = app.test_client()
    first, second = (client.post("/c/benchmark/en/", data={"go": "begin"}) for _ in range(2))
    assert second.status_code == 200
    own = {"Content-Length"}
    assert {name: value for name, value in first.headers if name not in own} == {
        name: value for name, value in second.headers if name not in own
    }


def test_files_that_may_be_kept_are_ours_alone(app):
    answer = app.test_client().get("/static/member.css", base_url="https://localhost", buffered=True)
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"


@pytest.mark.skipif(
    not OBSERVATORY.exists() or shutil.which("node") is None,
    reason="needs node and a folder named by OBSERVATORY with the npm package @mdn/mdn-http-observatory in it",
)
@pytest.mark.parametrize("path", ["/", "/en/", "/c/benchmark/en/", "/staff/sign-in"])
def test_mozilla_s_observatory_gives_at_least_a_hundred(app, path):
    """Its own grading, fed with what the application answers: it asks hosts of the public internet only."""
    client = app.test_client()
    answer = client.get(path, base_url="https://localhost", buffered=True)
    told = {
        "status": answer.status_code,
        "headers": {name.lower(): value for name, value in answer.headers},
        "body": answer.get_data(as_text=True) if answer.mimetype == "text/html" else "",
        "cookies": answer.headers.getlist("Set-Cookie"),
    }
    script = Path(__file__).with_name("observatory.mjs")
    done = subprocess.run(
        ["node", str(script), str(OBSERVATORY)], input=json.dumps(told), capture_output=True, text=True, timeout=60
    )
    graded = json.loads(done.stdout or "{}")
    print(path, graded)
    assert graded.get("score", 0) >= 100, done.stderr
