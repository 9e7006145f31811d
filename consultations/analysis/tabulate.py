"""Raw counts of one question by another, with the summed record keys that protection is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from consultations.analysis.axes import Axis

#: Responses counted at once. 2^20 keys of 32 bits sum to less than 2^53, the last whole number that a float64 holds
#: exactly; and numpy's bincount sums in float64.
CHUNK = 2**20
#: Which bits each byte has, (256, 8), least significant first.
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.uint64)

Counts = npt.NDArray[np.uint64]
#: Counts and sums of record keys, each (1 + rows, columns) or (1 + rows,).
_Sums = tuple[Counts, Counts]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Counts that nobody is shown. Row 0 is everybody who answered the question; row n is the n-th row category."""

    question: Axis
    breakdown: Axis | None
    #: (1 + rows, columns)
    counts: Counts
    #: Sums of the record keys of the same people, modulo nothing: reduce them where they are used.
    keys: Counts
    #: (1 + rows,) people who answered the question.
    bases: Counts
    base_keys: Counts


def raw_table(question: Axis, breakdown: Axis | None, record_keys: npt.NDArray[Any]) -> RawTable:
    """Count `question` for everybody and for each category of `breakdown`, of which one person has at most one.

    Counts and key sums are additive: tables of parts of the responses add up to the table of all of them.
    """
    if breakdown is None:
        cells, bases = _counted(question, np.zeros(len(record_keys), np.intp), 1, record_keys)
    else:
        rows = breakdown.codes.astype(np.intp)
        cells, bases = _counted(question, rows, 1 + len(breakdown.categories), record_keys)
    return RawTable(question, breakdown, *cells, *bases)


def _counted(question: Axis, rows: npt.NDArray[np.intp], n_rows: int, keys: npt.NDArray[Any]) -> tuple[_Sums, _Sums]:
    n_columns = len(question.categories)
    if question.kind != "multiple":
        counts, sums = _joint(rows, question.codes, n_rows, 1 + n_columns, keys)
        counts, sums = counts[:, 1:], sums[:, 1:]
        return _with_everybody((counts, sums)), _with_everybody((counts.sum(axis=1), sums.sum(axis=1)))
    # Byte by byte, because the patterns of one byte are 256 and those of a long list are beyond counting.
    per_byte = [_joint(rows, question.codes[:, byte], n_rows, 256, keys) for byte in range(question.codes.shape[1])]
    cells = tuple(np.concatenate([one[part] @ _BITS for one in per_byte], axis=1) for part in (0, 1))
    chosen = question.codes[:, 0] > 1  # bit 0 says that it was asked; an answer has some other bit
    for byte in range(1, question.codes.shape[1]):
        chosen = chosen | (question.codes[:, byte] > 0)
    counts, sums = _joint(rows, chosen, n_rows, 2, keys)
    picked = slice(1, 1 + n_columns)
    return _with_everybody((cells[0][:, picked], cells[1][:, picked])), _with_everybody((counts[:, 1], sums[:, 1]))


def _joint(
    rows: npt.NDArray[np.intp], columns: npt.NDArray[Any], n_rows: int, n_columns: int, keys: npt.NDArray[Any]
) -> _Sums:
    size = n_rows * n_columns
    counts, sums = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    for start in range(0, len(rows), CHUNK):
        part = slice(start, start + CHUNK)
        cell = rows[part] * n_columns + columns[part]
        counts += np.bincount(cell, minlength=size).astype(np.uint64)
        sums += np.bincount(cell, keys[part], minlength=size).astype(np.uint64)
    return counts.reshape(n_rows, n_columns), sums.reshape(n_rows, n_columns)


def _with_everybody(sums: _Sums) -> _Sums:
    """Row 0 held those who did not answer the breakdown; it becomes everybody."""
    counts, keys = (np.concatenate([part.sum(axis=0, keepdims=True), part[1:]]) for part in sums)
    return counts, keys
