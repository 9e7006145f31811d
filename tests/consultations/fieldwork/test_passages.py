import dataclasses

import pytest
from sqlalchemy.orm import Session

from consultations.errors import NotFound
from consultations.fieldwork import passages
from consultations.fieldwork.bodies import InterviewBody, PassageBody
from consultations.fieldwork.coding import OutsideText, ThemeUnknown
from consultations.fieldwork.interviews import finish, log_interview, rewrite
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.sentences import Span
from consultations.staff.sign_in import SignedIn


@pytest.fixture
def interview(session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn) -> Interview:
    return log_interview(session, case_study, body, consultant)


def test_passages_may_overlap_and_come_in_the_order_of_the_text(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn, policy: SignedIn
) -> None:
    for span in (Span(4, 27), Span(0, 27)):
        passages.mark(session, interview, body.transcript, span, "privacy", consultant)
    found = passages.passages_of(session, interview, policy)
    assert [marked.span for _, marked in found] == [Span(0, 27), Span(4, 27)]


def test_a_span_outside_the_text_or_an_unknown_theme_is_refused(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    with pytest.raises(OutsideText):
        passages.mark(session, interview, body.transcript, Span(0, 999), "privacy", consultant)
    with pytest.raises(ThemeUnknown):
        passages.mark(session, interview, body.transcript, Span(0, 9), "weather", consultant)
    assert passages.passages_of(session, interview, consultant) == []


def test_a_removed_mark_can_be_put_back_with_all_that_belonged_to_it(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    passage = passages.mark(session, interview, body.transcript, Span(0, 27), "work", consultant)
    passages.translate(session, interview, passage, {"es": "Me quitaron el móvil."}, consultant)
    passages.unmark(session, interview, passage, consultant)
    assert passages.passages_of(session, interview, consultant) == []
    assert passages.removed_from(session, interview, consultant) is passage
    passages.mark_again(session, interview, passage, consultant)
    assert passages.passages_of(session, interview, consultant) == [
        (passage, PassageBody(Span(0, 27), "work", {"es": "Me quitaron el móvil."}))
    ]


def test_only_the_mark_that_was_removed_last_can_be_put_back(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    first, second = (
        passages.mark(session, interview, body.transcript, Span(0, 27), theme, consultant) for theme in ("law", "work")
    )
    passages.unmark(session, interview, first, consultant)
    passages.unmark(session, interview, second, consultant)
    assert passages.removed_from(session, interview, consultant) is second
    with pytest.raises(NotFound):
        passages.passage_with(session, interview, first.id.hex())


@pytest.mark.parametrize("change", ["finish", "edit"])
def test_what_was_removed_is_gone_once_the_text_is_edited_or_finished(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn, change: str
) -> None:
    passage = passages.mark(session, interview, body.transcript, Span(0, 27), "law", consultant)
    passages.unmark(session, interview, passage, consultant)
    if change == "finish":
        finish(session, interview, consultant)
    else:
        rewrite(session, interview, dataclasses.replace(body, transcript="Other words."), consultant)
    assert passages.removed_from(session, interview, consultant) is None


def test_translations_are_kept_and_empty_ones_left_out(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    passage = passages.mark(session, interview, body.transcript, Span(0, 27), "work", consultant)
    passages.translate(session, interview, passage, {"es": " Se llevaron mi móvil. ", "fr": " "}, consultant)
    [(_, marked)] = passages.passages_of(session, interview, consultant)
    assert marked.translations == {"es": "Se llevaron mi móvil."}


def test_a_passage_is_found_only_in_its_own_interview(
    session: Session, case_study: CaseStudy, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    passage = passages.mark(session, interview, body.transcript, Span(0, 27), "work", consultant)
    other = log_interview(session, case_study, body, consultant)
    assert passages.passage_with(session, interview, passage.id.hex()) is passage
    for place, id_hex in ((other, passage.id.hex()), (interview, "no hex")):
        with pytest.raises(NotFound):
            passages.passage_with(session, place, id_hex)
