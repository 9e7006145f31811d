"""A consultation that is open, and a phone without script that answers it."""

from __future__ import annotations

import datetime
from typing import Any

import lxml.html
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consultations.responses.models import SealedResponse
from consultations.rounds.certifying import with_region_from_code
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms.xlsform.importing import import_file

TITLE = {"en": "Our rights at work", "ar": "حقوقنا في العمل", "sw": "Haki zetu kazini"}


def put(
    app: Flask,
    form_text: str,
    slug: str = "rights",
    status: str = "open",
    breakdowns: tuple[str, ...] = ("state",),
    **more: Any,
) -> None:
    """A consultation in the database, without the steps that led to it."""
    form = import_file("form.md", form_text.encode()).questionnaire
    assert form is not None
    if more.get("invited"):
        form = with_region_from_code(form)
    with app.extensions["sessions"]() as session:
        keyring = Keyring(public_key=new_key_pair().public)
        session.add(keyring)
        stored = store(session, form)
        session.flush()
        day = datetime.date(2026, 11, 1)
        session.add(
            Consultation(
                slug=slug,
                status=status,
                questionnaire_id=stored.id,
                keyring_id=keyring.id,
                asked_by={"en": "The network"},
                languages=["en", "ar", "sw"],
                statement={"questions": 6, "open_questions": 2, "breakdowns": list(breakdowns), "key_holders": 2}
                | {"retention_months": 24},
                opened_on=None if status == "draft" else day,
                closed_on=day if status in {"closed", "unlocked"} else None,
                **{"title": TITLE, "purpose": {"en": "To **learn**."}, **more},
            )
        )
        session.commit()


class Phone:
    """A browser without script: it sends what the page holds, and the button that is pressed."""

    def __init__(self, app: Flask, address: str = "/c/rights/en/") -> None:
        self.client = app.test_client()
        self.address = address
        self.response = self.client.get(address)

    @property
    def page(self) -> Any:
        """What a browser shows and sends: nothing of what lies ready for a script."""
        found = lxml.html.fromstring(self.response.data.decode())
        for template in found.xpath("//template"):
            template.drop_tree()
        return found

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())

    def post(self, fields: dict[str, Any]) -> TestResponse:
        self.response = self.client.post(self.address, data=fields)
        return self.response

    def press(self, go: str, **typed: Any) -> TestResponse:
        held: dict[str, Any] = {}
        for name, value in self.page.forms[0].form_values():
            held.setdefault(name, []).append(value)
        return self.post({**held, **{name.rstrip("_"): value for name, value in typed.items()}, "go": go})

    def choose(self, go: str, **typed: Any) -> TestResponse:
        """The same, for the question that has the name of a control of ours."""
        return self.press(go, **{"state:": typed.pop("region"), **typed})


def stored(app: Flask) -> int:
    """How many responses are kept."""
    with app.extensions["sessions"]() as session:
        return session.scalar(select(func.count()).select_from(SealedResponse)) or 0
