import dataclasses

import pytest
from sqlalchemy.orm import Session

from consultations.errors import NotFound
from consultations.fieldwork import passages
from consultations.fieldwork.bodies import InterviewBody, PassageBody
from consultations.fieldwork.coding import OutsideText, PassageDamaged, ThemeUnknown
from consultations.fieldwork.interviews import finish, log_interview, opened, rewrite
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.sentences import Span
from consultations.staff.several import Several
from consultations.staff.sign_in import SignedIn


@pytest.fixture
def interview(session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn) -> Interview:
    return log_interview(session, case_study, body, consultant)


def test_passages_may_overlap_and_come_in_the_order_of_the_text(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn, policy: SignedIn
) -> None:
    for span in (Span(4, 27), Span(0, 27)):
        passages.mark(session, interview, body.transcript, span, "privacy", consultant)
    found = passages.passages_of(session, interview, policy).opened
    assert [marked.span for _, marked in found] == [Span(0, 27), Span(4, 27)]


def test_a_span_outside_the_text_or_an_unknown_theme_is_refused(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    with pytest.raises(OutsideText):
        passages.mark(session, interview, body.transcript, Span(0, 999), "privacy", consultant)
    with pytest.raises(ThemeUnknown):
        passages.mark(session, interview, body.transcript, Span(0, 9), "weather", consultant)
    assert passages.passages_of(session, interview, consultant) == Several()


def test_a_removed_mark_can_be_put_back_with_all_that_belonged_to_it(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn
) -> None:
    passage = passages.mark(session, interview, body.transcript, Span(0, 27), "work", consultant)
    passages.translate(session, interview, passage, {"es": "Me quitaron el móvil."}, consultant)
    passages.unmark(session, interview, passage, consultant)
    assert passages.passages_of(session, interview, consultant) == Several()
    assert passages.removed_from(session, interview, consultant) is passage
    passages.mark_again(session, interview, passage, consultant)
    assert passages.passages_of(session, interview, consultant).opened == (
        (passage, PassageBody(Span(0, 27), "work", {"es": "Me quitaron el móvil."})),
    )


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
    [(_, marked)] = passages.passages_of(session, interview, consultant).opened
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


@pytest.fixture
def damaged(session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn) -> Passage:
    """The first of two passages, in which a bit is flipped."""
    first, _ = (
        passages.mark(session, interview, body.transcript, span, "law", consultant)
        for span in (Span(0, 27), Span(28, 53))
    )
    first.sealed_body = first.sealed_body[:-1] + bytes([first.sealed_body[-1] ^ 1])
    session.flush()
    return first


def test_a_damaged_passage_is_counted_and_the_others_are_there(
    session: Session, interview: Interview, consultant: SignedIn, damaged: Passage
) -> None:
    found = passages.passages_of(session, interview, consultant)
    assert ([marked.span for _, marked in found.opened], found.damaged) == ([Span(28, 53)], (damaged,))


@pytest.mark.parametrize("change", ["finish", "edit"])
def test_beside_a_damaged_passage_neither_text_nor_key_changes(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn, damaged: Passage, change: str
) -> None:
    edited = dataclasses.replace(body, transcript=f"{body.transcript} More.")
    changes = {
        "finish": lambda: finish(session, interview, consultant),
        "edit": lambda: rewrite(session, interview, edited, consultant),
    }
    before = interview.sealed_body, damaged.sealed_body
    with pytest.raises(PassageDamaged):
        changes[change]()
    assert (interview.sealed_body, damaged.sealed_body) == before
    passages.delete_damaged(session, interview, damaged, consultant)
    finish(session, interview, consultant)
    assert passages.passages_of(session, interview, consultant).refused == 0


def test_consent_is_narrowed_although_a_passage_is_damaged(
    session: Session, interview: Interview, body: InterviewBody, consultant: SignedIn, damaged: Passage
) -> None:
    narrower = dataclasses.replace(body, consent=dataclasses.replace(body.consent, quoted=False))
    rewrite(session, interview, narrower, consultant)
    assert not opened(session, interview, consultant).consent.quoted


def test_only_a_passage_that_does_not_open_is_deleted_as_damaged(
    session: Session, interview: Interview, consultant: SignedIn, damaged: Passage
) -> None:
    ((whole, _),) = passages.passages_of(session, interview, consultant).opened
    with pytest.raises(NotFound):
        passages.delete_damaged(session, interview, whole, consultant)


def test_another_mark_is_removed_and_translated_beside_a_damaged_one(
    session: Session, interview: Interview, consultant: SignedIn, damaged: Passage
) -> None:
    before = damaged.sealed_body
    ((whole, _),) = passages.passages_of(session, interview, consultant).opened
    passages.translate(session, interview, whole, {"es": "Tuvo que pagar."}, consultant)
    passages.unmark(session, interview, whole, consultant)
    passages.mark_again(session, interview, whole, consultant)
    assert passages.body_of(session, interview, whole, consultant).translations == {"es": "Tuvo que pagar."}
    assert damaged.sealed_body == before
