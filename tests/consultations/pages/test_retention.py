"""Staff see what ends when, are told before, see the certificate afterwards, and take sealed copies elsewhere."""

from __future__ import annotations

import datetime
import io
import re

import lxml.html
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from consultations.papers.ending import end
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import sealed_files
from consultations.staff.given_limits import widen
from consultations.staff.keyrings import new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.models import User
from consultations.staff.roles import Limit
from consultations.staff.sealed_files import Opener
from consultations.staff.sessions import begin

TODAY = datetime.datetime.now(datetime.UTC).date()


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def client(app, session):
    """A key holder of `spring`, whose time is over in two weeks."""
    pair = new_key_pair()
    empty = {"salt": b"", "auth_hash": b"", "wrapped_private_key": b"", "recovery_wrapped_private_key": b""}
    user = User(name="ana", role="policy_staff", language="en", public_key=pair.public, **empty)
    session.add(user)
    session.flush()
    closed = TODAY - datetime.timedelta(days=45)
    made = Consultation(
        slug="spring",
        status="closed",
        questionnaire=StoredQuestionnaire(version="1", name="form", content={}),
        keyring=new_keyring(session, [user]),
        title={"en": "Our rights"},
        asked_by={},
        purpose={},
        languages=["en"],
        retention_months=2,
        opened_on=closed,
        closed_on=closed,
    )
    session.add(made)
    session.flush()
    widen(session, user, Limit.CONSULTATION, "spring")
    token = begin(session, user, pair.private, datetime.datetime.now(datetime.UTC))
    session.commit()
    browser = app.test_client()
    with browser.session_transaction(path="/staff") as cookie:
        cookie["token"] = token
    return browser


def text(response):
    return " ".join(lxml.html.fromstring(response.text).text_content().split())


def test_staff_are_told_before_it_ends(client):
    assert "The answers to Our rights are destroyed on" in text(client.get("/staff/"))
    assert "Certificate" not in text(client.get("/staff/retention"))


def test_the_certificate_is_there_afterwards_and_the_key_is_said_to_be_destroyed(client, engine):
    with Session(engine) as session:
        end(session, session.scalars(select(Consultation)).one(), TODAY)
        session.commit()
    assert "no copy of their key is left. Rows that are gone, by table: key_grants 1" in text(
        client.get("/staff/retention")
    )
    page = client.get("/staff/consultations/spring/export")
    assert (page.status_code, "was destroyed, as people had been promised" in text(page)) == (410, True)


def test_a_key_holder_takes_a_sealed_copy_along(client):
    page = lxml.html.fromstring(client.get("/staff/consultations/spring/export").text)
    given = {
        name: page.xpath(f"//form[@class='card']//input[@name='{name}']/@value")[0] for name in ("csrf_token", "words")
    }
    wrong = client.post("/staff/consultations/spring/export", data={**given, "public_key": "12"})
    assert wrong.status_code == 422
    weak = client.post("/staff/consultations/spring/export", data={**given, "words": "a a a a a a"})
    assert weak.status_code == 422
    file = client.post("/staff/consultations/spring/export", data=given)
    content = b"".join(sealed_files.read(io.BytesIO(file.data), Opener(passphrase=given["words"])))
    assert re.search(rb'"slug": "spring"', content)
    assert b"spring" not in file.data
    file.close()
