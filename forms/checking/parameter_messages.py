"""What authors are told about the column `parameters`."""

from __future__ import annotations

from forms.checking.wording import error
from forms.marking import N_

PARAMETERS = {
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
    "parameters.not_column": error(
        N_("The parameter “%(key)s” cannot be “%(value)s”."), N_("Write the name of a column of the file.")
    ),
    "range.appearance": error(
        N_("The parameter “%(key)s” is not for a range with this appearance."),
        N_("Delete the parameter, or write vertical, no-ticks or nothing as the appearance."),
    ),
    "range.too_long": error(
        N_("The parameter “%(key)s” is “%(value)s”, which is more than the whole range."),
        N_("Write a number that is no larger than the way from start to end."),
    ),
    "range.tick": error(
        N_("The parameter “%(key)s” is “%(value)s”, which is no multiple of the step."),
        N_("Write a multiple of the step."),
    ),
    "range.off_step": error(
        N_("The parameter “%(key)s” is “%(value)s”, which the range steps over."),
        N_("Write one of the values that the range steps through."),
    ),
    "range.outside": error(
        N_("The parameter “%(key)s” is “%(value)s”, which lies outside of the range."),
        N_("Write a value between start and end."),
    ),
    "range.no_labels": error(
        N_("The labels of the range should be the list “%(list)s”, which is not on the choices sheet."),
        N_("Add the list to the choices sheet, or correct its name here."),
    ),
    "range.label_not_number": error(
        N_("The choice “%(value)s” of the list “%(list)s” is to label a value of the range, but is no number."),
        N_("Give each choice of the list the value that it labels as its name."),
    ),
    "range.label_outside": error(
        N_("The choice “%(value)s” of the list “%(list)s” is to label a value, but lies outside of the range."),
        N_("Give each choice of the list a value between start and end as its name."),
    ),
    "range.label_off_step": error(
        N_("The choice “%(value)s” of the list “%(list)s” is to label a value that the range steps over."),
        N_("Give each choice of the list a value that the range, or its tick_interval, comes upon."),
    ),
    "range.two_labels": error(
        N_("The list “%(list)s” has more than two choices, but the range shows no ticks."),
        N_("Keep one choice for each end of the range."),
    ),
    "range.end_labels": error(
        N_("The list “%(list)s” does not label both ends of the range, which shows no ticks."),
        N_("Keep one choice for each end of the range, named as start and end are."),
    ),
}
