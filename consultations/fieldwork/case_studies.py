"""Country case studies: opened for a consultation, shared with its key holders, told in a box for the paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound, Problem
from consultations.fieldwork.models import CaseStudy
from consultations.fieldwork.sealed_json import opened_json, sealed_json
from consultations.registry.models import Country
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import grant, holders, new_keyring, private_key, sealing_key
from consultations.staff.keys import Turn, canonical
from consultations.staff.models import KeyGrant, Keyring
from consultations.staff.several import Several, open_each
from consultations.staff.sign_in import SignedIn

_INFO, _KIND = "case study box", "case-study boxes"


class CountryUnknown(Problem):
    message = N_("Choose a country from the list.")


class AlreadyOpened(Problem):
    status = 409
    message = N_("There is already a case study of this country for this consultation. Ask a colleague who has it.")


@dataclass(frozen=True, slots=True)
class BoxText:
    """What the paper's box says in one language: a title, and paragraphs in our Markdown subset."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseStudyBox:
    """The box of one case study, in the languages it is written in."""

    case_study_id: int
    country_code: str
    by_language: Mapping[str, BoxText]


def open_case_study(
    session: Session,
    consultation: Consultation,
    country_code: str,
    by: SignedIn,
    *,
    today: datetime.date,
    retention_months: int = 24,
) -> CaseStudy:
    """A new case study with a key of its own, held by `by` and by everyone who holds the consultation's key.

    `retention_months`: 1 to 60, from when `fieldwork.retention` says; it does not change any more.

    Raises CountryUnknown, AlreadyOpened.
    """
    if session.get(Country, country_code) is None:
        raise CountryUnknown
    if session.scalars(_of(consultation).where(CaseStudy.country_code == country_code)).first():
        raise AlreadyOpened
    users = {user.id: user for user in (by.user, *holders(session, consultation.keyring_id))}
    keyring = new_keyring(session, users.values())
    case_study = CaseStudy(
        consultation_id=consultation.id,
        country_code=country_code,
        keyring_id=keyring.id,
        retention_months=retention_months,
        opened_on=today,
    )
    session.add(case_study)
    session.flush()
    return case_study


def share(session: Session, case_study: CaseStudy, by: SignedIn) -> None:
    """Give the key to those who came to hold the consultation's key since; raises NotAKeyHolder."""
    consultation = session.get_one(Consultation, case_study.consultation_id)
    for user in holders(session, consultation.keyring_id):
        grant(session, keyring_of(session, case_study), user, by)


def case_studies_of(session: Session, by: SignedIn, consultation: Consultation | None = None) -> list[CaseStudy]:
    """The case studies whose key `by` holds, of one consultation or of all, newest first."""
    held = select(KeyGrant.keyring_id).where(KeyGrant.user_id == by.user.id)
    query = _of(consultation) if consultation else select(CaseStudy)
    return list(session.scalars(query.where(CaseStudy.keyring_id.in_(held)).order_by(CaseStudy.id.desc())))


def countries_of(session: Session, consultation: Consultation) -> frozenset[str]:
    """The countries that a consultation has case studies of, whoever holds their keys."""
    codes = select(CaseStudy.country_code).where(CaseStudy.consultation_id == consultation.id)
    return frozenset(session.scalars(codes))


def case_study_with(session: Session, case_study_id: int, by: SignedIn) -> CaseStudy:
    """The case study of that id; raises NotFound, also for those who do not hold its key."""
    case_study = session.get(CaseStudy, case_study_id)
    if case_study is None or session.get(KeyGrant, (case_study.keyring_id, by.user.id)) is None:
        raise NotFound
    return case_study


def write_box(session: Session, case_study: CaseStudy, texts: Mapping[str, BoxText], by: SignedIn) -> None:
    """Keep the box as it is now, in place of what it said; a language with neither title nor text is left out."""
    key_of(session, case_study, by)  # only holders write, though the public key would do
    value = {code: [each.title, each.text] for code, each in texts.items() if each.title or each.text}
    public_key = sealing_key(session, case_study.keyring_id)
    case_study.sealed_summary = sealed_json(public_key, value, _INFO, canonical(case_study.id))
    session.flush()


def box(session: Session, case_study: CaseStudy, by: SignedIn) -> dict[str, BoxText]:
    """What the box says, by language; empty until it is written. Raises NotAKeyHolder, DoesNotOpen."""
    key = key_of(session, case_study, by)
    if not case_study.sealed_summary:
        return {}
    stored = opened_json(key, case_study.sealed_summary, _INFO, canonical(case_study.id))
    return {code: BoxText(title, text) for code, (title, text) in stored.items()}


def resealed(session: Session, case_study: CaseStudy, turn: Turn) -> int:
    """Seal the box to the case study's new pair -> how many did not open, and stay as they are."""
    session.refresh(case_study)

    def again(each: CaseStudy) -> None:
        each.sealed_summary = turn.resealed(each.sealed_summary, _INFO, canonical(each.id))

    return open_each(_KIND, [case_study] if case_study.sealed_summary else [], again).refused


def box_of(session: Session, case_study: CaseStudy, by: SignedIn) -> Several[CaseStudy, CaseStudyBox]:
    """The one box of a case study, where it is written. Raises NotAKeyHolder."""
    return _boxes(session, [case_study], by)


def offered_boxes(session: Session, consultation: Consultation, by: SignedIn) -> Several[CaseStudy, CaseStudyBox]:
    """The boxes that `by` can put into the consultation's paper: those that are written, of case studies they hold."""
    return _boxes(session, case_studies_of(session, by, consultation), by)


def _boxes(session: Session, case_studies: Iterable[CaseStudy], by: SignedIn) -> Several[CaseStudy, CaseStudyBox]:
    def one(case_study: CaseStudy) -> CaseStudyBox:
        return CaseStudyBox(case_study.id, case_study.country_code, box(session, case_study, by))

    return open_each(_KIND, case_studies, one).only(lambda each: bool(each.by_language))


def key_of(session: Session, case_study: CaseStudy, by: SignedIn) -> bytes:
    """The private key of the case study; raises NotAKeyHolder."""
    return private_key(session, keyring_of(session, case_study), by)


def keyring_of(session: Session, case_study: CaseStudy) -> Keyring:
    return session.get_one(Keyring, case_study.keyring_id)


def _of(consultation: Consultation) -> Select[CaseStudy]:
    return select(CaseStudy).where(CaseStudy.consultation_id == consultation.id)
