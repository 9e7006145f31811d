"""What every page shares: who may enter, the request's database session, languages and errors."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

from babel.support import NullTranslations
from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import get_locale, gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from consultations.errors import NotAllowed, Problem
from consultations.pages import failures, numbers, wording
from consultations.pages.headers import secured
from consultations.settings import Settings
from consultations.staff.roles import Permission, may
from consultations.staff.sign_in import SignedIn, signed_in
from translations.catalogues import words
from translations.fallback import best_match
from translations.formats import separated, written_date
from translations.languages import INTERFACE_LANGUAGES, autonym, direction, html_lang

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
ANY_STAFF = "any staff"


def public(view: View) -> View:
    """Anyone may open this page."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # functions carry attributes; tests/guards reads this one
    return view


def needs(permission: Permission | None) -> Callable[[View], View]:
    """Only staff whose role includes `permission` (staff/roles.py) may open this page; None: whoever is signed in."""

    def mark(view: View) -> View:
        view.access = permission or ANY_STAFF  # type: ignore[attr-defined]  # as above
        return view

    return mark


def settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def database() -> Session:
    """The request's session: committed when the page succeeds, rolled back when it does not."""
    if "database" not in g:
        g.database = current_app.extensions["sessions"]()
    return cast(Session, g.database)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    return now().date()


def staff() -> SignedIn:
    """Who is signed in; pages marked `@needs` always have somebody."""
    return cast(SignedIn, g.staff)


def page_language() -> str:
    """The interface language: the address says it on members' pages, the account on staff pages, else the browser."""
    wanted = (request.view_args or {}).get("language") if request else None
    if wanted is None and (request.path.startswith("/staff/") or request.path == "/staff"):
        wanted = _staff_language()
    found = spoken(str(wanted)) if wanted is not None else None
    return found or spoken(request.accept_languages.best_match(INTERFACE_LANGUAGES) or "en") or "en"


@lru_cache(maxsize=1024)
def spoken(language: str) -> str | None:
    """The interface's language for a reader of `language`; None for those that it does not speak: Swahili, say."""
    return best_match(language, INTERFACE_LANGUAGES) if language.split("-")[0] in INTERFACE_LANGUAGES else None


def _staff_language() -> str | None:
    chosen = request.args.get("language")
    if chosen in INTERFACE_LANGUAGES:
        return chosen
    return staff().user.language if g.get("staff") else None


def join(app: Flask) -> None:
    """Give the application everything in this module."""
    app.before_request(_let_in)
    app.after_request(_finish)
    app.teardown_request(_close)
    failures.join(app)
    numbers.join(app)
    app.register_error_handler(Problem, _explain_problem)
    app.register_error_handler(CSRFError, _explain_stale_form)
    app.register_error_handler(HTTPException, _explain_http)
    app.register_error_handler(Exception, _explain_failure)
    app.context_processor(_words_for_templates)
    # Flask-Babel's own look the catalogue up anew for each of a page's thirty words: a quarter of what drawing it took.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's i18n extension
        lambda message: _catalogue().ugettext(message),
        lambda one, several, number: _catalogue().ungettext(one, several, number),
        newstyle=True,
    )
    app.jinja_env.globals["url_for"] = _address
    app.jinja_env.filters.update(wording.FILTERS)
    app.jinja_env.filters["written_date"] = lambda date: written_date(date, str(get_locale() or "en"))


def _let_in() -> BaseResponse | None:
    """Open the page to those its view names, and to nobody else; a view that names nobody is open to nobody."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    access = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access is None:
        abort(404)
    # Members' pages never read the staff cookie, even where a browser has one.
    if not request.path.startswith("/staff"):
        return None
    token = session.get("token")
    g.staff = signed_in(database(), token, now()) if isinstance(token, bytes) else None
    if access != PUBLIC and g.staff is None:
        return redirect(url_for("sign_in.sign_in_page"))
    if current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf_protection"].protect()
    if access == PUBLIC:
        return None
    if access != ANY_STAFF and not may(g.staff.user.role, access):
        raise NotAllowed
    return None


def _finish(response: Response) -> Response:
    opened: Session | None = g.get("database")
    if opened is not None and response.status_code < 400:
        opened.commit()
    return secured(response)


def _close(failure: BaseException | None) -> None:
    opened: Session | None = g.pop("database", None)
    if opened is not None:
        opened.close()  # rolls back what was not committed


def _explain_problem(problem: Problem) -> tuple[str, int]:
    return _explanation(gettext(problem.message) % problem.values, problem.status, type(problem).__name__)


def _explain_stale_form(problem: CSRFError) -> tuple[str, int]:
    return _explanation(gettext("This page was open for too long. Go back, reload it and send it again."), 400)


def _explain_http(problem: HTTPException) -> tuple[str, int] | HTTPException | Response:
    code = problem.code or 500
    if isinstance(problem, SecurityError):
        # For a host that is not trusted no address can be built, and a page of ours needs some. It is not named again.
        return Response("This is not the address of these pages.\n", 400, mimetype="text/plain")
    if code < 400:
        return problem
    sentences = {
        400: gettext("The request could not be read. Please go back and try again."),
        404: gettext("There is no page at this address."),
        405: gettext("There is no page at this address."),
        413: gettext("The file or text is too large. Please send a smaller one."),
        429: gettext("Too many tries. Please wait a few minutes."),
        500: _our_fault(),
    }
    return _explanation(sentences.get(code, sentences[400]), code)


def _explain_failure(failure: Exception) -> tuple[str, int]:
    failures.write_down(current_app, failure)
    if current_app.testing or current_app.debug:
        raise failure
    return _explanation(_our_fault(), 500)


def _our_fault() -> str:
    return str(gettext("Something went wrong on our side. Nothing was saved. Please try again later."))


def _explanation(sentence: str, status: int, kind: str = "") -> tuple[str, int]:
    opened: Session | None = g.get("database")
    if opened is not None:
        opened.rollback()
    template = "staff/problem.html" if request.path.startswith("/staff") else "member/problem.html"
    return render_template(template, sentence=sentence, kind=kind), status


def _address(endpoint: str, **values: Any) -> str:
    """`url_for` for templates: an address of ours is worked out once, and the same page names up to ten of them."""
    if endpoint.startswith(".") or any(name.startswith("_") for name in values):
        return url_for(endpoint, **values)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the application itself, not what stands for it
    return _kept_address(app, request.script_root, endpoint, tuple(sorted(values.items())))


@lru_cache(maxsize=4096)
def _kept_address(app: Flask, script_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def _catalogue() -> NullTranslations:
    """The words of the page's language, looked up once a request."""
    if "catalogue" not in g:
        g.catalogue = words(str(get_locale() or "en"))
    return cast(NullTranslations, g.catalogue)


def _words_for_templates() -> dict[str, object]:
    language = str(get_locale() or "en")
    return {
        "page_language": language,
        "html_lang": html_lang,
        "autonym": autonym,
        "direction": direction,
        "interface_languages": INTERFACE_LANGUAGES,
        "signed_in_staff": g.get("staff"),
        "semicolon": separated(("", ""), language),
        "nearest": wording.nearest,
        "told": wording.told,
        "text": wording.text,
        "may": may,
        "Permission": Permission,
    }
