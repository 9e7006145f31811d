"""Country case studies, their interviews and marked passages; people's words are sealed to the case study."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

import consultations.registry.models
import consultations.rounds.models  # noqa: F401 - its tables are referred to by name
from consultations.database import Base


class CaseStudy(Base):
    """What one country's community consultants found out, for a consultation."""

    __tablename__ = "case_studies"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    country_code: Mapped[str] = mapped_column(String(2), ForeignKey("countries.code"))
    keyring_id: Mapped[int] = mapped_column(ForeignKey("keyrings.id"))
    #: Its box for the paper, sealed JSON: title and text by language; empty until it is written.
    sealed_summary: Mapped[bytes] = mapped_column(default=b"")

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


class Passage(Base):
    """A marked passage of a transcript: sealed JSON with its span, its theme and its translations."""

    __tablename__ = "passages"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    interview_id: Mapped[bytes] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    sealed_body: Mapped[bytes]
