"""What was released before: earlier consultations, and the tables of any of them that are asked for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.figures.comparing import Comparison, comparisons, is_by_region
from consultations.analysis.models import Release
from consultations.analysis.tables import ReleasedTable, from_json
from consultations.rounds.models import Consultation

Wanted = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which consultation figures are from: its title by language, and the day that they stand for."""

    title: Mapping[str, str]
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what it compares."""

    comparison: Comparison
    before: Asked
    after: Asked


def day_of(consultation: Consultation, released_on: datetime.date) -> datetime.date:
    """The day that its figures stand for: the last one on which members answered."""
    return consultation.closed_on or released_on


def released(session: Session, consultations: Iterable[Consultation]) -> list[Consultation]:
    """Those of `consultations` whose tables were released, in their order."""
    known = set(session.scalars(select(Release.consultation_id).distinct()))
    return [each for each in consultations if each.id in known]


def earlier_than(session: Session, consultation: Consultation) -> list[Consultation]:
    """Released consultations that opened before this one, newest first; real ones and samples are kept apart."""
    if consultation.opened_on is None:
        return []
    before = select(Consultation).where(
        Consultation.opened_on <= consultation.opened_on,
        Consultation.id != consultation.id,
        Consultation.synthetic == consultation.synthetic,
    )
    found = session.scalars(before.order_by(Consultation.opened_on.desc(), Consultation.id.desc()))
    mine = (consultation.opened_on, consultation.id)
    return released(session, [each for each in found if (each.opened_on or consultation.opened_on, each.id) < mine])


def tables_of(
    session: Session, consultation: Consultation, wanted: Wanted
) -> tuple[datetime.date, tuple[ReleasedTable, ...]] | None:
    """(the day it stands for, tables of the newest release that are `wanted`); None before the first release.

    `wanted` sees a table as it is stored: a release with three-way tables has thousands, and few are needed here.
    """
    mine = select(Release).where(Release.consultation_id == consultation.id).order_by(Release.number.desc())
    release = session.scalars(mine.limit(1)).first()
    if release is None:
        return None
    tables = [table for table in release.tables["tables"] if wanted(table)]
    return day_of(consultation, release.released_on), from_json({"tables": tables})


def compared_with(session: Session, consultation: Consultation, before: Consultation) -> dict[str, Compared]:
    """By the table's id, every question that both asked; nothing where one of them has released nothing."""
    then, now = (tables_of(session, each, _is_by_region) for each in (before, consultation))
    if then is None or now is None:
        return {}
    asked = Asked(before.title, then[0]), Asked(consultation.title, now[0])
    return {key: Compared(found, *asked) for key, found in comparisons(then[1], now[1]).items()}


def _is_by_region(table: Mapping[str, Any]) -> bool:
    return is_by_region(table["breakdown"], table.get("within", ""))
