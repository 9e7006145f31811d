"""Case studies, interviews and what is done to their texts, under one blueprint."""

from __future__ import annotations

from consultations.pages import interview_slips, interview_texts, interviews  # noqa: F401 - they add their pages to the blueprint
from consultations.pages.case_studies import pages

__all__ = ["pages"]
