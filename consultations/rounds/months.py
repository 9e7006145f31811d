"""Months on a calendar: how long something that was promised lasts."""

from __future__ import annotations

import datetime


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month; where that month is shorter, as many days into the next as are missing.

    Counted on, never back: a promise of a month is not broken by February.
    """
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(day.year + years, month + 1, 1) + datetime.timedelta(days=day.day - 1)
