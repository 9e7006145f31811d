"""The headers that every page carries: what it may load, where it may lead, and that nobody keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote, urlsplit, urlunsplit

from flask import Response, current_app, request
from werkzeug.routing import RequestRedirect

from consultations.pages.staff_cookie import is_for_staff
from consultations.settings import Settings

#: Nothing may be loaded but our own style sheets and scripts; no page is framed, fetched from or based elsewhere. The
#: one picture is the empty one that keeps browsers from asking for an icon. Without spaces: it travels with each page.
MEMBERS_POLICY = (
    "default-src 'none';script-src 'self';style-src 'self';img-src data:;form-action 'self';"
    "frame-ancestors 'none';base-uri 'none'"
)
#: Charts and codes are drawn in the page itself.
STAFF_POLICY = MEMBERS_POLICY
#: Nothing of ours asks for these, and no page of ours may be made to; the shorter list is for prepaid data.
MEMBERS_FEATURES = "camera=(),geolocation=(),microphone=()"
STAFF_FEATURES = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
    "idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=()"
)

ALL: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        # No other window holds a handle on ours, nothing of ours is loaded into another site's process, and nothing of
        # another site into ours (Spectre).
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)
MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": MEMBERS_POLICY,
        "Permissions-Policy": MEMBERS_FEATURES,
        # The site that a link leads to learns nothing of where the reader was, and nor do our own logs.
        "Referrer-Policy": "no-referrer",
    }
)
STAFF: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": STAFF_POLICY,
        "Permissions-Policy": STAFF_FEATURES,
        # Flask-WTF's CSRF check over HTTPS needs the referrer on staff pages; no other site ever sees one.
        "Referrer-Policy": "same-origin",
        # For browsers that do not know `frame-ancestors`.
        "X-Frame-Options": "DENY",
    }
)
#: Style sheets and scripts: they lead nowhere, but no other site may load them either.
FILES: Mapping[str, str] = MappingProxyType(
    {name: ALL[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")}
)
TWO_YEARS_SECONDS = 63_072_000


def secured(response: Response) -> Response:
    """The response with the headers that every page carries; only style sheets, scripts and fonts may be kept."""
    is_staff = is_for_staff(request.path)
    for name, value in _headers(response, is_staff).items():
        response.headers.setdefault(name, value)
    _stay_here(response)
    settings: Settings = current_app.extensions["settings"]
    if settings.https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS_SECONDS}")
        if settings.onion_address and not is_staff and _is_page(response):
            response.headers.setdefault("Onion-Location", f"http://{settings.onion_address}{quote(request.path)}")
    return response


def _headers(response: Response, is_staff: bool) -> Mapping[str, str]:
    if request.endpoint == "static" and response.status_code < 400:
        return FILES
    return {**ALL, **(STAFF if is_staff else MEMBERS)}


def _stay_here(response: Response) -> None:
    """An address without a host: the router builds whole ones from the Host header, which anybody can write."""
    if isinstance(request.routing_exception, RequestRedirect):
        there = urlsplit(request.routing_exception.new_url)
        # More than one slash at the start would name a host again.
        response.headers["Location"] = urlunsplit(("", "", "/" + there.path.lstrip("/"), there.query, ""))


def _is_page(response: Response) -> bool:
    """A page that can be asked for again at its onion address: Tor Browser reads the header over HTTPS only."""
    if response.status_code != 200 or request.method != "GET" or response.mimetype != "text/html":
        return False
    return not request.host.endswith(".onion")
