"""The one cookie there is, for staff: its name and attributes, and that members' pages never read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.wrappers import Request

from consultations.settings import Settings

#: A sign-in ends after this, whatever is done with it.
LONGEST = timedelta(hours=8)
#: `__Host-` (RFC 6265bis section 4.1.3.2) has the browser refuse a cookie of this name that another host of the same
#: domain set, and one that came without TLS: nobody can slip a session of their own in. It needs Path=/, so that
#: browsers of staff send it with members' pages as well; `StaffSessions` takes care that those cannot know.
#: `__Secure-` with Path=/staff would spare the sending and leave the door to sibling domains open.
OVER_HTTPS = "__Host-staff"
#: Browsers refuse both prefixes without TLS, also on one's own machine.
IN_A_TRIAL = "staff"


def cookie_settings(settings: Settings) -> dict[str, Any]:
    """What Flask is told of the cookie."""
    return {
        "SESSION_COOKIE_NAME": OVER_HTTPS if settings.https else IN_A_TRIAL,
        "SESSION_COOKIE_PATH": "/" if settings.https else "/staff",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_DOMAIN": None,
        "PERMANENT_SESSION_LIFETIME": LONGEST,
    }


class StaffSessions(SecureCookieSessionInterface):
    """Flask's signed cookie under /staff; elsewhere there is no session, whatever the browser sends."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if is_for_staff(request.path) else None


def is_for_staff(path: str) -> bool:
    return path == "/staff" or path.startswith("/staff/")
