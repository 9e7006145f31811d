"""Questionnaires for staff: import a workbook, read its problems, see it as members will."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PureWindowsPath
from typing import TypedDict

from flask import Blueprint, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField

from consultations.pages.preview import shown_pages
from consultations.pages.web import database, needs, page_language
from consultations.rounds import questionnaires
from consultations.staff.roles import Permission
from forms.checking.problems import Problem
from forms.xlsform.importing import import_file
from translations.languages import direction

#: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

pages = Blueprint("questionnaires", __name__, url_prefix="/staff/questionnaires")


class ImportForm(FlaskForm):
    workbook = FileField(
        lazy_gettext("XLSForm workbook"),
        [FileRequired(lazy_gettext("Choose a file."))],
        description=lazy_gettext("A file that ends in .xlsx or .xls, or a Markdown table that ends in .md."),
    )
    files = MultipleFileField(
        lazy_gettext("Files with choices (optional)"),
        description=lazy_gettext(
            "If the workbook takes choices from files, choose those here too, all at once (.csv, .xml or .geojson)."
        ),
    )


class ShownProblem(TypedDict):
    """A problem in the words of the reader's language."""

    row: int
    column: str
    text: str
    remedy: str


@pages.get("/")
@needs(Permission.IMPORT_QUESTIONNAIRES)
def shelf() -> str:
    found = questionnaires.newest_first(database())
    return render_template("questionnaires/shelf.html", form=ImportForm(), questionnaires=found)


@pages.post("/")
@needs(Permission.IMPORT_QUESTIONNAIRES)
def import_workbook() -> tuple[str, int]:
    form = ImportForm()
    if not form.validate_on_submit():
        found = questionnaires.newest_first(database())
        return render_template("questionnaires/shelf.html", form=form, questionnaires=found), 422
    upload = form.workbook.data
    imported = import_file(upload.filename or "", upload.read(), _files(form))
    stored = questionnaires.store(database(), imported.questionnaire) if imported.questionnaire else None
    levels = Counter(problem.level for problem in imported.problems)
    page = render_template(
        "questionnaires/imported.html",
        filename=upload.filename,
        stored=stored,
        questionnaire=imported.questionnaire,
        errors=by_sheet(problem for problem in imported.problems if problem.level == "error"),
        error_count=levels["error"],
        notice_count=levels["notice"],
        notices=by_sheet(problem for problem in imported.problems if problem.level != "error"),
    )
    return page, 200 if stored else 422


def _files(form: ImportForm) -> dict[str, bytes]:
    """The files beside the workbook by their bare names; a browser may send the folders with them."""
    uploads = [upload for upload in form.files.data or () if upload and upload.filename]
    return {PureWindowsPath(upload.filename).name: upload.read() for upload in uploads}


def by_sheet(problems: Iterable[Problem]) -> list[tuple[str, list[ShownProblem]]]:
    """Each sheet with its problems, in their order; '' for those of the whole file."""
    sheets: dict[str, list[ShownProblem]] = {}
    for problem in problems:
        sheets.setdefault(problem.sheet, []).append(in_words(problem))
    return list(sheets.items())


def in_words(problem: Problem) -> ShownProblem:
    text, remedy = problem.told(gettext, _apart if direction(page_language()) == "rtl" else str)
    return ShownProblem(row=problem.row, column=problem.column, text=text, remedy=remedy)


def _apart(value: str) -> str:
    """A name or an expression among words that run from right to left keeps the order of its own signs."""
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"


@pages.get("/<int:questionnaire_id>")
@needs(Permission.IMPORT_QUESTIONNAIRES)
def preview(questionnaire_id: int) -> str:
    stored = questionnaires.by_id(database(), questionnaire_id)
    questionnaire = questionnaires.questionnaire_of(stored)
    wanted = request.args.get("in", "")
    language = wanted if wanted in questionnaire.languages else questionnaire.default_language
    return render_template(
        "questionnaires/preview.html",
        stored=stored,
        questionnaire=questionnaire,
        shown_in=language,
        pages=shown_pages(questionnaire, language, page_language()),
    )
