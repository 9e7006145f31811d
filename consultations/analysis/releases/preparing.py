"""What a release would publish now, as tables and as files; and what was released before."""

from __future__ import annotations

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.models import Release
from consultations.analysis.plans.opening import check_unchanged
from consultations.analysis.regional import breakdowns, released_tables
from consultations.analysis.releases.published import About, to_files
from consultations.analysis.releases.rules import RULES
from consultations.analysis.tables import ReleasedTable, from_json
from consultations.responses.unsealing import open_records
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from forms.packing import columns


def prepared(session: Session, consultation: Consultation, private_key: bytes) -> tuple[ReleasedTable, ...]:
    """The tables as they come from the rules, before any attack. Raises PlanChanged, NotUnlocked, DoesNotOpen."""
    check_unchanged(consultation)
    layout = layout_of(consultation.questionnaire)
    records = columns(layout, open_records(session, consultation, private_key))
    questionnaire = questionnaire_of(consultation.questionnaire)
    return released_tables(layout, questionnaire, records, consultation.table_plan, consultation.ladders)


def about(consultation: Consultation, number: int, day: datetime.date) -> About:
    """What that release says of itself."""
    layout, questionnaire = layout_of(consultation.questionnaire), questionnaire_of(consultation.questionnaire)
    plan = breakdowns(layout, questionnaire, consultation.table_plan)
    return About(f"{consultation.slug}-{number}", day, plan, dict(RULES), consultation.synthetic)


def next_number(session: Session, consultation: Consultation) -> int:
    before = newest(session, consultation)
    return before.number + 1 if before else 1


def files_of(release: Release, consultation: Consultation) -> dict[str, bytes]:
    """The files of a release that was made."""
    return to_files(about(consultation, release.number, release.released_on), from_json(release.tables))


def earlier(session: Session, consultation: Consultation) -> list[dict[str, bytes]]:
    """The files of all releases that were made, first to last."""
    mine = select(Release).where(Release.consultation_id == consultation.id).order_by(Release.number)
    return [files_of(release, consultation) for release in session.scalars(mine)]


def newest(session: Session, consultation: Consultation) -> Release | None:
    """The last release; None before the first."""
    mine = select(Release).where(Release.consultation_id == consultation.id)
    return session.scalars(mine.order_by(Release.number.desc()).limit(1)).first()


def latest(session: Session, consultation: Consultation) -> tuple[ReleasedTable, ...]:
    """The tables of the last release; none before the first."""
    found = newest(session, consultation)
    return from_json(found.tables) if found else ()
