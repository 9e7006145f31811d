"""Consultations and the questionnaires that they put."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.database import Base
from consultations.registry.models import REGIONS
from consultations.rounds.lifecycle import STATUSES
from consultations.staff.models import Keyring


class StoredQuestionnaire(Base):
    """A questionnaire as it was imported; a change makes a new row, so that no form changes under its answers."""

    __tablename__ = "questionnaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 (hex) of `content`: the form version that answers are sealed with.
    version: Mapped[str] = mapped_column(String(64), unique=True)
    #: The name that staff know it by, from its title.
    name: Mapped[str]
    #: `forms.storing.to_json`.
    #: Read only when a process meets the version for the first time: 200 kB of JSON is most of a page's work.
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    #: Made from another one for an invited consultation (`rounds.certifying`); staff see only the other one.
    region_from_code: Mapped[bool] = mapped_column(default=False)


class Consultation(Base):
    """A questionnaire put to members. What respondents were promised is frozen in `statement` when it opens."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status_known"),
        CheckConstraint("status = 'draft' OR opened_on IS NOT NULL", name="opened_once"),
        CheckConstraint("status IN ('draft', 'open') OR closed_on IS NOT NULL", name="closed_once"),
        CheckConstraint("retention_months BETWEEN 1 AND 60", name="retention_bounded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The neutral word in its address.
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    status: Mapped[str] = mapped_column(String(10), default="draft")
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    keyring_id: Mapped[int] = mapped_column(ForeignKey("keyrings.id"))
    #: By language: what it is called, who asks, and why.
    title: Mapped[dict[str, str]]
    asked_by: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    #: The languages it is published in, in the order they are offered.
    languages: Mapped[list[str]]
    #: Where *Leave now* leads, by language, where staff chose a site: `rounds.leaving`.
    leave_to: Mapped[dict[str, str]] = mapped_column(default=dict)
    #: What is kept and what is not, as promised at opening: `rounds.statement`.
    statement: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The breakdowns that its tables may have, fixed at opening: names of questions.
    table_plan: Mapped[list[str]] = mapped_column(default=list)
    #: How small groups of a breakdown are put together, fixed at opening: `analysis.ladders`.
    ladders: Mapped[dict[str, Any]] = mapped_column(default=dict)
    retention_months: Mapped[int] = mapped_column(default=24)
    #: No real person answered: said on every page and paper.
    synthetic: Mapped[bool] = mapped_column(default=False)
    #: Only members with a code of `Invitation` can answer; chosen when it is created.
    invited: Mapped[bool] = mapped_column(default=False)
    #: How many codes each organisation may have made for it, where `InvitationQuota` says nothing else.
    invitation_quota: Mapped[int] = mapped_column(default=50)
    #: How many of its answers came from files of other tools: `responses.importing`.
    imported_answers: Mapped[int] = mapped_column(default=0, server_default="0")
    opened_on: Mapped[datetime.date | None]
    closed_on: Mapped[datetime.date | None]
    #: When the first paper on it was published: from then on nobody can take an answer back.
    published_on: Mapped[datetime.date | None]

    questionnaire: Mapped[StoredQuestionnaire] = relationship()
    keyring: Mapped[Keyring] = relationship()


class Invitation(Base):
    """One code that was made. It certifies a region: no organisation, no language, no number, no time."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint(f"region IN {tuple(REGIONS)}", name="region_known"),
        {"sqlite_with_rowid": False},  # a hidden rowid counts upwards: it would keep the order of making and spending
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: HMAC-SHA256 of the code under a key of the consultation's own.
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    region: Mapped[str] = mapped_column(String(40))
    #: Who spent it, as 32 bytes that only one page can derive; after the stir the same zeros for all.
    spent_by: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class InvitationQuota(Base):
    """How many codes an organisation may have for a consultation, and how many were made for it."""

    __tablename__ = "invitation_quotas"
    __table_args__ = (CheckConstraint("made BETWEEN 0 AND quota", name="kept"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    quota: Mapped[int]
    made: Mapped[int] = mapped_column(default=0)
