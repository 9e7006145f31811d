import dataclasses

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.consent import Attribution
from consultations.fieldwork.interviews import finish, log_interview, withdraw
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.offered import offered_quotes
from consultations.fieldwork.passages import mark, translate
from consultations.fieldwork.sentences import Span
from consultations.rounds.models import Consultation
from consultations.staff.several import Several
from consultations.staff.sign_in import SignedIn

SPAN = Span(0, 27)


@pytest.fixture
def by(consultant: SignedIn) -> SignedIn:
    return consultant


def _logged(session: Session, case_study: CaseStudy, body: InterviewBody, by: SignedIn, **consent: object) -> Interview:
    agreed = dataclasses.replace(body, consent=dataclasses.replace(body.consent, **consent))
    interview = log_interview(session, case_study, agreed, by)
    passage = mark(session, interview, body.transcript, SPAN, "violence", by)
    translate(session, interview, passage, {"ru": "Забрали телефон."}, by)
    return interview


def test_a_passage_of_a_finished_interview_is_offered_word_for_word(
    session: Session,
    consultation: Consultation,
    case_study: CaseStudy,
    body: InterviewBody,
    by: SignedIn,
    policy: SignedIn,
) -> None:
    interview = _logged(session, case_study, body, by)
    finish(session, interview, by)
    [quote] = offered_quotes(session, consultation, policy).opened
    assert quote.text == "The officers took my phone."
    assert (quote.language, quote.theme, quote.interview_id) == ("en", "violence", interview.id)
    assert quote.attribution == Attribution("outreach_worker", "KE", "africa")
    assert quote.translations == {"ru": "Забрали телефон."}


def test_nothing_is_offered_before_the_interview_is_finished(
    session: Session, consultation: Consultation, case_study: CaseStudy, body: InterviewBody, by: SignedIn
) -> None:
    _logged(session, case_study, body, by)
    assert offered_quotes(session, consultation, by) == Several()


def test_nothing_is_offered_without_consent_to_be_quoted(
    session: Session, consultation: Consultation, case_study: CaseStudy, body: InterviewBody, by: SignedIn
) -> None:
    finish(session, _logged(session, case_study, body, by, quoted=False), by)
    assert offered_quotes(session, consultation, by) == Several()


def test_a_translation_is_not_offered_to_a_paper_without_consent(
    session: Session, consultation: Consultation, case_study: CaseStudy, body: InterviewBody, by: SignedIn
) -> None:
    finish(session, _logged(session, case_study, body, by, translated=False), by)
    [quote] = offered_quotes(session, consultation, by).opened
    assert quote.translations == {}
    assert not quote.may_translate


def test_a_withdrawn_interview_offers_nothing_any_more(
    session: Session, consultation: Consultation, case_study: CaseStudy, body: InterviewBody, by: SignedIn
) -> None:
    interview = _logged(session, case_study, body, by)
    finish(session, interview, by)
    withdraw(session, interview, by)
    session.expire_all()
    assert offered_quotes(session, consultation, by) == Several()


def test_who_holds_no_key_is_offered_nothing(
    session: Session,
    consultation: Consultation,
    case_study: CaseStudy,
    body: InterviewBody,
    by: SignedIn,
    person: object,
) -> None:
    finish(session, _logged(session, case_study, body, by), by)
    assert offered_quotes(session, consultation, person("stranger")) == Several()


@pytest.mark.parametrize("damaged", [Interview, Passage])
def test_what_does_not_open_is_named_and_the_others_are_offered(
    session: Session,
    consultation: Consultation,
    case_study: CaseStudy,
    body: InterviewBody,
    by: SignedIn,
    damaged: type[Interview] | type[Passage],
) -> None:
    first, second = (_logged(session, case_study, body, by) for _ in range(2))
    for interview in (first, second):
        finish(session, interview, by)
    key = Interview.id if damaged is Interview else Passage.interview_id
    row = session.scalars(select(damaged).where(key == first.id)).one()
    row.sealed_body = row.sealed_body[:-1] + bytes([row.sealed_body[-1] ^ 1])
    session.flush()
    session.expire_all()
    found = offered_quotes(session, consultation, by)
    assert [quote.interview_id for quote in found.opened] == [second.id]
    assert [passage.interview_id for passage in found.damaged] == [first.id]
