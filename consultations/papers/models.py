"""Briefing papers: a sealed draft, and what was published of it."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

import consultations.rounds.models  # noqa: F401 - its tables are referred to by name
from consultations.database import Base


class Paper(Base):
    """A paper on one consultation. The draft is sealed to the consultation's key holders until it is published."""

    __tablename__ = "papers"
    __table_args__ = (CheckConstraint("(published IS NULL) = (published_on IS NULL)", name="published_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Sealed JSON: titles by language and the list of blocks.
    sealed_draft: Mapped[bytes]
    #: The documents by language once published, as plain data.
    published: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    published_on: Mapped[datetime.date | None]
