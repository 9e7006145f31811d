"""Papers as they are drafted, read and deleted, under one blueprint."""

from __future__ import annotations

from consultations.pages import paper_deleting, paper_reading  # noqa: F401 - they add their pages to the blueprint
from consultations.pages.papers import pages

__all__ = ["pages"]
