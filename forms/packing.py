"""Typed answers as compact bytes: one record of fixed length for each form version, and the free text beside it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from forms.coders import CODERS, MISSING_DATE, MISSING_INTEGER, MISSING_TIME, Coded
from forms.question_types import QUESTION_TYPES, SELECTS
from forms.questionnaire import Group, Question, Questionnaire

__all__ = [
    "LANGUAGE",
    "MISSING_DATE",
    "MISSING_INTEGER",
    "MISSING_TIME",
    "NO_RECEIPT",
    "OTHER_LANGUAGE",
    "RECEIPT",
    "RECEIPT_BYTES",
    "RECORD_KEY",
    "AnswerDoesNotFit",
    "Coded",
    "Layout",
    "ListTooLong",
    "Unpacked",
    "chosen",
    "columns",
    "layout",
    "pack",
    "receipts",
    "unpack",
]

#: The three fields before the answers, in every record.
RECORD_KEY, LANGUAGE, RECEIPT = "record_key", "language", "receipt"
#: What only the respondent's own code leads to: 16 bytes, all zeros where there is none.
RECEIPT_BYTES = 16
NO_RECEIPT = bytes(RECEIPT_BYTES)
#: What stands before the receipt in every record, whatever the form: the record key and the language.
_HEAD = "<IB"
#: Interface languages as records number them, after the form's own. Only ever append: old records count on the order.
INTERFACE_LANGUAGES = ("zh", "en", "fr", "ru", "es", "ar")
OTHER_LANGUAGE = 255
#: A rank of more choices is kept as text: each takes two bytes of everybody's record.
_LONGEST_RANK = 100


class AnswerDoesNotFit(ValueError):
    """An answer that its field cannot hold; carries the question's name and never the answer."""


class ListTooLong(ValueError):
    """A list of choices with more names than a uint16 can number."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the records of one form version are laid out; make it once and keep it."""

    dtype: np.dtype[np.void]
    record: struct.Struct
    #: By question name, in document order; without the questions within repeats.
    coded: Mapping[str, Coded]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One response as it was packed, numbers and dates in their canonical writing."""

    answers: Mapping[str, str]
    #: '' when the language was neither the form's nor the interface's.
    language: str
    record_key: int
    #: 16 bytes.
    receipt: bytes


def layout(questionnaire: Questionnaire) -> Layout:
    """The record of that form version: packed, little-endian, the same from every process. Raises `ListTooLong`.

    A question within a repeat has no place in it: of its answers there is any number, and they go to the cold part.
    """
    coded = {
        question.name: _coded(question, questionnaire)
        for groups, question in questionnaire.walk()
        if _stored_as(question, groups, questionnaire)
    }
    formats = [CODERS[place.stored_as].format(place) for place in coded.values()]
    fields: list[tuple[Any, ...]] = [(RECORD_KEY, "<u4"), (LANGUAGE, "u1"), (RECEIPT, f"S{RECEIPT_BYTES}")]
    fields += [(place.column, *numpy_format) for place, (_, numpy_format) in zip(coded.values(), formats, strict=True)]
    return Layout(
        dtype=np.dtype(fields),
        record=struct.Struct(f"{_HEAD}{RECEIPT_BYTES}s" + "".join(struct_format for struct_format, _ in formats)),
        coded=MappingProxyType(coded),
        languages=tuple(dict.fromkeys((*questionnaire.languages, *INTERFACE_LANGUAGES)))[:OTHER_LANGUAGE],
    )


def pack(
    layout: Layout, answers: Mapping[str, str], language: str, record_key: int, receipt: bytes = NO_RECEIPT
) -> tuple[bytes, bytes]:
    """One response as (hot, cold): a record of `layout.record.size` bytes, and UTF-8 JSON of every other answer.

    Answers within repeats (`age[2]`) and the numbers of times (`/data/member`) are among the others. A name that is
    absent was not asked; '' was asked and left empty, which only a select_multiple can tell apart.
    Raises `AnswerDoesNotFit`.
    """
    place_of_language = layout.languages.index(language) if language in layout.languages else OTHER_LANGUAGE
    values = [_value(name, place, answers.get(name)) for name, place in layout.coded.items()]
    hot = layout.record.pack(record_key, place_of_language, receipt, *values)
    texts = {name: text for name, text in answers.items() if text and name not in layout.coded}
    # A lone surrogate, which no browser sends, becomes a question mark and not a lost response.
    return hot, json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpack(layout: Layout, hot: bytes, cold: bytes) -> Unpacked:
    """The response that `pack` was given, without the answers that were left empty."""
    record_key, language, receipt, *values = layout.record.unpack(hot)
    answers: dict[str, str] = {}
    for (name, place), value in zip(layout.coded.items(), values, strict=True):
        answer = CODERS[place.stored_as].unpack(value, place)
        if answer is not None:
            answers[name] = answer
    answers.update(json.loads(cold))
    written = layout.languages[language] if language < len(layout.languages) else ""
    return Unpacked(MappingProxyType(answers), written, record_key, receipt)


def columns(layout: Layout, hot_records: bytes) -> npt.NDArray[np.void]:
    """Hot records end to end as a structured array of shape (responses,), read-only, without a copy.

    A select_one is uint16, a select_multiple (width,) uint8, a rank (choices,) uint16, an integer int64, a decimal or a
    range float64, a date int32 (day 1 is 1 January of the year 1), a time int32 (milliseconds of the day), a datetime
    int64 (milliseconds since 1970 on the respondent's own clock), an acknowledgement uint8. The receipt is S16, which
    numpy compares as 16 bytes: zeros at its end are left out of both sides.
    """
    return np.frombuffer(hot_records, dtype=layout.dtype)


def receipts(hot_records: bytes, width: int) -> npt.NDArray[np.bytes_]:
    """The receipts of hot records of `width` bytes, end to end, as an array of S16: no layout is needed for them."""
    offset = struct.calcsize(_HEAD)
    records = np.frombuffer(hot_records, dtype=np.uint8).reshape(-1, width)[:, offset : offset + RECEIPT_BYTES]
    found: npt.NDArray[np.bytes_] = np.ascontiguousarray(records).view(f"S{RECEIPT_BYTES}").reshape(-1)
    return found


def chosen(place: Coded, masks: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """A select_multiple's column as bools of shape (responses, 1 + choices); the first column says `asked`."""
    bits = np.unpackbits(masks.reshape(-1, place.width), axis=1, bitorder="little", count=1 + len(place.choices))
    return bits.astype(np.bool_)


def _stored_as(question: Question, groups: tuple[Group, ...], questionnaire: Questionnaire) -> str:
    """The coder's name; '' for what the cold part keeps.

    That is text, what stands in a repeat, a select that has no list to number (its choices come from a file, or are the
    answers of a repeat), and a rank of very many.
    """
    known = QUESTION_TYPES.get(question.type)
    if known is None or known.stored_as not in CODERS or any(group.is_repeat for group in groups):
        return ""
    choices = questionnaire.choices.get(question.list_name, ())
    if known.name in SELECTS and (not choices or (known.stored_as == "order" and len(choices) > _LONGEST_RANK)):
        return ""
    return known.stored_as


def _coded(question: Question, questionnaire: Questionnaire) -> Coded:
    choices = questionnaire.choices[question.list_name] if question.type in SELECTS else ()
    names = tuple(dict.fromkeys(choice.name for choice in choices))
    if len(names) > 0xFFFF:
        raise ListTooLong(question.list_name)
    column = f"{question.name}:" if question.name in (RECORD_KEY, LANGUAGE, RECEIPT) else question.name
    code_of = MappingProxyType({name: code for code, name in enumerate(names, 1)})
    return Coded(column, QUESTION_TYPES[question.type].stored_as, names, code_of, 1 + len(names) // 8)


def _value(name: str, place: Coded, answer: str | None) -> Any:
    coder = CODERS[place.stored_as]
    if answer is None or (not answer and place.stored_as != "bits"):
        return coder.missing(place)
    try:
        return coder.pack(answer, place)
    except (ValueError, KeyError, OverflowError):
        raise AnswerDoesNotFit(name) from None
