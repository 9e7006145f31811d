"""A draft that is deleted, and the page in place of one that does not open."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consultations.audit import record
from consultations.pages.papers import pages
from consultations.pages.reached import paper_for
from consultations.pages.web import database, needs, staff, today
from consultations.papers import drafting, publishing
from consultations.papers.models import Paper
from consultations.papers.withdrawing import key_for_work
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission


@pages.route("/papers/<int:paper_id>/delete", methods=["GET", "POST"])
@needs(Permission.WRITE_PAPERS)
def delete(paper_id: int) -> Response | str:
    """A draft, whether it opens or not, by whoever holds the key. Raises AlreadyPublished, NotAKeyHolder."""
    paper, form = paper_for(paper_id), FlaskForm()
    if paper.published_on:
        raise publishing.AlreadyPublished
    consultation = _consultation(paper)
    key_for_work(database(), consultation, staff(), today())
    if not form.validate_on_submit():
        return render_template("papers/delete.html", paper=paper, consultation=consultation, form=form)
    drafting.delete(database(), paper)
    what, slug = "deleted a draft of a paper on", consultation.slug
    record(database(), who=staff().user.name, what=what, subject=slug, day=today())
    flash(gettext("The draft is deleted."))
    return redirect(url_for("papers.of_consultation", slug=slug), 303)


@pages.errorhandler(drafting.DraftDamaged)
def damaged(problem: drafting.DraftDamaged) -> tuple[str, int]:
    """In place of whichever page was asked for: what happened to the draft, and what can be done."""
    database().rollback()
    paper = paper_for((request.view_args or {})["paper_id"])
    return render_template("papers/damaged.html", paper=paper, consultation=_consultation(paper)), problem.status


def _consultation(paper: Paper) -> Consultation:
    return database().get_one(Consultation, paper.consultation_id)
