"""How a file was read is remembered by its headings, without a word of what stands in it."""

from __future__ import annotations

import pytest

from consultations.responses.mappings import Digester, recalled, remember, targets_recalled
from consultations.rounds.questionnaires import questionnaire_of, store
from forms.incoming.mapping import Target
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text

SECRET, HEADINGS = b"\x07" * 32, b"h" * 32


@pytest.fixture
def stored(session):
    safe = Question("safe", "select_one", "/data/safe", Source("survey", 2), list_name="yn")
    choices = {"yn": (Choice("yes", Text({"en": "Yes"})), Choice("no", Text({"en": "No"})))}
    return store(session, Questionnaire(Text({"en": "Test"}), "test", ("en",), "en", (safe,), choices))


def test_the_same_headings_lead_to_the_same_targets_and_words(session, stored):
    digester = Digester(SECRET)
    words = digester.digested({"yn": {"Sort of": "yes", "Ask my sister Amina": ""}})
    remember(session, stored, HEADINGS, [Target("safe"), Target()], words)
    session.expunge_all()
    found = recalled(session, stored, HEADINGS)
    assert targets_recalled(found, questionnaire_of(stored)) == (Target("safe"), Target())
    meaning = digester.meaning(found.words)
    assert [meaning("yn", word) for word in ("Sort of", "Ask my sister Amina", "Never")] == ["yes", "", None]
    assert meaning("other", "Sort of") is None


def test_no_word_of_a_file_is_stored_nor_one_that_could_be_tried_without_the_server_s_secret(session, stored):
    digester = Digester(SECRET)
    remember(session, stored, HEADINGS, [Target("safe")], digester.digested({"yn": {"Amina": "yes"}, "none": {}}))
    kept = recalled(session, stored, HEADINGS)
    assert "Amina" not in str((kept.words, kept.targets))
    assert list(kept.words) == ["yn"]
    assert Digester(b"\x08" * 32).meaning(kept.words)("yn", "Amina") is None


def test_other_headings_and_other_versions_of_a_form_are_not_the_same(session, stored):
    remember(session, stored, HEADINGS, [Target("safe")], {})
    assert recalled(session, stored, b"i" * 32) is None


def test_what_is_remembered_the_second_time_replaces_the_first(session, stored):
    remember(session, stored, HEADINGS, [Target("safe")], {})
    remember(session, stored, HEADINGS, [Target()], {})
    assert targets_recalled(recalled(session, stored, HEADINGS), questionnaire_of(stored)) == (Target(),)


def test_a_question_that_the_form_does_not_have_is_nowhere(session, stored):
    remember(session, stored, HEADINGS, [Target("gone"), Target("safe", "yes")], {})
    found = targets_recalled(recalled(session, stored, HEADINGS), questionnaire_of(stored))
    assert found == (Target(), Target())
