"""The keys that this process seals answers under: one an epoch, in memory only, gone after its stir."""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import util as multiprocessing_util

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from consultations.responses.models import Epoch
from consultations.responses.redeemed import Redeemed
from consultations.responses.sealing import Place, new_id, seal_epoch_key
from consultations.responses.stirring import stir, wipe
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.keys import new_key

LIFETIME_SECONDS = 15 * 60
MOST_ANSWERS = 200
#: After a stir that the database refused.
RETRY_SECONDS = 30
_LOG = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class OpenEpoch:
    """A key in use. Everything but the constants is guarded by the registry's condition."""

    engine: Engine
    place: Place
    cipher: AESGCM = field(repr=False)
    ends: float
    answers: int = 0
    writers: int = 0
    #: Hashes that were committed with its answers.
    sent: list[bytes] = field(default_factory=list, repr=False)
    #: The codes that its answers came with.
    redeemed: list[Redeemed] = field(default_factory=list, repr=False)
    #: What drafts of its answers are found by, whether or not there is one: its stir deletes them.
    drafts: list[bytes] = field(default_factory=list, repr=False)


class EpochKeys:
    """The epochs of one process, shared by its threads.

    Answers are written inside `writing`; a thread in the background turns epochs over when their time or their number
    of answers is up, also when nobody answers any more.
    """

    def __init__(
        self,
        lifetime_seconds: float = LIFETIME_SECONDS,
        most_answers: int = MOST_ANSWERS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lifetime_seconds = lifetime_seconds
        self._most_answers = most_answers
        self._clock = clock
        self.forget()

    def forget(self) -> None:
        """Drop every key without a stir: what a process does first with keys that it inherited by a fork."""
        self._changed = threading.Condition()
        self._stirring = threading.Lock()
        self._current: dict[tuple[Engine, int], OpenEpoch] = {}
        self._ended: list[OpenEpoch] = []
        self._thread: threading.Thread | None = None

    @contextmanager
    def writing(self, session: Session, consultation: Consultation) -> Iterator[OpenEpoch]:
        """The epoch to seal an answer under, which will not be stirred before the block ends.

        A new epoch's sealed key is committed with `session` before it is used: an answer whose key was lost in a crash
        would be lost with it.
        """
        with self._changed:
            epoch = self._usable(session, consultation)
            epoch.answers += 1
            epoch.writers += 1
        try:
            yield epoch
        finally:
            with self._changed:
                epoch.writers -= 1
                self._changed.notify_all()

    def discard(self, epoch: OpenEpoch) -> None:
        """Use this epoch no more: its stored key is gone, as an unlock leaves it."""
        with self._changed:
            self._end(epoch)

    def stir(self, consultation_id: int | None = None) -> None:
        """End and stir the epochs of a consultation, or all, before this returns; answers on their way are waited for.

        For closing a consultation and for the end of the process. What the database refuses is tried again later.
        """
        with self._changed:
            for epoch in list(self._current.values()):
                if consultation_id in (None, epoch.place.consultation_id):
                    self._end(epoch)
            mine = [e for e in self._ended if consultation_id in (None, e.place.consultation_id)]
            self._changed.wait_for(lambda: not any(epoch.writers for epoch in mine), timeout=RETRY_SECONDS)
        self._stir_ended()

    def _usable(self, session: Session, consultation: Consultation) -> OpenEpoch:
        engine = session.get_bind().engine
        epoch = self._current.get((engine, consultation.id))
        if epoch is not None and self._is_over(epoch):
            self._end(epoch)
            epoch = None
        if epoch is None:
            epoch = self._new(session, engine, consultation)
            self._current[engine, consultation.id] = epoch
            self._watch()
        return epoch

    def _new(self, session: Session, engine: Engine, consultation: Consultation) -> OpenEpoch:
        place = Place(consultation.id, consultation.questionnaire.version, new_id())
        key = new_key()
        # Whoever turns the consultation's key waits until this is committed, or it is sealed to the new one: an epoch
        # under a key that has just gone would be lost with all its answers.
        public = sealing_key(session, consultation.keyring_id)
        sealed_key = seal_epoch_key(public, key, place.consultation_id, place.epoch_id)
        session.add(Epoch(consultation_id=place.consultation_id, id=place.epoch_id, sealed_key=sealed_key))
        session.commit()
        return OpenEpoch(engine, place, AESGCM(key), ends=self._clock() + self._lifetime_seconds)

    def _is_over(self, epoch: OpenEpoch) -> bool:
        return epoch.answers >= self._most_answers or self._clock() >= epoch.ends

    def _end(self, epoch: OpenEpoch) -> None:
        key = (epoch.engine, epoch.place.consultation_id)
        if self._current.get(key) is epoch:
            del self._current[key]
            self._ended.append(epoch)
            self._changed.notify_all()

    def _watch(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._turn_over_for_ever, name="epochs", daemon=True)
            self._thread.start()

    def _turn_over_for_ever(self) -> None:
        while True:
            with self._changed:
                for epoch in list(self._current.values()):
                    if self._is_over(epoch):
                        self._end(epoch)
                if not any(not epoch.writers for epoch in self._ended):
                    self._changed.wait(self._seconds_to_next_end())
                    continue
            if not self._stir_ended():
                time.sleep(RETRY_SECONDS)

    def _seconds_to_next_end(self) -> float | None:
        ends = [epoch.ends - self._clock() for epoch in self._current.values()]
        return max(0.0, min(ends)) if ends else None

    def _stir_ended(self) -> bool:
        """Stir whatever has ended and is not being written; False when some must be tried again."""
        with self._stirring:
            with self._changed:
                ready = [epoch for epoch in self._ended if not epoch.writers]
            done = [epoch for epoch in ready if _stirred(epoch)]
            with self._changed:
                self._ended = [epoch for epoch in self._ended if epoch not in done]
        return len(done) == len(ready)


def _stirred(epoch: OpenEpoch) -> bool:
    try:
        stir(epoch.engine, epoch.cipher, epoch.place, epoch.sent, epoch.drafts, epoch.redeemed)
        epoch.redeemed.clear()  # counted: a second stir, after a log that was in use, shall not count them again
        return wipe(epoch.engine)
    except Exception as failure:
        # Whatever it is: the thread that turns epochs over must not end with it, or keys would stay for good. The kind
        # only: the words of a database error may quote what it was given.
        _LOG.warning("An epoch could not be stirred (%s); it will be tried again.", type(failure).__name__)
        return False


#: The keys of this process.
EPOCHS = EpochKeys()

os.register_at_fork(after_in_child=EPOCHS.forget)
atexit.register(EPOCHS.stir)
# A process that `multiprocessing` forked ends without `atexit`; a second stir finds nothing left to do.
multiprocessing_util.Finalize(None, EPOCHS.stir, exitpriority=100)
