"""Nobody learns from how long a refusal takes whether an account exists: real Argon2id, a few runs in turns."""

from __future__ import annotations

import time
from statistics import median

import pytest
from sqlalchemy.orm import Session

from consultations.database import Base, engine_for
from consultations.staff import recovering, stretching
from consultations.staff import sign_in as sign_in_module
from consultations.staff.accounts import create_account, deactivate
from consultations.staff.passphrases import Passphrase
from consultations.staff.recovering import RecoveryRefused, recover
from consultations.staff.sign_in import SignInRefused, sign_in
from consultations.staff.throttle import Throttle

ROUNDS = 5
#: A run of Argon2id that is missing makes one kind take next to nothing of the other's time. Runs on a busy machine
#: differ by a third, their medians by less.
MOST_APART = 0.5


class NeverSlow(Throttle):
    def check(self, name: str, now: object) -> None: ...


@pytest.fixture
def session(tmp_path):
    engine = engine_for(f"sqlite:///{tmp_path / 'test.sqlite'}")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch):
    for module in (sign_in_module, recovering):
        monkeypatch.setattr(module, "_THROTTLE", NeverSlow())


@pytest.fixture
def names(session, monkeypatch):
    """One who works here, one who left, one who is nobody."""
    with monkeypatch.context() as cheap:
        cheap.setattr(stretching, "MEMORY_KIB", 64)
        create_account(session, "maria", "policy_staff", "es")
        deactivate(session, create_account(session, "amina", "policy_staff", "fr").user)
    session.commit()
    return ("maria", "amina", "nobody")


def medians(names, refuse):
    """Seconds by name: in turns, so that whatever else the machine does meets all of them alike."""
    taken = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            began = time.perf_counter()
            refuse(name)
            taken[name].append(time.perf_counter() - began)
    return {name: median(seconds) for name, seconds in taken.items()}


def test_a_wrong_passphrase_takes_as_long_for_nobody_as_for_somebody(session, names, now):
    def refuse(name):
        with pytest.raises(SignInRefused):
            sign_in(session, name, "apple bread coffee delay eager fabric", now)

    taken = medians(names, refuse)
    one_run = min(medians(["one run"], lambda _: stretching.stretched(Passphrase("apple"), bytes(16))).values())
    assert min(taken.values()) > MOST_APART * max(taken.values())
    assert min(taken.values()) > 0.3 * one_run


def test_a_wrong_recovery_key_takes_as_many_openings_for_nobody_as_for_somebody(session, names, now, monkeypatch):
    """An opening takes microseconds, too few to measure here: each is made to take three milliseconds."""
    honest = recovering.unwrap

    def slow(*given):
        time.sleep(0.003)
        return honest(*given)

    monkeypatch.setattr(recovering, "unwrap", slow)

    def refuse(name):
        with pytest.raises(RecoveryRefused):
            recover(session, name, "0" * 32, now)

    taken = medians(names, refuse)
    assert min(taken.values()) > 0.003
