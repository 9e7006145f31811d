"""The table of messages to authors; placeholders are filled in by `Problem.values`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from forms.checking.sheet_messages import CHOICE_FILES, FILES, SHEETS
from forms.checking.wording import N_, Message, error, notice

_ROWS = {
    "type.missing": error(N_("The row has no type."), N_("Write a type, or empty the whole row.")),
    "type.unknown": error(
        N_("“%(type)s” is not a type of question that we know."),
        N_("Use one of: select_one LIST, select_multiple LIST, text, integer, decimal, date, note, calculate."),
    ),
    "type.unsupported": error(
        N_("“%(type)s” takes its choices from a file or from other answers, which we cannot do."),
        N_("Copy the choices to the choices sheet and use select_one or select_multiple with that list."),
    ),
    "type.identifying": notice(
        N_("“%(name)s” (%(type)s) was dropped, because it could tell who answered, when or where."),
        N_("Nothing to do: answers stay anonymous."),
    ),
    "type.not_collected": notice(
        N_("“%(name)s” (%(type)s) was dropped, because we do not collect files, pictures, sound or codes."),
        N_("Ask for words instead, if you need it."),
    ),
    "type.read_as": notice(
        N_("“%(name)s” (%(type)s) is asked as %(read_as)s."), N_("Check in the preview that it reads well.")
    ),
    "type.rank": notice(
        N_("“%(name)s” (rank) is asked as select_multiple: what is chosen is kept, its order is not."),
        N_("Ask for the first, second and third in questions of their own if the order matters."),
    ),
    "type.or_other": notice(
        N_("“%(name)s” offers “other” and then asks which; the words for that are ours."),
        N_("Write the choice and the question yourself if you want other words."),
    ),
    "repeat.once": notice(
        N_("The repeat “%(name)s” is asked once, as a group."),
        N_("Copy its questions under other names if they are to be asked more than once."),
    ),
    "group.not_closed": error(
        N_("The group “%(name)s” begins here and never ends."), N_("Add a row “end_group” after its last question.")
    ),
    "group.not_open": error(
        N_("A group ends here, but none is open."), N_("Delete this row, or add the “begin_group” that it belongs to.")
    ),
    "group.crossed": error(
        N_("An end_%(found)s stands where an end_%(expected)s belongs."),
        N_("Write “end_%(expected)s”, or move the row to where its %(found)s ends."),
    ),
    "group.too_deep": error(
        N_("Groups stand inside each other more than %(limit)s deep."), N_("Take some of the groups away.")
    ),
    "name.missing": error(N_("The row has no name."), N_("Write a name that no other row has.")),
    "name.invalid": error(
        N_("“%(name)s” cannot be a name."),
        N_("Start with a letter or an underscore; then use letters, digits, hyphens, underscores or full stops."),
    ),
    "name.reserved": error(N_("The name “%(name)s” is taken by the form itself."), N_("Choose another name.")),
    "name.twice": error(
        N_("The name “%(name)s” is used already, in row %(first)s."),
        N_("Choose another name; a name must be unique in the whole form."),
    ),
    "label.missing": notice(N_("“%(name)s” has no label."), N_("Write what respondents are to read.")),
    "disaggregation.type": notice(
        N_("“%(name)s” cannot break tables down: only a select_one question can."),
        N_("Empty the cell, or ask the question as select_one."),
    ),
    "calculation.missing": error(
        N_("“%(name)s” calculates nothing."), N_("Write an expression in the column calculation, or delete the row.")
    ),
    "parameters.invalid": error(
        N_("The parameters “%(parameters)s” cannot be read."), N_("Write them as key=value, separated by spaces.")
    ),
    "parameters.unknown": error(
        N_("A question of the type %(type)s has no parameter “%(key)s”."),
        N_("Use only these parameters: %(known)s."),
    ),
    "parameters.not_number": error(N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a number.")),
    "parameters.not_step": error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a number other than 0.")
    ),
    "parameters.not_whole": error(N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a whole number.")),
    "parameters.not_true_or_false": error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write true or false.")
    ),
    "parameters.not_seed": error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write a number, or a reference such as ${name}.")
    ),
    "parameters.seed_alone": error(
        N_("A seed is given, but the choices are not put in random order."),
        N_("Add randomize=true, or delete the seed."),
    ),
    "range.appearance": error(
        N_("The parameter “%(key)s” is not for a range with this appearance."),
        N_("Delete the parameter, or write vertical, no-ticks or nothing as the appearance."),
    ),
    "range.tick": error(
        N_("The parameter “%(key)s” is “%(value)s”, which does not fit the range."),
        N_("Write a multiple of the step that is no longer than the range."),
    ),
    "range.off": error(
        N_("“%(value)s” (%(key)s) is not a value of the range."),
        N_("Write one of the values that the range steps through."),
    ),
    "range.two_labels": error(
        N_("The list “%(list)s” must have two choices, because the range shows no ticks."),
        N_("Keep one choice for each end of the range."),
    ),
}

_CHOICES = {
    "list.missing": error(
        N_("There is no list “%(list)s” on the choices sheet."),
        N_("Add the list to the choices sheet, or correct its name here."),
    ),
    "choice.no_list": error(
        N_("The choice “%(name)s” belongs to no list."), N_("Write the name of its list in the column list_name.")
    ),
    "choice.no_name": error(N_("The choice has no name."), N_("Write a name that no other choice of its list has.")),
    "choice.name_spaces": error(
        N_("The choice name “%(name)s” has a space in it, and “%(question)s” takes more than one choice."),
        N_("Write an underscore instead of the space."),
    ),
    "choice.twice": error(
        N_("The choice “%(name)s” stands in the list “%(list)s” more than once."),
        N_("Give each choice of a list a name of its own."),
    ),
    "choice.merged": notice(
        N_("The choice “%(name)s” stands in the list “%(list)s” more than once; only the first one is offered."),
        N_("Give each choice of a list a name of its own if they mean different things."),
    ),
    "choice.label_missing": notice(
        N_("The choice “%(name)s” has no label, so its name is shown."), N_("Write what respondents are to read.")
    ),
    "translation.missing": notice(
        N_("%(count)s texts on this sheet are not written in %(language)s; the first is in this row."),
        N_("Write them in the column “%(column)s”. Until then another language is shown."),
    ),
}

_EXPRESSIONS = {
    "expression.invalid": error(
        N_("The expression cannot be understood: %(expression)s"), N_("Look for a missing quote, bracket or operator.")
    ),
    "expression.unknown_name": error(
        N_("“%(name)s” is no question or group of this form."), N_("Correct the name in ${%(name)s}.")
    ),
    "expression.dropped": notice(
        N_("This refers to “%(name)s”, which was dropped; it is read as empty."),
        N_("Check that the form still does what you mean."),
    ),
    "expression.cycle": error(
        N_("These depend on each other in a circle: %(names)s."), N_("Change one of the expressions so that it ends.")
    ),
    "problems.more": notice(
        N_("There are %(count)s more problems of the kind %(code)s."), N_("Mend those that are listed and look again.")
    ),
    "form.empty": error(
        N_("The survey sheet has no questions."), N_("Write one question in each row, below the row of headings.")
    ),
    "form.asks_nothing": error(
        N_("The form asks nothing: no row in it can be answered."), N_("Add at least one question.")
    ),
}

MESSAGES: Mapping[str, Message] = MappingProxyType(FILES | CHOICE_FILES | SHEETS | _ROWS | _CHOICES | _EXPRESSIONS)
