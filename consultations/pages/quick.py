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
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from consultations.pages.answer import fields_of
from consultations.pages.kept_pages import FOR_BACK_ONLY, page_key, pages_of
from consultations.pages.pieces import takes_gzip
from consultations.pages.sizes import MOST_FIELDS
from consultations.pages.visits import KEPT_SECONDS, Visit, visit_without_asking
from consultations.pages.web import spoken
from consultations.responses.page_state import PageState, new_state, open_state, seal_state
from consultations.settings import Settings
from forms.running.answers import read_page
from forms.running.filling import Filling
from forms.running.state import State

Environ = dict[str, Any]
Fields = dict[str, list[str]]
#: Where a respondent goes, and what the answers make of the form.
Moved = tuple[PageState, State]
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
        #: The headers of a question page, as Flask sent them last.
        self._headers: Headers | None = None
        self._welcomes: dict[Hashable, tuple[float, Headers, bytes]] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            return self._first_page(environ, start)
        asked = _asked(environ, self._settings.trusted_hosts)
        if asked is None:
            return self._slow(environ, start)
        slug, language, body = asked
        gzips = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        page = self._tried(slug, language, body, gzips) if self._headers else None
        if page is None or self._headers is None:
            environ["wsgi.input"] = BytesIO(body)
            return self._slow(environ, self._noting(start))
        encoding = [("Content-Encoding", "gzip")] if gzips else []
        start("200 OK", [*self._headers, *encoding, ("Content-Length", str(len(page)))])
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

    def _tried(self, slug: str, language: str, body: bytes, gzips: bool) -> bytes | None:
        try:
            return self._next_page(slug, language, body, gzips)
        except Exception:  # Flask will meet the same, and says so without an answer's words
            return None

    def _next_page(self, slug: str, language: str, body: bytes, gzips: bool) -> bytes | None:
        """The bytes of the page after the one that was sent; None where somebody else has to answer."""
        here, interface = visit_without_asking(self._app, slug, language), spoken(language)
        if here is None or interface is None:
            return None
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        now = datetime.datetime.now(datetime.UTC)
        moved = _MOVES.get(fields.get("go", [""])[-1], _nowhere)(here, fields, self._settings.secret, now)
        if moved is None:
            return None
        state, form = moved
        key = page_key(here, interface, state.page, form) if state.page is not None else None
        page = pages_of(self._app).get(key) if key else None
        if page is None:
            return None
        sealed = seal_state(self._settings.secret, here.place, state, now).encode()
        return page.gzipped(sealed) if gzips else page.plain(sealed)

    def _noting(self, start: Start) -> Start:
        def started(status: str, headers: Headers, *rest: Any) -> Any:
            if status.startswith("200") and ("Cache-Control", FOR_BACK_ONLY) in headers:
                self._headers = [pair for pair in headers if pair[0].lower() not in _OF_BYTES]
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


def _begun(here: Visit, fields: Fields, secret: bytes, now: datetime.datetime) -> Moved | None:
    """The first page of a consultation that asks for no code."""
    if here.consultation.invited or len(fields["go"]) > 1:
        return None
    state = new_state(now)
    filling = Filling(here.flow, now.date(), here.language, state.id.hex())
    answers = filling.changed(filling.begun(), {})
    form = filling.state(answers)
    return replace(state, page=here.flow.next_page(form), answers=answers), form


def _moved_on(here: Visit, fields: Fields, secret: bytes, now: datetime.datetime) -> Moved | None:
    """The page after the one that was sent, where that is in order."""
    if len(fields["go"]) > 1:
        return None
    state = open_state(secret, here.place, fields.get("state", [""])[0], now)
    spot = state.page
    if spot is None or spot.positions or state.reviewing or state.invitation or spot.page >= len(here.flow.pages):
        return None  # from the review, through a repeat, or with a region that an invitation certifies
    filling = Filling(here.flow, now.date(), here.language, state.id.hex())
    result = read_page(filling, spot, fields_of(fields), state.answers)
    if result.problems or result.opened:
        return None
    return replace(state, page=here.flow.next_page(result.state, spot), answers=result.answers), result.state


def _nowhere(here: Visit, fields: Fields, secret: bytes, now: datetime.datetime) -> None:
    """Any other button."""


_MOVES: Mapping[str, Callable[[Visit, Fields, bytes, datetime.datetime], Moved | None]] = MappingProxyType(
    {"begin": _begun, "next": _moved_on}
)
