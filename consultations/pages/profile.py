"""Who answered a consultation, beside the registry of member organisations; from released tables alone."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import get_locale

from consultations.analysis.figures.profile import Profile, profile, within_regions
from consultations.analysis.releases.releasing import latest
from consultations.analysis.shown.presenting_profile import (
    coverage_table,
    part_chart,
    part_name,
    part_table,
    sentences,
    shows_shares,
)
from consultations.pages.pictures import picture
from consultations.pages.reached import consultation_for, regions_reached
from consultations.pages.web import database, needs
from consultations.registry.counting import members_by_region
from consultations.registry.models import REGIONS
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission

pages = Blueprint("profile", __name__, url_prefix="/staff/consultations/<slug>")


@pages.get("/profile")
@needs(Permission.READ_TABLES)
def who_answered(slug: str) -> str:
    consultation = consultation_for(slug)
    found = _profile(consultation)
    language = str(get_locale() or "en")
    parts = found.parts if found else ()
    return render_template(
        "responses/profile.html",
        consultation=consultation,
        coverage=coverage_table(found, language) if found and found.coverage else None,
        sentences=sentences(found, language) if found else (),
        parts=[
            (
                part_name(part, language),
                part_table(part, language),
                picture(part_chart(part, language)) if shows_shares(part) else None,
            )
            for part in parts
        ],
    )


def _profile(consultation: Consultation) -> Profile | None:
    found = profile(latest(database(), consultation), members_by_region(database()))
    regions = regions_reached()
    return within_regions(found, regions) if found and len(regions) < len(REGIONS) else found
