"""Interviews: logged, edited, freed of names, finished, withdrawn; everything that was said lies under the seal."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound, Problem
from consultations.fieldwork import interview_keys, passages
from consultations.fieldwork.bodies import InterviewBody, Step, tidy
from consultations.fieldwork.case_studies import key_of, share
from consultations.fieldwork.consent import check_kept
from consultations.fieldwork.models import CaseStudy, Interview, InterviewKey
from consultations.fieldwork.transcripts import replace, restored
from consultations.staff.keyrings import sealing_key
from consultations.staff.passphrases import LETTERS
from consultations.staff.sign_in import SignedIn

ID_BYTES = 16
REFERENCE_LETTERS = 8


class Finished(Problem):
    status = 409
    message = N_("This interview is finished, so its text can no longer be changed.")


class NothingToUndo(Problem):
    status = 409
    message = N_("There is nothing left to undo.")


def log_interview(session: Session, case_study: CaseStudy, body: InterviewBody, by: SignedIn) -> Interview:
    """A new interview under a random id, with a code for its slip.

    Raises NotToBeKept without consent to be recorded, and NotAKeyHolder.
    """
    check_kept(body.consent)
    share(session, case_study, by)
    interview = Interview(id=secrets.token_bytes(ID_BYTES), case_study_id=case_study.id)
    public = sealing_key(session, case_study.keyring_id)
    body = dataclasses.replace(_tidied(body), reference=_new_reference())
    interview_keys.add_with_key(session, interview, public, body.to_json())
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
    cipher = interview_keys.cipher_of(session, interview, by)
    return InterviewBody.from_json(interview_keys.opened(cipher, interview))


def rewrite(session: Session, interview: Interview, body: InterviewBody, by: SignedIn) -> None:
    """Keep `body` in place of what was there. Marked passages follow where their own words did not change.

    Raises NotToBeKept, Finished when a text changed after finishing, PassageChanged, NotAKeyHolder.
    """
    check_kept(body.consent)
    interview_keys.hold(session, interview)
    before, after = opened(session, interview, by), _tidied(body)
    if before.finished and before.texts() != after.texts():
        raise Finished
    passages.follow(session, interview, before.transcript, after.transcript, by)
    interview_keys.seal(interview_keys.cipher_of(session, interview, by), interview, after.to_json())
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

    The interview gets a fresh key. What a log or a backup still has of the text with names lies under the one before,
    which is gone with its row: it opens only with a backup of the keys from that time. Raises PassageDamaged.
    """
    interview_keys.hold(session, interview)
    passages.check_whole(session, interview, by)
    body = opened(session, interview, by)
    passages.forget_removed(session, interview, by)
    rewrite(session, interview, dataclasses.replace(body, steps=(), finished=True), by)
    interview_keys.give_new_key(session, interview, by)


def withdraw(session: Session, interview: Interview, by: SignedIn) -> None:
    """Destroy the interview's key, and delete it with all its passages, for good; raises NotAKeyHolder.

    Nothing of it is opened: who takes back what they said can do so when it was damaged, too.
    """
    key_of(session, interview.case_study, by)
    session.execute(delete(InterviewKey).where(InterviewKey.interview_id == interview.id))
    session.delete(interview)
    session.flush()


def _new_reference() -> str:
    """`K7QM-3XPA`: 40 random bits. It opens nothing, so it need not be beyond guessing."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(REFERENCE_LETTERS))
    return f"{letters[:4]}-{letters[4:]}"


def _tidied(body: InterviewBody) -> InterviewBody:
    return body.with_texts({name: tidy(text) for name, text in body.texts().items()})
