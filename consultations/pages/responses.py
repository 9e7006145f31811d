"""From closed to released: each step of the guided page that changes something."""

from __future__ import annotations

from flask import Response as Page
from flask import flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from consultations.analysis.releases.gate import to_release
from consultations.analysis.releases.releasing import NoMoreReleases, TooFewNewAnswers, newest, release
from consultations.analysis.releases.trying import TRY, try_for
from consultations.analysis.unlocking import UNLOCK, unlock_for
from consultations.audit import record
from consultations.errors import N_, Problem
from consultations.pages import quoting  # noqa: F401 - it adds its pages to the blueprint
from consultations.pages.downloading import release_file
from consultations.pages.guiding import guide
from consultations.pages.progress import handed_over
from consultations.pages.reached import consultation_for
from consultations.pages.results import RULES, pages
from consultations.pages.rounds import close_it
from consultations.pages.web import database, needs, staff, today
from consultations.papers.withdrawing import key_for_work
from consultations.responses.unsealing import NotUnlocked
from consultations.rounds.lifecycle import after
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission

__all__ = ["pages"]


class NotAttackedYet(Problem):
    status = 409
    message = N_(
        "These tables have not been attacked yet, or the answers have changed since. Go back, attack the tables, and"
        " release them then."
    )


@pages.get("/release")
@needs(Permission.READ_TABLES)
def before_release(slug: str) -> str:
    return guide(consultation_for(slug), RULES)


@pages.post("/release/close")
@needs(Permission.RUN_CONSULTATIONS)
def close_here(slug: str) -> Response:
    close_it(slug)
    return _back(slug)


@pages.post("/unlock")
@needs(Permission.UNLOCK)
def unlock_it(slug: str) -> Response:
    consultation, key = _with_key(slug)
    if consultation.status != "unlocked":
        after(consultation.status, "unlock")  # said here, and not by a job that fails
    job = handed_over(UNLOCK, consultation, key)
    if job is not None:
        return redirect(url_for("progress.job_page", slug=slug, job_id=job.id), 303)
    # No worker is alive: here and now.
    snapshot = unlock_for(database(), consultation, key, who=staff().user.name, today=today())
    flash(ngettext("%(num)s answer was unlocked.", "%(num)s answers were unlocked.", snapshot.size))
    return _back(slug)


@pages.post("/release/try")
@needs(Permission.UNLOCK)
def try_it(slug: str) -> Response:
    consultation, key = _unlocked_with_key(slug)
    job = handed_over(TRY, consultation, key)
    if job is not None:
        return redirect(url_for("progress.job_page", slug=slug, job_id=job.id), 303)
    try:
        try_for(database(), consultation, key, who=staff().user.name, today=today())
    except IntegrityError:
        database().rollback()  # somebody else did the same just now: theirs stands
    return _back(slug)


@pages.post("/release")
@needs(Permission.UNLOCK)
def release_it(slug: str) -> Response:
    """The page says as which number: who presses twice, or at the same time as another, makes one release."""
    consultation, key = _unlocked_with_key(slug)
    number = request.form.get("number", 0, type=int)
    try:
        if _is_made(consultation, number):
            return _already(slug)
        if to_release(database(), consultation, key) is None:
            raise NotAttackedYet
        release(database(), consultation, key, today())
    except (NoMoreReleases, TooFewNewAnswers):
        if _is_made(consultation, number):
            return _already(slug)
        raise
    record(database(), who=staff().user.name, what="released tables", subject=slug, day=today())
    flash(gettext("The tables are released. They can be put into papers now."))
    return redirect(url_for("responses.results", slug=slug), 303)


@pages.get("/results/files/<file_name>")
@needs(Permission.READ_TABLES_OF_ALL)
def file(slug: str, file_name: str) -> Page:
    return release_file(slug, file_name)


def _is_made(consultation: Consultation, number: int) -> bool:
    made = newest(database(), consultation)
    return made is not None and 0 < number <= made.number


def _already(slug: str) -> Response:
    flash(gettext("The tables were released a moment ago, and not a second time."))
    return redirect(url_for("responses.results", slug=slug), 303)


def _back(slug: str) -> Response:
    return redirect(url_for("responses.before_release", slug=slug), 303)


def _with_key(slug: str) -> tuple[Consultation, bytes]:
    consultation = consultation_for(slug)
    return consultation, key_for_work(database(), consultation, staff(), today())


def _unlocked_with_key(slug: str) -> tuple[Consultation, bytes]:
    consultation, key = _with_key(slug)
    if consultation.status != "unlocked":
        raise NotUnlocked
    return consultation, key
