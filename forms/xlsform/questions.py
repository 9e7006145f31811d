"""One row that asks, tells or computes something -> a question; what is wrong with its cells is reported."""

from __future__ import annotations

import re
from dataclasses import replace

from forms.questionnaire import Question, Source
from forms.xlsform.cells import REFERENCE, condition, expression, is_yes
from forms.xlsform.choice_files import external_choices, file_choices
from forms.xlsform.headers import Record
from forms.xlsform.parameters import check_parameters, read_parameters
from forms.xlsform.survey_reading import Reading
from forms.xlsform.type_column import RowType

_ANONYMISING = frozenset({"keep", "band", "drop"})
#: Numbers and times have neighbours that they can be told together with.
_BANDED = frozenset({"integer", "decimal", "range", "date", "time", "datetime"})
#: What only makes sense beside a file: its choices stand in the form from here on.
_OF_FILES = frozenset({"value", "label"})
_LABEL_HEADING = re.compile(r"\blabel::[^\s=!<>()\[\]'\"]+(?:\s*\([A-Za-z-]{2,20}\))?")
_SEVERAL_REFERENCES = re.compile(r"\$\{[^}]*\}[^,]*\$\{")


def question_of(reading: Reading, record: Record, row: RowType, name: str) -> Question | None:
    """The question in the innermost open group; None, reported, where its choices cannot be had."""
    parameters = read_parameters(record, reading)
    question = Question(
        name=name,
        type=row.type,
        path=f"{reading.stack[-1].path}/{name}",
        source=Source(record.sheet, record.row),
        label=record.text("label"),
        hint=record.text("hint"),
        guidance_hint=record.text("guidance_hint"),
        list_name=row.list_name,
        required=condition(record.cell("required")),
        relevant=expression(record.cell("relevant")),
        constraint=expression(record.cell("constraint")) or row.constraint,
        calculation=expression(record.cell("calculation")),
        choice_filter=_choice_filter(reading, record),
        read_only=condition(record.cell("read_only")),
        required_message=record.text("required_message"),
        constraint_message=record.text("constraint_message"),
        default=record.cell("default"),
        appearance=record.cell("appearance"),
        parameters=parameters,
        trigger=_trigger(reading, record),
        extra=record.extra,
    )
    check_parameters(question, row.choices_from, record, reading)
    list_name = _list_name(reading, record, row, question)
    if list_name is None:
        return None
    marks = _marks(reading, record, row, name)
    kept = {key: value for key, value in parameters.items() if row.choices_from != "file" or key not in _OF_FILES}
    return replace(question, list_name=list_name, parameters=kept, disaggregation=marks[0], anonymise=marks[1])


def _choice_filter(reading: Reading, record: Record) -> str:
    """`label::English` names a heading and no column that an engine knows: what is meant is the label."""
    written = expression(record.cell("choice_filter"))
    for heading in _LABEL_HEADING.findall(written):
        reading.report("filter.label", record, "choice_filter", heading=heading)
    return _LABEL_HEADING.sub("label", written)


def _list_name(reading: Reading, record: Record, row: RowType, question: Question) -> str | None:
    if row.choices_from == "file":
        given = question.parameters
        return file_choices(reading, record, row.list_name, given.get("value", ""), given.get("label", ""))
    if row.choices_from == "external":
        return external_choices(reading, row.list_name) or row.list_name
    return row.list_name


def _trigger(reading: Reading, record: Record) -> tuple[str, ...]:
    """The names in `${a}, ${b}`; reported where something else stands there (pyxform's process_trigger)."""
    written = record.cell("trigger")
    if not written:
        return ()
    names = tuple(dict.fromkeys(REFERENCE.findall(written)))
    if not names or "${" in REFERENCE.sub("", written):
        reading.report("trigger.invalid", record, "trigger", trigger=written)
    elif _SEVERAL_REFERENCES.search(written):
        reading.report("trigger.no_comma", record, "trigger", trigger=written)
    return names


def _marks(reading: Reading, record: Record, row: RowType, name: str) -> tuple[bool, str]:
    """Our own columns: whether the question may break tables down, and how its answers are made anonymous."""
    breaks_down = is_yes(record.cell("disaggregation"))
    if breaks_down and row.type != "select_one":
        reading.report("disaggregation.type", record, "disaggregation", name=name)
        breaks_down = False
    anonymise = record.cell("anonymise").casefold()
    if anonymise and anonymise not in _ANONYMISING:
        reading.report("anonymise.unknown", record, "anonymise", written=record.cell("anonymise"))
        return breaks_down, ""
    if anonymise == "band" and row.type not in _BANDED:
        reading.report("anonymise.type", record, "anonymise", name=name, type=row.type)
        return breaks_down, ""
    if anonymise == "drop" and breaks_down:
        reading.report("anonymise.contradicts", record, "anonymise", name=name)
    return breaks_down, anonymise
