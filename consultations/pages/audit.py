"""The audit log for administrators: what was done, whether the chain holds, and all of it as a file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from consultations.audit import KINDS, checked, count_of, kind_of, oldest_first, page_of, record, rows
from consultations.pages.web import database, needs, staff, today
from consultations.staff.roles import ROLE_NAMES, Permission, Role
from exports.csv_file import csv_bytes

pages = Blueprint("audit", __name__, url_prefix="/staff/audit")

ENTRIES_A_PAGE = 50


@pages.get("/")
@needs(Permission.READ_AUDIT_LOG)
def log() -> str:
    """Newest first; `kind` is a key of `audit.KINDS`."""
    kind = request.args.get("kind", "")
    count = count_of(database(), kind)
    last = max(1, -(-count // ENTRIES_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    chain = checked(database())
    return render_template(
        "people/audit.html",
        entries=[
            (entry, in_words(entry.what), _subject(entry.subject))
            for entry in page_of(database(), kind, page, ENTRIES_A_PAGE)
        ],
        kinds=sorted(((key, in_words(key)) for key in KINDS), key=lambda pair: pair[1]),
        kind=kind if kind in KINDS else "",
        page=page,
        pages=last,
        count=count,
        chain=chain,
        head=in_groups(chain.head),
    )


@pages.post("/export")
@needs(Permission.READ_AUDIT_LOG)
def export() -> Response:
    record(database(), who=staff().user.name, what="exported the audit log", subject="", day=today())
    response = Response(csv_bytes(rows(oldest_first(database()))), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"audit-{today()}.csv")
    return response


def in_words(what: str) -> str:
    """An event in the reader's language; a number within it stays."""
    kind, number = kind_of(what)
    return gettext(KINDS[kind]) % {"number": number or "…"} if kind in KINDS else what


def _subject(subject: str) -> str:
    """What it was done to; a role by its name, since an invitation is for a role and names nobody."""
    return gettext(ROLE_NAMES[Role(subject)]) if subject in Role.__members__.values() else subject


def in_groups(digest: bytes) -> str:
    """A hash to write down: hexadecimal digits in groups of four."""
    text = digest.hex()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
