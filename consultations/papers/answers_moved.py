"""Sealed answers that come from another installation: opened with its key, sealed again one by one to a key of here."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert
from sqlalchemy.orm import Session

from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, new_id, open_answer, open_epoch_key, seal_answer, seal_epoch_key
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.keys import DoesNotOpen, new_key


@dataclass(frozen=True, slots=True)
class _Moved:
    """An epoch there and the one here that takes its answers."""

    before: Place
    opens: AESGCM = field(repr=False)
    after: Place
    seals: AESGCM = field(repr=False)


@dataclass(slots=True)
class AnswersMoved:
    """The epochs of one consultation. `old_id` and `private` are its number and key where it comes from."""

    session: Session
    consultation: Consultation
    old_id: int
    private: bytes = field(repr=False)
    #: How many answers did not open and were left out.
    refused: int = 0
    _epochs: dict[bytes, _Moved] = field(default_factory=dict)

    def epoch(self, old: bytes, sealed_key: bytes) -> None:
        """Answers of an epoch whose key does not open are refused when they come."""
        try:
            key = open_epoch_key(self.private, sealed_key, self.old_id, old)
        except DoesNotOpen:
            return
        version, fresh = self.consultation.questionnaire.version, new_key()
        place = Place(self.consultation.id, version, new_id())
        public = sealing_key(self.session, self.consultation.keyring_id)
        sealed = seal_epoch_key(public, fresh, place.consultation_id, place.epoch_id)
        self.session.add(Epoch(consultation_id=place.consultation_id, id=place.epoch_id, sealed_key=sealed))
        self.session.flush()
        self._epochs[old] = _Moved(Place(self.old_id, version, old), AESGCM(key), place, AESGCM(fresh))

    def answer(self, old_id: bytes, epoch: bytes, hot: bytes, cold: bytes) -> None:
        try:
            moved = self._epochs[epoch]
            opened = open_answer(moved.opens, moved.before, old_id, hot, cold)
        except (KeyError, DoesNotOpen):
            self.refused += 1
            return
        row_id, place = new_id(), moved.after
        hot, cold = seal_answer(moved.seals, place, row_id, *opened)
        row = {"consultation_id": place.consultation_id, "id": row_id, "epoch_id": place.epoch_id}
        self.session.execute(insert(SealedResponse).values(**row, hot=hot, cold=cold))
