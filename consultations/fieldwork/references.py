"""The code on the slip that an interviewee keeps: it finds the interview, for who holds the key, and nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound
from consultations.fieldwork.interviews import opened
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.staff.passphrases import LETTERS
from consultations.staff.several import open_each
from consultations.staff.sign_in import SignedIn


class NoSuchReference(NotFound):
    message = N_("None of the interviews that you can open has this code. Please check it, letter by letter.")


class PerhapsDamaged(NoSuchReference):
    message = N_(
        "None of the interviews that could be opened has this code, but some could not be opened: they were damaged or"
        " changed in the database. Please check the code, letter by letter. Pages of case studies show which interviews"
        " do not open."
    )


def with_reference(session: Session, typed: str, case_studies: Iterable[CaseStudy], by: SignedIn) -> Interview:
    """The interview whose slip has that code, among those that `by` can open. Raises NoSuchReference, PerhapsDamaged.

    Every interview is opened to look: a column to find it by would tell a seized disk which slip belongs to which.
    """
    wanted = as_typed(typed)
    interviews = (interview for case_study in case_studies for interview in case_study.interviews)
    found = open_each("interviews", interviews, lambda each: (each, opened(session, each, by).reference))
    for interview, reference in found.opened:
        if wanted and secrets.compare_digest(as_typed(reference), wanted):
            return interview
    raise PerhapsDamaged if wanted and found.damaged else NoSuchReference


def as_typed(reference: str) -> str:
    """The letters that count, with O read as 0 and I and L as 1."""
    letters = re.sub(r"[\W_]+", "", reference.upper()).translate(str.maketrans("OIL", "011"))
    return letters if all(letter in LETTERS for letter in letters) else ""
