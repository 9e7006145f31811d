"""A paper to look at in each language and to take along as PDF; beside a draft, what it is made without."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from flask import Response, render_template

from consultations.errors import NotFound
from consultations.pages.papers import pages
from consultations.pages.reached import paper_for, paper_languages
from consultations.pages.web import database, needs, staff, today
from consultations.papers import publishing
from consultations.papers.blocks import Block
from consultations.papers.models import Paper
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission
from exports.document import Document
from exports.paper import render_article, style_sheet


@pages.get("/papers/paper.css")
@needs(Permission.READ_PAPERS)
def paper_style() -> Response:
    """The style of papers on a screen, as the exporting library has it."""
    return Response(style_sheet("paper.css"), mimetype="text/css")


@pages.get("/papers/<int:paper_id>/preview/<paper_language>")
@needs(Permission.READ_PAPERS)
def preview(paper_id: int, paper_language: str) -> str:
    paper, document, missing = _document(paper_id, paper_language)
    article = render_article(document)
    return render_template(
        "papers/preview.html",
        consultation=_consultation(paper),
        paper=paper,
        article=article,
        shown=document,
        missing=missing,
        paper_language=paper_language,
        languages=paper_languages(),
    )


@pages.get("/papers/<int:paper_id>/<paper_language>.pdf")
@needs(Permission.READ_PAPERS)
def as_pdf(paper_id: int, paper_language: str) -> Response:
    paper, document, _ = _document(paper_id, paper_language)
    name = publishing.file_name(document, _consultation(paper), "pdf")
    return _download(publishing.pdf(document, keep=bool(paper.published)), "application/pdf", name)


@pages.get("/papers/<int:paper_id>/all.zip")
@needs(Permission.READ_PAPERS)
def all_pdfs(paper_id: int) -> Response:
    paper = paper_for(paper_id)
    consultation = _consultation(paper)
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as file:
        for document in _made(paper).documents.values():
            entry = zipfile.ZipInfo(publishing.file_name(document, consultation, "pdf"))
            file.writestr(entry, publishing.pdf(document, keep=bool(paper.published)))
    return _download(bundle.getvalue(), "application/zip", f"{consultation.slug}.zip")


def _made(paper: Paper) -> publishing.Made:
    """In the languages that this account reads."""
    made = publishing.made(database(), paper, _consultation(paper), staff(), today())
    return replace(made, documents={code: made.documents[code] for code in paper_languages()})


def _document(paper_id: int, language: str) -> tuple[Paper, Document, list[Block]]:
    """The paper in the language, and the blocks that it is without, as what they show does not open."""
    paper = paper_for(paper_id)
    if language not in paper_languages():
        raise NotFound
    made = _made(paper)
    return paper, made.documents[language], made.missing


def _download(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _consultation(paper: Paper) -> Consultation:
    return database().get_one(Consultation, paper.consultation_id)
