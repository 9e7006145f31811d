"""The files of a release, for who reads the tables of every region."""

from __future__ import annotations

from types import MappingProxyType

from flask import Response

from consultations.analysis.releases.downloads import MEDIA_TYPES, downloads
from consultations.analysis.releases.published import RELEASE, TABLES
from consultations.analysis.releases.release_files import CODEBOOK, SYSTEM_FILE, WORKBOOK
from consultations.analysis.releases.releasing import newest
from consultations.errors import N_, NotFound, Problem
from consultations.pages.reached import consultation_for, regions_reached
from consultations.pages.web import database, staff
from consultations.registry.models import REGIONS
from consultations.staff.roles import Permission, may

#: Name -> what a page calls it; the order is that of how many people want it.
FILES = MappingProxyType(
    {
        WORKBOOK: N_("Workbook for spreadsheets (XLSX)"),
        TABLES: N_("Every cell as one line (CSV)"),
        SYSTEM_FILE: N_("For SPSS and the like (SAV)"),
        CODEBOOK: N_("Questions and tables for archives (DDI)"),
        RELEASE: N_("Everything, for programs (JSON)"),
    }
)


class FilesOfEveryRegion(Problem):
    status = 403
    message = N_(
        "These files hold the figures of every region, and your account reads some regions alone. The tables of your"
        " regions are on the page of results; policy staff can download the files."
    )


def may_download() -> bool:
    """Whether the account reads everything that stands in the files."""
    return may(staff().user.role, Permission.READ_TABLES_OF_ALL) and len(regions_reached()) == len(REGIONS)


def release_file(slug: str, name: str) -> Response:
    """Raises NotFound, FilesOfEveryRegion."""
    consultation = consultation_for(slug)
    if not may_download():
        raise FilesOfEveryRegion
    release = newest(database(), consultation)
    if release is None or name not in FILES:
        raise NotFound
    response = Response(downloads(consultation, release)[name], content_type=MEDIA_TYPES[name])
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-{release.number}-{name}")
    return response
