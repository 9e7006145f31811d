"""What is done to an interview's text: names replaced and taken back, passages marked, unmarked and translated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from consultations.fieldwork import coding, interviews, passages
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.candidates import KINDS, Candidate, candidates
from consultations.fieldwork.coding import THEMES, NothingMarked, OutsideText, verbatim
from consultations.fieldwork.sentences import sentences
from consultations.fieldwork.transcripts import LEFT_OUT, replace, suggested
from consultations.pages.case_studies import pages
from consultations.pages.fieldwork_forms import MarkForm, NamesForm, translations_form
from consultations.pages.interviews import of_interview, one
from consultations.pages.web import database, needs, staff
from consultations.staff.roles import Permission
from translations.languages import OFFICIAL_LANGUAGES

#: What is left out unless somebody decides otherwise; whether a capital letter makes a name, a person has to see.
_LEFT_OUT_KINDS = frozenset({"email", "handle", "phone", "document"})


@pages.route("/interviews/<interview_id>/names", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def names(interview_id: str) -> Response | str | tuple[str, int]:
    found, body = one(interview_id)
    offered = _candidates(body)
    rows = [
        {"use": each.kind in _LEFT_OUT_KINDS, "name": each.text, "pseudonym": pseudonym}
        for each, pseudonym in zip(offered, _pseudonyms(body, offered), strict=True)
    ]
    form = NamesForm(data={"found": rows, "others": [{}] * 3})
    if form.validate_on_submit():
        places = interviews.replace_names(database(), found, form.pseudonyms(), staff())
        flash(ngettext("%(num)s place was replaced.", "%(num)s places were replaced.", places))
        return redirect(url_for("fieldwork.names", interview_id=interview_id), 303)
    by_name = {each.text: each for each in offered}
    shown = render_template(
        "fieldwork/names.html", **of_interview(found, body), form=form, candidates=by_name, kinds=KINDS
    )
    return shown, 422 if form.errors else 200


@pages.post("/interviews/<interview_id>/names/undo")
@needs(Permission.DO_FIELDWORK)
def undo_names(interview_id: str) -> Response:
    found, _ = one(interview_id)
    interviews.undo_replacing(database(), found, staff())
    flash(gettext("The last replacement was taken back."))
    return redirect(url_for("fieldwork.names", interview_id=interview_id), 303)


@pages.route("/interviews/<interview_id>/passages", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def mark_passage(interview_id: str) -> Response | str | tuple[str, int]:
    found, body = one(interview_id)
    form = MarkForm(counted_in=_text_mark(body.transcript))
    form.offer()
    spans = sentences(body.transcript)
    if form.validate_on_submit():
        try:
            _check_same_text(form, body)
            span = coding.marked(spans, form.sentences.data or ())
        except (NothingMarked, OutsideText) as problem:
            form.sentences.errors = [gettext(problem.message)]
        else:
            passages.mark(database(), found, body.transcript, span, form.theme.data, staff())
            flash(gettext("The passage is marked as a quote."))
            return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)
    form.counted_in.data = _text_mark(body.transcript)
    marked = passages.passages_of(database(), found, staff())
    lines = [
        (
            verbatim(body.transcript, span),
            "\n" in body.transcript[span.end : following],
            [each.theme for _, each in marked.opened if each.span.start < span.end and span.start < each.span.end],
        )
        for span, following in zip(spans, [*(span.start for span in spans[1:]), len(body.transcript)], strict=True)
    ]
    ticked = set(form.sentences.data or ())
    shown = render_template(
        "fieldwork/mark.html",
        **of_interview(found, body),
        form=form,
        lines=lines,
        themes=THEMES,
        ticked=ticked,
        lost_passages=marked.refused,
    )
    return shown, 422 if form.errors else 200


@pages.post("/interviews/<interview_id>/passages/<passage_id>/unmark")
@needs(Permission.DO_FIELDWORK)
def unmark_passage(interview_id: str, passage_id: str) -> Response:
    found, _ = one(interview_id)
    passage = passages.passage_with(database(), found, passage_id)
    passages.unmark(database(), found, passage, staff())
    flash(gettext("The mark is removed. You can put it back below."))
    return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)


@pages.post("/interviews/<interview_id>/passages/<passage_id>/again")
@needs(Permission.DO_FIELDWORK)
def mark_again(interview_id: str, passage_id: str) -> Response:
    found, _ = one(interview_id)
    passage = passages.passage_with(database(), found, passage_id)
    passages.mark_again(database(), found, passage, staff())
    flash(gettext("The mark is back."))
    return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)


@pages.post("/interviews/<interview_id>/passages/<passage_id>/take-out")
@needs(Permission.DO_FIELDWORK)
def delete_damaged_passage(interview_id: str, passage_id: str) -> Response:
    found, _ = one(interview_id)
    passages.delete_damaged(database(), found, passages.passage_with(database(), found, passage_id), staff())
    flash(gettext("The passage that could not be opened is taken out. You can mark it again in the text."))
    return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)


@pages.route("/interviews/<interview_id>/passages/<passage_id>/translations", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def translate_passage(interview_id: str, passage_id: str) -> Response | str | tuple[str, int]:
    found, body = one(interview_id)
    passage = passages.passage_with(database(), found, passage_id)
    marked = passages.body_of(database(), found, passage, staff())
    languages = [code for code in OFFICIAL_LANGUAGES if code != body.language]
    form = translations_form(languages, dict(marked.translations))
    if form.validate_on_submit():
        texts = {code: form[f"text_{code}"].data or "" for code in languages}
        passages.translate(database(), found, passage, texts, staff())
        flash(gettext("Saved."))
        return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)
    text = verbatim(body.transcript, marked.span)
    shown = render_template(
        "fieldwork/translations.html", **of_interview(found, body), form=form, text=text, languages=languages
    )
    return shown, 422 if form.errors else 200


def _candidates(body: InterviewBody) -> tuple[Candidate, ...]:
    """What may identify somebody, in all texts at once; the pseudonyms that stand there are not offered again."""
    everything = "\n".join(body.texts().values())
    used = {pseudonym: "…" for step in body.steps for pseudonym in step.pseudonyms.values()}
    return candidates(replace(everything, used).text)


def _pseudonyms(body: InterviewBody, offered: tuple[Candidate, ...]) -> Iterator[str]:
    """What each candidate may be called: what it was called before, its name's pseudonym, or the next free one."""
    known = {name.casefold(): pseudonym for step in body.steps for name, pseudonym in step.pseudonyms.items()}
    free = suggested(body.language, set(known.values()))
    for each in offered:
        key, whole = each.text.casefold(), each.form_of.casefold()
        if each.kind in KINDS and each.kind not in ("name", "form"):
            known.setdefault(key, LEFT_OUT)
        elif key not in known:
            known[key] = known[whole] if whole in known else next(free)
        yield known[key]


def _text_mark(transcript: str) -> str:
    """Tells one version of the transcript from another: sentences are counted in the text that the reader saw."""
    return hashlib.sha256(transcript.encode()).hexdigest()


def _check_same_text(form: MarkForm, body: InterviewBody) -> None:
    if request.form.get("counted_in") != _text_mark(body.transcript):
        form.sentences.data = []
        raise OutsideText
