"""One code that 200 phones send at once, to two servers on one database, counts once."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from app import create_app
from consultations.registry.models import REGIONS
from consultations.responses.models import SealedResponse, SentHash
from consultations.rounds.invitation_codes import new_code
from consultations.rounds.invitations import SPENT, hash_of
from consultations.rounds.models import Invitation
from consultations.settings import PROJECT
from tests.consultations.pages.phones import Phone, put

PHONES = 200
FORM = "\n".join(
    [
        "| survey |",
        "| | type | name | label::English (en) |",
        "| | select_one region | region | Where? |",
        "| | integer | age | How old? |",
        "| choices |",
        "| | list_name | name | label::English (en) |",
        *(f"| | region | {code} | {code} |" for code in REGIONS),
    ]
)


@contextmanager
def server(settings):
    """A server of its own, as `start` runs it -> its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": settings.database_url, "INSTANCE_DIR": str(settings.instance)}
    granian = str(Path(sys.executable).with_name("granian"))
    command = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "4", "--no-ws", "--no-access-log", "--log-level", "error", "app:app"]
    process = subprocess.Popen(command, env=environment, cwd=PROJECT)
    try:
        for _ in range(300):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def app(settings):
    (settings.instance / "secret").write_bytes(settings.secret)
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=(), invited=True)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def reviews(app, settings):
    """200 pages that stand before *send*, each of a phone of its own, all begun with one code."""
    code = new_code()
    with app.extensions["sessions"].begin() as session:
        row = {"consultation_id": 1, "hash": hash_of(settings.secret, 1, code), "region": "africa"}
        session.add(Invitation(**row, spent_by=None))
    bodies = []
    for _ in range(PHONES):
        phone = Phone(app)
        phone.press("begin", code=code)
        phone.press("next")
        bodies.append(urlencode([*phone.page.forms[0].form_values(), ("go", "send")]))
    return bodies


def sent(port, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", "/c/rights/en/", body, {"Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    return response.status, re.sub(r"<[^>]*>", "", page)


def test_one_code_sent_200_times_at_once_counts_once(app, settings, reviews):
    with server(settings) as first, server(settings) as second, ThreadPoolExecutor(32) as phones:
        answers = list(phones.map(sent, [first, second] * (PHONES // 2), reviews))
    statuses = [status for status, _ in answers]
    assert (statuses.count(200), statuses.count(409)) == (1, PHONES - 1)
    assert all("This code has been used already" in page for status, page in answers if status == 409)
    with app.extensions["sessions"]() as session:
        assert session.scalar(select(func.count()).select_from(SealedResponse)) == 1
        assert session.scalar(select(func.count()).select_from(SentHash)) == 1
        # Both servers have ended, and stirred what they had.
        assert session.scalars(select(Invitation.spent_by)).all() == [SPENT]
