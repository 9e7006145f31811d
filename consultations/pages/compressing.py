"""Compresses what members download: prepaid data is what they have least of."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from flask import Flask, Response, request

LEAST_BYTES = 400
#: Python 3.11 calls a script by its old name.
UNCHANGING = frozenset({"text/css", "text/javascript", "application/javascript"})
#: In order of preference. Brotli 5 takes half a millisecond a page and is within 3 % of its slowest setting here.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}

_BLOCK_COMMENTS = re.compile(rb"/\*.*?\*/", re.DOTALL)
_LINE_COMMENTS = re.compile(rb"^[ \t]*//.*$", re.MULTILINE)
_INDENTS = re.compile(rb"\n\s*")


def join(app: Flask) -> None:
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    """Members' pages, style sheets and scripts only.

    Staff pages carry a secret (the CSRF token) beside words that an attacker may choose: compressing both together
    lets lengths betray the secret (the BREACH attack, 2013). Members' pages have no cookie and so no such secret.
    """
    if request.path.startswith("/staff") or response.mimetype not in {"text/html", *UNCHANGING}:
        return response
    encoding = request.accept_encodings.best_match(ENCODINGS)
    if response.mimetype in UNCHANGING:  # nobody but the browser that asked may keep a page, so none needs to be told
        response.vary.add("Accept-Encoding")
    if encoding is None or response.status_code in {204, 206, 304} or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < LEAST_BYTES:
        return response
    response.set_data(_kept(encoding, content) if response.mimetype in UNCHANGING else ENCODINGS[encoding](content))
    response.headers["Content-Encoding"] = encoding
    return response


@lru_cache(maxsize=32)
def _kept(encoding: str, content: bytes) -> bytes:
    """Style sheets and scripts never change while a process runs: compressed once, and as small as can be."""
    content = without_comments(content)
    return brotli.compress(content) if encoding == "br" else gzip.compress(content, compresslevel=9, mtime=0)


def without_comments(source: bytes) -> bytes:
    """A style sheet or script of ours without what is written for its readers: a sixth of what a phone would load.

    Comments in slashes only where they have their line to themselves, which is how we write them.
    """
    return _INDENTS.sub(b"\n", _LINE_COMMENTS.sub(b"", _BLOCK_COMMENTS.sub(b"", source))).lstrip()
