"""What authors are told about the rows of a survey: their types, names, labels, groups."""

from __future__ import annotations

from forms.checking.wording import error, notice
from forms.marking import N_

ROWS = {
    "type.missing": error(N_("The row has no type."), N_("Write a type, or empty the whole row.")),
    "type.unknown": error(
        N_("“%(type)s” is not a type of question that we know."),
        N_(
            "Use one of: select_one LIST, select_multiple LIST, rank LIST, text, integer, decimal, range, date, time, "
            "dateTime, acknowledge, note, calculate, hidden."
        ),
    ),
    "type.misspelt": error(
        N_("“%(type)s” is not a type of question that we know."),
        N_("Did you mean “%(guess)s”? Then write it so."),
    ),
    "type.no_list": error(
        N_("“%(type)s” does not say which choices."), N_("Write the name of a list behind it, as in select_one yes_no.")
    ),
    "type.setting": notice(
        N_("“%(type)s” belongs on the settings sheet; it was left out."),
        N_("Write it as the heading of a column of the settings sheet."),
    ),
    "type.identifying": notice(
        N_("“%(name)s” (%(type)s) was dropped, because it could tell who answered, when or where."),
        N_("Nothing to do: answers stay anonymous."),
    ),
    "type.not_collected": notice(
        N_("“%(name)s” (%(type)s) was dropped, because we do not collect files, pictures, sound or codes."),
        N_("Ask for words instead, if you need it."),
    ),
    "type.or_other": notice(
        N_("“%(name)s” offers “other” and then asks which; the words for that are ours."),
        N_("Write the choice and the question yourself if you want other words."),
    ),
    "group.not_closed": error(
        N_("The %(what)s “%(name)s” begins here and never ends."),
        N_("Add a row “end_%(what)s” after its last question."),
    ),
    "group.not_open": error(
        N_("A %(what)s ends here, but none is open."),
        N_("Delete this row, or add the “begin_%(what)s” that it belongs to."),
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
        N_("Choose another name; no two rows of a group may share one."),
    ),
    "name.case": notice(
        N_("The name “%(name)s” differs from the one in row %(first)s only in capital letters."),
        N_("Choose another name: many programs take the two for one."),
    ),
    "name.root": error(
        N_("The repeat is called “%(name)s”, as the form itself is."), N_("Choose another name for the repeat.")
    ),
    "name.repeat_twice": error(
        N_("The repeat in row %(first)s is called “%(name)s”, too."),
        N_("Choose another name; no two repeats of a form may share one."),
    ),
    "label.missing": error(
        N_("“%(name)s” has neither a label nor a hint."), N_("Write in the column label what respondents are to read.")
    ),
    "label.not_words": notice(
        N_("“%(name)s” has a picture or a sound in place of a label, and we show neither."),
        N_("Write in the column label what respondents are to read."),
    ),
    "label.identifying": notice(
        N_("“%(name)s” seems to ask for a name, an address, a number or a document, which tells who answers."),
        N_("Leave it out, or ask for what you need to know instead: a region, an age group, a kind of work."),
    ),
    "disaggregation.type": notice(
        N_("“%(name)s” cannot break tables down: only a select_one question can."),
        N_("Empty the cell, or ask the question as select_one."),
    ),
    "filter.label": notice(
        N_("“%(heading)s” in the choice filter is read as the label, in whatever language it is shown."),
        N_("Write label, or filter by a column of your own."),
    ),
    "anonymise.unknown": error(
        N_("“%(written)s” is not a way of making answers anonymous."), N_("Write keep, band or drop, or nothing.")
    ),
    "anonymise.type": error(
        N_("Answers to “%(name)s” (%(type)s) cannot be put into bands."),
        N_("Write drop if they are not to be kept, or keep, or ask for a number or a date."),
    ),
    "anonymise.contradicts": error(
        N_("“%(name)s” is to break tables down, but its answers are not to be kept."),
        N_("Empty the column disaggregation, or write keep or nothing in the column anonymise."),
    ),
    "entities.save_to": notice(
        N_("“%(name)s” is not saved to a list of people or things: we keep no such lists."),
        N_("Nothing to do: the question is asked as any other."),
    ),
    "calculation.missing": error(
        N_("“%(name)s” calculates nothing."), N_("Write an expression in the column calculation, or delete the row.")
    ),
}

GROUPS = {
    "repeat.not_counted": notice(
        N_("What is written within the repeat “%(name)s” is kept and can be quoted; tables count nothing of it."),
        N_("Ask what is to be counted outside of the repeat."),
    ),
    "loop.no_list": error(
        N_("The loop does not go over a list of the choices sheet (“%(list)s”)."),
        N_("Write “begin_loop over LIST” with the name of a list."),
    ),
    "other.choice_filter": error(
        N_("“%(name)s” has “or_other” and a choice filter, which do not go together."),
        N_("Delete one of them, or write the choice “other” and its question yourself."),
    ),
    "other.no_choices": error(
        N_("“%(name)s” has “or_other”, but no list “%(list)s” stands on the choices sheet."),
        N_("Add the list to the choices sheet, or delete “or_other”."),
    ),
    "table.choice_filter": error(
        N_("“%(name)s” stands in a table of choices (table-list) and has a choice filter."),
        N_("Delete the choice filter, or the appearance of the group."),
    ),
    "table.lists": error(
        N_("“%(name)s” takes its choices from “%(list)s”, but the table that it stands in has those of “%(first)s”."),
        N_("Use one list in the whole group, or delete the appearance of the group."),
    ),
    "trigger.invalid": error(
        N_("The trigger “%(trigger)s” refers to no question."), N_("Write references, as in ${name}.")
    ),
    "trigger.no_comma": error(
        N_("The references of the trigger “%(trigger)s” run into each other."),
        N_("Write a comma between them, as in ${a}, ${b}."),
    ),
    "trigger.unseen": error(
        N_("“%(name)s” is not shown to anybody, so nothing can be triggered by a change of it."),
        N_("Refer to a question that is asked, or delete the trigger."),
    ),
}
