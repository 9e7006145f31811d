"""A release is there or it is not: whoever is killed leaves none, and two who press at once make one."""

from __future__ import annotations

import datetime
import os
import secrets
import signal
import threading
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consultations.analysis.models import GateRun, Release
from consultations.analysis.releases import releasing
from consultations.analysis.releases.trying import try_for
from consultations.audit import AuditEntry, last_day
from consultations.database import engine_for
from consultations.responses.answering import send
from consultations.responses.epochs import EPOCHS
from consultations.responses.unsealing import unlock
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff.keys import KeyPair, new_key_pair
from consultations.staff.models import Keyring
from forms.packing import pack

DAY = datetime.date(2026, 12, 17)


@pytest.fixture
def pair() -> KeyPair:
    return new_key_pair()


@pytest.fixture
def consultation(session: Any, form: Any, pair: KeyPair) -> Any:
    """Unlocked, with thirty answers."""
    keyring = Keyring(public_key=pair.public)
    session.add(keyring)
    session.flush()
    texts: dict[str, Any] = {"title": {}, "asked_by": {}, "purpose": {}, "languages": ["en"]}
    made = Consultation(
        slug="test", status="open", questionnaire=store(session, form), keyring_id=keyring.id, opened_on=DAY, **texts
    )
    session.add(made)
    session.commit()
    layout = layout_of(made.questionnaire)
    for number in range(30):
        send(session, made, secrets.token_bytes(16), *pack(layout, {"region": "africa"}, "en", number * 7919))
    EPOCHS.stir(made.id)
    made.status, made.closed_on = "closed", DAY
    session.commit()
    unlock(session, made, pair.private, layout)
    return made


def test_two_who_release_at_once_make_one_release(
    engine: Any, session: Any, consultation: Any, pair: Any, monkeypatch: Any
) -> None:
    try_for(session, consultation, pair.private, who="ana", today=DAY)
    both, lock, ends = threading.Barrier(2, timeout=30), releasing.lock, []

    def together(*arguments: Any) -> Any:
        both.wait()
        return lock(*arguments)

    def press() -> None:
        with Session(engine) as mine:
            try:
                releasing.release(mine, mine.get_one(Consultation, consultation.id), pair.private, DAY)
                mine.commit()
                ends.append("released")
            except releasing.TooFewNewAnswers:
                ends.append("refused")

    monkeypatch.setattr(releasing, "lock", together)
    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["refused", "released"]
    assert session.query(Release).count() == 1


def test_a_process_killed_before_the_end_leaves_no_release_and_no_trace(
    database_url: str, session: Any, consultation: Any, pair: Any
) -> None:
    session.commit()
    child = os.fork()
    if not child:
        engine = engine_for(database_url)
        with Session(engine) as mine:
            releasing.release(mine, mine.get_one(Consultation, consultation.id), pair.private, DAY)
            assert mine.query(Release).count() == 1
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert (session.query(Release).count(), session.query(GateRun).count()) == (0, 0)
    releasing.release(session, consultation, pair.private, DAY)
    assert session.query(Release).one().number == 1


def test_an_attack_is_written_down_with_whoever_asked_for_it(session: Any, consultation: Any, pair: Any) -> None:
    assert last_day(session, "attacked the tables of", "test") is None
    run = try_for(session, consultation, pair.private, who="ana", today=DAY)
    assert (run.passed, run.day) == (True, DAY)
    entry = session.query(AuditEntry).one()
    assert (entry.who, entry.what, last_day(session, entry.what, "test")) == ("ana", "attacked the tables of", DAY)


def test_what_fails_at_the_last_moment_leaves_no_outcome(session: Any, consultation: Any, pair: Any) -> None:
    def fail() -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it is this one
        try_for(session, consultation, pair.private, who="ana", today=DAY, at_last=fail)
    session.rollback()
    assert (session.query(GateRun).count(), session.query(AuditEntry).count()) == (0, 0)
