"""How much one request may bring: counted before anything is made of it."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from consultations.pages.staff_cookie import is_for_staff

#: All answers to a form of 300 long texts travel in one page: 2 MiB. Staff send files, see UPLOAD_LIMIT_MIB.
MEMBERS_BYTES = 4 * 2**20
#: `a&a&a&…` in 4 MiB is two million fields, which take half a gigabyte once they are told apart. A page with five lists
#: of a thousand choices, all ticked, is half of this.
MOST_FIELDS = 10_000


def join(app: Flask) -> None:
    app.before_request(_weigh)


def _weigh() -> None:
    """Refuses a request that is too large, or a form of too many fields (413)."""
    if not is_for_staff(request.path):
        request.max_content_length = MEMBERS_BYTES
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge
