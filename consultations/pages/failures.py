"""What is written down of a failure that nobody foresaw: its kind and its place, never its words."""

from __future__ import annotations

from typing import Any

from flask import Flask


def join(app: Flask) -> None:
    """Flask would log a failure that comes after the page, a commit that is refused, with all its words.

    Those of a database name the values that it was given: `[parameters: ('Rosa', …)]`, `Failing row contains (…)`.
    """

    def log_kind(failure: Any) -> None:
        write_down(app, failure[1])

    app.log_exception = log_kind  # type: ignore[method-assign, assignment]  # Flask has no other place for this


def write_down(app: Flask, failure: BaseException | None) -> None:
    """One line: `IntegrityError at …/default.py:960`."""
    trace = failure.__traceback__ if failure else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    app.logger.error("%s at %s", type(failure).__name__, place)
