"""The one place where everything is wired."""

from __future__ import annotations

import hashlib
import logging

from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from consultations import cli
from consultations.database import engine_for, session_maker
from consultations.hardening import forbid_core_dumps, warnings
from consultations.mail import mail_server
from consultations.pages import (
    account,
    answer,
    audit,
    briefing,
    comparing,
    compressing,
    coverage,
    fieldwork,
    importing,
    indicators,
    joining,
    key_holders,
    keys,
    leaving,
    members,
    pacing,
    person,
    planning,
    profile,
    progress,
    questionnaires,
    quick,
    responses,
    retention,
    rounds,
    saving,
    second_factors,
    sign_in,
    sizes,
    static_files,
    uploads,
    web,
    withdrawing,
)
from consultations.pages.staff_cookie import StaffSessions, cookie_settings
from consultations.settings import PROJECT, Settings, from_environment

PAGES = (
    members,
    answer,
    saving,
    withdrawing,
    sign_in,
    account,
    second_factors,
    questionnaires,
    rounds,
    planning,
    coverage,
    responses,
    profile,
    comparing,
    indicators,
    retention,
    progress,
    importing,
    fieldwork,
    briefing,
    person,  # and people, whose blueprint it shares
    joining,
    audit,
    keys,
    key_holders,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve; settings come from the environment when none are given."""
    settings = settings or from_environment()
    app = Flask("consultations", root_path=str(PROJECT / "consultations" / "pages"))
    app.config.update(
        SECRET_KEY=hashlib.sha256(b"staff cookies" + settings.secret).digest(),
        MAX_CONTENT_LENGTH=settings.upload_limit_mib * 2**20,
        MAX_FORM_MEMORY_SIZE=4 * 2**20,
        MAX_FORM_PARTS=1_000,  # of a multipart form; the longest of ours has some 60
        TRUSTED_HOSTS=_hosts(settings),
        **cookie_settings(settings),
        WTF_CSRF_TIME_LIMIT=None,  # a page open all day must still be able to save; the session itself ends it
        WTF_CSRF_CHECK_DEFAULT=False,  # members' pages have no cookie, hence nothing to forge: see pages/web.py
        BABEL_TRANSLATION_DIRECTORIES=str(PROJECT / "translations"),
    )
    app.session_interface = StaffSessions()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["settings"] = settings
    app.extensions["mail"] = mail_server(settings.smtp_url, settings.mail_from)
    app.extensions["engine"] = engine_for(settings.database_url)
    app.extensions["sessions"] = session_maker(app.extensions["engine"])
    Babel(app, locale_selector=web.page_language)
    app.extensions["csrf_protection"] = CSRFProtect(app)
    sizes.join(app)
    uploads.join(app)
    web.join(app)
    static_files.join(app)
    compressing.join(app)
    leaving.join(app)
    pacing.join(app)
    for module in PAGES:
        app.register_blueprint(module.pages)
    quick.join(app)
    if settings.trusted_proxies:
        # Only the sender's address is taken from a proxy, for pages/limiting.py; host and scheme come from settings.
        proxied = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask has it for middleware
    cli.join(app)
    return app


def _hosts(settings: Settings) -> list[str] | None:
    """The host names that may be asked for, the onion service's among them; None when any may."""
    if not settings.trusted_hosts:
        return None
    return [host for host in (*settings.trusted_hosts, settings.onion_address) if host]


def _warn(served: Flask) -> None:
    """In real use, where a server was started by itself: `flask start` has said it already."""
    settings: Settings = served.extensions["settings"]
    if settings.https:
        for line in warnings(served.extensions["engine"], settings.instance):
            logging.getLogger(__name__).warning("%s", line)
        served.extensions["engine"].dispose()  # a connection may not be taken along into a fork


def __getattr__(name: str) -> Flask:
    """`app:app` for WSGI servers, made on first use: importing this module alone opens nothing."""
    if name != "app":
        raise AttributeError(name)
    # Every web process comes by here and no command does, whichever server starts it.
    forbid_core_dumps()
    globals()["app"] = create_app()
    _warn(globals()["app"])
    return globals()["app"]  # type: ignore[no-any-return]  # just made
