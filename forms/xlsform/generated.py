"""The questions that ODK makes out of one row: “other”, heads of table lists, counts of repeats.

They get the names and the places that pyxform 4.5 gives them, so that every answer has the same path here and there. A
workbook that we write has them as rows of their own, with nothing left that would make them a second time.
"""

from __future__ import annotations

from dataclasses import replace

from forms.questionnaire import Choice, Question, Source, Text
from forms.xlsform.cells import REFERENCE, expression
from forms.xlsform.headers import Record
from forms.xlsform.survey_reading import Open, Reading

#: What `or_other` says in the languages that we speak; elsewhere English, as pyxform has it everywhere.
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
_TABLE_LIST = "table-list"


def with_other(question: Question, record: Record, reading: Reading) -> list[Question]:
    """The question, and the one that asks which; its list has a choice “other” from here on, for all who use it."""
    choices = reading.choices.get(question.list_name)
    if question.choice_filter:
        reading.report("other.choice_filter", record, "choice_filter", name=question.name)
    if not choices:
        reading.report("other.no_choices", record, "type", name=question.name, list=question.list_name)
        return [question]
    reading.report("type.or_other", record, "type", name=question.name)
    if all(choice.name != "other" for choice in choices):
        reading.choices[question.list_name] = (*choices, Choice("other", _words(reading.languages, 0)))
    which = Question(
        name=f"{question.name}_other",
        type="text",
        path=f"{question.path}_other",
        source=question.source,
        label=_words(reading.languages, 1),
        relevant=f"selected(../{question.name}, 'other')",
    )
    return [question, which]


def _words(languages: tuple[str, ...], index: int) -> Text:
    return Text({code: _OTHER.get(code.split("-")[0], _OTHER["en"])[index] for code in languages})


def is_table_list(record: Record) -> bool:
    """Whether the selects of the group that begins here are shown as the rows of one table."""
    return _TABLE_LIST in record.cell("appearance").split()


def table_appearance(record: Record) -> str:
    """The group's appearance as ODK understands it: everything on one page."""
    return " ".join(("field-list", *(word for word in record.cell("appearance").split() if word != _TABLE_LIST)))


def table_label(opened: Open) -> list[Question]:
    """The group's label and hint as a note above its table; none where it has neither."""
    record = opened.record
    if not record.text("label") and not record.text("hint"):
        return []
    name = f"generated_table_list_label_{record.row}"
    return [_bare(record, opened.path, name, "note", label=record.text("label"), hint=record.text("hint"))]


def in_table(question: Question, record: Record, reading: Reading) -> list[Question]:
    """The select as a row of the table around it; before the first one, the select that shows the choices."""
    head = []
    if reading.table_list == "":
        reading.table_list = question.list_name
        if question.choice_filter:
            reading.report("table.choice_filter", record, "choice_filter", name=question.name)
        name = f"reserved_name_for_field_list_labels_{record.row}"
        head = [_bare(record, reading.stack[-1].path, name, question.type, "label", question.list_name)]
    elif reading.table_list != question.list_name:
        values = {"list": question.list_name, "first": reading.table_list or ""}
        reading.report("table.lists", record, "type", name=question.name, **values)
    return [*head, replace(question, appearance="list-nolabel")]


def _bare(
    record: Record,
    around: str,
    name: str,
    type: str,
    appearance: str = "",
    list_name: str = "",
    label: Text = Text(),  # noqa: B008 - a frozen value
    hint: Text = Text(),  # noqa: B008 - a frozen value
) -> Question:
    return Question(
        name=name,
        type=type,
        path=f"{around}/{name}",
        source=Source(record.sheet, record.row),
        label=label,
        hint=hint,
        appearance=appearance,
        list_name=list_name,
    )


def counted(record: Record, name: str, around: str) -> tuple[str, list[Question]]:
    """The repeat's count as a reference, and the calculation that it refers to where the author wrote anything else."""
    written = expression(record.cell("repeat_count"))
    if not written or REFERENCE.fullmatch(written):
        return written, []
    node = _bare(record, around, f"{name}_count", "calculate")
    return f"${{{node.name}}}", [replace(node, calculation=written, read_only="true()")]
