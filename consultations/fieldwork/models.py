"""Country case studies, their interviews and marked passages; people's words are sealed to the case study."""

from __future__ import annotations

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

import consultations.registry.models
import consultations.rounds.models  # noqa: F401 - its tables are referred to by name
from consultations.database import Base


class CaseStudy(Base):
    """What one country's community consultants found out, for a consultation."""

    __tablename__ = "case_studies"
    __table_args__ = (CheckConstraint("retention_months BETWEEN 1 AND 60", name="retention_bounded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    country_code: Mapped[str] = mapped_column(String(2), ForeignKey("countries.code"))
    keyring_id: Mapped[int] = mapped_column(ForeignKey("keyrings.id"))
    #: Its box for the paper, sealed JSON: title and text by language; empty until it is written.
    sealed_summary: Mapped[bytes] = mapped_column(default=b"")
    #: How long its interviews are kept, from the day that `fieldwork.retention` says; told to whoever is interviewed.
    retention_months: Mapped[int] = mapped_column(default=24)
    opened_on: Mapped[datetime.date]

    interviews: Mapped[list[Interview]] = relationship(back_populates="case_study", order_by="Interview.id")


class Interview(Base):
    """A key-informant interview: sealed JSON with guide answers, who asked, consent, transcript and pseudonyms."""

    __tablename__ = "interviews"
    __table_args__ = ({"sqlite_with_rowid": False},)

    #: Random, so that the order of interviews is not the order of ids.
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    case_study_id: Mapped[int] = mapped_column(ForeignKey("case_studies.id", ondelete="CASCADE"))
    sealed_body: Mapped[bytes]

    case_study: Mapped[CaseStudy] = relationship(back_populates="interviews")


class InterviewKey(Base):
    """The key that an interview and its passages are sealed under, itself sealed to the case study.

    Interviews from before this table have none: they are sealed to the case study directly until a holder opens them.
    """

    __tablename__ = "interview_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    interview_id: Mapped[bytes] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True)
    sealed_key: Mapped[bytes]


class Passage(Base):
    """A marked passage of a transcript: sealed JSON with its span, its theme and its translations."""

    __tablename__ = "passages"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    interview_id: Mapped[bytes] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    sealed_body: Mapped[bytes]
