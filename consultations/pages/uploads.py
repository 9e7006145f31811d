"""Files that are sent stay in memory until the answer is sent, and are never written to a disk on the way.

Werkzeug puts a file of more than 500 kB into a temporary file. Answers from elsewhere are not sealed yet when they come
and a disk remembers what was deleted. A request is limited (`UPLOAD_LIMIT_MIB`), so memory is too.
"""

from __future__ import annotations

import io
from typing import IO, Any

from flask import Flask, Request


class KeptInMemory(Request):
    """A request whose files are bytes in memory."""

    def _get_file_stream(self, *about: Any, **more: Any) -> IO[bytes]:
        return io.BytesIO()


def join(app: Flask) -> None:
    app.request_class = KeptInMemory
