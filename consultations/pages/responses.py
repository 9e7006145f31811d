"""From closed to released: unlocking the answers, looking at what a release would show, releasing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from consultations.analysis.releasing import newest, prepared, refusal, release
from consultations.analysis.unlocking import UNLOCK, unlock_for
from consultations.audit import record
from consultations.pages import quoting  # noqa: F401 - it adds its pages to the blueprint
from consultations.pages.progress import handed_over
from consultations.pages.reached import consultation_for
from consultations.pages.results import RULES, pages
from consultations.pages.web import database, needs, staff, today
from consultations.papers.withdrawing import key_for_work
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission

__all__ = ["pages"]


@pages.post("/unlock")
@needs(Permission.UNLOCK)
def unlock_it(slug: str) -> Response:
    consultation, key = _with_key(slug)
    job = handed_over(UNLOCK, consultation, key)
    if job is not None:
        return redirect(url_for("progress.job_page", slug=slug, job_id=job.id), 303)
    # No worker is alive: here and now.
    snapshot = unlock_for(database(), consultation, key, who=staff().user.name, today=today())
    flash(ngettext("%(num)s answer was unlocked.", "%(num)s answers were unlocked.", snapshot.size))
    return redirect(url_for("responses.before_release", slug=slug), 303)


@pages.get("/release")
@needs(Permission.UNLOCK)
def before_release(slug: str) -> str:
    consultation, key = _with_key(slug)
    tables = prepared(database(), consultation, key)
    cut = [table for table in tables if table.hidden or table.merged or table.is_hidden]
    refused = refusal(database(), consultation, tables)
    return render_template(
        "responses/release.html",
        consultation=consultation,
        tables=tables,
        cut=cut,
        whole=[table for table in tables if table not in cut],
        last=newest(database(), consultation),
        refused=gettext(refused.message) % refused.values if refused else "",
        rules=RULES,
    )


@pages.post("/release")
@needs(Permission.UNLOCK)
def release_it(slug: str) -> Response:
    consultation, key = _with_key(slug)
    release(database(), consultation, key, today())
    record(database(), who=staff().user.name, what="released tables", subject=slug, day=today())
    flash(gettext("The tables are released. They can be put into papers now."))
    return redirect(url_for("responses.results", slug=slug), 303)


def _with_key(slug: str) -> tuple[Consultation, bytes]:
    consultation = consultation_for(slug)
    return consultation, key_for_work(database(), consultation, staff(), today())
