"""The headers that every page carries: what it may load, where it may lead, and that nobody keeps it."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, current_app, request

from consultations.settings import Settings

#: Nothing may be loaded but our own style sheets, pictures and scripts; nothing is fetched, and no page is framed.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Not on members' pages, where every header travels with each of fourteen pages: they hold no secret of a session, and
#: no script but ours can ask for a camera there.
STAFF_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
}
#: The site that a link leads to learns nothing of where the reader was.
MEMBERS_REFERRER = "no-referrer"
#: Flask-WTF's CSRF check over HTTPS needs the referrer on staff pages; no other site ever sees one.
STAFF_REFERRER = "same-origin"
TWO_YEARS_SECONDS = 63_072_000


def secured(response: Response) -> Response:
    """The response with the headers that every page carries; only style sheets, scripts and fonts may be kept."""
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["X-Content-Type-Options"] = "nosniff"  # a style sheet loads nothing and leads nowhere
        return response
    is_staff = request.path.startswith("/staff")
    for name, value in (HEADERS | STAFF_HEADERS if is_staff else HEADERS).items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Referrer-Policy", STAFF_REFERRER if is_staff else MEMBERS_REFERRER)
    response.headers.setdefault("Cache-Control", "no-store")
    settings: Settings = current_app.extensions["settings"]
    if settings.https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS_SECONDS}")
        if settings.onion_address and not is_staff and _is_page(response):
            response.headers.setdefault("Onion-Location", f"http://{settings.onion_address}{quote(request.path)}")
    return response


def _is_page(response: Response) -> bool:
    """A page that can be asked for again at its onion address: Tor Browser reads the header over HTTPS only."""
    asked = request.method == "GET" and not request.host.endswith(".onion")
    return asked and response.status_code == 200 and response.mimetype == "text/html"
