"""The table of messages to authors, marked for translation; placeholders are filled in by `Problem.values`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """How grave it is, what is wrong, and what to do."""

    level: Literal["error", "notice"]
    text: str
    remedy: str


def N_(text: str) -> str:
    """Marks `text` for extraction; it is translated where it is shown."""
    return text


def _error(text: str, remedy: str) -> Message:
    return Message("error", text, remedy)


def _notice(text: str, remedy: str) -> Message:
    return Message("notice", text, remedy)


_FILES = {
    "workbook.empty": _error(N_("The file is empty."), N_("Save the workbook again and choose it once more.")),
    "workbook.too_large": _error(
        N_("The file is larger than %(limit)s MB."),
        N_("Remove pictures and sheets that the form does not use, then save it again."),
    ),
    "workbook.unknown_format": _error(
        N_("This is not a workbook that we can read."),
        N_("Save it as an Excel workbook (.xlsx) and choose it once more."),
    ),
    "workbook.damaged": _error(
        N_("The workbook is damaged or incomplete."),
        N_("Open it in a spreadsheet program, save it under a new name and choose that file."),
    ),
    "workbook.password": _error(
        N_("The workbook is protected by a password."),
        N_("Save a copy without a password and choose that file."),
    ),
    "workbook.suspicious": _error(
        N_("The workbook unpacks to far more than a form needs, so it was not opened."),
        N_("Copy the survey, choices and settings sheets into a new workbook and choose that file."),
    ),
    "workbook.too_long": _error(
        N_("The workbook has more rows, columns or text than we read (%(limit)s)."),
        N_("Delete rows and columns that the form does not use, empty ones included, then save it again."),
    ),
    "workbook.too_slow": _error(
        N_("Reading the workbook took more time or memory than we allow."),
        N_("Copy the survey, choices and settings sheets into a new workbook and choose that file."),
    ),
}

_SHEETS = {
    "sheet.no_survey": _error(
        N_("There is no sheet named “survey”. The sheets are: %(found)s."),
        N_("Name the sheet that holds the questions “survey”."),
    ),
    "sheet.twice": _error(
        N_("There is more than one sheet named “%(name)s”."), N_("Rename or delete the one that the form does not use.")
    ),
    "sheet.no_column": _error(
        N_("The sheet has no column “%(name)s”."),
        N_("Add the column “%(name)s” to the first row of the sheet."),
    ),
    "sheet.entities": _notice(
        N_("The sheet “%(name)s” is not used: we keep no records about people or things."),
        N_("Nothing to do, unless you need it."),
    ),
    "column.twice": _error(
        N_("The columns “%(first)s” and “%(second)s” mean the same."), N_("Keep one of them and delete the other.")
    ),
    "column.language_unknown": _error(
        N_("“%(name)s” is not a language that we know."),
        N_("Write the language with its code, as in “%(column)s::%(name)s (code)”."),
    ),
    "column.no_language": _notice(
        N_("Some texts name no language, others do."),
        N_("Write the language in every heading, as in “%(column)s::%(example)s”."),
    ),
    "settings.language_unknown": _notice(
        N_("The default language “%(name)s” is not one of the form's languages; “%(used)s” is used."),
        N_("Write the default language as the column headings do."),
    ),
    "settings.instance_name": _notice(
        N_("The setting “%(name)s” was dropped, because it could tell who answered."),
        N_("Nothing to do: the form works without it."),
    ),
    "settings.name_invalid": _error(
        N_("“%(name)s” cannot be the name of a form."),
        N_("Start with a letter or an underscore; then use letters, digits, hyphens, underscores or full stops."),
    ),
}

_ROWS = {
    "type.missing": _error(N_("The row has no type."), N_("Write a type, or empty the whole row.")),
    "type.unknown": _error(
        N_("“%(type)s” is not a type of question that we know."),
        N_("Use one of: select_one LIST, select_multiple LIST, text, integer, decimal, date, note, calculate."),
    ),
    "type.unsupported": _error(
        N_("“%(type)s” takes its choices from a file or from other answers, which we cannot do."),
        N_("Copy the choices to the choices sheet and use select_one or select_multiple with that list."),
    ),
    "type.identifying": _notice(
        N_("“%(name)s” (%(type)s) was dropped, because it could tell who answered, when or where."),
        N_("Nothing to do: answers stay anonymous."),
    ),
    "type.not_collected": _notice(
        N_("“%(name)s” (%(type)s) was dropped, because we do not collect files, pictures, sound or codes."),
        N_("Ask for words instead, if you need it."),
    ),
    "type.read_as": _notice(
        N_("“%(name)s” (%(type)s) is asked as %(read_as)s."), N_("Check in the preview that it reads well.")
    ),
    "type.rank": _notice(
        N_("“%(name)s” (rank) is asked as select_multiple: what is chosen is kept, its order is not."),
        N_("Ask for the first, second and third in questions of their own if the order matters."),
    ),
    "type.or_other": _notice(
        N_("“%(name)s” offers “other” and then asks which; the words for that are ours."),
        N_("Write the choice and the question yourself if you want other words."),
    ),
    "repeat.once": _notice(
        N_("The repeat “%(name)s” is asked once, as a group."),
        N_("Copy its questions under other names if they are to be asked more than once."),
    ),
    "group.not_closed": _error(
        N_("The group “%(name)s” begins here and never ends."), N_("Add a row “end_group” after its last question.")
    ),
    "group.not_open": _error(
        N_("A group ends here, but none is open."), N_("Delete this row, or add the “begin_group” that it belongs to.")
    ),
    "group.crossed": _error(
        N_("An end_%(found)s stands where an end_%(expected)s belongs."),
        N_("Write “end_%(expected)s”, or move the row to where its %(found)s ends."),
    ),
    "group.too_deep": _error(
        N_("Groups stand inside each other more than %(limit)s deep."), N_("Take some of the groups away.")
    ),
    "name.missing": _error(N_("The row has no name."), N_("Write a name that no other row has.")),
    "name.invalid": _error(
        N_("“%(name)s” cannot be a name."),
        N_("Start with a letter or an underscore; then use letters, digits, hyphens, underscores or full stops."),
    ),
    "name.reserved": _error(N_("The name “%(name)s” is taken by the form itself."), N_("Choose another name.")),
    "name.twice": _error(
        N_("The name “%(name)s” is used already, in row %(first)s."),
        N_("Choose another name; a name must be unique in the whole form."),
    ),
    "label.missing": _notice(N_("“%(name)s” has no label."), N_("Write what respondents are to read.")),
    "read_only.expression": _notice(
        N_("“%(name)s” is never read-only: we take yes or no here, not an expression."),
        N_("Write yes or no in the column read_only."),
    ),
    "disaggregation.type": _notice(
        N_("“%(name)s” cannot break tables down: only a select_one question can."),
        N_("Empty the cell, or ask the question as select_one."),
    ),
    "calculation.missing": _error(
        N_("“%(name)s” calculates nothing."), N_("Write an expression in the column calculation, or delete the row.")
    ),
    "parameters.invalid": _error(
        N_("The parameters “%(parameters)s” cannot be read."), N_("Write them as key=value, separated by spaces.")
    ),
    "parameters.unknown": _error(
        N_("A question of the type %(type)s has no parameter “%(key)s”."),
        N_("Use only these parameters: %(known)s."),
    ),
    "parameters.not_number": _error(N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a number.")),
    "parameters.not_step": _error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a number other than 0.")
    ),
    "parameters.not_whole": _error(N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a whole number.")),
    "parameters.not_true_or_false": _error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write true or false.")
    ),
    "parameters.not_seed": _error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a number, or a reference such as ${name}.")
    ),
    "parameters.seed_alone": _error(
        N_("A seed is given, but the choices are not put in random order."),
        N_("Add randomize=true, or delete the seed."),
    ),
}

_CHOICES = {
    "list.missing": _error(
        N_("There is no list “%(list)s” on the choices sheet."),
        N_("Add the list to the choices sheet, or correct its name here."),
    ),
    "choice.no_list": _error(
        N_("The choice “%(name)s” belongs to no list."), N_("Write the name of its list in the column list_name.")
    ),
    "choice.no_name": _error(N_("The choice has no name."), N_("Write a name that no other choice of its list has.")),
    "choice.name_spaces": _error(
        N_("The choice name “%(name)s” has a space in it, and “%(question)s” takes more than one choice."),
        N_("Write an underscore instead of the space."),
    ),
    "choice.twice": _error(
        N_("The choice “%(name)s” stands in the list “%(list)s” more than once."),
        N_("Give each choice of a list a name of its own."),
    ),
    "choice.merged": _notice(
        N_("The choice “%(name)s” stands in the list “%(list)s” more than once; only the first one is offered."),
        N_("Give each choice of a list a name of its own if they mean different things."),
    ),
    "choice.label_missing": _notice(
        N_("The choice “%(name)s” has no label, so its name is shown."), N_("Write what respondents are to read.")
    ),
    "translation.missing": _notice(
        N_("%(count)s texts on this sheet are not written in %(language)s; the first is in this row."),
        N_("Write them in the column “%(column)s”. Until then another language is shown."),
    ),
}

_EXPRESSIONS = {
    "expression.invalid": _error(
        N_("The expression cannot be understood: %(expression)s"), N_("Look for a missing quote, bracket or operator.")
    ),
    "expression.unknown_name": _error(
        N_("“%(name)s” is no question or group of this form."), N_("Correct the name in ${%(name)s}.")
    ),
    "expression.dropped": _notice(
        N_("This refers to “%(name)s”, which was dropped; it is read as empty."),
        N_("Check that the form still does what you mean."),
    ),
    "expression.cycle": _error(
        N_("These depend on each other in a circle: %(names)s."), N_("Change one of the expressions so that it ends.")
    ),
    "problems.more": _notice(
        N_("There are %(count)s more problems of the kind %(code)s."), N_("Mend those that are listed and look again.")
    ),
    "form.empty": _error(
        N_("The survey sheet has no questions."), N_("Write one question in each row, below the row of headings.")
    ),
    "form.asks_nothing": _error(
        N_("The form asks nothing: no row in it can be answered."), N_("Add at least one question.")
    ),
}

MESSAGES: Mapping[str, Message] = MappingProxyType(_FILES | _SHEETS | _ROWS | _CHOICES | _EXPRESSIONS)
