"""Releases: protected tables made from a consultation's snapshot, at most three times, each of them final."""

from __future__ import annotations

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.disclosure import LEAST_BASE
from consultations.analysis.models import Release
from consultations.analysis.regional import released_tables
from consultations.analysis.tables import ReleasedTable, from_json, to_json
from consultations.errors import N_, Problem
from consultations.responses.unsealing import open_records
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from forms.packing import columns

#: Every further release is one more equation about the same people; the database holds this number as well.
MOST_RELEASES = 3


class NoMoreReleases(Problem):
    status = 409
    message = N_(
        "The tables of this consultation were released three times. Comparing more releases could show who is new."
    )


class TooFewNewAnswers(Problem):
    status = 409
    message = N_(
        "Tables are released again only when every row has at least %(least)s new answers:"
        " comparing two releases could show what single people answered."
    )


def prepared(session: Session, consultation: Consultation, private_key: bytes) -> tuple[ReleasedTable, ...]:
    """The tables as a release would publish them now. Raises NotUnlocked, DoesNotOpen."""
    layout = layout_of(consultation.questionnaire)
    records = columns(layout, open_records(session, consultation, private_key))
    return released_tables(layout, questionnaire_of(consultation.questionnaire), records, consultation.table_plan)


def release(session: Session, consultation: Consultation, private_key: bytes, today: datetime.date) -> Release:
    """Publish the tables; they cannot be taken back. Raises NotUnlocked, NoMoreReleases, TooFewNewAnswers."""
    before = newest(session, consultation)
    tables = prepared(session, consultation, private_key)
    _check(before, tables)
    number = before.number + 1 if before else 1
    made = Release(consultation_id=consultation.id, number=number, released_on=today, tables=to_json(tables))
    session.add(made)
    session.flush()
    return made


def refusal(session: Session, consultation: Consultation, tables: tuple[ReleasedTable, ...]) -> Problem | None:
    """Why `release` would refuse to publish `tables` now; None when it would not."""
    before = newest(session, consultation)
    try:
        _check(before, tables)
    except (NoMoreReleases, TooFewNewAnswers) as problem:
        return problem
    return None


def _check(before: Release | None, tables: tuple[ReleasedTable, ...]) -> None:
    if before and before.number >= MOST_RELEASES:
        raise NoMoreReleases
    if before:
        check_growth(from_json(before.tables), tables)


def check_growth(before: tuple[ReleasedTable, ...], after: tuple[ReleasedTable, ...]) -> None:
    """Raises TooFewNewAnswers unless every row of `after` that `before` showed has grown by `LEAST_BASE` people.

    Bases as published are compared: what an attacker has is what counts.
    """
    bases = {(table.id, row.kind, row.name): row.base for table in before for row in table.rows}
    for table in after:
        for row in table.rows:
            shown = bases.get((table.id, row.kind, row.name))
            if shown is not None and row.base - shown < LEAST_BASE:
                raise TooFewNewAnswers(least=LEAST_BASE)


def newest(session: Session, consultation: Consultation) -> Release | None:
    """The last release; None before the first."""
    mine = select(Release).where(Release.consultation_id == consultation.id)
    return session.scalars(mine.order_by(Release.number.desc()).limit(1)).first()


def latest(session: Session, consultation: Consultation) -> tuple[ReleasedTable, ...]:
    """The tables of the last release; none before the first."""
    found = newest(session, consultation)
    return from_json(found.tables) if found else ()
