"""The `parameters` column: `key=value` pairs, and which of them each type of question may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from forms.questionnaire import Question
from forms.ranges import number
from forms.xlsform.cells import is_name
from forms.xlsform.headers import Record
from forms.xlsform.ranges import misfits
from forms.xlsform.survey_reading import Reading

_PAIR = re.compile(r"[\s,;]*([^\s=,;]+)[\s,;]*=[\s,;]*([^\s=,;]+)[\s,;]*")
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]+)\s*\}")
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}")
#: The values of these are names that somebody gave; all others are words of ours.
_NAMES = frozenset({"value", "label", "seed", "tick_labelset"})


def pairs(written: str) -> Mapping[str, str] | None:
    """`start=0 end=10` as a mapping, also with commas or semicolons between; None when it cannot be read."""
    found: dict[str, str] = {}
    place = 0
    while place < len(written):
        pair = _PAIR.match(written, place)
        if not pair:
            return None
        key = pair[1].lower()
        found[key] = pair[2] if key in _NAMES else pair[2].lower()
        place = pair.end()
    return found


def read_parameters(record: Record, reading: Reading) -> Mapping[str, str]:
    """The pairs in the row; reported, and none, where they cannot be read."""
    written = record.cell("parameters")
    given = pairs(written)
    if given is None:
        reading.report("parameters.invalid", record, "parameters", parameters=written)
    return given or {}


def check_parameters(question: Question, choices_from: str, record: Record, reading: Reading) -> None:
    """Reports parameters that the type does not have, or whose value is none; other types may have any."""
    given = question.parameters
    type = f"{question.type}_from_file" if choices_from == "file" else question.type
    known = _KNOWN.get(type)
    if known is None:
        return
    for key, value in given.items():
        if key not in known:
            reading.report("parameters.unknown", record, "parameters", type=type, key=key, known=", ".join(known))
            continue
        fits, code = known[key]
        if not fits(value):
            reading.report(code, record, "parameters", key=key, value=value)
    if "seed" in given and "randomize" not in given:
        reading.report("parameters.seed_alone", record, "parameters")
    if type == "range":
        for code, values in misfits(given, question.appearance, reading.choices):
            reading.report(code, record, "parameters", **values)


def _is_seed(written: str) -> bool:
    return number(written) is not None or _REFERENCE.fullmatch(written) is not None


_Rule = tuple[Callable[[str], bool], str]
_NUMBER: _Rule = (lambda written: number(written) is not None, "parameters.not_number")
_STEP: _Rule = (lambda written: bool(number(written)), "parameters.not_step")
_WHOLE: _Rule = (lambda written: _WHOLE_NUMBER.fullmatch(written) is not None, "parameters.not_whole")
_TRUE_FALSE: _Rule = (lambda written: written in ("true", "false"), "parameters.not_true_or_false")
_SEED: _Rule = (_is_seed, "parameters.not_seed")
_COLUMN: _Rule = (is_name, "parameters.not_column")
_ANY: _Rule = (lambda written: True, "")

_RANDOM = {"randomize": _TRUE_FALSE, "seed": _SEED}
_OF_FILES = {**_RANDOM, "value": _COLUMN, "label": _COLUMN}
_KNOWN: Mapping[str, Mapping[str, _Rule]] = {
    "select_one": _RANDOM,
    "select_multiple": _RANDOM,
    "rank": _RANDOM,
    "select_one_from_file": _OF_FILES,
    "select_multiple_from_file": _OF_FILES,
    "rank_from_file": _OF_FILES,
    "text": {"rows": _WHOLE},
    "range": {
        "start": _NUMBER,
        "end": _NUMBER,
        "step": _STEP,
        "tick_interval": _STEP,
        "placeholder": _NUMBER,
        "tick_labelset": _ANY,
    },
}
