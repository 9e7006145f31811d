"""Each interview has a key of its own: it goes with the interview, and is a new one when names are forgotten."""

import datetime
import threading

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.fieldwork import interview_keys
from consultations.fieldwork.case_studies import key_of
from consultations.fieldwork.interviews import Finished, finish, log_interview, opened, rewrite, withdraw
from consultations.fieldwork.models import Interview, InterviewKey, Passage
from consultations.fieldwork.passages import mark, passages_of
from consultations.fieldwork.sealed_json import sealed_json
from consultations.fieldwork.sentences import Span
from consultations.fieldwork.turning import make_ready, turn_case_study
from consultations.staff.covering import is_covered
from consultations.staff.keyrings import NotAKeyHolder, let_go, private_key
from consultations.staff.keys import DoesNotOpen, canonical, open_with
from consultations.staff.models import Keyring

DAY = datetime.date(2026, 12, 17)


@pytest.fixture
def interview(session, case_study, body, consultant):
    return log_interview(session, case_study, body, consultant)


@pytest.fixture
def passage(session, interview, body, consultant):
    return mark(session, interview, body.transcript, Span(0, 26), "law", consultant)


def stored_key(session, interview):
    return session.get(InterviewKey, interview.id, populate_existing=True)


def old_way(session, interview, passage, body, consultant):
    """As interviews lay on the disk before they had keys: sealed to the case study itself."""
    public = session.get_one(Keyring, interview.case_study.keyring_id).public_key
    marked = dict(passages_of(session, interview, consultant).opened)[passage]
    interview.sealed_body = sealed_json(public, body.to_json(), "interview", canonical(interview.id))
    place = canonical(interview.id, passage.id)
    passage.sealed_body = sealed_json(public, marked.to_json(), "passage", place)
    session.delete(stored_key(session, interview))
    session.flush()


def test_the_case_study_s_key_alone_opens_no_interview(session, interview, consultant):
    key = key_of(session, interview.case_study, consultant)
    with pytest.raises(DoesNotOpen):
        open_with(key, interview.sealed_body, "interview", canonical(interview.id))


def test_finishing_gives_it_a_new_key_under_which_the_old_text_opens_no_more(
    session, interview, passage, body, consultant
):
    old_body, old_key = interview.sealed_body, stored_key(session, interview).sealed_key
    finish(session, interview, consultant)
    assert stored_key(session, interview).sealed_key != old_key
    cipher = interview_keys.cipher_of(session, interview, consultant)
    with pytest.raises(DoesNotOpen):
        interview_keys.opened(cipher, Interview(id=interview.id, sealed_body=old_body))
    assert opened(session, interview, consultant).finished
    assert [marked.theme for _, marked in passages_of(session, interview, consultant).opened] == ["law"]


def test_withdrawing_destroys_the_key_with_the_rows(session, interview, passage, consultant):
    withdraw(session, interview, consultant)
    for table in (Interview, InterviewKey, Passage):
        assert session.scalars(select(table)).all() == []


def test_an_interview_from_before_gets_a_key_when_a_holder_opens_it(session, interview, passage, body, consultant):
    old_way(session, interview, passage, body, consultant)
    assert opened(session, interview, consultant).transcript == body.transcript
    assert stored_key(session, interview) is not None
    assert [marked.theme for _, marked in passages_of(session, interview, consultant).opened] == ["law"]


def test_who_holds_no_key_moves_nothing(session, interview, passage, body, consultant, person):
    old_way(session, interview, passage, body, consultant)
    with pytest.raises(NotAKeyHolder):
        opened(session, interview, person("stranger"))
    assert stored_key(session, interview) is None


def test_turning_the_case_study_s_key_gives_every_interview_a_new_one(
    session, case_study, interview, passage, consultant, policy
):
    before = stored_key(session, interview).sealed_key
    old_cipher = interview_keys.cipher_of(session, interview, consultant)
    assert turn_case_study(session, case_study, consultant, DAY, without=[policy.user]) == 0
    assert stored_key(session, interview).sealed_key != before
    with pytest.raises(DoesNotOpen):
        interview_keys.opened(old_cipher, interview)
    assert [marked.theme for _, marked in passages_of(session, interview, consultant).opened] == ["law"]
    with pytest.raises(NotAKeyHolder):
        opened(session, interview, policy)


def test_turning_takes_interviews_from_before_along(session, case_study, interview, passage, body, consultant):
    old_way(session, interview, passage, body, consultant)
    turn_case_study(session, case_study, consultant, DAY)
    assert opened(session, interview, consultant).transcript == body.transcript


def test_what_was_changed_on_the_disk_is_counted_and_the_rest_goes_on(
    session, case_study, interview, passage, body, consultant
):
    other = log_interview(session, case_study, body, consultant)
    stored_key(session, other).sealed_key = b"changed"
    passage.sealed_body = b"changed"
    session.flush()
    assert turn_case_study(session, case_study, consultant, DAY) == 2
    assert opened(session, interview, consultant).transcript == body.transcript


def test_work_begins_with_turning_what_somebody_took_along_and_with_the_trustees_copy(
    session, case_study, interview, consultant, policy, hold_ceremony
):
    hold_ceremony(session)
    let_go(session, policy.user)
    before = private_key(session, case_study.keyring_id, consultant)
    make_ready(session, case_study, consultant, DAY)
    assert private_key(session, case_study.keyring_id, consultant) != before
    assert is_covered(session, case_study.keyring_id)


def test_a_text_with_names_is_not_written_back_after_somebody_else_has_finished_it(
    engine, session, case_study, interview, body, consultant
):
    """Who saves an edit after somebody else has finished the interview is told, and no name comes back."""
    session.commit()
    with Session(engine, expire_on_commit=False) as other:
        theirs = other.get_one(Interview, interview.id)
        opened(other, theirs, consultant)  # read before it is finished
        finish(session, interview, consultant)
        refused = []

        def save():
            try:
                changed = body.with_texts({**body.texts(), "transcript": "With a name."})
                rewrite(other, theirs, changed, consultant)
            except Finished:
                refused.append(True)

        thread = threading.Thread(target=save)
        thread.start()
        thread.join(0.3)
        session.commit()
        thread.join(30)
    assert refused == [True]
    assert opened(session, interview, consultant).finished


def test_keys_are_bound_to_their_interview(session, case_study, interview, body, consultant):
    other = log_interview(session, case_study, body, consultant)
    stored_key(session, interview).sealed_key = stored_key(session, other).sealed_key
    with pytest.raises(DoesNotOpen):
        opened(session, interview, consultant)
    cipher = interview_keys.cipher_of(session, other, consultant)
    assert isinstance(cipher, AESGCM)


def test_an_interview_from_before_with_a_damaged_passage_is_refused_and_nothing_of_it_is_changed(
    session, interview, passage, body, consultant
):
    """Lists go on with the other interviews, and commit: half a move would be final."""
    old_way(session, interview, passage, body, consultant)
    whole = passage.sealed_body
    passage.sealed_body, before = b"changed", interview.sealed_body
    with pytest.raises(DoesNotOpen):
        opened(session, interview, consultant)
    session.commit()
    assert (stored_key(session, interview), interview.sealed_body) == (None, before)
    passage.sealed_body = whole
    assert [marked.theme for _, marked in passages_of(session, interview, consultant).opened] == ["law"]
