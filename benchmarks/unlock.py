"""From sealed answers to protected tables: `python -m benchmarks.unlock [answers]`."""

from __future__ import annotations

import secrets
import sys
import time
from dataclasses import dataclass
from itertools import pairwise

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks import databases
from benchmarks.machine import fresh, machine, peak_mib, print_table
from benchmarks.trial import SLUG, TODAY, open_trial, session_on
from consultations.analysis.regional import released_tables
from consultations.responses.epochs import MOST_ANSWERS
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, new_id, seal_answer, seal_epoch_key
from consultations.responses.unsealing import open_snapshot, unlock
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from consultations.sample import drawing, material
from consultations.staff.keyrings import public_key
from consultations.staff.keys import new_key
from forms.packing import RECEIPT_BYTES, columns, layout, pack
from forms.running.flow import Flow

Packed = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each step, and memory in MiB before the first and at the highest."""

    unlock: float
    open: float
    tables: float
    rows: int
    answers: int
    before_mib: float
    peak_mib: float


def main(size: int) -> None:
    print(machine())
    answers = drawn(size)
    rows = []
    for kind, database in databases.DATABASES.items():
        with database() as url:
            key = _fill(url, answers)
            took: Took = fresh(measured, url, key)
            assert took.answers == size, f"{took.answers} of {size} answers opened"
            steps = (took.unlock, took.open, took.tables, took.unlock + took.open + took.tables)
            rows.append((kind, *(f"{s:.2f}" for s in steps), f"{took.before_mib:.0f}", f"{took.peak_mib:.0f}"))
    print(f"\n{size:,} answers to the sample questionnaire, {took.rows:,} rows of tables, a fresh process each.")
    head = ("unlock s", "open snapshot s", "tabulate and protect s", "together s", "MiB before", "peak MiB")
    print_table(("database", *head), rows)


def drawn(size: int) -> Packed:
    """`size` answers as the sample draws them, packed."""
    flow = Flow(material.questionnaire())
    place = layout(flow.questionnaire)
    wanted = {**material.read("answers"), "answers": size}
    made = drawing.drawn_answers(flow, wanted, TODAY)
    return [
        pack(place, answers, language, secrets.randbits(32), secrets.token_bytes(RECEIPT_BYTES))
        for answers, language in made
    ]


def measured(url: str, private_key: bytes) -> Took:
    """Unlocks, opens and tabulates; to be called in a process of its own."""
    with session_on(url) as session:
        consultation = consultations.by_slug(session, SLUG)
        form, place = questionnaire_of(consultation.questionnaire), layout_of(consultation.questionnaire)
        before, moments = peak_mib(), [time.perf_counter()]
        unlock(session, consultation, private_key, place)
        moments.append(time.perf_counter())
        unsealed = open_snapshot(session, consultation, private_key)
        moments.append(time.perf_counter())
        tables = released_tables(place, form, columns(place, unsealed.hot), consultation.table_plan)
        moments.append(time.perf_counter())
    unlocking, opening, tabulating = (after - start for start, after in pairwise(moments))
    size = sum(len(table.rows) for table in tables)
    return Took(unlocking, opening, tabulating, size, len(unsealed.cold), before, peak_mib())


def _fill(url: str, answers: Packed) -> bytes:
    """A closed consultation with these answers, in full epochs; its private key."""
    with session_on(url) as session:
        trial = open_trial(session)
        for start in range(0, len(answers), MOST_ANSWERS):
            _add_epoch(session, trial.consultation, answers[start : start + MOST_ANSWERS])
        consultations.close(session, trial.consultation, who="one", today=TODAY)
        return trial.private_key


def _add_epoch(session: Session, consultation: Consultation, answers: Packed) -> None:
    place, key = Place(consultation.id, consultation.questionnaire.version, new_id()), new_key()
    mine = {"consultation_id": place.consultation_id, "epoch_id": place.epoch_id}
    sealed_key = seal_epoch_key(
        public_key(session, consultation.keyring_id), key, place.consultation_id, place.epoch_id
    )
    session.execute(
        insert(Epoch).values(consultation_id=place.consultation_id, id=place.epoch_id, sealed_key=sealed_key)
    )
    cipher, rows = AESGCM(key), []
    for hot, cold in answers:
        row_id = new_id()
        sealed_hot, sealed_cold = seal_answer(cipher, place, row_id, hot, cold)
        rows.append({**mine, "id": row_id, "hot": sealed_hot, "cold": sealed_cold})
    session.execute(insert(SealedResponse), rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
