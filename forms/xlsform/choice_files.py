"""Choices that stand in a file beside the workbook -> an ordinary list of the form.

A survey row with `select_one_from_file fruits.csv` calls `file_choices(reading, record, "fruits.csv", "id", "title")`
(the columns are those of its parameters `value=` and `label=`, '' where it has none). It gets the name of a list that
now stands in `reading.choices`, and asks a plain select_one, select_multiple or rank of that list. Where there is no
such file it gets None: the notice is written already, and the row is dropped. Before, `is_there` says which rows will
be dropped, so that what refers to them is read as empty.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.xlsform.headers import Record
from forms.xlsform.survey_reading import Reading


def is_there(files: Mapping[str, bytes], filename: str) -> bool:
    """Whether the author gave a file of this name; upper and lower case are the same, as on the author's computer."""
    return _content(files, filename) is not None


def file_choices(
    reading: Reading, record: Record, filename: str, value_column: str = "", label_column: str = ""
) -> str | None:
    """The list of `reading.choices` with the file's rows in it; None, reported, where they cannot be had."""
    if _content(reading.files, filename) is None:
        reading.report("file.missing", record, "type", file=filename)
        return None
    raise NotImplementedError


def _content(files: Mapping[str, bytes], filename: str) -> bytes | None:
    wanted = filename.strip().casefold()
    return next((content for name, content in files.items() if name.casefold() == wanted), None)
