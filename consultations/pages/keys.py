"""The key ceremony, step by step: the trustees' cards, their confirmation, the yearly rehearsal, and recovery."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from consultations.audit import record
from consultations.errors import N_, NotFound, Problem
from consultations.pages.code_cards import picture
from consultations.pages.web import database, needs, page_language, staff, today
from consultations.pages.wording import option, told
from consultations.papers import holding
from consultations.papers.holding import Held
from consultations.registry.countries import country_name
from consultations.staff import covering, people, trustees
from consultations.staff.fingerprints import fingerprint
from consultations.staff.models import TrusteesKey
from consultations.staff.roles import Permission
from consultations.staff.shares import CARDS, card_number
from consultations.staff.trustees_cards import card_pdf
from exports.pdf import PdfLibraryMissing
from translations.phrases import filled

pages = Blueprint("keys", __name__, url_prefix="/staff/keys")

#: 33 words with numbers are some 350 letters.
_LONGEST_CARD = 2000
_UNREADABLE = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "rows": "6", "dir": "ltr"}


class CardsForm(FlaskForm):
    card_a = TextAreaField(
        lazy_gettext("Words of one card (card A)"),
        [InputRequired(lazy_gettext("Type the words of a card.")), Length(max=_LONGEST_CARD)],
        description=lazy_gettext("All 33 in their order. Numbers, capitals and line breaks make no difference."),
        render_kw=_UNREADABLE,
    )
    card_b = TextAreaField(
        lazy_gettext("Words of another card (card B)"),
        [InputRequired(lazy_gettext("Type the words of a card.")), Length(max=_LONGEST_CARD)],
        render_kw=_UNREADABLE,
    )

    def cards(self) -> tuple[str, str]:
        return self.card_a.data, self.card_b.data

    def blame(self, problem: Problem) -> None:
        """Say what was wrong beside the card that it was wrong with."""
        field = self.card_a if problem.values.get("card") == "A" else self.card_b
        field.errors = [gettext(problem.message) % problem.values]


class RecoveryForm(CardsForm):
    what = SelectField(lazy_gettext("What shall be opened"))
    person = SelectField(lazy_gettext("Who gets the key"))


@pages.get("/")
@needs(Permission.CONFIRM_CARDS)
def ceremony() -> str:
    """What is done and what comes next, for administrators and for those who confirm what these made."""
    return render_template(
        "keys/ceremony.html",
        form=FlaskForm(),
        **_cards_there(),
        due=trustees.rehearsal_is_due(database(), today()),
        holders=people.active_with(database(), Permission.UNLOCK),
        uncovered=_uncovered(),
        fingerprint=fingerprint,
    )


@pages.post("/make")
@needs(Permission.MANAGE_STAFF)
def make() -> str:
    """New cards, shown once."""
    made = trustees.make(database(), today(), by=staff().user)
    _note("made a recovery key", made.key)
    return render_template(
        "keys/cards.html",
        form=FlaskForm(),
        key=made.key,
        fingerprint=fingerprint(made.key.public_key),
        cards=[(card_number(card), card, picture(card)) for card in made.cards],
        count=CARDS,
        ask=gettext(trustees.CardsOfYourOwn.message),
    )


@pages.post("/card.pdf")
@needs(Permission.MANAGE_STAFF)
def card() -> Response:
    """One card to print, from the words on the page that shows them: they are nowhere else."""
    words = " ".join(request.form.get("words", "").split())
    key = trustees.waiting(database())
    try:
        number = card_number(words)
    except Problem:
        raise NotFound from None
    if key is None:
        raise NotFound
    try:
        content = card_pdf(words, key, page_language())
    except PdfLibraryMissing as problem:
        raise CardsUnprintable(line=str(problem)) from problem
    name = f"card-{number}.pdf"
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f"attachment; filename={name}"}
    )


class CardsUnprintable(Problem):
    status = 503
    message = N_(
        "This server cannot make PDFs yet. Go back and copy the words by hand, or install what is missing: %(line)s"
    )


@pages.route("/rehearse", methods=["GET", "POST"])
@needs(Permission.CONFIRM_CARDS)
def rehearse() -> BaseResponse | str | tuple[str, int]:
    """Two trustees type their words: the confirmation of new cards, and the rehearsal of every year."""
    form = CardsForm()
    if form.validate_on_submit():
        try:
            _rehearsed(form)
        except trustees.CardsOfYourOwn:
            raise  # it is about who types, and not about a card
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect(url_for("keys.ceremony"), 303)
    return _blank(form, "keys/rehearse.html", **_cards_there())


@pages.route("/recover", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def recover() -> BaseResponse | str | tuple[str, int]:
    """Every holder has lost the key: two trustees give it to somebody."""
    form = RecoveryForm()
    form.what.choices = [option(each.name, title_of(each)) for each in holding.everything(database())]
    able = people.active_with(database(), Permission.DO_FIELDWORK)
    form.person.choices = [SelectChoice(user.name, user.name) for user in able]
    if form.validate_on_submit():
        try:
            what = holding.held(database(), form.what.data)
            person = next(user for user in able if user.name == form.person.data)
            opened = trustees.opened(database(), form.cards())
            holding.recover(database(), what, opened, person, who=staff().user.name, today=today())
        except holding.MayNotHold as problem:
            form.person.errors = [gettext(problem.message)]
        except Problem as problem:
            form.blame(problem)
        else:
            flash(gettext("%(person)s holds the key now.", person=person.name))
            return redirect(url_for("keys.ceremony"), 303)
    return _blank(form, "keys/recover.html")


def title_of(what: Held) -> str:
    """What it is called in a list."""
    title = told(what.consultation.title, what.consultation.slug)
    if what.case_study is None:
        return title
    country = country_name(what.case_study.country_code, page_language())
    return filled(gettext("%(title)s, case study: %(country)s"), {"title": title, "country": country})


def _rehearsed(form: CardsForm) -> None:
    new = trustees.waiting(database())
    key = trustees.rehearse(database(), form.cards(), today(), by=staff().user)
    if key is new:
        _note("confirmed a recovery key", key)
        flash(gettext("The cards work: the recovery key is confirmed, and consultations can open."))
    else:
        _note("rehearsed with a recovery key", key)
        flash(gettext("The cards work. The rehearsal is noted; the next one is due in a year."))


def _cards_there() -> dict[str, Any]:
    """The cards of today and those that wait for their confirmation, with who made these and what that means."""
    waiting = trustees.waiting(database())
    by = trustees.maker(database(), waiting) if waiting else None
    return {
        "current": trustees.current(database()),
        "waiting": waiting,
        "maker": by,
        "mine": by is not None and by.id == staff().user.id,
        "ask": gettext(trustees.CardsOfYourOwn.message),
    }


def _blank(form: CardsForm, template: str, **more: Any) -> tuple[str, int]:
    """The page with whatever was wrong; the words of a card that was typed without a mistake come back as well."""
    return render_template(template, form=form, **more), 422 if form.errors else 200


def _uncovered() -> list[tuple[Held, str]]:
    missing = set(covering.uncovered(database()))
    return [(each, title_of(each)) for each in holding.everything(database()) if each.keyring_id in missing]


def _note(what: str, key: TrusteesKey) -> None:
    record(database(), who=staff().user.name, what=what, subject=trustees.in_the_log(database(), key), day=today())
