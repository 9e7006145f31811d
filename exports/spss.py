"""Columns as an SPSS system file (.sav), which also R, Stata and PSPP read; written by ReadStat through pyreadstat."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

#: Where a system file keeps its date (9 bytes) and time (8 bytes) of making: PSPP, "System File Format", file header.
_WHEN = slice(92, 109)
_NO_DATE = b"01 Jan 8000:00:00"
#: Bytes that SPSS keeps of a variable's label, of a file's label, and of a line of notes.
_LABEL_BYTES, _FILE_LABEL_BYTES, _NOTE_BYTES = 255, 64, 80


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its name (a letter first, then letters, digits, underscores; 64 bytes), its label, a value per case."""

    name: str
    label: str
    values: Sequence[str] | Sequence[float | None]
    #: `nominal`, `ordinal` or `scale`.
    measure: str = "nominal"


def sav(variables: Sequence[Variable], label: str, notes: Sequence[str] = ()) -> bytes:
    """The file's bytes, the same for the same columns; a number that is None is system-missing.

    The library writes to a path only: here to memory, so that nothing stays on the disk.
    """
    # Inside, because both take seconds to import where no compiled modules are kept, and only releases need them.
    import pandas
    import pyreadstat

    frame = pandas.DataFrame({variable.name: list(variable.values) for variable in variables})
    memory = os.memfd_create("release.sav")
    try:
        pyreadstat.write_sav(
            frame,
            f"/proc/self/fd/{memory}",
            file_label=_cut(label, _FILE_LABEL_BYTES),
            column_labels={variable.name: _cut(variable.label, _LABEL_BYTES) for variable in variables},
            note=[line for note in notes for line in _lines(note)],
            variable_measure={variable.name: variable.measure for variable in variables},
        )
        written = bytearray(os.pread(memory, os.fstat(memory).st_size, 0))
    finally:
        os.close(memory)
    written[_WHEN] = _NO_DATE
    return bytes(written)


def _cut(text: str, most: int) -> str:
    """As much of the text as fits, never half a letter."""
    return text.encode()[:most].decode(errors="ignore")


def _lines(note: str) -> list[str]:
    lines = []
    while note:
        line = _cut(note, _NOTE_BYTES)
        lines.append(line)
        note = note[len(line) :]
    return lines
