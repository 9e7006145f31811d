"""From sealed answers to protected tables, cold and from the snapshot: `python -m benchmarks.unlock [answers ...]`."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks import databases, tables
from benchmarks.machine import fresh, machine, print_table, undisturbed
from benchmarks.trial import TODAY, session_on
from consultations.analysis.regional import released_tables
from consultations.database import engine_for
from consultations.responses.epochs import MOST_ANSWERS
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, new_id, seal_answer, seal_epoch_key
from consultations.responses.unsealing import open_records, unlock
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of, store
from consultations.staff.keys import new_key, new_key_pair
from consultations.staff.models import Keyring
from forms.packing import columns, layout

SLUG = "benchmark"
#: One answer in so many has words in it.
WORDS_EVERY = 10
WORDS = b'{"why":"%b"}' % (b"what somebody wrote here " * 4)
#: How often memory is looked at.
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each step, and MiB of the process and its children together at their highest."""

    unlock: float
    cold: float
    warm: float
    #: The same counts from plain arrays: what is left when nothing is sealed or protected.
    plain: float
    peak_mib: float
    #: Processor time of all that is cold: of the process and its children, and of the database's server.
    own_seconds: float
    server_seconds: float
    answers: int


def main(sizes: list[int]) -> None:
    print(machine())
    rows = []
    for size in sizes:
        for kind, database in databases.DATABASES.items():
            with database() as url:
                key = fill(url, size)
                took: Took = fresh(measured, url, key)
            assert took.answers == size, f"{took.answers} of {size} answers opened"
            ratios = (f"{took.cold / took.plain:.0f}", f"{took.warm / took.plain:.1f}")
            seconds = (f"{took.unlock:.2f}", f"{took.cold:.2f}", f"{took.warm:.2f}", f"{took.plain:.2f}")
            processor = (f"{took.own_seconds:.2f}", f"{took.server_seconds:.2f}")
            rest = (f"{took.cold / size * 1e6:.1f}", f"{took.peak_mib:.0f}", f"{os.getloadavg()[0]:.1f}")
            rows.append((kind, f"{size:,}", *seconds, *ratios, *processor, *rest))
    print(f"\nTwenty questions, five regions, words in one answer of {WORDS_EVERY}; epochs of {MOST_ANSWERS} answers.")
    print("Cold: unlock, open the snapshot, tabulate and protect. Warm: from the sealed snapshot. Plain: a columnar")
    print(
        "group-by of every question by region over the same answers as arrays in memory, nothing sealed or protected."
    )
    print("Memory is that of the process and its children together; a fresh process each, which goes before others on")
    print(
        "the machine where it may (root); the PostgreSQL server does not. Load is that after each. Processor time, of"
    )
    print("that process with its children and of the server, is that of cold; a busy machine lengthens it less.")
    steps = ("unlock s", "cold s", "warm s", "plain s", "cold to plain", "warm to plain")
    processor = ("own processor s", "server processor s")
    print_table(("database", "answers", *steps, *processor, "cold µs each", "peak MiB", "load"), rows)


def measured(url: str, private_key: bytes) -> Took:
    """Unlocks and tabulates, twice the latter; to be called in a process of its own."""
    undisturbed()
    with session_on(url) as session, _memory() as memory:
        consultation = consultations.by_slug(session, SLUG)
        form, place = questionnaire_of(consultation.questionnaire), layout_of(consultation.questionnaire)
        own, server = _own_seconds(), databases.server_seconds(url)
        began = time.perf_counter()
        unlock(session, consultation, private_key, place)
        unlocked = time.perf_counter()
        moments, processor = [], []
        for _ in range(2):
            hot = open_records(session, consultation, private_key)
            released_tables(place, form, columns(place, hot), consultation.table_plan)
            moments.append(time.perf_counter())
            processor.append((_own_seconds() - own, databases.server_seconds(url) - server))
        records = columns(place, hot)
        plain = min(plainly(records) for _ in range(3))
    first, second = moments
    return Took(unlocked - began, first - began, second - first, plain, max(memory), *processor[0], len(records))


def plainly(records: np.ndarray) -> float:
    """Seconds of counting every question by region over contiguous columns."""
    arrays = {name: np.ascontiguousarray(records[name]) for _, name, _ in tables.QUESTIONS}
    started = time.perf_counter()
    region = arrays["region"].astype(np.intp)
    for kind, name, list_name in tables.QUESTIONS:
        values = arrays[name]
        if kind == "select_multiple":
            bits = np.unpackbits(values, axis=1, bitorder="little", count=1 + tables.CHOICES[list_name])
            for column in bits.T:
                np.bincount(region * 2 + column, minlength=12)
        else:
            codes = values.astype(np.intp) if kind in ("select_one", "integer") else (values // 1000).astype(np.intp)
            np.bincount(region * (1 + codes.max()) + codes)
    return time.perf_counter() - started


def fill(url: str, size: int) -> bytes:
    """A closed consultation with so many answers, in full epochs; its private key."""
    form, pair = tables.form(), new_key_pair()
    hot, width = tables.drawn(form, size), layout(form).record.size
    engine = engine_for(url)
    with Session(engine) as session:
        if engine.dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA cache_size = -400000")  # ids are random: pages come back
        keyring = Keyring(public_key=pair.public)
        session.add(keyring)
        session.flush()
        texts = {"title": {"en": SLUG}, "asked_by": {"en": SLUG}, "purpose": {"en": SLUG}, "languages": ["en"]}
        days = {"opened_on": TODAY, "closed_on": TODAY}
        plan = {"keyring_id": keyring.id, "table_plan": ["region", "setting"]}
        made = Consultation(slug=SLUG, status="closed", questionnaire=store(session, form), **texts, **days, **plan)
        session.add(made)
        session.flush()
        for start in range(0, size, MOST_ANSWERS):
            numbers = range(start, min(size, start + MOST_ANSWERS))
            answers = [(hot[n * width : (n + 1) * width], WORDS if n % WORDS_EVERY == 0 else b"{}") for n in numbers]
            _add_epoch(session, made, pair.public, answers)
        session.commit()
    engine.dispose()
    return pair.private


def _add_epoch(session: Session, consultation: Consultation, public: bytes, answers: list[tuple[bytes, bytes]]) -> None:
    place, key = Place(consultation.id, consultation.questionnaire.version, new_id()), new_key()
    sealed_key = seal_epoch_key(public, key, place.consultation_id, place.epoch_id)
    mine = {"consultation_id": place.consultation_id}
    session.execute(insert(Epoch).values(**mine, id=place.epoch_id, sealed_key=sealed_key))
    cipher, rows = AESGCM(key), []
    for hot, cold in answers:
        row_id = new_id()
        sealed_hot, sealed_cold = seal_answer(cipher, place, row_id, hot, cold)
        rows.append({**mine, "epoch_id": place.epoch_id, "id": row_id, "hot": sealed_hot, "cold": sealed_cold})
    session.execute(insert(SealedResponse), rows)


@contextmanager
def _memory() -> Iterator[list[float]]:
    """MiB of this process and its children, looked at all the time."""
    seen, ended = [_tree_mib()], threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            seen.append(_tree_mib())

    thread = threading.Thread(target=look)
    thread.start()
    yield seen
    ended.set()
    thread.join()


def _own_seconds() -> float:
    return sum(os.times()[:4])


def _tree_mib() -> float:
    pages = 0
    for pid in (os.getpid(), *_children()):
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _children() -> list[str]:
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [pid for task in tasks for pid in task.read_text().split()]


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
