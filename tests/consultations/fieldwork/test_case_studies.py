import datetime

import pytest
from sqlalchemy.orm import Session

from consultations.errors import NotFound
from consultations.fieldwork import case_studies as cs
from consultations.fieldwork.models import CaseStudy
from consultations.registry.models import Country
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import NotAKeyHolder, grant
from consultations.staff.sign_in import SignedIn

DAY = datetime.date(2026, 3, 1)
BOX = {"en": cs.BoxText("A raid", "They **paid**."), "ru": cs.BoxText("Облава", "Они заплатили.")}


def test_the_consultant_and_the_key_holders_of_the_consultation_read_the_box(
    session: Session, case_study: CaseStudy, consultant: SignedIn, policy: SignedIn
) -> None:
    assert cs.box(session, case_study, policy) == {}
    cs.write_box(session, case_study, {**BOX, "fr": cs.BoxText("", "")}, consultant)
    assert cs.box(session, case_study, policy) == BOX


def test_nobody_else_reads_writes_or_finds_it(session: Session, case_study: CaseStudy, person: object) -> None:
    stranger: SignedIn = person("stranger")
    with pytest.raises(NotAKeyHolder):
        cs.box(session, case_study, stranger)
    with pytest.raises(NotAKeyHolder):
        cs.write_box(session, case_study, BOX, stranger)
    with pytest.raises(NotFound):
        cs.case_study_with(session, case_study.id, stranger)
    assert cs.case_studies_of(session, stranger) == []


def test_a_case_study_that_is_not_there_is_not_found(session: Session, consultant: SignedIn) -> None:
    with pytest.raises(NotFound):
        cs.case_study_with(session, 99, consultant)


def test_its_holders_find_it(
    session: Session, case_study: CaseStudy, consultation: Consultation, policy: SignedIn
) -> None:
    assert cs.case_study_with(session, case_study.id, policy) is case_study
    assert cs.case_studies_of(session, policy) == cs.case_studies_of(session, policy, consultation) == [case_study]


def test_a_country_has_one_case_study_in_a_consultation(
    session: Session, case_study: CaseStudy, consultation: Consultation, consultant: SignedIn
) -> None:
    with pytest.raises(cs.AlreadyOpened):
        cs.open_case_study(session, consultation, "KE", consultant, today=DAY)


def test_a_country_that_is_not_in_the_list_is_refused(
    session: Session, consultation: Consultation, consultant: SignedIn
) -> None:
    with pytest.raises(cs.CountryUnknown):
        cs.open_case_study(session, consultation, "XX", consultant, today=DAY)


def test_who_comes_to_hold_the_consultation_s_key_comes_to_hold_the_case_study_s(
    session: Session,
    case_study: CaseStudy,
    consultation: Consultation,
    consultant: SignedIn,
    policy: SignedIn,
    person: object,
) -> None:
    colleague: SignedIn = person("colleague")
    grant(session, consultation.keyring_id, colleague.user, policy)
    cs.share(session, case_study, consultant)
    assert cs.box(session, case_study, colleague) == {}


def test_only_boxes_that_are_written_are_offered(
    session: Session, case_study: CaseStudy, consultation: Consultation, consultant: SignedIn, policy: SignedIn
) -> None:
    assert cs.offered_boxes(session, consultation, policy).opened == ()
    cs.write_box(session, case_study, BOX, consultant)
    assert cs.offered_boxes(session, consultation, policy).opened == (cs.CaseStudyBox(case_study.id, "KE", BOX),)


def test_a_damaged_box_is_counted_and_the_others_are_offered(
    session: Session, case_study: CaseStudy, consultation: Consultation, consultant: SignedIn, policy: SignedIn
) -> None:
    session.add(Country(code="FR", region="europe"))
    other = cs.open_case_study(session, consultation, "FR", consultant, today=DAY)
    for each in (case_study, other):
        cs.write_box(session, each, BOX, consultant)
    case_study.sealed_summary = other.sealed_summary  # moved
    found = cs.offered_boxes(session, consultation, policy)
    assert ([box.country_code for box in found.opened], found.damaged) == (["FR"], (case_study,))
    assert cs.box_of(session, case_study, policy).refused == 1
