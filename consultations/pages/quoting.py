"""Open answers, one question at a time, and the quotes that are picked from them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from consultations.analysis import quotes
from consultations.analysis.open_answers import OpenAnswer, answer_with, asks_permission, open_answers, open_questions
from consultations.analysis.regional import REGION
from consultations.fieldwork.coding import THEMES
from consultations.pages.reached import consultation_for
from consultations.pages.results import pages
from consultations.pages.web import database, needs, staff, today
from consultations.papers.withdrawing import key_for_work
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import questionnaire_of
from consultations.staff.roles import Permission
from forms.questionnaire import Questionnaire
from translations.languages import OFFICIAL_LANGUAGES

ANSWERS_A_PAGE = 20
LONGEST_TRANSLATION = 5_000
#: The longest answer that a page of members takes in is shorter.
LONGEST_TEXT = 100_000


class _PickForm(FlaskForm):
    text = TextAreaField(
        lazy_gettext("The words to quote"),
        [InputRequired(lazy_gettext("Keep at least a part of the answer.")), Length(max=LONGEST_TEXT)],
        description=lazy_gettext("You can leave out the beginning or the end. Change nothing in between."),
    )
    theme = SelectField(lazy_gettext("Theme"), [InputRequired(lazy_gettext("Choose a theme from the list."))])


def pick_form(answer: OpenAnswer) -> FlaskForm:
    """The words, a theme, and a translation into each official language but the answer's own."""
    others = [code for code in OFFICIAL_LANGUAGES if code != answer.language.split("-")[0]]
    fields = {
        f"in_{code}": TextAreaField(
            lazy_gettext("Translation"),
            [Length(max=LONGEST_TRANSLATION, message=lazy_gettext("This text is too long."))],
        )
        for code in others
    }
    form: FlaskForm = type("PickForm", (_PickForm,), fields)(data={"text": answer.text})
    named = [SelectChoice(key, gettext(name)) for key, name in THEMES.items()]
    form.theme.choices = [SelectChoice("", gettext("Choose a theme")), *named]
    return form


@pages.get("/quotes")
@needs(Permission.PICK_QUOTES)
def open_answer_list(slug: str) -> str:
    consultation, key = _with_key(slug)
    form = questionnaire_of(consultation.questionnaire)
    questions = open_questions(form)
    if not questions:
        return render_template("responses/no_open_questions.html", consultation=consultation)
    chosen = request.args.get("question", questions[0].name)
    answers = open_answers(database(), consultation, key, chosen)
    picked = quotes.picked(database(), consultation, key)
    page = max(1, request.args.get("page", 1, type=int))
    start = (page - 1) * ANSWERS_A_PAGE
    return render_template(
        "responses/quotes.html",
        consultation=consultation,
        questions=questions,
        chosen=chosen,
        asked=asks_permission(form),
        answers=answers.quotable[start : start + ANSWERS_A_PAGE],
        total=len(answers.quotable),
        withheld=answers.withheld,
        page=page,
        pages=-(-len(answers.quotable) // ANSWERS_A_PAGE),
        picked=picked.opened,
        damaged=picked.damaged,
        themes=THEMES,
        regions=_regions(form),
    )


@pages.route("/quotes/<question>/<reference>", methods=["GET", "POST"])
@needs(Permission.PICK_QUOTES)
def pick_one(slug: str, question: str, reference: str) -> Response | str | tuple[str, int]:
    consultation, key = _with_key(slug)
    questionnaire = questionnaire_of(consultation.questionnaire)
    answer = answer_with(open_answers(database(), consultation, key, question), reference)
    form = pick_form(answer)
    if form.validate_on_submit():
        try:
            quotes.pick(
                database(),
                consultation,
                key,
                answer,
                form.theme.data,
                text=form.text.data,
                translations={name[3:]: text for name, text in form.data.items() if name.startswith("in_") and text},
            )
        except (quotes.NotVerbatim, quotes.PickedAlready) as problem:
            form.text.errors = [gettext(problem.message)]
        else:
            flash(gettext("The quote is picked. It can be put into papers now."))
            return redirect(url_for("responses.open_answer_list", slug=slug, question=question), 303)
    page = render_template(
        "responses/pick.html",
        consultation=consultation,
        question=questionnaire.question(question),
        answer=answer,
        form=form,
        regions=_regions(questionnaire),
    )
    return page, 422 if form.errors else 200


@pages.post("/quotes/<quote_id>/put-back")
@needs(Permission.PICK_QUOTES)
def put_back(slug: str, quote_id: str) -> Response:
    consultation, _ = _with_key(slug)  # whoever cannot read a quote shall not remove it
    quotes.put_back(database(), consultation, quote_id)
    flash(gettext("The quote was taken out. The answer itself is still there."))
    return redirect(url_for("responses.open_answer_list", slug=slug), 303)


def _with_key(slug: str) -> tuple[Consultation, bytes]:
    consultation = consultation_for(slug)
    return consultation, key_for_work(database(), consultation, staff(), today())


def _regions(questionnaire: Questionnaire) -> dict[str, dict[str, str]]:
    """The names of regions by language, as the questionnaire has them."""
    lists = [asked.list_name for asked in questionnaire.questions() if asked.name == REGION]
    choices = questionnaire.choices.get(lists[0], ()) if lists else ()
    return {choice.name: dict(choice.label.by_language) for choice in choices}
