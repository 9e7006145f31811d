"""Whether very many answers are arriving just now, and when one that came without work may come again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

#: A rush ends when half of what is calm could arrive at once again: between, it neither flickers on nor off.
CALM_AGAIN = 0.5
#: Whoever waits in a rush waits this long at least ...
LEAST_WAIT_SECONDS = 10
#: ... and at most this long: no member waits longer, however many machines stand before them.
LONGEST_WAIT_SECONDS = 120
#: Between two that wait. A thousand who arrive in one minute have all been let in 100 seconds later.
SPACING_SECONDS = 0.1


@dataclass(slots=True)
class Rush:
    """A bucket of `calm_a_minute` tokens that fills up within a minute; `now` is a monotonic clock in seconds.

    It counts everything that arrives, let in or not: while an attack goes on, the rush does.
    """

    calm_a_minute: int
    _left: float = field(init=False)
    _at: float | None = field(default=None, init=False)
    _is_on: bool = field(default=False, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        self._left = self.calm_a_minute

    def arrived(self, now: float) -> bool:
        """Count one more; whether there is a rush."""
        with self._lock:
            self._refill(now)
            self._left -= 1
            self._is_on = self._is_on or self._left < 0
            self._left = max(self._left, 0)
            return self._is_on

    def is_on(self, now: float) -> bool:
        with self._lock:
            self._refill(now)
            return self._is_on

    def _refill(self, now: float) -> None:
        passed = 0 if self._at is None else now - self._at
        self._at = now
        self._left = min(self.calm_a_minute, self._left + passed * self.calm_a_minute / 60)
        if self._left >= self.calm_a_minute * CALM_AGAIN:
            self._is_on = False


@dataclass(slots=True)
class Queue:
    """Places in a line, one behind the other; `now` is any clock in seconds."""

    _last: float = field(default=0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def place(self, now: float) -> int:
        """The second from which the next in line is let in."""
        with self._lock:
            soonest = max(now + LEAST_WAIT_SECONDS, self._last + SPACING_SECONDS)
            self._last = min(soonest, now + LONGEST_WAIT_SECONDS)
            return round(self._last)
