"""A server that is seized while it works: disk, database, logs, configuration and the server's secret show nothing.

An installation is filled through its own pages: every field that a person can type into gets a text, in six languages,
that nobody ever wrote. Then it is killed, and all that is left is searched for each of them, in every form that a text
may have on a disk. `test_searching` shows that the search finds them where they are.
"""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from sqlalchemy import create_engine

from app import create_app
from consultations.responses.codes import in_groups
from consultations.settings import Settings
from consultations.staff.keys import KEY_BYTES
from tests.attacks.filled_with import PUBLIC
from tests.attacks.needles import ENCODINGS
from tests.attacks.opening import inflated, keys_from, opened, private_keys, secret_of
from tests.attacks.searching import Search
from tests.attacks.seizing import Seized, copied, endpoints, filled, ledger_of, values_of
from tests.attacks.serving import Server, postgresql

pytestmark = pytest.mark.attack

#: Pages that nobody fills or opens here, and why that hides no field.
NOT_OPENED = {
    "static": "a file of ours, the same for everybody",
    "papers.all_pdfs": "a file to keep; each of its parts is opened",
    "progress.job_page": "there is none without a worker, and it has no field",
    "second_factors.remove_passkey": "a passkey needs a device",
    "responses.file": "there is none without a release, and it has no field",
    "papers.paper_style": "a file of ours, the same for everybody",
}
#: Pages that show fields which nobody can send: a questionnaire as members will see it.
PREVIEWS = {"questionnaires.preview"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The list of pages, in an application that serves nobody."""
    folder = tmp_path_factory.mktemp("pages")
    made = create_app(Settings(f"sqlite:///{folder / 'no.sqlite'}", folder, b"\x07" * 32, False, (), 10))
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def seized(request, app, tmp_path_factory) -> Seized:
    folder, ledger = tmp_path_factory.mktemp("raid"), ledger_of(app)
    if request.param == "sqlite":
        file = folder / "instance" / "consultations.sqlite"
        server = Server(folder, f"sqlite:///{file}")
        filled(server, ledger)
        engine, files = copied(file, tmp_path_factory.mktemp("copy") / "of"), (folder,)
    else:
        with postgresql() as (url, data):
            request.addfinalizer(lambda: shutil.rmtree(data))  # noqa: PT021 - only this kind has something to remove
            server = Server(folder, url)
            filled(server, ledger)
            engine, files = create_engine(url), (folder, data)
            values = tuple(values_of(engine))
            engine.dispose()
    if request.param == "sqlite":
        values = tuple(values_of(engine))
        engine.dispose()
    return Seized(server, ledger, files, values, (folder / "server.log").read_text("utf-8"))


def searched(seized, **more):
    search = Search({**seized.ledger.secrets, **more})
    for table, column, value in seized.values:
        search.value(value, f"{table}.{column}")
    return search, search.files(seized.files)


def test_nothing_that_anybody_typed_or_was_shown_is_found(seized):
    """But what is public by design: the search looked at the right place."""
    search, found = searched(seized, public="To learn.", address="autumn")
    secrets = seized.ledger.secrets
    print(f"\nSeizure: {len(seized.ledger.filled)} fields, {len(secrets)} texts in {search.size} forms; {found}")
    assert sorted(hit for hit in found.hits if hit.what not in ("public", "address")) == []
    assert {hit.what for hit in found.hits} == {"public", "address"}


def test_every_field_that_a_person_can_type_into_was_filled(seized):
    missing = {place for place in seized.ledger.seen - seized.ledger.filled if place.page not in PREVIEWS}
    assert sorted(missing - set(PUBLIC)) == [], (
        "tests/attacks/filling.py or staffing.py: fill these fields, or list them as public with the reason"
    )


def test_every_page_was_opened(seized, app):
    missing = set(endpoints(app).values()) - seized.ledger.pages - set(NOT_OPENED)
    assert sorted(missing) == [], "filling.py: open these pages on the way"


def test_temporary_files_caches_and_core_dumps_are_not_there(seized):
    folder = seized.server.folder
    left = [file for place in ("tmpdir", "home") for file in (folder / place).rglob("*") if file.is_file()]
    assert left == []


def test_the_log_says_nothing_of_anybody(seized):
    assert [line for line in seized.log.splitlines() if "203.0.113." in line or "/c/" in line][1:] == []


@pytest.fixture(scope="module")
def keys(seized):
    """Every key that the disk and the server's secret lead to."""
    materials = {bytes(value) for _, _, value in seized.values if isinstance(value, bytes) and 16 <= len(value) <= 64}
    return list(keys_from(secret_of(seized.server.instance), materials))


def blobs(seized):
    return [(f"{table}.{column}", value) for table, column, value in seized.values if isinstance(value, bytes)]


def test_no_key_that_can_be_had_with_the_secret_opens_anything(seized, keys):
    search = Search(seized.ledger.secrets)
    sense = list(opened(keys, blobs(seized)))
    for each in sense:
        search.bytes(each.plain, each.where)
        search.bytes(inflated(each.plain), each.where)
    print(f"\nSeizure: {len(keys)} keys on {len(blobs(seized))} blobs, {len(sense)} made sense by luck")
    assert search.found.hits == set()


def test_the_attack_with_keys_finds_a_draft_where_its_code_is_known(seized):
    codes = [text.encode() for name, text in seized.ledger.secrets.items() if "shown code #" in name]
    search = Search(seized.ledger.secrets)
    drafts = [blob for blob in blobs(seized) if blob[0] == "drafts.blob"]
    for each in opened(keys_from(secret_of(seized.server.instance), codes), drafts):
        search.bytes(inflated(each.plain), each.where)
    assert search.found.hits


def test_no_private_key_lies_there(seized, keys):
    public = {value for _, column, value in seized.values if column == "public_key"}
    whole = [key for key in keys if len(key) == KEY_BYTES]
    assert len(public) >= 5
    assert private_keys(whole, public) == []


def test_a_cookie_that_is_signed_with_the_secret_lets_nobody_in(seized, tmp_path):
    if not seized.server.database_url.startswith("sqlite"):
        pytest.skip("the same code on another database; the cluster is gone")
    copied(seized.server.instance / "consultations.sqlite", tmp_path / "of").dispose()
    url = f"sqlite:///{tmp_path / 'of' / 'consultations.sqlite'}"
    app = create_app(Settings(url, tmp_path, secret_of(seized.server.instance), False, (), 10))
    hashes = [value for table, column, value in seized.values if (table, column) == ("staff_sessions", "token_hash")]
    assert hashes
    for token in (*hashes, secret_of(seized.server.instance), b""):
        client = app.test_client()
        with client.session_transaction(path="/staff") as cookie:
            cookie["token"] = token
        assert client.get("/staff/").location == "/staff/sign-in"
    app.extensions["engine"].dispose()


def test_a_text_that_is_planted_is_found(seized, tmp_path):
    """The whole way once more, on copies of what was seized, with one text put into each."""
    name, text = next((name, text) for name, text in seized.ledger.secrets.items() if "transcript" in name)
    copied(seized.server.folder / "backup.sqlite", tmp_path / "of").dispose()
    database = sqlite3.connect(tmp_path / "of" / "backup.sqlite")
    database.execute("CREATE TABLE planted (text BLOB)")
    database.execute("INSERT INTO planted VALUES (?)", (text.encode("utf-16-le"),))
    database.commit()
    database.close()
    (tmp_path / "log").write_text(f"{seized.log}{in_groups(text)}{text}")
    hits = Search({name: text}).files([tmp_path]).hits
    assert {hit.encoding for hit in hits} >= {"UTF-16", "UTF-8"}
    assert len(ENCODINGS) == 8
