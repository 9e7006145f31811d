"""Sealed answers and the sealed keys that open them; no time, no serial, no language, no address, no code."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

import consultations.rounds.models  # noqa: F401 - its tables are referred to by name
from consultations.database import Base


class Epoch(Base):
    """A symmetric key that one web process sealed answers under for a while, itself sealed to the consultation."""

    __tablename__ = "epochs"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: 16 random bytes.
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    sealed_key: Mapped[bytes]


class SealedResponse(Base):
    """One answer: a random id, its epoch and two blobs. Another column here would be another way to find a person."""

    __tablename__ = "sealed_responses"
    __table_args__ = (
        ForeignKeyConstraint(["consultation_id", "epoch_id"], ["epochs.consultation_id", "epochs.id"]),
        Index("ix_sealed_responses_epoch", "consultation_id", "epoch_id"),  # a stir reads one epoch, not the table
        {"sqlite_with_rowid": False},  # a hidden rowid counts upwards: it would keep the order of arrival
    )

    consultation_id: Mapped[int] = mapped_column(primary_key=True)
    #: 16 random bytes.
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    epoch_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    #: Coded answers, of one length for all answers to a form version.
    hot: Mapped[bytes]
    #: Free text, padded.
    cold: Mapped[bytes]


class SentHash(Base):
    """That something was sent once, so that a second press of *send* counts for nothing; dropped at closing."""

    __tablename__ = "sent_hashes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class Snapshot(Base):
    """All answers of a consultation after unlocking: shuffled, columnar, sealed under a key of its own."""

    __tablename__ = "snapshots"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: How many answers it holds.
    size: Mapped[int]
    blob: Mapped[bytes]

    # Always read together: with a blob of one unlock and the key of another nothing would open.
    key: Mapped[SnapshotKey] = relationship(lazy="joined", innerjoin=True, cascade="all", passive_deletes=True)
    sealed_key: AssociationProxy[bytes] = association_proxy(
        "key", "sealed_key", creator=lambda sealed: SnapshotKey(sealed_key=sealed)
    )


class SnapshotKey(Base):
    """The key of a snapshot, sealed to the consultation, in a table of its own: it is all that has to be destroyed."""

    __tablename__ = "snapshot_keys"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.consultation_id", ondelete="CASCADE"), primary_key=True
    )
    sealed_key: Mapped[bytes]


class SnapshotPart(Base):
    """Some megabytes of a snapshot, sealed under its key; see `snapshots.Sealed`."""

    __tablename__ = "snapshot_parts"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.consultation_id", ondelete="CASCADE"), primary_key=True
    )
    #: From 0; records first, then texts.
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]


class SealedCount(Base):
    """How many answers of one epoch came with codes, by region and language, for who holds the consultation's key."""

    __tablename__ = "sealed_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    #: 16 random bytes.
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    #: Of one length, whatever it counts.
    sealed: Mapped[bytes]
