"""Choices that do not stand on the choices sheet -> ordinary lists of the form, so that it needs no file any more.

A survey row with `select_one_from_file fruits.csv` calls `file_choices(reading, record, "fruits.csv", "id", "title")`
(the columns are those of its parameters `value=` and `label=`, '' where it has none). It gets the name of a list that
now stands in `reading.choices`, and asks a plain select_one, select_multiple or rank of that list. Where there is no
such file it gets None: the notice is written already, and the row is dropped. Before, `is_there` says which rows will
be dropped, so that what refers to them is read as empty. A row `csv-external` named fruits calls it with "fruits.csv"
and is left out; `select_one_external cities` calls `external_choices(reading, "cities")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from forms.questionnaire import Choice, Text
from forms.xlsform.columns import meaning_of
from forms.xlsform.file_rows import FileRow, FileUnreadable, read_rows
from forms.xlsform.headers import Record
from forms.xlsform.survey_reading import Reading
from translations.languages import code_of

#: The columns that are name and label where the row says nothing else (ODK XForms specification, external instances).
_COLUMNS = {".csv": ("name", "label"), ".xml": ("name", "label"), ".geojson": ("id", "title")}
_LOOKED_UP = re.compile(r"\b(pulldata|instance)\s*\(\s*(?:'([^']{1,200})'|\"([^\"]{1,200})\")")


def is_there(files: Mapping[str, bytes], filename: str) -> bool:
    """Whether the author gave a file of this name; upper and lower case are the same, as on the author's computer."""
    return _key(files, filename) is not None


def file_choices(
    reading: Reading, record: Record, filename: str, value_column: str = "", label_column: str = ""
) -> str | None:
    """The list of `reading.choices` with the file's rows in it; None, reported, where they cannot be had."""
    wanted = (filename.strip().casefold(), value_column, label_column)
    if wanted not in reading.file_lists:
        reading.file_lists[wanted] = _taken_over(reading, record, filename.strip(), value_column, label_column)
    return reading.file_lists[wanted]


def external_choices(reading: Reading, list_name: str) -> str | None:
    """The list of `reading.choices` that stands for one of the sheet external_choices; None where there is none."""
    choices = reading.external.get(list_name)
    if choices is None:
        return None
    taken = reading.choices.get(list_name, choices)
    name = list_name if taken is choices else f"{list_name}_external"
    reading.choices[name] = choices
    return name


def take_over_looked_up(reading: Reading, records: Iterable[Record]) -> None:
    """Puts the files that `pulldata('fruits', …)` and `instance('fruits')` look into among the lists."""
    for record in records:
        for function, *names in (found for cell in record.cells.values() for found in _LOOKED_UP.findall(cell)):
            stem = "".join(names)
            given = [stem + ending for ending in _COLUMNS if is_there(reading.files, stem + ending)]
            if stem not in reading.choices and (given or function == "pulldata"):
                file_choices(reading, record, (given or [f"{stem}.csv"])[0])


def _taken_over(reading: Reading, record: Record, filename: str, value_column: str, label_column: str) -> str | None:
    file = PurePosixPath(filename)
    key = _key(reading.files, filename)
    if file.suffix.casefold() not in _COLUMNS:
        reading.report("file.kind", record, "type", file=filename)
        return None
    if key is None:
        reading.report("file.missing", record, "type", file=filename)
        return None
    try:
        rows, is_guessed = read_rows(file.suffix.casefold(), reading.files[key])
    except FileUnreadable as unreadable:
        reading.report(unreadable.code, record, "type", file=filename, **unreadable.values)
        return None
    if is_guessed:
        reading.report("file.encoding", record, "type", file=filename)
    usual_value, usual_label = _COLUMNS[file.suffix.casefold()]
    columns = value_column or usual_value, label_column or usual_label
    name = _free_name(reading, record, file.stem, filename, columns)
    if name:
        reading.choices[name] = tuple(_choice(row, *columns, reading.default_language) for row in rows)
        reading.report("file.taken_over", record, "type", file=filename, list=name, count=str(len(rows)))
    return name


def _key(files: Mapping[str, bytes], filename: str) -> str | None:
    """The name among the given ones; they are bare names, so that one with a folder in it is never found."""
    wanted = filename.strip().casefold()
    return next((name for name in files if name.casefold() == wanted), None)


def _free_name(reading: Reading, record: Record, stem: str, filename: str, columns: tuple[str, str]) -> str | None:
    """The file's own name for its list; one with the columns in it where the list stands there with others."""
    if stem not in reading.choices:
        return stem
    if not any(file == filename.casefold() and taken == stem for (file, *_), taken in reading.file_lists.items()):
        reading.report("file.list_exists", record, "type", file=filename, list=stem)
        return None
    return "_".join((stem, *columns))


def _choice(row: FileRow, value_column: str, label_column: str, language: str) -> Choice:
    """A row as a choice; all other columns stay, for expressions that look things up. No name: its number."""
    labels = {language: _literal(row.cells[label_column])} if row.cells.get(label_column) else {}
    kept = {}
    for column, cell in row.cells.items():
        meaning, named = meaning_of("choices", column)
        code = code_of(named) if meaning == "label" else None
        if code:
            labels.setdefault(code, _literal(cell))
        elif (column, column) not in (("name", value_column), ("label", label_column)):
            kept[column] = cell
    return Choice(row.cells.get(value_column) or str(row.number), Text(labels), kept)


def _literal(words: str) -> str:
    """Words of a file as ODK shows them, with no answers in them; our own lists quote answers as `${name}`."""
    return words.replace("${", "$ {")
