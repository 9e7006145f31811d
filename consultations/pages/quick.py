"""The quick way: the first page, and the next page of somebody who goes straight on, without the framework.

Of a page that is already drawn (`kept_pages`), most of the work was Flask's: contexts, routing, ten headers, hooks.
This stands before Flask and takes a press of *Begin* or *Next* from the bytes of the request to those of the next page.
Whatever it has not got in memory, or is not in order, goes on to Flask as it came: a first look at a page, an answer
that is missing, another button, an expired state. It decides nothing that `answer` would decide differently;
tests/consultations/pages/test_quick.py walks both ways and compares them.
"""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Hashable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from consultations.pages.quick_steps import Press, Shown, step
from consultations.pages.sizes import MOST_FIELDS
from consultations.pages.visits import KEPT_SECONDS, visit_without_asking
from consultations.pages.web import spoken
from consultations.settings import Settings

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

ADDRESS = re.compile(r"/c/([a-z0-9-]{1,40})/([A-Za-z0-9-]{1,35})/")
FORM = "application/x-www-form-urlencoded"
#: A page with three long texts; what is longer is not in a hurry.
MOST_BYTES = 512 * 1024
#: Consultations times languages times what browsers say of compression.
MOST_WELCOMES = 500
#: What a response says of its own bytes.
_OF_BYTES = frozenset({"content-length", "content-encoding"})


class QuickWay:
    """A WSGI application before Flask's own."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._slow: Application = app.wsgi_app
        self._settings: Settings = app.extensions["settings"]
        #: Those of a page, as Flask sent them last, by what they say of keeping and clearing (`Shown.headers`).
        self._headers: dict[tuple[str, str], Headers] = {}
        self._welcomes: dict[Hashable, tuple[float, Headers, bytes]] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            return self._first_page(environ, start)
        asked = _asked(environ, self._settings.trusted_hosts)
        if asked is None:
            return self._slow(environ, start)
        shown = self._tried(environ, *asked) if self._headers else None
        headers = self._headers.get(shown.headers) if shown else None
        if shown is None or headers is None:
            environ["wsgi.input"] = BytesIO(asked[2])
            return self._slow(environ, self._noting(start))
        encoding, page = shown.page.encoded(environ.get("HTTP_ACCEPT_ENCODING", ""), *shown.own)
        said = [("Content-Encoding", encoding)] if encoding else []
        start("200 OK", [*headers, *said, ("Content-Length", str(len(page)))])
        return [page]

    def _first_page(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """The welcome page, drawn once in as long as a consultation is taken for open without asking."""
        address, now = ADDRESS.fullmatch(environ.get("PATH_INFO", "")), time.monotonic()
        if not address or environ.get("QUERY_STRING") or not spoken(address[2]):
            return self._slow(environ, start)
        key = (environ.get("HTTP_HOST"), address[0], environ.get("HTTP_ACCEPT_ENCODING"))
        ends, headers, page = self._welcomes.get(key, (0.0, [], b""))
        if now >= ends:
            headers, page = self._drawn(environ, start, key, now)
        else:
            start("200 OK", headers)
        return [page]

    def _drawn(self, environ: Environ, start: Start, key: Hashable, now: float) -> tuple[Headers, bytes]:
        said: list[tuple[str, Headers]] = []

        def started(status: str, headers: Headers, *rest: Any) -> Any:
            said.append((status, headers))
            return start(status, headers, *rest)

        answer = self._slow(environ, started)
        page = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        status, headers = said[-1]
        if status.startswith("200"):
            if len(self._welcomes) >= MOST_WELCOMES:
                self._welcomes.clear()
            self._welcomes[key] = (now + KEPT_SECONDS, headers, page)
        return headers, page

    def _tried(self, environ: Environ, slug: str, language: str, body: bytes) -> Shown | None:
        try:
            return self._next_page(environ, slug, language, body)
        except Exception:  # Flask will meet the same, and says so without an answer's words
            return None

    def _next_page(self, environ: Environ, slug: str, language: str, body: bytes) -> Shown | None:
        """The page after the one that was sent; None where somebody else has to answer."""
        here, interface = visit_without_asking(self._app, slug, language), spoken(language)
        if here is None or interface is None:
            return None
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        return step(Press(self._app, environ, here, interface, fields, datetime.datetime.now(datetime.UTC)))

    def _noting(self, start: Start) -> Start:
        def started(status: str, headers: Headers, *rest: Any) -> Any:
            if status.startswith("200"):
                said = dict(headers)
                kind = said.get("Cache-Control", ""), said.get("Clear-Site-Data", "")
                self._headers[kind] = [pair for pair in headers if pair[0].lower() not in _OF_BYTES]
            return start(status, headers, *rest)

        return started


def join(app: Flask) -> None:
    # As Flask's documentation has it for middleware.
    app.wsgi_app = QuickWay(app)  # type: ignore[method-assign, assignment]  # a method is replaced by an object


def _asked(environ: Environ, trusted_hosts: tuple[str, ...]) -> tuple[str, str, bytes] | None:
    """(slug, language, body) of a question page that was sent; None for any other request."""
    address = ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        environ["REQUEST_METHOD"] != "POST"
        or not address
        or environ.get("CONTENT_TYPE") != FORM
        or not length.isdecimal()
        or len(length) > 9  # Python reads no number of more than 4,300 digits, and says so by a failure
        or int(length) > MOST_BYTES
        or (trusted_hosts and environ.get("HTTP_HOST") not in trusted_hosts)
    ):
        return None
    return address[1], address[2], environ["wsgi.input"].read(int(length))
