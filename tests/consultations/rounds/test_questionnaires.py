"""A questionnaire is stored once by its content, and walked from memory."""

from __future__ import annotations

import dataclasses

import pytest

from consultations.rounds import questionnaires
from consultations.rounds.questionnaires import QuestionnaireNotFound, store
from forms.questionnaire import Text


def test_the_same_content_is_stored_once(session, form):
    assert store(session, form) is store(session, form)
    assert len(questionnaires.newest_first(session)) == 1


def test_a_change_makes_a_new_version_and_the_newest_stands_first(session, form):
    old = store(session, form)
    new = store(session, dataclasses.replace(form, version="2"))
    assert old.version != new.version
    assert questionnaires.newest_first(session) == [new, old]


def test_staff_know_it_by_its_english_title_else_by_its_form_id(session, form):
    assert store(session, form).name == "Our rights"
    assert store(session, dataclasses.replace(form, title=Text({}))).name == "rights"


def test_what_comes_out_is_what_went_in(session, form):
    stored = store(session, form)
    assert questionnaires.by_id(session, stored.id) is stored
    assert questionnaires.questionnaire_of(stored) == form


@pytest.mark.parametrize("number", [4711, -1, 2**31, 10**30])
def test_a_number_that_was_never_given_is_not_found(session, number):
    with pytest.raises(QuestionnaireNotFound):
        questionnaires.by_id(session, number)


def test_compiled_forms_are_kept_and_the_oldest_goes(session, form, monkeypatch):
    monkeypatch.setattr(questionnaires, "_FLOWS", {})
    monkeypatch.setattr(questionnaires, "_FLOWS_KEPT", 2)
    versions = [store(session, dataclasses.replace(form, version=str(number))) for number in range(3)]
    flows = [questionnaires.flow_of(each) for each in versions]
    assert questionnaires.flow_of(versions[2]) is flows[2]
    assert questionnaires.flow_of(versions[0]) is not flows[0]
    assert questionnaires.layout_of(versions[2]) is questionnaires.layout_of(versions[2])
