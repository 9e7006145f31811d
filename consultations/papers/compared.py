"""The blocks of a paper that tell who answered, and what changed since an earlier consultation."""

from __future__ import annotations

from consultations.analysis.figures.profile import Profile
from consultations.analysis.regional import REGION
from consultations.analysis.releases.earlier import Compared
from consultations.analysis.shown.presenting_changes import change_table, then_and_now
from consultations.analysis.shown.presenting_profile import coverage_table, part_table, sentences
from exports import document
from translations.formats import joined


def who_answered(profile: Profile, language: str) -> tuple[document.Block, ...]:
    """Regions beside the registry of members where it knows any, and a table for each other question about people."""
    parts = [part for part in profile.parts if part.question != REGION or not profile.coverage]
    beside: tuple[document.Block, ...] = ()
    if profile.coverage:
        said = document.Paragraph(joined(sentences(profile, language), language))
        beside = (said, coverage_table(profile, language))
    return (*beside, *(part_table(part, language) for part in parts))


def what_changed(compared: Compared, language: str) -> tuple[document.Block, ...]:
    """Everybody's shares then and now as a picture, where there is one to draw, and the changes of every group."""
    everybody = compared.comparison.rows[:1]
    pictures = (
        then_and_now(compared, row, language) for row in everybody if any(change is not None for change in row.changes)
    )
    return (*pictures, change_table(compared, language))
