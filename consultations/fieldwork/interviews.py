"""Interviews: logged, edited, freed of names, finished, withdrawn; everything that was said lies under the seal."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound, Problem
from consultations.fieldwork import passages
from consultations.fieldwork.bodies import InterviewBody, Step, tidy
from consultations.fieldwork.case_studies import key_of, keyring_of, share
from consultations.fieldwork.consent import check_kept
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.sealed_json import opened_json, sealed_json
from consultations.fieldwork.transcripts import replace, restored
from consultations.staff.keys import canonical
from consultations.staff.sign_in import SignedIn

ID_BYTES = 16
_INFO = "interview"


class Finished(Problem):
    status = 409
    message = N_("This interview is finished, so its text can no longer be changed.")


class NothingToUndo(Problem):
    status = 409
    message = N_("There is nothing left to undo.")


def log_interview(session: Session, case_study: CaseStudy, body: InterviewBody, by: SignedIn) -> Interview:
    """A new interview under a random id. Raises NotToBeKept without consent to be recorded, and NotAKeyHolder."""
    check_kept(body.consent)
    share(session, case_study, by)
    interview = Interview(id=secrets.token_bytes(ID_BYTES), case_study_id=case_study.id)
    _seal(session, interview, case_study, _tidied(body))
    session.add(interview)
    session.flush()
    return interview


def interview_with(session: Session, id_hex: str) -> Interview:
    """The interview of that id, in hexadecimal digits; raises NotFound."""
    try:
        interview = session.get(Interview, bytes.fromhex(id_hex))
    except ValueError:
        interview = None
    if interview is None:
        raise NotFound
    return interview


def opened(session: Session, interview: Interview, by: SignedIn) -> InterviewBody:
    """What the interview holds; raises NotAKeyHolder."""
    key = key_of(session, interview.case_study, by)
    return InterviewBody.from_json(opened_json(key, interview.sealed_body, _INFO, canonical(interview.id)))


def rewrite(session: Session, interview: Interview, body: InterviewBody, by: SignedIn) -> None:
    """Keep `body` in place of what was there. Marked passages follow where their own words did not change.

    Raises NotToBeKept, Finished when a text changed after finishing, PassageChanged, NotAKeyHolder.
    """
    check_kept(body.consent)
    before, after = opened(session, interview, by), _tidied(body)
    if before.finished and before.texts() != after.texts():
        raise Finished
    passages.follow(session, interview, before.transcript, after.transcript, by)
    _seal(session, interview, interview.case_study, after)
    session.flush()


def replace_names(session: Session, interview: Interview, pseudonyms: Mapping[str, str], by: SignedIn) -> int:
    """Put pseudonyms for names in all texts of the interview -> how many places changed.

    What stood there is kept under the same seal until `finish`. Raises Finished, PassageChanged, NotAKeyHolder.
    """
    body = opened(session, interview, by)
    if body.finished:
        raise Finished
    replaced = {name: replace(text, pseudonyms) for name, text in body.texts().items()}
    places = {name: each.replacements for name, each in replaced.items() if each.replacements}
    if not places:
        return 0
    changed = body.with_texts({name: each.text for name, each in replaced.items()})
    steps = (*body.steps, Step(pseudonyms, places))
    rewrite(session, interview, dataclasses.replace(changed, steps=steps), by)
    return sum(map(len, places.values()))


def undo_replacing(session: Session, interview: Interview, by: SignedIn) -> None:
    """Take back the last `replace_names`; raises NothingToUndo, EditedSince, PassageChanged, NotAKeyHolder."""
    body = opened(session, interview, by)
    if not body.steps:
        raise NothingToUndo
    texts = body.texts()
    for name, replacements in body.steps[-1].places.items():
        texts[name] = restored(texts.get(name, ""), replacements)
    rewrite(session, interview, dataclasses.replace(body.with_texts(texts), steps=body.steps[:-1]), by)


def finish(session: Session, interview: Interview, by: SignedIn) -> None:
    """Close the texts and forget who the pseudonyms stand for; from here on marked passages are offered to the paper.

    The old ciphertext is overwritten (SQLite's secure_delete) or left to the vacuum; a backup made before may still
    hold it, for those who hold the case study's key.
    """
    body = opened(session, interview, by)
    passages.forget_removed(session, interview, by)
    rewrite(session, interview, dataclasses.replace(body, steps=(), finished=True), by)


def withdraw(session: Session, interview: Interview, by: SignedIn) -> None:
    """Delete the interview with all its passages, for good; raises NotAKeyHolder."""
    key_of(session, interview.case_study, by)
    session.delete(interview)
    session.flush()


def _seal(session: Session, interview: Interview, case_study: CaseStudy, body: InterviewBody) -> None:
    public_key = keyring_of(session, case_study).public_key
    interview.sealed_body = sealed_json(public_key, body.to_json(), _INFO, canonical(interview.id))


def _tidied(body: InterviewBody) -> InterviewBody:
    return body.with_texts({name: tidy(text) for name, text in body.texts().items()})
