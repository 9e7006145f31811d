"""Questions of types that we do not have, turned into ones that we do: range, acknowledge, or_other, rank, hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forms.questionnaire import Choice, Question, Text
from forms.xlsform.headers import Record
from forms.xlsform.parameters import pairs, read_parameters
from forms.xlsform.ranges import bounds
from forms.xlsform.survey_reading import Reading
from forms.xlsform.type_column import RowType

#: What `or_other` says in the languages that we speak; elsewhere English, as pyxform has it.
_OTHER = {
    "zh": ("其他", "请说明"),
    "en": ("Other", "Please say which."),
    "fr": ("Autre", "Veuillez préciser."),
    "ru": ("Другое", "Пожалуйста, уточните."),
    "es": ("Otro", "Indique cuál."),
    "ar": ("غير ذلك", "يُرجى التوضيح."),
    "de": ("Andere", "Bitte angeben."),
    "pt": ("Outro", "Especifique, por favor."),
}
OK_LIST = "acknowledge_ok"


def adapted(question: Question, row: RowType, record: Record, reading: Reading) -> list[Question]:
    """The question as it is asked here, with those that it brings along; reports what was read differently."""
    changed = _CHANGES.get(row.read_from, _as_it_is)(question, record, reading)
    if row.read_from and row.read_from != "rank":
        reading.report(
            "type.read_as", record, "type", name=changed.name, type=record.cell("type"), read_as=changed.type
        )
    read_parameters(changed, row, record, reading)
    return _with_other(changed, record, reading) if row.or_other else [changed]


def _as_it_is(question: Question, record: Record, reading: Reading) -> Question:
    return question


def _range(question: Question, record: Record, reading: Reading) -> Question:
    found = bounds(pairs(record.cell("parameters")) or {})
    extra = {key: value for key, value in question.extra.items() if key != "parameters"}
    if found is None:
        return replace(question, extra=extra)
    start, end, step = found
    whole = all(bound == int(bound) for bound in found)
    limits = f". >= {min(start, end)} and . <= {max(start, end)}"
    if whole and abs(step) > 1:
        limits += f" and (. - {start}) mod {abs(step)} = 0"
    return replace(
        question,
        type="integer" if whole else "decimal",
        constraint=f"({question.constraint}) and {limits}" if question.constraint else limits,
        extra=extra,
    )


def _acknowledge(question: Question, record: Record, reading: Reading) -> Question:
    reading.choices[OK_LIST] = (Choice("OK", Text(dict.fromkeys(reading.languages, "OK"))),)
    return replace(question, list_name=OK_LIST)


def _hidden(question: Question, record: Record, reading: Reading) -> Question:
    quote = '"' if "'" in question.default else "'"
    calculation = question.calculation or f"{quote}{question.default}{quote}"
    return replace(question, calculation=calculation, default="", required="")


def _rank(question: Question, record: Record, reading: Reading) -> Question:
    reading.report("type.rank", record, "type", name=question.name)
    return question


def _with_other(question: Question, record: Record, reading: Reading) -> list[Question]:
    reading.report("type.or_other", record, "type", name=question.name)
    choices = reading.choices.get(question.list_name)
    # A list of its own: other questions may use the author's list without "other".
    list_name = f"{question.list_name}_or_other"
    if choices is None:
        return [question]
    if all(choice.name != "other" for choice in choices):
        choices = (*choices, Choice("other", _words(reading.languages, 0)))
    reading.choices[list_name] = choices
    which = Question(
        name=f"{question.name}_other",
        type="text",
        path=f"{question.path}_other",
        source=question.source,
        label=_words(reading.languages, 1),
        relevant=f"selected(${{{question.name}}}, 'other')",
    )
    # A filter on the list's other columns would always hide the choice that has none.
    choice_filter = f"({question.choice_filter}) or name = 'other'" if question.choice_filter else ""
    return [replace(question, list_name=list_name, choice_filter=choice_filter), which]


def _words(languages: tuple[str, ...], index: int) -> Text:
    return Text({code: _OTHER.get(code.split("-")[0], _OTHER["en"])[index] for code in languages})


_CHANGES: Mapping[str, Callable[[Question, Record, Reading], Question]] = {
    "range": _range,
    "rank": _rank,
    "hidden": _hidden,
    **dict.fromkeys(("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"), _acknowledge),
}
