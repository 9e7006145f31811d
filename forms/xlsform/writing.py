"""A questionnaire -> an XLSForm workbook; the same questionnaire always gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import xlsxwriter

from forms.question_types import SELECTS
from forms.questionnaire import UNNAMED, Choice, Group, Question, Questionnaire, Text
from forms.xlsform.choice_lists import has_repeated_names
from forms.xlsform.columns import AS_IT_IS, meaning_of
from translations.languages import autonym

_Row = dict[str, str]
#: A workbook must carry a date; this one, the first that a zip file can, says nothing about anybody.
_NO_DATE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_FIRST_COLUMNS = ("type", "name", "label")
_PLAIN = (
    *("required", "relevant", "constraint", "calculation", "choice_filter", "read_only", "default", "appearance"),
    "anonymise",
)
_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_OF_GROUPS = ("relevant", "read_only", "appearance", "repeat_count")
#: XLSForm's own spelling, where ours differs from it.
_TYPES = {"datetime": "dateTime"}


def write_xlsx(questionnaire: Questionnaire) -> bytes:
    """The workbook's bytes: importing them gives an equal questionnaire. It names no author and no time."""
    memory = io.BytesIO()
    # Text stays text: a label that begins with = must never run as a formula on somebody's computer.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(memory, plain) as book:
        book.set_properties({"created": _NO_DATE.replace(tzinfo=None)})
        _write_sheet(book, "survey", list(_survey(questionnaire)), _FIRST_COLUMNS)
        _write_sheet(book, "choices", list(_choices(questionnaire)), ("list_name", "name", "label"))
        _write_sheet(book, "settings", [_settings(questionnaire)], ("form_title", "form_id"))
    return memory.getvalue()


def write_markdown(questionnaire: Questionnaire) -> str:
    """The same sheets as a Markdown table, which `workbook.read_workbook` reads back.

    Lines within a cell become spaces: such a table cannot hold them.
    """
    sheets = {
        "survey": (list(_survey(questionnaire)), _FIRST_COLUMNS),
        "choices": (list(_choices(questionnaire)), ("list_name", "name", "label")),
        "settings": ([_settings(questionnaire)], ("form_title", "form_id")),
    }
    return "\n".join(line for name, (rows, first) in sheets.items() for line in _drawn(name, rows, first))


def _drawn(name: str, rows: list[_Row], first: tuple[str, ...]) -> Iterator[str]:
    columns = sorted(dict.fromkeys(column for row in rows for column in row), key=lambda each: _rank(each, first))
    yield f"| {name} |"
    for cells in (columns or list(first), *([row.get(column, "") for column in columns] for row in rows)):
        bars = [" ".join(cell.split()).replace("|", r"\|") for cell in cells]
        yield f"| | {' | '.join(bars)} |"


def _write_sheet(book: xlsxwriter.Workbook, name: str, rows: list[_Row], first: tuple[str, ...]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    columns = list(dict.fromkeys(column for row in rows for column in row))
    columns.sort(key=lambda column: _rank(column, first))
    for index, column in enumerate(columns or first):
        sheet.write_string(0, index, column, bold)
    for number, row in enumerate(rows, 1):
        for index, column in enumerate(columns):
            if row.get(column):
                sheet.write_string(number, index, row[column])
    sheet.freeze_panes(1, 0)


def _rank(column: str, first: tuple[str, ...]) -> int:
    base = column.split("::")[0]
    return first.index(base) if base in first else len(first)


def _survey(questionnaire: Questionnaire) -> Iterator[_Row]:
    languages = _languages(questionnaire)
    # Every language of a text that is used at all has its column, so that none of them is taken for the default's.
    used = [c for c in _TEXTS if c == "label" or any(getattr(q, c) for q in questionnaire.questions())]
    blank = {heading(column, language): "" for column in used for language in languages}
    for row in _rows(questionnaire.children):
        yield {"type": "", "name": "", **blank, **row}


def _rows(children: tuple[Question | Group, ...]) -> Iterator[_Row]:
    for node in children:
        if isinstance(node, Question):
            yield _question_row(node)
            continue
        what = "repeat" if node.is_repeat else "group"
        begin = {"type": f"begin_{what}", "name": _name_at(node.path), **_words("label", node.label)}
        yield begin | {column: getattr(node, column) for column in _OF_GROUPS} | dict(node.extra)
        yield from _rows(node.children)
        yield {"type": f"end_{what}"}


def _question_row(question: Question) -> _Row:
    row = {"type": _TYPES.get(question.type, question.type), "name": _name_at(question.path)}
    if question.type in SELECTS:
        row["type"] = f"{question.type} {question.list_name}"
    for column in _TEXTS:
        row |= _words(column, getattr(question, column))
    row |= {column: getattr(question, column) for column in _PLAIN if getattr(question, column)}
    row["parameters"] = " ".join(f"{key}={value}" for key, value in question.parameters.items())
    row["trigger"] = ", ".join(f"${{{name}}}" for name in question.trigger)
    row["disaggregation"] = "yes" if question.disaggregation else ""
    return {column: cell for column, cell in row.items() if cell} | dict(question.extra)


def _name_at(path: str) -> str:
    """The XForm name: `Question.name` has its groups before it where the name alone is taken."""
    return path.rpartition("/")[2]


def _choices(questionnaire: Questionnaire) -> Iterator[_Row]:
    blank = {heading("label", language): "" for language in _languages(questionnaire)}
    for list_name, choices in questionnaire.choices.items():
        for choice in choices:
            yield {"list_name": list_name, "name": choice.name, **blank, **_choice_row(choice)}


def _choice_row(choice: Choice) -> _Row:
    others = {_protected(column): cell for column, cell in choice.columns.items()}
    return {**_words("label", choice.label), **others}


def _protected(column: str) -> str:
    """A column from a file of choices may have the name of one that means something on the choices sheet."""
    is_taken = meaning_of("choices", column)[0] or column.startswith(f"{AS_IT_IS}::")
    return f"{AS_IT_IS}::{column}" if is_taken else column


def _settings(questionnaire: Questionnaire) -> _Row:
    default = questionnaire.default_language
    title = questionnaire.title.by_language
    row = {} if UNNAMED in title else {"form_title": title.get(default, "")}
    row |= {heading("form_title", code): words for code, words in title.items() if code != default or UNNAMED in title}
    row |= {"form_id": questionnaire.form_id, "version": questionnaire.version}
    if default != UNNAMED:
        row["default_language"] = _name(default)
    duplicates = {"allow_choice_duplicates": "yes"} if has_repeated_names(questionnaire.choices) else {}
    return row | dict(questionnaire.extra_settings) | duplicates


def _languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The form's languages in their order, and UNNAMED where some text names none."""
    texts = [getattr(q, column) for q in questionnaire.questions() for column in _TEXTS]
    texts += [choice.label for choices in questionnaire.choices.values() for choice in choices]
    texts += [group.label for groups, _ in questionnaire.walk() for group in groups]
    is_unnamed = any(UNNAMED in text.by_language for text in texts)
    return tuple(dict.fromkeys((*questionnaire.languages, *((UNNAMED,) if is_unnamed else ()))))


def _words(column: str, text: Text) -> _Row:
    return {heading(column, language): words for language, words in text.by_language.items()}


def heading(column: str, language: str) -> str:
    """`label::Français (fr)`, the spelling that every XLSForm tool understands; `label` for UNNAMED."""
    return column if language == UNNAMED else f"{column}::{_name(language)}"


def _name(language: str) -> str:
    return f"{autonym(language)} ({language})"
