"""Style sheets and scripts under addresses that carry their content's hash: a phone fetches each of them once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

FOLDER = Path(__file__).parent / "static"
ONE_YEAR_SECONDS = 31_536_000


@cache
def fingerprint(filename: str) -> str:
    """The first 10 hex digits of the file's SHA-256; read once per process."""
    return hashlib.sha256((FOLDER / filename).read_bytes()).hexdigest()[:10]


def static_address(filename: str) -> str:
    """`/static/staff.css?v=1234567890`."""
    return url_for("static", filename=filename, v=fingerprint(filename))


def join(app: Flask) -> None:
    app.jinja_env.globals["static_address"] = static_address
    app.after_request(_keep_for_a_year)


def _keep_for_a_year(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR_SECONDS}, immutable"
        # Never asked for again, so nothing to ask with; a phone pays for each of these four times in a consultation.
        for name in ("Content-Disposition", "Last-Modified", "ETag", "Accept-Ranges", "Date"):
            response.headers.pop(name, None)
    return response
