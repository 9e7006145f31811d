"""Typed answers as compact bytes: one record of fixed length for each form version, and the free text beside it."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from forms.question_types import QUESTION_TYPES, SELECTS
from forms.questionnaire import Question, Questionnaire

#: The two fields before the answers, in every record.
RECORD_KEY, LANGUAGE = "record_key", "language"
#: Interface languages as records number them, after the form's own. Only ever append: old records count on the order.
INTERFACE_LANGUAGES = ("zh", "en", "fr", "ru", "es", "ar")
OTHER_LANGUAGE = 255
MISSING_INTEGER = -(2**63)
MISSING_DATE = 0
NOT_ANSWERED = 0  # of a select_one; its n-th choice is n
ASKED_BIT = 0  # of a select_multiple; its n-th choice is bit n, the least significant bit of the first byte being bit 0


class AnswerDoesNotFit(ValueError):
    """An answer that its field cannot hold; carries the question's name and never the answer."""


class ListTooLong(ValueError):
    """A list of choices with more names than a uint16 can number."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One question's place in the record."""

    #: The numpy field; the question's name, with a colon after it where that is a name of ours.
    column: str
    #: As `question_types` says: code, bits, integer, decimal, date.
    stored_as: str
    #: Choice names in list order, each once; choice n stands at n - 1.
    choices: tuple[str, ...]
    code_of: Mapping[str, int]
    #: Bytes of a select_multiple's mask.
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How the records of one form version are laid out; make it once and keep it."""

    dtype: np.dtype[np.void]
    record: struct.Struct
    #: By question name, in document order.
    coded: Mapping[str, Coded]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One response as it was packed, numbers and dates in their canonical writing."""

    answers: Mapping[str, str]
    #: '' when the language was neither the form's nor the interface's.
    language: str
    record_key: int


@dataclass(frozen=True, slots=True)
class _Coder:
    format: Callable[[Coded], tuple[str, tuple[Any, ...]]]  # for struct; for numpy after the field's name
    pack: Callable[[str, Coded], Any]
    unpack: Callable[[Any, Coded], str | None]
    missing: Callable[[Coded], Any]


def layout(questionnaire: Questionnaire) -> Layout:
    """The record of that form version: packed, little-endian, the same from every process. Raises `ListTooLong`."""
    coded = {q.name: _coded(q, questionnaire) for q in questionnaire.questions() if _stored_as(q, questionnaire)}
    formats = [_CODERS[place.stored_as].format(place) for place in coded.values()]
    fields: list[tuple[Any, ...]] = [(RECORD_KEY, "<u4"), (LANGUAGE, "u1")]
    fields += [(place.column, *numpy_format) for place, (_, numpy_format) in zip(coded.values(), formats, strict=True)]
    return Layout(
        dtype=np.dtype(fields),
        record=struct.Struct("<IB" + "".join(struct_format for struct_format, _ in formats)),
        coded=MappingProxyType(coded),
        languages=tuple(dict.fromkeys((*questionnaire.languages, *INTERFACE_LANGUAGES)))[:OTHER_LANGUAGE],
    )


def pack(layout: Layout, answers: Mapping[str, str], language: str, record_key: int) -> tuple[bytes, bytes]:
    """One response as (hot, cold): a record of `layout.record.size` bytes, and UTF-8 JSON of every other answer.

    A name that is absent was not asked; '' was asked and left empty, which only a select_multiple can tell apart.
    Raises `AnswerDoesNotFit`.
    """
    place_of_language = layout.languages.index(language) if language in layout.languages else OTHER_LANGUAGE
    values = [_value(name, place, answers.get(name)) for name, place in layout.coded.items()]
    hot = layout.record.pack(record_key, place_of_language, *values)
    texts = {name: text for name, text in answers.items() if text and name not in layout.coded}
    # A lone surrogate, which no browser sends, becomes a question mark and not a lost response.
    return hot, json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpack(layout: Layout, hot: bytes, cold: bytes) -> Unpacked:
    """The response that `pack` was given, without the answers that were left empty."""
    record_key, language, *values = layout.record.unpack(hot)
    answers: dict[str, str] = {}
    for (name, place), value in zip(layout.coded.items(), values, strict=True):
        answer = _CODERS[place.stored_as].unpack(value, place)
        if answer is not None:
            answers[name] = answer
    answers.update(json.loads(cold))
    written = layout.languages[language] if language < len(layout.languages) else ""
    return Unpacked(MappingProxyType(answers), written, record_key)


def columns(layout: Layout, hot_records: bytes) -> npt.NDArray[np.void]:
    """Hot records end to end as a structured array of shape (responses,), read-only, without a copy.

    A select_one is uint16, a select_multiple (width,) uint8, an integer int64, a decimal float64, a date int32.
    """
    return np.frombuffer(hot_records, dtype=layout.dtype)


def chosen(place: Coded, masks: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """A select_multiple's column as bools of shape (responses, 1 + choices); the first column says `asked`."""
    bits = np.unpackbits(masks.reshape(-1, place.width), axis=1, bitorder="little", count=1 + len(place.choices))
    return bits.astype(np.bool_)


def _stored_as(question: Question, questionnaire: Questionnaire) -> str:
    """The coder's name; '' for what the cold part keeps: text, and a select that has no list to number."""
    known = QUESTION_TYPES.get(question.type)
    if known is None or known.stored_as not in _CODERS:
        return ""
    return "" if known.name in SELECTS and not questionnaire.choices.get(question.list_name) else known.stored_as


def _coded(question: Question, questionnaire: Questionnaire) -> Coded:
    choices = questionnaire.choices[question.list_name] if question.type in SELECTS else ()
    names = tuple(dict.fromkeys(choice.name for choice in choices))
    if len(names) > 0xFFFF:
        raise ListTooLong(question.list_name)
    column = f"{question.name}:" if question.name in (RECORD_KEY, LANGUAGE) else question.name
    code_of = MappingProxyType({name: code for code, name in enumerate(names, 1)})
    return Coded(column, _stored_as(question, questionnaire), names, code_of, 1 + len(names) // 8)


def _value(name: str, place: Coded, answer: str | None) -> Any:
    coder = _CODERS[place.stored_as]
    if answer is None or (not answer and place.stored_as != "bits"):
        return coder.missing(place)
    try:
        return coder.pack(answer, place)
    except (ValueError, KeyError, OverflowError):
        raise AnswerDoesNotFit(name) from None


def _mask(answer: str, place: Coded) -> bytes:
    bits = 1 << ASKED_BIT
    for name in answer.split():
        bits |= 1 << place.code_of[name]
    return bits.to_bytes(place.width, "little")


def _names(mask: bytes, place: Coded) -> str | None:
    bits = int.from_bytes(mask, "little")
    return " ".join(name for name, code in place.code_of.items() if bits >> code & 1) or None


def _integer(answer: str, _: Coded) -> int:
    number = int(answer)
    if not MISSING_INTEGER < number < 2**63:
        raise OverflowError
    return number


def _decimal(answer: str, _: Coded) -> float:
    number = float(answer)
    if not math.isfinite(number):
        raise OverflowError
    return number


def _written(number: float) -> str:
    """As XPath writes a number: no exponent, no `.0`."""
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")


_CODERS: Mapping[str, _Coder] = MappingProxyType(
    {
        "code": _Coder(
            format=lambda place: ("H", ("<u2",)),
            pack=lambda answer, place: place.code_of[answer],
            unpack=lambda code, place: place.choices[code - 1] if code else None,
            missing=lambda place: NOT_ANSWERED,
        ),
        "bits": _Coder(
            format=lambda place: (f"{place.width}s", ("u1", (place.width,))),
            pack=_mask,
            unpack=_names,
            missing=lambda place: bytes(place.width),
        ),
        "integer": _Coder(
            format=lambda place: ("q", ("<i8",)),
            pack=_integer,
            unpack=lambda number, place: None if number == MISSING_INTEGER else str(number),
            missing=lambda place: MISSING_INTEGER,
        ),
        "decimal": _Coder(
            format=lambda place: ("d", ("<f8",)),
            pack=_decimal,
            unpack=lambda number, place: None if math.isnan(number) else _written(number),
            missing=lambda place: math.nan,
        ),
        "date": _Coder(
            format=lambda place: ("i", ("<i4",)),
            pack=lambda answer, place: date.fromisoformat(answer).toordinal(),
            unpack=lambda ordinal, place: None if ordinal == MISSING_DATE else date.fromordinal(ordinal).isoformat(),
            missing=lambda place: MISSING_DATE,
        ),
    }
)
