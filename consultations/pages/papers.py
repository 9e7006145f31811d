"""Papers for staff: drafted, changed block by block, published; what is public stands on a shelf."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from consultations.errors import NotFound
from consultations.pages import paper_forms
from consultations.pages.paper_words import said, source_name, source_of
from consultations.pages.reached import (
    consultation_for,
    paper_for,
    paper_languages,
    papers_reached,
    sources_reached,
)
from consultations.pages.web import database, needs, staff, today
from consultations.papers import drafting, publishing
from consultations.papers.blocks import KINDS, unwritten
from consultations.papers.models import Paper
from consultations.papers.sources import Sources, sources_of
from consultations.papers.starting import starting_draft
from consultations.papers.withdrawing import key_for_work
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission
from translations.languages import OFFICIAL_LANGUAGES

pages = Blueprint("papers", __name__, url_prefix="/staff")


@pages.get("/papers/")
@needs(Permission.READ_PAPERS)
def shelf() -> str:
    found = papers_reached(drafting.published(database()))
    return render_template(
        "papers/shelf.html",
        papers=found,
        titles={paper.id: publishing.titles(paper) for paper in found},
        consultations={paper.id: _consultation(paper) for paper in found},
        languages=paper_languages(),
    )


@pages.route("/consultations/<slug>/papers", methods=["GET", "POST"])
@needs(Permission.WRITE_PAPERS)
def of_consultation(slug: str) -> BaseResponse | str:
    consultation = consultation_for(slug)
    form = FlaskForm()
    if form.validate_on_submit():
        sources = sources_reached(consultation)
        paper = drafting.new_paper(database(), consultation, starting_draft(consultation, sources))
        _say_what_is_damaged(sources)
        return redirect(url_for("papers.editor", paper_id=paper.id), 303)
    papers = drafting.of_consultation(database(), consultation)
    return render_template("papers/of_consultation.html", consultation=consultation, papers=papers, form=form)


@pages.get("/papers/<int:paper_id>")
@needs(Permission.WRITE_PAPERS)
def editor(paper_id: int) -> str:
    paper, consultation, draft = _draft(paper_id)
    sources = _sources(consultation)
    return render_template(
        "papers/editor.html",
        paper=paper,
        consultation=consultation,
        draft=draft,
        sources=sources,
        missing=[block for block in draft.blocks if sources.is_damaged(block)],
        kinds=KINDS,
        unwritten=unwritten(draft.blocks),
        languages=OFFICIAL_LANGUAGES,
        source_of=source_of,
        source_name=source_name,
        said=said,
        form=FlaskForm(),
    )


@pages.post("/papers/<int:paper_id>/change")
@needs(Permission.WRITE_PAPERS)
def change(paper_id: int) -> BaseResponse:
    """Move, remove or undo, by the pressed button: `up-3`, `down-3`, `remove-3`, `undo`."""
    paper, consultation, draft = _draft(paper_id)
    verb, _, number = request.form.get("do", "").partition("-")
    changes = {
        "up": lambda at: drafting.moved(draft, at, -1),
        "down": lambda at: drafting.moved(draft, at, 1),
        "remove": lambda at: drafting.without_block(draft, at),
        "undo": lambda at: drafting.undone(draft),
    }
    if verb not in changes or (verb != "undo" and not number.isdecimal()):
        raise NotFound
    at = int(number or 0)
    drafting.save(database(), paper, consultation, changes[verb](at))
    if verb == "remove":
        flash(gettext("The block is removed. “Undo the last change” brings it back."))
    near = max(0, at - 1) if verb in {"up", "remove"} else at + (verb == "down")
    return redirect(url_for("papers.editor", paper_id=paper_id, _anchor=f"block-{near}"), 303)


@pages.route("/papers/<int:paper_id>/add", methods=["GET", "POST"])
@needs(Permission.WRITE_PAPERS)
def add(paper_id: int) -> BaseResponse | str | tuple[str, int]:
    """Put a block in before position `at`: what it shows is chosen here, what it says is written next."""
    paper, consultation, draft = _draft(paper_id)
    at = request.args.get("at", len(draft.blocks), type=int)
    sources = sources_reached(consultation)
    form = paper_forms.add_form(sources)
    if form.validate_on_submit():
        block = paper_forms.chosen_block(form)
        drafting.save(database(), paper, consultation, drafting.with_block(draft, at, block))
        return redirect(url_for("papers.editor", paper_id=paper_id, _anchor=f"block-{at}"), 303)
    return render_template(
        "papers/add.html", consultation=consultation, paper=paper, form=form, at=at, sources=sources
    ), 422 if form.errors else 200


@pages.route("/papers/<int:paper_id>/write", methods=["GET", "POST"])
@needs(Permission.WRITE_PAPERS)
def write(paper_id: int) -> BaseResponse | str | tuple[str, int]:
    """A heading or a text in all languages: a new one before position `at`, or the one that stands at `block`."""
    paper, consultation, draft = _draft(paper_id)
    position = request.args.get("block", type=int)
    if position is not None and not (
        0 <= position < len(draft.blocks) and KINDS[draft.blocks[position]["kind"]].written
    ):
        raise NotFound
    form = paper_forms.writing_form(draft.blocks[position] if position is not None else None)
    at = request.args.get("at", len(draft.blocks), type=int) if position is None else position
    if form.validate_on_submit():
        block = paper_forms.written_block(form, draft.blocks[position] if position is not None else {})
        put = drafting.with_block if position is None else drafting.with_other_block
        drafting.save(database(), paper, consultation, put(draft, at, block))
        return redirect(url_for("papers.editor", paper_id=paper_id, _anchor=f"block-{at}"), 303)
    return render_template(
        "papers/write.html", consultation=consultation, paper=paper, form=form, at=at
    ), 422 if form.errors else 200


@pages.route("/papers/<int:paper_id>/title", methods=["GET", "POST"])
@needs(Permission.WRITE_PAPERS)
def titles(paper_id: int) -> BaseResponse | str | tuple[str, int]:
    paper, consultation, draft = _draft(paper_id)
    form = paper_forms.titles_form(draft)
    if form.validate_on_submit():
        drafting.save(database(), paper, consultation, paper_forms.with_titles(draft, form))
        return redirect(url_for("papers.editor", paper_id=paper_id), 303)
    return render_template(
        "papers/titles.html", consultation=consultation, paper=paper, form=form
    ), 422 if form.errors else 200


@pages.post("/papers/<int:paper_id>/publish")
@needs(Permission.WRITE_PAPERS)
def publish(paper_id: int) -> BaseResponse:
    paper = paper_for(paper_id)
    publishing.publish(database(), paper, _consultation(paper), staff(), today())
    flash(gettext("The paper is published. It no longer changes."))
    return redirect(url_for("papers.preview", paper_id=paper_id, paper_language=OFFICIAL_LANGUAGES[1]), 303)


def _draft(paper_id: int) -> tuple[Paper, Consultation, drafting.Draft]:
    """The draft that is to be changed. Raises PaperNotFound, AlreadyPublished, NotAKeyHolder, DraftDamaged."""
    paper = paper_for(paper_id)
    if paper.published_on:
        raise publishing.AlreadyPublished
    consultation = _consultation(paper)
    key = key_for_work(database(), consultation, staff(), today())
    return paper, consultation, drafting.opened(paper, key)


def _consultation(paper: Paper) -> Consultation:
    return database().get_one(Consultation, paper.consultation_id)


def _sources(consultation: Consultation) -> Sources:
    return sources_of(database(), consultation, staff())


def _say_what_is_damaged(sources: Sources) -> None:
    """A draft that writes itself shall not be without a quote that nobody misses."""
    quotes, boxes = len(sources.damaged_quotes), len(sources.damaged_boxes)
    if quotes:
        flash(
            ngettext(
                "%(num)s quote could not be opened: it was damaged or changed in the database. The others are shown.",
                "%(num)s quotes could not be opened: they were damaged or changed in the database. The others are"
                " shown.",
                quotes,
            )
        )
    if boxes:
        flash(
            ngettext(
                "%(num)s case-study box could not be opened: it was damaged or changed in the database. The others are"
                " shown.",
                "%(num)s case-study boxes could not be opened: they were damaged or changed in the database. The others"
                " are shown.",
                boxes,
            )
        )
