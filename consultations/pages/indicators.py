"""Indicators for monitoring and evaluation: made by policy staff, read from every released consultation."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from consultations.analysis.figures.indicator_rows import rows
from consultations.analysis.figures.indicators import CodeTaken, Indicator, Point, by_id, delete, every, over_time, save
from consultations.analysis.releases.earlier import released
from consultations.analysis.shown.presenting import worded
from consultations.pages import indicator_words
from consultations.pages.indicator_forms import Asked, indicator_form, questions, values
from consultations.pages.pictures import picture
from consultations.pages.reached import consultations_reached, regions_reached
from consultations.pages.web import database, needs, staff, today
from consultations.registry.models import REGIONS
from consultations.staff.roles import Permission
from exports.csv_file import csv_bytes
from forms.questionnaire import Text
from translations.formats import listed

pages = Blueprint("indicators", __name__, url_prefix="/staff/indicators")


@pages.get("/")
@needs(Permission.READ_TABLES)
def overview() -> str:
    found = every(database(), regions_reached())
    points = _points(found)
    language = _language()
    lines = []
    for each in found:
        read = [point for point in points[each.id] if point.reading.percent is not None]
        lines.append((each, indicator_words.shown(each, read[-1], language) if read else None))
    return render_template("indicators/overview.html", lines=lines, regions=REGIONS)


@pages.get("/indicators.csv")
@needs(Permission.READ_TABLES)
def as_csv() -> Response:
    """A line for each indicator and consultation."""
    found = every(database(), regions_reached())
    points = _points(found)
    response = Response(csv_bytes(rows(found, points, _language())), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"indicators-{today()}.csv")
    return response


@pages.get("/<int:indicator_id>")
@needs(Permission.READ_TABLES)
def one(indicator_id: int) -> str:
    indicator = by_id(database(), indicator_id, regions_reached())
    points = _points([indicator])[indicator.id]
    question = questions(consultations_reached()).get(indicator.question)
    language = _language()
    lines = [indicator_words.shown(indicator, point, language) for point in points]
    return render_template(
        "indicators/one.html",
        indicator=indicator,
        question=question,
        options=_options(indicator, question, language),
        points=lines,
        progress=next((line.progress for line in reversed(lines) if line.progress), ""),
        chart=picture(indicator_words.over_time(indicator, points, language))
        if any(point.reading.percent is not None for point in points)
        else None,
        regions=REGIONS,
    )


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.SET_INDICATORS)
def new() -> BaseResponse | str | tuple[str, int]:
    """`question`: the name of the one that it points at; without it, a list to choose from."""
    known = questions(consultations_reached())
    question = known.get(request.args.get("question", ""))
    if question is None:
        return render_template("indicators/choose.html", questions=known.values())
    return _written(Indicator(), question, None)


@pages.route("/<int:indicator_id>/change", methods=["GET", "POST"])
@needs(Permission.SET_INDICATORS)
def change(indicator_id: int) -> BaseResponse | str | tuple[str, int]:
    indicator = by_id(database(), indicator_id, regions_reached())
    question = questions(consultations_reached()).get(indicator.question) or _gone(indicator)
    return _written(indicator, question, indicator)


@pages.route("/<int:indicator_id>/delete", methods=["GET", "POST"])
@needs(Permission.SET_INDICATORS)
def remove(indicator_id: int) -> BaseResponse | str:
    indicator = by_id(database(), indicator_id, regions_reached())
    form = FlaskForm()
    if form.validate_on_submit():
        delete(database(), indicator, who=staff().user.name, today=today())
        flash(gettext("The indicator is deleted. The tables that it was read from stay."))
        return redirect(url_for("indicators.overview"), 303)
    return render_template("indicators/delete.html", indicator=indicator, form=form)


def _written(indicator: Indicator, question: Asked, before: Indicator | None) -> BaseResponse | str | tuple[str, int]:
    """The form, or the page of the indicator once it is filled in."""
    form = indicator_form(question, before)
    if form.validate_on_submit():
        try:
            save(database(), indicator, values(form, question), who=staff().user.name, today=today())
        except CodeTaken as problem:
            form.code.errors = [gettext(problem.message)]
        else:
            return redirect(url_for("indicators.one", indicator_id=indicator.id), 303)
    page = render_template("indicators/form.html", form=form, question=question, indicator=before)
    return page, 422 if form.errors else 200


def _gone(indicator: Indicator) -> Asked:
    """A question that no consultation asks any more: it can still be given another name or target."""
    return Asked(indicator.question, Text(), {name: Text() for name in indicator.options}, several=False)


def _points(indicators: Iterable[Indicator]) -> dict[int, list[Point]]:
    return over_time(database(), indicators, released(database(), consultations_reached()))


def _options(indicator: Indicator, question: Asked | None, language: str) -> str:
    labels = question.options if question else {}
    return listed(
        (worded(labels.get(name, Text()).by_language, name, language) for name in indicator.options), language
    )


def _language() -> str:
    return str(get_locale() or "en")
