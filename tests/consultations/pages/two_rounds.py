"""Two consultations that asked the same, a year apart, with releases made up by hand; and who looks at them."""

from __future__ import annotations

import datetime
from typing import Any

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consultations.analysis.models import Release
from consultations.analysis.tables import (
    EVERYBODY,
    ONE,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
    table_id,
    to_json,
)
from consultations.pages.web import now
from consultations.registry.importing import import_organisations, load_countries, rows_of
from consultations.rounds import consultations
from consultations.rounds.questionnaires import store
from consultations.staff.accounts import create_account
from consultations.staff.roles import Limit
from consultations.staff.sign_in import sign_in
from forms.xlsform.importing import import_file

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation |
| | select_one region | region | Where do you live? | Où vivez-vous ? | yes |
| | select_one yn | safe | Are you <safe>? | En sécurité ? | |
| | select_multiple needs | needs | What do you need? | De quoi avez-vous besoin ? | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | region | africa | Africa | Afrique |
| | region | europe | Europe | Europe |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
| | needs | care | Health care | Des soins |
| | needs | money | Money | De l’argent |
"""
REGIONS = {"africa": {"en": "Africa", "fr": "Afrique"}, "europe": {"en": "Europe"}}
YES_NO = {"yes": {"en": "Yes", "fr": "Oui"}, "no": {"en": "No", "fr": "Non"}}
#: Who looks: policy staff, a coordinator of one region, one who reaches no consultation of these, a translator.
PEOPLE: dict[str, tuple[str, dict[Limit, set[str]] | None]] = {
    "ana": ("policy_staff", None),
    "ben": ("policy_staff", None),
    "cleo": ("regional_coordinator", {Limit.REGION: {"africa"}}),
    "dora": ("policy_staff", {Limit.CONSULTATION: {"autumn"}}),
    "eva": ("translator", None),
}


def table(
    question: str, columns: dict[str, dict[str, str]], everybody: list[str], **regions: list[str]
) -> ReleasedTable:
    """Cells as they are shown; each row's base is 100."""
    rows = [_row("", everybody), *(_row(name, cells) for name, cells in regions.items())]
    return ReleasedTable(
        id=table_id(question, "region" if regions else ""),
        question=question,
        question_label={"en": f"About <{question}>"},
        breakdown="region" if regions else "",
        breakdown_label={"en": "Where do you live?"} if regions else {},
        kind="categories",
        columns=tuple(ReleasedColumn(name, label) for name, label in columns.items()),
        rows=tuple(rows),
    )


def _row(region: str, shown: list[str]) -> ReleasedRow:
    cells = tuple(ReleasedCell(cell, None if cell == "<5" else int(cell)) for cell in shown)
    return ReleasedRow(ONE if region else EVERYBODY, region, (REGIONS[region],) if region else (), 100, cells)


LANGUAGES = table("_language", {"en": {"und": "en"}, "fr": {"und": "fr"}}, ["70", "30"])
SPRING = (table("safe", YES_NO, ["40", "60"], africa=["30", "70"], europe=["50", "50"]),)
AUTUMN = (
    table("region", REGIONS, ["20", "80"]),
    table("safe", YES_NO, ["60", "40"], africa=["62", "38"], europe=["51", "49"]),
    LANGUAGES,
)


def build(session: Session) -> dict[str, str]:
    """The consultations *spring* (2025) and *autumn* (2026), three organisations -> passphrases by name."""
    load_countries(session)
    import_organisations(session, rows_of("name,country,language\nOne,KE,en\nTwo,GH,en\nThree,FR,fr\n"))
    accounts = {name: create_account(session, name, role, "en", limits) for name, (role, limits) in PEOPLE.items()}
    form = import_file("form.md", FORM.encode()).questionnaire
    assert form is not None
    for slug, year, tables in (("spring", 2025, SPRING), ("autumn", 2026, AUTUMN)):
        made = consultations.create(
            session,
            slug=slug,
            questionnaire=store(session, form),
            title={"en": f"Our rights {year}", "fr": f"Nos droits {year}"},
            asked_by={"en": "The network"},
            purpose={"en": "To learn."},
            key_holders=[accounts["ana"].user, accounts["ben"].user],
        )
        made.status, made.opened_on = "unlocked", datetime.date(year, 5, 1)
        made.closed_on = datetime.date(year, 6, 30)
        session.add(
            Release(consultation_id=made.id, number=1, released_on=datetime.date(year, 7, 9), tables=to_json(tables))
        )
    return {name: account.passphrase for name, account in accounts.items()}


class Desk:
    """A browser of one member of staff."""

    def __init__(self, app: Flask, name: str, passphrase: str) -> None:
        self.client: FlaskClient = app.test_client()
        with app.extensions["sessions"]() as session:
            token = sign_in(session, name, passphrase, now())
            session.commit()
        with self.client.session_transaction("/staff/") as cookie:
            cookie["token"] = token

    def open(self, address: str, status: int = 200) -> Any:
        response = self.client.get(f"/staff/{address}")
        assert response.status_code == status, response.text
        return lxml.html.fromstring(response.data.decode())

    def says(self, address: str, status: int = 200) -> str:
        return " ".join(self.open(address, status).text_content().split())

    def post(self, address: str, **fields: Any) -> Any:
        return self.client.post(f"/staff/{address}", data=fields)


def cells(page: Any, table_number: int = 0) -> list[list[str]]:
    """The rows of a page's table, its head first, as a reader sees them."""
    return [
        [" ".join(cell.text_content().split()) for cell in line.xpath("./th | ./td")]
        for line in page.xpath("//table")[table_number].xpath(".//tr")
    ]
