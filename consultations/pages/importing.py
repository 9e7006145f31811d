"""Answers that were given elsewhere: a file is sent, its columns are looked through, it is sent again and imported.

The file is sent twice because it is kept nowhere in between: it is not sealed until its answers are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext, ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from consultations.errors import N_, Problem
from consultations.pages import importing_view as view
from consultations.pages.reached import consultation_for
from consultations.pages.web import database, needs, page_language, settings, staff, today
from consultations.responses import arriving, importing
from consultations.responses.arriving import Proposal
from consultations.responses.mappings import Digester, remember
from consultations.responses.stirring import wipe
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import questionnaire_of
from consultations.staff.keyrings import private_key
from consultations.staff.roles import Permission
from forms.incoming.converting import Converted
from forms.incoming.encodings import ENCODINGS
from forms.incoming.mapping import Target, digest_of, parsed, targets_of
from forms.incoming.tables import Table
from forms.questionnaire import Questionnaire

pages = Blueprint("importing", __name__, url_prefix="/staff/consultations/<slug>/import")

_WORD_FIELD = re.compile(r"word-(\d{1,6})-([0-9a-f]{32})")


class OtherColumns(Problem):
    status = 409
    message = N_("This file has other columns than the one that you looked through. Begin with it anew.")


class TooManyColumns(Problem):
    status = 422
    message = N_("This file has more columns than a page can show. Import it on the command line: `responses import`.")


class FileForm(FlaskForm):
    file = FileField(
        lazy_gettext("File with answers"),
        [FileRequired(lazy_gettext("Choose a file."))],
        description=lazy_gettext("A table from another tool: .csv, .xlsx or .xls, with one row for each person."),
    )
    encoding = SelectField(
        lazy_gettext("Letters are written as"),
        default="",
        choices=[SelectChoice("", lazy_gettext("Find out")), *(SelectChoice(name, name) for name in ENCODINGS)],
        description=lazy_gettext("Change this only if headings look wrong on the next page."),
    )


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A file that was sent, and what is to become of it."""

    table: Table
    digest: bytes
    proposal: Proposal
    made: Converted
    heard: view.Heard
    leave_out: bool


@pages.get("/")
@needs(Permission.UNLOCK)
def begin(slug: str) -> str:
    return render_template("importing/begin.html", consultation=_consultation(slug), form=FileForm())


@pages.post("/")
@needs(Permission.UNLOCK)
def columns(slug: str) -> str | tuple[str, int]:
    consultation, form = _consultation(slug), FileForm()
    if not form.validate_on_submit():
        return render_template("importing/begin.html", consultation=consultation, form=form), 422
    return _shown(consultation, _arrived(consultation, form, is_first=True), form)


@pages.post("/answers")
@needs(Permission.UNLOCK)
def take(slug: str) -> Response | str | tuple[str, int]:
    consultation, form = _consultation(slug), FileForm()
    if not form.validate_on_submit():
        return render_template("importing/begin.html", consultation=consultation, form=form), 422
    arrived = _arrived(consultation, form, is_first=False)
    if arrived.made.problems or request.form.get("do") != "import":
        page = _shown(consultation, arrived, form)
        return page if request.form.get("do") != "import" else (page, 422)
    count = importing.take_in(
        database(), consultation, arrived.made.records, arrived.digest, who=staff().user.name, today=today()
    )
    remember(
        database(),
        consultation.questionnaire,
        digest_of(arrived.table),
        arrived.proposal.targets,
        arrived.proposal.words,
    )
    database().commit()
    wipe(current_app.extensions["engine"])
    flash(
        ngettext(
            "%(num)s answer was imported. The next unlocking moves it in with the others.",
            "%(num)s answers were imported. The next unlocking moves them in with the others.",
            count,
        )
    )
    return redirect(url_for("rounds.one", slug=slug), 303)


def _consultation(slug: str) -> Consultation:
    """For whoever holds its key: they can read its answers anyway.

    Somebody else could add made-up answers until the group of one real person is large enough to be shown, and take
    what they made up off the table again.
    """
    consultation = consultation_for(slug)
    private_key(database(), consultation.keyring_id, staff())
    importing.check_importing(database(), consultation)
    return consultation


def _arrived(consultation: Consultation, form: FileForm, *, is_first: bool) -> _Arrived:
    upload: FileStorage = form.file.data
    content = upload.read()
    table = arriving.read_file(content, form.encoding.data or "")
    if len(table.headings) > view.MOST_FIELDS:
        raise TooManyColumns
    if not is_first and request.form.get("headings") != digest_of(table).hex():
        raise OtherColumns
    questionnaire = questionnaire_of(consultation.questionnaire)
    proposal = arriving.proposed(database(), consultation.questionnaire, table)
    if not is_first:
        proposal = _as_said(proposal, questionnaire)
    leave_out = "leave_out" in request.form
    heard = view.Heard(Digester(settings().secret), proposal.words)
    made = arriving.converted(
        consultation.questionnaire, table, proposal.targets, heard.meaning, today(), leave_out=leave_out
    )
    digest = importing.file_digest(settings().secret, content)
    return _Arrived(table, digest, proposal, made, heard, leave_out)


def _as_said(proposal: Proposal, form: Questionnaire) -> Proposal:
    """What the page says in place of what was proposed; targets that the form does not have go nowhere."""
    known = targets_of(form)
    asked = (parsed(request.form.get(f"column-{at}", "")) for at, _ in enumerate(proposal.targets))
    targets = tuple(target if target in known else Target() for target in asked)
    words = {name: dict(mapped) for name, mapped in proposal.words.items()}
    for list_name, digest, choice in _words_said(form):
        words.setdefault(list_name, {})[digest] = choice
    return replace(proposal, targets=arriving.without(targets, proposal.identifying), words=words)


def _words_said(form: Questionnaire) -> list[tuple[str, str, str]]:
    """(list, digest of a word, choice or '') of every field that says what a word means."""
    lists, found = list(form.choices), []
    for field, value in request.form.items():
        match = _WORD_FIELD.fullmatch(field)
        if not match or not value or int(match[1]) >= len(lists):
            continue
        name = lists[int(match[1])]
        if value == view.LEFT_OUT or value in {choice.name for choice in form.choices[name]}:
            found.append((name, match[2], "" if value == view.LEFT_OUT else value))
    return found


def _shown(consultation: Consultation, arrived: _Arrived, form: FileForm) -> str:
    questionnaire, language = questionnaire_of(consultation.questionnaire), page_language()
    names = {question.name: question.label for question in questionnaire.questions()}

    def counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
        return [(view.label(names[name], name, language), number) for name, number in counts.items()]

    room = view.MOST_FIELDS - len(arrived.table.headings)
    lists = view.shown_lists(questionnaire, arrived.made, arrived.heard, language)
    return render_template(
        "importing/columns.html",
        consultation=consultation,
        form=form,
        table=arrived.table,
        headings=digest_of(arrived.table).hex(),
        columns=view.shown_columns(arrived.table, questionnaire, arrived.proposal, language),
        lists=lists if sum(len(each.words) for each in lists) <= room else [],
        left_out_value=view.LEFT_OUT,
        made=arrived.made,
        required=counted(arrived.made.required_missing),
        not_asked=counted(arrived.made.not_asked),
        problems=view.shown_problems(arrived.table, arrived.made, language),
        is_remembered=arrived.proposal.is_remembered,
        leave_out=arrived.leave_out,
    )
