"""The rows of a survey sheet -> the tree of questions and groups; every row that cannot be used is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forms.question_types import SELECTS
from forms.questionnaire import Group, Question, Source, Text
from forms.xlsform.cells import condition, expression, is_name, is_yes
from forms.xlsform.choice_files import file_choices
from forms.xlsform.dropping import dropped_names, name_of
from forms.xlsform.generated import counted, in_table, is_table_list, table_appearance, table_label, with_other
from forms.xlsform.headers import Record, Table
from forms.xlsform.loops import looped
from forms.xlsform.names import named, take, take_repeat, with_unique_names
from forms.xlsform.questions import question_of
from forms.xlsform.survey_reading import Open, Reading
from forms.xlsform.type_column import SPELLINGS, RowType, row_type
from forms.xlsform.writing import heading

__all__ = ["GROUP_DEPTH", "dropped_names", "read_survey"]

#: Deeper trees are nobody's questionnaire; the limit keeps recursion over them safe.
GROUP_DEPTH = 30


def read_survey(table: Table, reading: Reading) -> tuple[Question | Group, ...]:
    """The tree; adds to the reading's problems and, where a type brings choices of its own, to its choices."""
    for record in table.records:
        if is_yes(record.cell("disabled")):
            continue
        if record.cell("type"):
            row = row_type(record.cell("type"))
            _ROWS[row.kind](reading, record, row)
        # Without a name and a label it is a note that the author wrote to themselves.
        elif record.cell("name") or record.text("label"):
            reading.report("type.missing", record, "type")
    while len(reading.stack) > 1:
        opened = reading.stack[-1]
        reading.report("group.not_closed", opened.record, "type", name=opened.name, what=opened.what)
        _close(reading)
    return with_unique_names(tuple(reading.stack[0].children))


def _ask(reading: Reading, record: Record, row: RowType) -> None:
    # pyxform's name for a note without one.
    name = named(reading, record, f"generated_note_name_{record.row}", is_needed=row.type != "note")
    question = question_of(reading, record, row, name)
    if question is None:
        reading.stack[-1].lost = True
        return
    _report_save_to(reading, record, name)
    found = with_other(question, record, reading) if row.or_other else [question]
    if question.type in SELECTS and reading.table_list is not None:
        found = [*in_table(found[0], record, reading), *found[1:]]
    for node in found:
        take(reading, record, node.name)
        reading.stack[-1].children.append(node)


def _report_save_to(reading: Reading, record: Record, name: str) -> None:
    if record.cell("save_to"):
        reading.report("entities.save_to", record, "save_to", name=name)


def _begin(reading: Reading, record: Record, row: RowType) -> None:
    name = named(reading, record, f"group_{record.row}")
    take(reading, record, name)
    if row.type == "repeat":
        take_repeat(reading, record, name)
    if row.type == "loop":
        _check_loop(reading, record, row)
    if len(reading.stack) == GROUP_DEPTH + 1:
        reading.report("group.too_deep", record, "type", limit=str(GROUP_DEPTH))
    _report_save_to(reading, record, name)
    opened = Open(record, name, row, f"{reading.stack[-1].path}/{name}")
    reading.stack.append(opened)
    if is_table_list(record):
        reading.table_list = ""
        opened.children.extend(table_label(opened))


def _check_loop(reading: Reading, record: Record, row: RowType) -> None:
    """Its choices become names of groups."""
    if row.list_name not in reading.choices:
        reading.report("loop.no_list", record, "type", list=row.list_name)
    for choice in reading.choices.get(row.list_name, ()):
        if not is_name(choice.name):
            reading.report("name.invalid", record, "type", name=choice.name)


def _end(reading: Reading, record: Record, row: RowType) -> None:
    if len(reading.stack) == 1:
        reading.report("group.not_open", record, "type", what=row.type)
        return
    expected = reading.stack[-1].what
    if expected != row.type:
        reading.report("group.crossed", record, "type", found=row.type, expected=expected)
    reading.table_list = None
    _close(reading)


def _close(reading: Reading) -> None:
    """Puts the innermost group into the one around it, unless all that was in it was dropped."""
    opened = reading.stack.pop()
    around = reading.stack[-1]
    # Where groups nest too deep the form is refused anyway: flatten it, so that nothing recurses into it.
    if len(reading.stack) > GROUP_DEPTH:
        around.children.extend(opened.children)
    elif opened.lost and not opened.children:
        around.lost = True
    else:
        around.children.extend(_closed(reading, opened))


def _closed(reading: Reading, opened: Open) -> list[Question | Group]:
    """The group, after the calculation of its count where there is one."""
    record, is_repeat = opened.record, opened.what == "repeat"
    count, before = counted(record, opened.name, reading.stack[-1].path)
    for node in before:
        take(reading, record, node.name)
    if is_repeat:
        reading.report("repeat.not_counted", record, "type", name=opened.name)
    group = Group(
        name=opened.name,
        path=opened.path,
        source=Source(record.sheet, record.row),
        label=record.text("label"),
        relevant=expression(record.cell("relevant")),
        read_only=condition(record.cell("read_only")),
        appearance=record.cell("appearance"),
        is_repeat=is_repeat,
        repeat_count=count if is_repeat else "",
        children=looped(opened, reading) if opened.what == "loop" else tuple(opened.children),
        extra={**_not_of_groups(record), **record.extra},
    )
    if is_table_list(record):
        group = replace(group, label=Text(), appearance=table_appearance(record))
    return [*before, group]


def _not_of_groups(record: Record) -> dict[str, str]:
    """Columns of a question on the row of a group: they say nothing there, and are kept for the way back."""
    cells = {column: cell for column, cell in record.cells.items() if column not in _OF_GROUPS}
    texts = {
        heading(column, language): words
        for column, text in record.texts.items()
        if column != "label"
        for language, words in text.by_language.items()
    }
    return cells | texts


def _drop(reading: Reading, record: Record, row: RowType) -> None:
    reading.stack[-1].lost = True
    values = {"name": name_of(record), "type": record.cell("type")}
    reading.report(row.kind.replace("drop_", "type."), record, "type", **values)


def _attach(reading: Reading, record: Record, row: RowType) -> None:
    """A file that expressions look things up in: `csv-external` named fruits is fruits.csv."""
    ending = ".xml" if record.cell("type").casefold().startswith("xml") else ".csv"
    name = name_of(record)
    file_choices(reading, record, name if name.casefold().endswith(ending) else name + ending)


def _refuse(reading: Reading, record: Record, row: RowType) -> None:
    written = record.cell("type")
    guess = reading.guesses.nearest(written, SPELLINGS)
    values = {"type": written, **({"guess": guess} if guess else {})}
    reading.report("type.misspelt" if guess else "type.unknown", record, "type", **values)


def _refuse_select(reading: Reading, record: Record, row: RowType) -> None:
    reading.report("type.no_list", record, "type", type=record.cell("type"))


#: What a group's row is read for.
_OF_GROUPS = frozenset({"type", "name", "relevant", "read_only", "appearance", "repeat_count", "disabled", "save_to"})
_ROWS: Mapping[str, Callable[[Reading, Record, RowType], None]] = {
    "ask": _ask,
    "begin": _begin,
    "end": _end,
    "drop_identifying": _drop,
    "drop_not_collected": _drop,
    "drop_setting": _drop,
    "attach": _attach,
    "no_list": _refuse_select,
    "unknown": _refuse,
}
