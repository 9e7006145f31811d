"""Wrong sign-ins slow down the next tries at that name; remembered in memory only, and never by address."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict

from consultations.errors import N_, Problem

FREE_TRIES = 5
#: A minute at most: longer would let anybody lock a colleague out, and 65 bits of passphrase need no longer.
LONGEST_WAIT_SECONDS = 60
#: Counting further would change no wait.
MOST_COUNTED = FREE_TRIES + 20
#: Names that were never anybody's are remembered too, or the wait itself would tell which exist; so there is a bound.
MOST_NAMES = 10_000


class TooManyTries(Problem):
    status = 429
    message = N_("Too many tries with this name. Please wait a minute and try again.")


class Throttle:
    """Counts wrong tries by name; safe to share between threads."""

    def __init__(self, longest_wait_seconds: int = LONGEST_WAIT_SECONDS, problem: type[Problem] = TooManyTries) -> None:
        self._longest_wait_seconds, self._problem = longest_wait_seconds, problem
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, tuple[int, datetime.datetime]] = OrderedDict()

    def check(self, name: str, now: datetime.datetime) -> None:
        """Raises `problem` while the last wrong try is too near: from the sixth on, 2, 4, 8 ... 60 seconds."""
        with self._lock:
            times, last = self._failed.get(name, (0, now))
        if times <= FREE_TRIES:
            return
        wait = min(2 ** (times - FREE_TRIES), self._longest_wait_seconds)
        if now < last + datetime.timedelta(seconds=wait):
            raise self._problem

    def failed(self, name: str, now: datetime.datetime) -> None:
        with self._lock:
            times, _ = self._failed.pop(name, (0, now))
            self._failed[name] = (min(times + 1, MOST_COUNTED), now)
            if len(self._failed) > MOST_NAMES:
                self._failed.popitem(last=False)

    def succeeded(self, name: str) -> None:
        with self._lock:
            self._failed.pop(name, None)
