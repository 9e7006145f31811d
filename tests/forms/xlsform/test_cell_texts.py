"""A cell is the text that its author means, whichever library read it."""

import datetime as dt

import pytest

from forms.xlsform.cell_texts import written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), ("#REF!", ""), (" as it is ", " as it is "), (True, "TRUE"), (False, "FALSE")),
        *((3, "3"), (3.0, "3"), (2.5, "2.5"), (1e17, "100000000000000000"), (1e300, "1e+300")),
        *((dt.date(2026, 3, 8), "2026-03-08"), (dt.datetime(2026, 3, 8), "2026-03-08")),
        (dt.datetime(2026, 3, 8, 23, 59, 59, 999_000), "2026-03-09"),
        (dt.datetime(2026, 3, 8, 9, 5, 2, 400_000), "2026-03-08T09:05:02"),
        *((dt.time(9, 5), "09:05:00"), (dt.time(9, 4, 59, 999_999), "09:05:00"), (dt.timedelta(hours=36), "36:00:00")),
    ],
)
def test_cells_are_written_as_their_author_means_them(value, text):
    assert written(value) == text
