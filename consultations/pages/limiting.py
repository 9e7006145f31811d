"""Limits on what may be tried again and again, for views: one line before the try, one after a right one."""

from __future__ import annotations

import time

from flask import request

from consultations.flood.limits import Flood

#: One for each process, in its memory alone: `flood.limits` says what it knows of an address.
FLOOD = Flood()


def limited(what: str) -> None:
    """Count one try of a kind in `flood.limits.LIMITS` (`code`, `resume`, `withdraw`, `save`, ...). Raises TooMany."""
    counted(what, request.remote_addr)


def counted(what: str, address: str | None) -> None:
    """The same for a sender's address that is known without a request. Raises TooMany."""
    FLOOD.take(what, address, time.monotonic())


def was_right(what: str) -> None:
    """The try counted last was right, and uses nothing up: a thousand members behind one address lose nothing."""
    FLOOD.give_back(what, request.remote_addr, time.monotonic())
