"""What authors are told about a file, its sheets and their headings."""

from __future__ import annotations

from forms.checking.wording import error, notice
from forms.marking import N_

FILES = {
    "workbook.empty": error(N_("The file is empty."), N_("Save the workbook again and choose it once more.")),
    "workbook.too_large": error(
        N_("The file is larger than %(limit)s MB."),
        N_("Remove pictures and sheets that the form does not use, then save it again."),
    ),
    "workbook.unknown_format": error(
        N_("This is not a workbook that we can read."),
        N_("Save it as an Excel workbook (.xlsx) and choose it once more."),
    ),
    "workbook.csv": error(
        N_("This is a single table (CSV), and a form needs a workbook with a sheet named “survey”."),
        N_("Save the whole workbook as .xlsx and choose that; CSV files with choices are chosen beside it."),
    ),
    "workbook.damaged": error(
        N_("The workbook is damaged or incomplete."),
        N_("Open it in a spreadsheet program, save it under a new name and choose that file."),
    ),
    "workbook.password": error(
        N_("The workbook is protected by a password."),
        N_("Save a copy without a password and choose that file."),
    ),
    "workbook.suspicious": error(
        N_("The workbook unpacks to far more than a form needs, so it was not opened."),
        N_("Copy the survey, choices and settings sheets into a new workbook and choose that file."),
    ),
    "workbook.too_long": error(
        N_("The workbook has more rows, columns or text than we read (%(limit)s)."),
        N_("Delete rows and columns that the form does not use, empty ones included, then save it again."),
    ),
    "workbook.too_slow": error(
        N_("Reading the workbook took more time or memory than we allow."),
        N_("Copy the survey, choices and settings sheets into a new workbook and choose that file."),
    ),
}

CHOICE_FILES = {
    "file.missing": notice(
        N_("The file “%(file)s” did not come with the workbook, so what needs it was left out."),
        N_("Choose “%(file)s” together with the workbook and import both again."),
    ),
    "file.taken_over": notice(
        N_("The choices of “%(file)s” are now the list “%(list)s” of the form (rows: %(count)s)."),
        N_("Import the workbook with its file again when the file changes."),
    ),
    "file.encoding": notice(
        N_("“%(file)s” is not written in UTF-8; it was read as text of Windows (Western European)."),
        N_("Look at letters with accents in the preview; save the file as “CSV UTF-8” if they are wrong."),
    ),
    "file.kind": error(
        N_("“%(file)s” is not a file that choices can be taken from."), N_("Use a file that ends in .csv or .geojson.")
    ),
    "file.unreadable": error(
        N_("The file “%(file)s” cannot be read as a table of choices."),
        N_("Save it as “CSV UTF-8”, with the names of the columns in the first row."),
    ),
    "file.too_long": error(
        N_("The file “%(file)s” has more rows, columns or text than we read (%(limit)s)."),
        N_("Delete rows and columns that the form does not use."),
    ),
    "file.list_exists": error(
        N_("The choices of “%(file)s” would be the list “%(list)s”, and the workbook has a list of that name already."),
        N_("Rename the list, or the file and what refers to it."),
    ),
}

SHEETS = {
    "sheet.no_survey": error(
        N_("There is no sheet named “survey”. The sheets are: %(found)s."),
        N_("Name the sheet that holds the questions “survey”."),
    ),
    "sheet.twice": error(
        N_("There is more than one sheet named “%(name)s”."), N_("Rename or delete the one that the form does not use.")
    ),
    "sheet.no_column": error(
        N_("The sheet has no column “%(name)s”."),
        N_("Add the column “%(name)s” to the first row of the sheet."),
    ),
    "sheet.entities": notice(
        N_("The sheet “%(name)s” is not used: we keep no records about people or things."),
        N_("Nothing to do, unless you need it."),
    ),
    "sheet.not_read": notice(
        N_("These sheets are no part of a form, so they were left out: %(names)s."),
        N_("Nothing to do. If one of them has questions or choices, name it “survey” or “choices”."),
    ),
    "column.twice": error(
        N_("The columns “%(first)s” and “%(second)s” mean the same."), N_("Keep one of them and delete the other.")
    ),
    "column.same_language": notice(
        N_("The columns “%(first)s” and “%(second)s” are one language; where both have words, the first counts."),
        N_("Move the words into one column and delete the other."),
    ),
    "column.language_unknown": error(
        N_("“%(name)s” is not a language that we know."),
        N_("Write the language with its code after it, as in “%(column)s::Kiswahili (sw)”."),
    ),
    "column.language_empty": notice(
        N_("“%(name)s” is not a language that we know; its column is empty, so it was left out."),
        N_("Delete the column, or write the language with its code, as in “%(column)s::Kiswahili (sw)”."),
    ),
    "column.media": notice(
        N_("Pictures, sound and films are not shown; the column “%(name)s” is only kept for the workbook."),
        N_("Say in words what respondents need to know."),
    ),
    "column.language_read_as": notice(
        N_("“%(name)s” is read as %(read_as)s, because its code is not one that we know."),
        N_("Write the language with its code, as in “%(column)s::%(example)s”."),
    ),
    "column.no_language": notice(
        N_("Some texts name no language, others do."),
        N_("Write the language in every heading, as in “%(column)s::%(example)s”."),
    ),
    "settings.language_unknown": notice(
        N_("The default language “%(name)s” is not one of the form’s languages; “%(used)s” is used."),
        N_("Write the default language as the column headings do."),
    ),
    "settings.instance_name": notice(
        N_("The setting “%(name)s” was dropped, because it could tell who answered."),
        N_("Nothing to do: the form works without it."),
    ),
    "settings.name_invalid": error(
        N_("“%(name)s” cannot be the name of a form."),
        N_("Start with a letter or an underscore; then use letters, digits, hyphens, underscores or full stops."),
    ),
}
