"""What a sign-in of staff takes, and the memory that it needs: `python -m benchmarks.sign_in`."""

from __future__ import annotations

import datetime
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Thread

import pyotp
from sqlalchemy.orm import Session

from benchmarks.machine import fresh, machine, peak_mib
from consultations.database import engine_for
from consultations.migrations import upgrade
from consultations.staff import one_time_codes, recovering, second_factors
from consultations.staff.accounts import NewAccount, create_account
from consultations.staff.passphrases import Passphrase
from consultations.staff.recovering import RecoveryRefused
from consultations.staff.sessions import signed_in
from consultations.staff.sign_in import sign_in
from consultations.staff.stretching import stretched

TIMES = 15


def main() -> None:
    print(machine())
    print("\n| step | fastest, ms | median, ms | processor time, ms |\n|---|---|---|---|")
    for name, *figures in fresh(steps):
        print(f"| {name} | {' | '.join(f'{figure:.0f}' for figure in figures)} |")
    one, two = fresh(memory, 1), fresh(memory, 2)
    seconds, mib = fresh(library)
    print(f"\nThe library for passkeys, when a process first meets one: {seconds:.2f} s, {mib:.0f} MiB.")
    print(f"\nMemory on top of the process at rest: one sign-in {one:.0f} MiB, two at once {two:.0f} MiB.")


def steps() -> list[tuple[str, float, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(f"sqlite:///{Path(folder) / 'test.sqlite'}")
        upgrade(engine)
        with Session(engine, expire_on_commit=False) as session:
            found = _steps(session, create_account(session, "maria", "policy_staff", "es"))
        engine.dispose()
    return found


def _steps(session: Session, account: NewAccount) -> list[tuple[str, float, float, float]]:
    now = datetime.datetime.now(datetime.UTC)
    found = [_taken("passphrase", lambda: sign_in(session, "maria", account.passphrase, now), session)]
    me = signed_in(session, sign_in(session, "maria", account.passphrase, now), now)
    assert me is not None
    offered = one_time_codes.offer(me, now)
    phone = pyotp.TOTP(offered.secret)
    one_time_codes.confirm(session, me, offered, phone.at(now), now)
    steps_on = iter(range(1, 1000))

    def with_code() -> None:
        later = now + datetime.timedelta(minutes=next(steps_on))
        token = sign_in(session, "maria", account.passphrase, later)
        second_factors.finish_with_code(session, token, phone.at(later), later)

    found.append(_taken("passphrase and code of an app", with_code, session))
    found.append(_taken("wrong recovery key", lambda: _refused(session, now), session))
    return found


def _refused(session: Session, now: datetime.datetime) -> None:
    recovering._THROTTLE.succeeded("maria")
    try:
        recovering.recover(session, "maria", "0" * 32, now)
    except RecoveryRefused:
        return


def _taken(name: str, step: Callable[[], object], session: Session) -> tuple[str, float, float, float]:
    walls, processors = [], []
    for _ in range(TIMES):
        wall, processor = time.perf_counter(), time.process_time()
        step()
        session.commit()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return name, 1000 * min(walls), 1000 * median(walls), 1000 * median(processors)


def memory(at_once: int) -> float:
    """MiB that this many runs of Argon2id at once add to the most that the process held before."""
    before = peak_mib()
    threads = [Thread(target=stretched, args=(Passphrase("six words"), bytes(16))) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return peak_mib() - before


def library() -> tuple[float, float]:
    """Processor seconds and MiB that a process which serves pages takes to import it."""
    import app  # noqa: F401 - what such a process has anyway

    before, began = peak_mib(), time.process_time()
    import webauthn  # noqa: F401 - what importing it costs

    return time.process_time() - began, peak_mib() - before


if __name__ == "__main__":
    main()
