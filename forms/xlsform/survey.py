"""The rows of a survey sheet -> the tree of questions and groups; every row that cannot be used is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms.questionnaire import Group, Question, Source
from forms.xlsform.adapting import adapted
from forms.xlsform.cells import condition, expression, is_yes, name_in
from forms.xlsform.headers import Record, Table
from forms.xlsform.survey_reading import Open, Reading
from forms.xlsform.type_column import RowType, row_type

#: Deeper trees are nobody's questionnaire; the limit keeps recursion over them safe.
GROUP_DEPTH = 30

_EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter")


def read_survey(table: Table, reading: Reading) -> tuple[Question | Group, ...]:
    """The tree; adds to the reading's problems and, where a type brings choices of its own, to its choices."""
    for record in table.records:
        if (not record.cells and not record.texts) or is_yes(record.cell("disabled")):
            continue
        if not record.cell("type"):
            reading.report("type.missing", record, "type")
            continue
        row = row_type(record.cell("type"))
        _ROWS[row.kind](reading, record, row)
    while len(reading.stack) > 1:
        record = _close(reading)
        reading.report("group.not_closed", record, "type", name=name_in(record.cell("name")))
    return tuple(reading.stack[0].children)


def dropped_names(table: Table) -> Mapping[str, int]:
    """The names of the rows that are not taken over, with their row numbers."""
    dropped: dict[str, int] = {}
    kept: set[str] = set()
    for record in table.records:
        is_dropped = row_type(record.cell("type")).kind.startswith("drop")
        name = name_in(record.cell("name")) or (record.cell("type") if is_dropped else "")
        if is_dropped:
            dropped[name] = record.row
        else:
            kept.add(name)
    return {name: row for name, row in dropped.items() if name not in kept}


def _ask(reading: Reading, record: Record, row: RowType) -> None:
    name = name_in(record.cell("name"))
    if not name:
        if row.type != "note":
            reading.report("name.missing", record, "name")
        # pyxform's name for a note without one.
        name = f"generated_note_name_{record.row}"
    question = _question(reading, record, row, name)
    reading.stack[-1].children.extend(adapted(question, row, record, reading))


def _question(reading: Reading, record: Record, row: RowType, name: str) -> Question:
    relevant, constraint, calculation, choice_filter = (expression(record.cell(column)) for column in _EXPRESSIONS)
    parameters = {"parameters": record.cell("parameters")} if record.cell("parameters") else {}
    return Question(
        name=name,
        type=row.type,
        path=f"{reading.stack[-1].path}/{name}",
        source=Source(record.sheet, record.row),
        label=record.text("label"),
        hint=record.text("hint"),
        list_name=row.list_name,
        required=condition(record.cell("required")),
        required_message=record.text("required_message"),
        constraint_message=record.text("constraint_message"),
        default=record.cell("default"),
        appearance=record.cell("appearance"),
        read_only=condition(record.cell("read_only")),
        disaggregation=_breaks_down(reading, record, row, name),
        extra={**record.extra, **parameters},
        relevant=relevant,
        constraint=constraint,
        calculation=calculation,
        choice_filter=choice_filter,
    )


def _breaks_down(reading: Reading, record: Record, row: RowType, name: str) -> bool:
    if not is_yes(record.cell("disaggregation")):
        return False
    if row.type != "select_one":
        reading.report("disaggregation.type", record, "disaggregation", name=name)
    return row.type == "select_one"


def _begin(reading: Reading, record: Record, row: RowType) -> None:
    name = name_in(record.cell("name"))
    if not name:
        reading.report("name.missing", record, "name")
        name = f"group_{record.row}"
    if row.type == "repeat":
        reading.report("repeat.once", record, "type", name=name)
    if len(reading.stack) == GROUP_DEPTH + 1:
        reading.report("group.too_deep", record, "type", limit=str(GROUP_DEPTH))
    reading.stack.append(Open(record, name, row.type, f"{reading.stack[-1].path}/{name}"))


def _end(reading: Reading, record: Record, row: RowType) -> None:
    if len(reading.stack) == 1:
        reading.report("group.not_open", record, "type")
        return
    expected = reading.stack[-1].what
    if expected != row.type:
        reading.report("group.crossed", record, "type", found=row.type, expected=expected)
    _close(reading)


def _close(reading: Reading) -> Record:
    """Puts the innermost group into the one around it; returns the row that began it."""
    opened = reading.stack.pop()
    record = opened.record
    # Where groups nest too deep the form is refused anyway: flatten it, so that nothing recurses into it.
    parent = reading.stack[-1]
    if len(reading.stack) > GROUP_DEPTH:
        parent.children.extend(opened.children)
        return record
    parent.children.append(
        Group(
            name=opened.name,
            path=opened.path,
            source=Source(record.sheet, record.row),
            label=record.text("label"),
            relevant=expression(record.cell("relevant")),
            appearance=record.cell("appearance"),
            children=tuple(opened.children),
            extra=record.extra,
        )
    )
    return record


def _drop(reading: Reading, record: Record, row: RowType) -> None:
    name = record.cell("name") or record.cell("type")
    reading.report(row.kind.replace("drop_", "type."), record, "type", name=name, type=record.cell("type"))


def _refuse(reading: Reading, record: Record, row: RowType) -> None:
    reading.report(f"type.{row.kind}", record, "type", type=record.cell("type"))


_ROWS: Mapping[str, Callable[[Reading, Record, RowType], None]] = {
    "ask": _ask,
    "begin": _begin,
    "end": _end,
    "drop_identifying": _drop,
    "drop_not_collected": _drop,
    "unsupported": _refuse,
    "unknown": _refuse,
}
