"""The `parameters` column: `key=value` pairs, and which of them each type of question may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from forms.questionnaire import Question
from forms.xlsform.headers import Record
from forms.xlsform.ranges import misfits, number
from forms.xlsform.survey_reading import Reading
from forms.xlsform.type_column import RowType

_PAIR = re.compile(r"([A-Za-z_-]+)\s*=\s*([^\s,;=]+)(?:[\s,;]+|$)")


def pairs(written: str) -> Mapping[str, str] | None:
    """`start=0 end=10` as a mapping, also with commas or semicolons between; None when it cannot be read."""
    found: dict[str, str] = {}
    place = 0
    while place < len(written):
        pair = _PAIR.match(written, place)
        if not pair:
            return None
        found[pair[1].lower()] = pair[2]
        place = pair.end()
    return found


def read_parameters(question: Question, row: RowType, record: Record, reading: Reading) -> None:
    """Reports parameters that cannot be read, that the type does not have, or whose value is none."""
    written = record.cell("parameters")
    given = pairs(written)
    if given is None:
        reading.report("parameters.invalid", record, "parameters", parameters=written)
        return
    type = row.read_from or row.type
    known = _KNOWN.get(type)
    if known is None:
        return
    for key, value in given.items():
        if key not in known:
            listed = ", ".join(known) or "–"
            reading.report("parameters.unknown", record, "parameters", type=type, key=key, known=listed)
            continue
        fits, code = known[key]
        if not fits(value):
            reading.report(code, record, "parameters", key=key, value=value)
    if "seed" in given and given.get("randomize", "").lower() != "true":
        reading.report("parameters.seed_alone", record, "parameters")
    if type == "range":
        for code, values in misfits(given, question.appearance, reading.choices):
            reading.report(code, record, "parameters", **values)


def _is_seed(written: str) -> bool:
    return number(written) is not None or re.fullmatch(r"\$\{[^}]+\}", written) is not None


_Rule = tuple[Callable[[str], bool], str]
_NUMBER: _Rule = (lambda written: number(written) is not None, "parameters.not_number")
_STEP: _Rule = (lambda written: bool(number(written)), "parameters.not_step")
_WHOLE: _Rule = (lambda written: written.isdecimal(), "parameters.not_whole")
_TRUE_FALSE: _Rule = (lambda written: written.lower() in ("true", "false"), "parameters.not_true_or_false")
_SEED: _Rule = (_is_seed, "parameters.not_seed")
_ANY: _Rule = (lambda written: True, "")

_RANDOM = {"randomize": _TRUE_FALSE, "seed": _SEED}
_KNOWN: Mapping[str, Mapping[str, _Rule]] = {
    "select_one": _RANDOM,
    "select_multiple": _RANDOM,
    "rank": _RANDOM,
    "text": {"rows": _WHOLE, "incremental": _ANY},
    "range": {
        "start": _NUMBER,
        "end": _NUMBER,
        "step": _STEP,
        "tick_interval": _STEP,
        "placeholder": _NUMBER,
        "tick_labelset": _ANY,
    },
}
