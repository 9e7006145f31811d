"""The files of a release that was made, as they are downloaded or written to a folder."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from consultations.analysis.models import Release
from consultations.analysis.releases.preparing import about
from consultations.analysis.releases.published import RELEASE, TABLES
from consultations.analysis.releases.release_files import CODEBOOK, SYSTEM_FILE, WORKBOOK, Of, release_files
from consultations.analysis.tables import from_json
from consultations.rounds.models import Consultation

#: Name -> media type of every file that a release has.
MEDIA_TYPES: Mapping[str, str] = {
    RELEASE: "application/json",
    TABLES: "text/csv; charset=utf-8",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    SYSTEM_FILE: "application/x-spss-sav",
    CODEBOOK: "application/xml",
}


def downloads(consultation: Consultation, release: Release) -> dict[str, bytes]:
    """File name -> content, for each of `MEDIA_TYPES`."""
    opened, closed = consultation.opened_on, consultation.closed_on
    of = Of(
        title=consultation.title,
        asked_by=consultation.asked_by,
        purpose=consultation.purpose,
        languages=tuple(consultation.languages),
        opened=opened.isoformat() if opened else "",
        closed=closed.isoformat() if closed else "",
    )
    return release_files(of, about(consultation, release.number, release.released_on), from_json(release.tables))


def write_all(files: Mapping[str, bytes], folder: Path) -> None:
    """All files or none: they are written beside their places and then renamed. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    suffix = f".{secrets.token_hex(4)}.part"
    parts = {folder / name: folder / f"{name}{suffix}" for name in files}
    try:
        for place, part in parts.items():
            part.write_bytes(files[place.name])
        for place, part in parts.items():
            part.replace(place)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
