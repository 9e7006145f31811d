import dataclasses

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.errors import NotFound
from consultations.fieldwork import interviews
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.coding import PassageChanged
from consultations.fieldwork.consent import NotToBeKept
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.passages import mark, passages_of
from consultations.fieldwork.sentences import Span
from consultations.fieldwork.transcripts import EditedSince
from consultations.staff.keyrings import NotAKeyHolder
from consultations.staff.sign_in import SignedIn

FIRST_SENTENCE = Span(0, 27)


@pytest.fixture
def interview(session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn) -> Interview:
    return interviews.log_interview(session, case_study, body, consultant)


def test_what_is_logged_is_read_back_by_those_who_hold_the_key(
    session: Session, interview: Interview, body: InterviewBody, policy: SignedIn
) -> None:
    found = interviews.interview_with(session, interview.id.hex())
    assert dataclasses.replace(interviews.opened(session, found, policy), reference="") == body


def test_nobody_else_reads_or_withdraws_it(session: Session, interview: Interview, person: object) -> None:
    stranger: SignedIn = person("stranger")
    with pytest.raises(NotAKeyHolder):
        interviews.opened(session, interview, stranger)
    with pytest.raises(NotAKeyHolder):
        interviews.withdraw(session, interview, stranger)


@pytest.mark.parametrize("id_hex", ["zz", "00" * 16, ""])
def test_an_interview_that_is_not_there_is_not_found(session: Session, id_hex: str) -> None:
    with pytest.raises(NotFound):
        interviews.interview_with(session, id_hex)


def test_without_consent_to_be_recorded_nothing_is_kept(
    session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn
) -> None:
    refused = dataclasses.replace(body, consent=dataclasses.replace(body.consent, recorded=False))
    with pytest.raises(NotToBeKept):
        interviews.log_interview(session, case_study, refused, consultant)
    assert session.scalars(select(Interview)).all() == []


def test_texts_are_kept_composed_and_with_plain_line_ends(
    session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn
) -> None:
    typed = dataclasses.replace(body, transcript=" Jose\u0301\r\nse fue.\r")
    kept = interviews.log_interview(session, case_study, typed, consultant)
    assert interviews.opened(session, kept, consultant).transcript == "José\nse fue."


def test_names_are_replaced_in_the_transcript_and_in_the_notes(
    session: Session, interview: Interview, consultant: SignedIn
) -> None:
    assert interviews.replace_names(session, interview, {"wanjiru": "Person A"}, consultant) == 2
    after = interviews.opened(session, interview, consultant)
    assert "Person A had to pay" in after.transcript
    assert after.notes["violence"] == "Person A told of a raid."


def test_replacing_what_is_not_there_changes_nothing(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    assert interviews.replace_names(session, interview, {"Otieno": "Person A"}, consultant) == 0
    assert dataclasses.replace(interviews.opened(session, interview, consultant), reference="") == body


def test_replacing_is_undone_step_by_step(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    interviews.replace_names(session, interview, {"Wanjiru": "Person A"}, consultant)
    interviews.replace_names(session, interview, {"officers": "[…]"}, consultant)
    interviews.undo_replacing(session, interview, consultant)
    interviews.undo_replacing(session, interview, consultant)
    assert dataclasses.replace(interviews.opened(session, interview, consultant), reference="") == body
    with pytest.raises(interviews.NothingToUndo):
        interviews.undo_replacing(session, interview, consultant)


def test_a_transcript_that_was_edited_since_is_not_undone(
    session: Session, interview: Interview, consultant: SignedIn
) -> None:
    interviews.replace_names(session, interview, {"Wanjiru": "Person A"}, consultant)
    edited = interviews.opened(session, interview, consultant)
    longer = dataclasses.replace(edited, transcript="Well. " + edited.transcript)
    interviews.rewrite(session, interview, longer, consultant)
    with pytest.raises(EditedSince):
        interviews.undo_replacing(session, interview, consultant)


def test_a_note_that_was_deleted_since_is_not_undone(
    session: Session, interview: Interview, consultant: SignedIn
) -> None:
    interviews.replace_names(session, interview, {"Wanjiru": "Person A"}, consultant)
    edited = interviews.opened(session, interview, consultant)
    interviews.rewrite(session, interview, dataclasses.replace(edited, notes={}), consultant)
    with pytest.raises(EditedSince):
        interviews.undo_replacing(session, interview, consultant)


def test_finishing_forgets_who_the_pseudonyms_stand_for(
    session: Session, interview: Interview, consultant: SignedIn
) -> None:
    interviews.replace_names(session, interview, {"Wanjiru": "Person A"}, consultant)
    interviews.finish(session, interview, consultant)
    after = interviews.opened(session, interview, consultant)
    assert after.finished
    assert after.steps == ()
    assert "Wanjiru" not in str(after)


def test_a_finished_text_stays_as_it_is_but_consent_may_still_change(
    session: Session, interview: Interview, consultant: SignedIn
) -> None:
    interviews.finish(session, interview, consultant)
    body = interviews.opened(session, interview, consultant)
    with pytest.raises(interviews.Finished):
        interviews.rewrite(session, interview, dataclasses.replace(body, transcript="Other"), consultant)
    with pytest.raises(interviews.Finished):
        interviews.replace_names(session, interview, {"officers": "[…]"}, consultant)
    narrower = dataclasses.replace(body.consent, attribution="none")
    interviews.rewrite(session, interview, dataclasses.replace(body, consent=narrower), consultant)
    assert interviews.opened(session, interview, consultant).consent == narrower


def test_marked_passages_follow_an_edit_elsewhere(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    mark(session, interview, body.transcript, FIRST_SENTENCE, "violence", consultant)
    longer = dataclasses.replace(body, transcript="It was night. " + body.transcript)
    interviews.rewrite(session, interview, longer, consultant)
    [(_, marked)] = passages_of(session, interview, consultant).opened
    assert marked.span == Span(14, 41)


def test_a_passage_before_the_edit_stays_where_it_is(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    mark(session, interview, body.transcript, FIRST_SENTENCE, "violence", consultant)
    longer = dataclasses.replace(body, transcript=body.transcript + " It was night.")
    interviews.rewrite(session, interview, longer, consultant)
    [(_, marked)] = passages_of(session, interview, consultant).opened
    assert marked.span == FIRST_SENTENCE


def test_a_name_inside_a_marked_passage_is_not_replaced_behind_its_back(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    mark(session, interview, body.transcript, FIRST_SENTENCE, "violence", consultant)
    with pytest.raises(PassageChanged):
        interviews.replace_names(session, interview, {"officers": "[…]"}, consultant)


def test_a_withdrawn_interview_takes_its_passages_along(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    mark(session, interview, body.transcript, FIRST_SENTENCE, "violence", consultant)
    interviews.withdraw(session, interview, consultant)
    session.expunge_all()
    assert session.scalars(select(Passage)).all() == []
    assert session.scalars(select(Interview)).all() == []
