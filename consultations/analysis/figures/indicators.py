"""Indicators for monitoring and evaluation: what each points at, and what every released consultation says of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultations.analysis.figures.readings import DOWN, UP, Pointer, Progress, Reading, progress, read
from consultations.analysis.releases.earlier import tables_of
from consultations.analysis.tables import ReleasedTable
from consultations.audit import record
from consultations.database import Base
from consultations.errors import N_, NotFound, Problem
from consultations.registry.models import REGIONS
from consultations.rounds.models import Consultation

DIRECTIONS: Mapping[str, str] = {UP: N_("It should go up"), DOWN: N_("It should go down")}
LONGEST_CODE, LONGEST_QUESTION = 20, 200


class IndicatorNotFound(NotFound):
    message = N_("There is no indicator at this address.")


class CodeTaken(Problem):
    status = 409
    message = N_("Another indicator has this code. Choose another one.")


class Indicator(Base):
    """A share to watch over the years. It holds no figure of its own but those that people set."""

    __tablename__ = "indicators"
    __table_args__ = (
        CheckConstraint(f"region IN {('', *REGIONS)}", name="region_known"),
        CheckConstraint(f"direction IN {tuple(DIRECTIONS)}", name="direction_known"),
        CheckConstraint("baseline BETWEEN 0 AND 100", name="baseline_is_a_share"),
        CheckConstraint("target BETWEEN 0 AND 100", name="target_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: As the network's plan numbers it: `2.1`.
    code: Mapped[str] = mapped_column(String(LONGEST_CODE), unique=True)
    #: By language.
    name: Mapped[dict[str, str]]
    question: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    #: Names of the answers that count.
    options: Mapped[list[str]]
    #: A key of `REGIONS`; '' for all of them.
    region: Mapped[str] = mapped_column(String(40), default="")
    direction: Mapped[str] = mapped_column(String(4), default=UP)
    #: In per cent.
    baseline: Mapped[float | None]
    baseline_on: Mapped[datetime.date | None]
    target: Mapped[float | None]
    target_on: Mapped[datetime.date | None]

    @property
    def pointer(self) -> Pointer:
        return Pointer(self.question, tuple(self.options), self.region)

    def progress(self, reading: Reading) -> Progress | None:
        """None without a target or a value."""
        if reading.percent is None or self.target is None:
            return None
        return progress(reading.percent, self.baseline, self.target, self.direction)


@dataclass(frozen=True, slots=True)
class Point:
    """What one consultation says of an indicator."""

    consultation: Consultation
    day: datetime.date
    reading: Reading


def every(session: Session, regions: Iterable[str]) -> list[Indicator]:
    """Those of all regions and of these regions, in the order of their codes as people number them."""
    reached = select(Indicator).where(Indicator.region.in_(("", *regions)))
    return sorted(session.scalars(reached), key=lambda each: _numbered(each.code))


def by_id(session: Session, indicator_id: int, regions: Iterable[str]) -> Indicator:
    """Raises IndicatorNotFound, also for one of a region that is not among `regions`."""
    # Larger numbers are an error of the database's driver.
    found = session.get(Indicator, indicator_id) if 0 <= indicator_id < 2**31 else None
    if found is None or found.region not in ("", *regions):
        raise IndicatorNotFound
    return found


def save(session: Session, indicator: Indicator, values: Mapping[str, Any], *, who: str, today: datetime.date) -> None:
    """Give it these values, and store it where it is new. Raises CodeTaken."""
    taken = select(Indicator.id).where(Indicator.code == values["code"])
    # A number is given at the first storing.
    if any(number != indicator.id for number in session.scalars(taken)):
        raise CodeTaken
    known = indicator.id is not None
    for name, value in values.items():
        setattr(indicator, name, value)
    session.add(indicator)
    try:
        session.flush()
    except IntegrityError as failure:  # somebody else took it since
        session.rollback()
        raise CodeTaken from failure
    record(
        session,
        who=who,
        what="changed the indicator" if known else "made the indicator",
        subject=indicator.code,
        day=today,
    )


def delete(session: Session, indicator: Indicator, *, who: str, today: datetime.date) -> None:
    """Forget it; the releases that it was read from stay."""
    session.delete(indicator)
    session.flush()
    record(session, who=who, what="deleted the indicator", subject=indicator.code, day=today)


def over_time(
    session: Session, indicators: Iterable[Indicator], consultations: Iterable[Consultation]
) -> dict[int, list[Point]]:
    """By indicator, its points from `consultations` that asked its question and released tables, oldest first."""
    pointers = {each.id: each.pointer for each in indicators}
    found: dict[int, list[Point]] = {number: [] for number in pointers}
    for consultation in consultations:
        released = tables_of(session, consultation, _asking({each.question for each in pointers.values()}))
        day, tables = released or (datetime.date.min, ())
        for number, reading in _readings(pointers, tables):
            found[number].append(Point(consultation, day, reading))
    return {number: sorted(points, key=lambda point: point.day) for number, points in found.items()}


def _readings(pointers: Mapping[int, Pointer], tables: tuple[ReleasedTable, ...]) -> Iterable[tuple[int, Reading]]:
    for number, pointer in pointers.items():
        reading = read(pointer, tables)
        if reading is not None:
            yield number, reading


def _asking(questions: set[str]) -> Callable[[Mapping[str, Any]], bool]:
    return lambda table: table["question"] in questions and not table.get("within") and not table.get("item")


def _numbered(code: str) -> list[tuple[int, int, str]]:
    """`2.10` after `2.9`: parts that are numbers are compared as numbers, and stand before words."""
    parts = code.split(".")
    return [(0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts]
