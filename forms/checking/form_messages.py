"""What authors are told about choices, about expressions and about the form as a whole."""

from __future__ import annotations

from forms.checking.wording import error, notice
from forms.marking import N_

CHOICES = {
    "list.missing": error(
        N_("There is no list “%(list)s” on the choices sheet."),
        N_("Add the list to the choices sheet, or correct its name here."),
    ),
    "list.misspelt": error(
        N_("There is no list “%(list)s” on the choices sheet."),
        N_("Did you mean “%(guess)s”? Then write it so."),
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
    "choice.label_missing": notice(
        N_("The choice “%(name)s” has no label, so its name is shown."), N_("Write what respondents are to read.")
    ),
    "translation.missing": notice(
        N_("Texts on this sheet that are not written in %(language)s: %(count)s. The first is in this row."),
        N_("Write them in the column “%(column)s”. Until then another language is shown."),
    ),
}

EXPRESSIONS = {
    "expression.invalid": error(
        N_("The expression cannot be understood: %(expression)s"),
        # Translators: the reason is a whole sentence.
        N_("At character %(position)s: %(reason)s"),
    ),
    "expression.unknown_name": error(
        N_("“%(name)s” is no question or group of this form."), N_("Correct the name in ${%(name)s}.")
    ),
    "expression.misspelt": error(
        N_("“%(name)s” is no question or group of this form."),
        N_("Did you mean ${%(guess)s}? Then write it so."),
    ),
    "expression.ambiguous": error(
        N_("“%(name)s” is the name of more than one question or group, so it is not clear which is meant."),
        N_("Give them different names."),
    ),
    "expression.no_path": notice(
        N_("The path “%(path)s” leads to no question or group of this form; it is read as empty."),
        N_("Check that the form still does what you mean."),
    ),
    "reference.invalid": error(
        N_("A reference in this text is not complete: %(words)s."),
        N_("Write ${name}, with the name of a question in curly brackets."),
    ),
    "default.as_text": notice(
        N_(
            "The default “%(default)s” looks like an expression but cannot be read as one, so it is taken as it stands."
        ),
        N_("Nothing to do, if that is what you mean."),
    ),
    "expression.dropped": notice(
        N_("This refers to “%(name)s”, which was dropped; it is read as empty."),
        N_("Check that the form still does what you mean."),
    ),
    "expression.cycle": error(
        N_("These depend on each other in a circle; their rows are in brackets: %(names)s."),
        N_("Change one of the expressions so that it ends."),
    ),
    "problems.more": notice(
        N_("There are %(count)s more problems of the kind %(code)s."), N_("Mend those that are listed and look again.")
    ),
    "form.empty": error(
        N_("The survey sheet has no questions."), N_("Write one question in each row, below the row of headings.")
    ),
    "form.asks_nothing": notice(
        N_("The form asks nothing: no row in it can be answered."), N_("Add at least one question.")
    ),
}
