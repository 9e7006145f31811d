"""Two released consultations on a form that is written in one language alone, which is not the staff's."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy.orm import Session

from consultations.analysis.figures.indicators import Indicator
from consultations.analysis.models import Release
from consultations.analysis.tables import (
    EVERYBODY,
    MERGED,
    ONE,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
    table_id,
    to_json,
)
from consultations.registry.importing import import_organisations, load_countries, rows_of
from consultations.rounds import consultations
from consultations.rounds.questionnaires import store
from consultations.staff.accounts import create_account
from forms.xlsform.importing import import_file
from translations.languages import autonym

#: Stands in every text of the form, and nowhere else; it ends as a question does, on the side that gets lost.
MARKS = {"en": "Zq", "ar": "ظظ"}

FORM = """
| survey |
| | type | name | label::{column} | disaggregation |
| | begin_group | part | {part} | |
| | select_one region | region | {region} | yes |
| | select_one setting | setting | {setting} | yes |
| | select_one yn | safe | {safe} | |
| | rank needs | needs | {needs} | |
| | select_multiple needs | wants | {wants} | |
| | integer | age | {age} | |
| | text | story | {story} | |
| | end_group | | | |
| choices |
| | list_name | name | label::{column} |
| | region | africa | {africa} |
| | region | europe | {europe} |
| | region | asia-pacific | {asia} |
| | region | latin-america | {latin} |
| | setting | street | {street} |
| | setting | indoors | {indoors} |
| | yn | yes | {yes} |
| | yn | no | {no} |
| | needs | care | {care} |
| | needs | money | {money} |
"""
_WORDS = (
    *("part", "region", "setting", "safe", "needs", "wants", "age", "story", "africa", "europe", "asia", "latin"),
    *("street", "indoors", "yes", "no", "care", "money", "title", "asked_by", "purpose", "name"),
)
_ELSEWHERE = {"asia-pacific": "asia", "latin-america": "latin"}


class Made:
    """The form's texts in `language`, and tables that show all of them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = {name: f"{MARKS[language]} {number} ({number})?" for number, name in enumerate(_WORDS)}

    def label(self, name: str) -> dict[str, str]:
        known = self.words.get(_ELSEWHERE.get(name, name))
        return {self.language: known} if known else {}

    def form(self) -> bytes:
        column = f"{autonym(self.language)} ({self.language})"
        return FORM.format(column=column, **self.words).encode()

    def row(self, names: str, count: int) -> ReleasedRow:
        members = tuple(self.label(name) for name in names.split("+") if name)
        kind = {0: EVERYBODY, 1: ONE}.get(len(members), MERGED)
        cells = (ReleasedCell(str(count), count), ReleasedCell(str(100 - count), 100 - count))
        return ReleasedRow(kind, names, members, 100, cells)

    def table(
        self, question: str, answers: tuple[str, ...], breakdown: str, *rows: ReleasedRow, **more: Any
    ) -> ReleasedTable:
        columns = tuple(ReleasedColumn(name, self.label(name) or {"und": name}) for name in answers)
        within, item = more.get("within", ""), more.get("item", "")
        return ReleasedTable(
            id=table_id(question, breakdown, within=within, item=item),
            question=question,
            question_label=self.label(question),
            breakdown=breakdown,
            breakdown_label=self.label(breakdown) if breakdown else {},
            columns=columns,
            rows=rows,
            within_label=self.label(within) if within else {},
            item_label=self.label(item) if item else {},
            **{"kind": "categories", **more},
        )

    def tables(self, count: int) -> tuple[ReleasedTable, ...]:
        regions = (self.row("", count), self.row("africa", 30), self.row("europe+asia-pacific", 40))
        settings = (self.row("", count), self.row("street", 20), self.row("indoors", 60))
        yes_no, needs = ("yes", "no"), ("care", "money")
        hidden = (self.label("latin-america"),)
        return (
            self.table("region", ("africa", "europe"), "", self.row("", 50)),
            self.table("safe", yes_no, "region", *regions, hidden=hidden),
            self.table("safe", yes_no, "setting", *settings),
            *(self.table("safe", yes_no, "setting", *settings, within=name) for name in ("africa", "europe")),
            self.table("needs", needs, "region", *regions, kind="ranking"),
            *(self.table("needs", ("1", "2"), "region", *regions, kind="places", item=name) for name in needs),
            self.table("wants", needs, "region", *regions, kind="multiple", hidden=hidden),
            self.table("age", ("18–29", "≥ 30"), "region", *regions, kind="number"),
            self.table("_language", ("en", "fr"), "", self.row("", 50)),
        )


def build(session: Session, form_language: str, staff_language: str) -> str:
    """The consultations *spring* (2025) and *autumn* (2026) and an indicator -> the passphrase of *ana*."""
    made = Made(form_language)
    load_countries(session)
    import_organisations(session, rows_of("name,country,language\nOne,KE,en\nTwo,FR,fr\n"))
    ana, ben = (create_account(session, name, "policy_staff", staff_language, None) for name in ("ana", "ben"))
    form = import_file("form.md", made.form()).questionnaire
    assert form is not None
    for slug, year, count in (("spring", 2025, 40), ("autumn", 2026, 70)):
        found = consultations.create(
            session,
            slug=slug,
            questionnaire=store(session, form),
            title=made.label("title"),
            asked_by=made.label("asked_by"),
            purpose=made.label("purpose"),
            key_holders=[ana.user, ben.user],
        )
        found.status, found.opened_on = "unlocked", datetime.date(year, 5, 1)
        found.closed_on = datetime.date(year, 6, 30)
        tables = to_json(made.tables(count))
        session.add(Release(consultation_id=found.id, number=1, released_on=datetime.date(year, 7, 9), tables=tables))
    session.add(Indicator(code="2.1", name=made.label("name"), question="safe", options=["yes", "no"], target=80))
    return ana.passphrase
