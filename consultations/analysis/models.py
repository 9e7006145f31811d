"""Released tables, which are public by design, attacks on them, and quotes from open answers, which stay sealed."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

import consultations.rounds.models  # noqa: F401 - its tables are referred to by name
from consultations.database import Base


class Release(Base):
    """One set of disclosure-controlled tables; at most three of a consultation, each final."""

    __tablename__ = "releases"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 3", name="at_most_three"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    released_on: Mapped[datetime.date]
    #: `analysis.tables.to_json`: protected figures only.
    tables: Mapped[dict[str, Any]]


class GateRun(Base):
    """What came of the last attack on the files that a release would publish; no figure of a person."""

    __tablename__ = "gate_runs"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: `analysis.releases.gate.digest` of the files that were attacked last, as of `day`.
    digest: Mapped[str] = mapped_column(String(64))
    day: Mapped[datetime.date]
    passed: Mapped[bool]
    #: `analysis.attack.Report.to_json`, with what was mended.
    report: Mapped[dict[str, Any]]


class Quote(Base):
    """Words picked from an open answer: sealed JSON with text, language, question, consent and region."""

    __tablename__ = "quotes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    sealed_body: Mapped[bytes]
