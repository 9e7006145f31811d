"""A paper is stored sealed, found again, and fixed once in all languages."""

from __future__ import annotations

import datetime

import pytest

from consultations.papers import drafting, publishing
from consultations.papers.blocks import heading
from consultations.papers.drafting import Draft, PaperNotFound
from consultations.papers.publishing import AlreadyPublished, TextsMissing
from consultations.papers.starting import said
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.keyrings import NotAKeyHolder, new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.models import User
from consultations.staff.sign_in import SignedIn

DAY = datetime.date(2026, 11, 2)
METHOD = {"kind": "method"}


@pytest.fixture
def person(session):
    """Makes somebody who is signed in, without the passphrase that takes Argon2id its time."""

    def make(name):
        pair = new_key_pair()
        empty = dict.fromkeys(("salt", "auth_hash", "wrapped_private_key", "recovery_wrapped_private_key"), b"")
        user = User(name=name, role="policy_staff", language="en", public_key=pair.public, **empty)
        session.add(user)
        session.flush()
        return SignedIn(user, pair.private)

    return make


@pytest.fixture
def ana(person):
    return person("ana")


@pytest.fixture
def stored(session, ana):
    questionnaire = StoredQuestionnaire(version="0" * 64, name="Trial", content={})
    session.add(questionnaire)
    session.flush()
    made = Consultation(
        slug="spring",
        questionnaire_id=questionnaire.id,
        keyring=new_keyring(session, [ana.user]),
        title={"en": "Our rights"},
        asked_by={"en": "The network"},
        purpose={},
        languages=["en"],
    )
    session.add(made)
    session.flush()
    return made


def paper(session, consultation, *blocks):
    return drafting.new_paper(session, consultation, Draft({"en": "Rights"}, {}, list(blocks)))


def test_papers_are_found_newest_first(session, stored):
    first, second = paper(session, stored), paper(session, stored)
    assert drafting.of_consultation(session, stored) == [second, first]
    assert drafting.by_id(session, first.id) is first
    assert drafting.published(session) == []


def test_a_number_that_was_never_given_is_not_found(session):
    with pytest.raises(PaperNotFound):
        drafting.by_id(session, 4711)


def test_a_published_paper_stays_as_it_was(session, stored, ana):
    made = paper(session, stored, heading(said("Contents")), METHOD)
    publishing.publish(session, made, stored, ana, DAY)
    before = publishing.documents(session, made, stored, ana, DAY)
    stored.title = stored.asked_by = {"en": "Something else"}
    assert publishing.documents(session, made, stored, ana, datetime.date(2027, 1, 1)) == before
    assert drafting.published(session) == [made]
    with pytest.raises(AlreadyPublished):
        publishing.publish(session, made, stored, ana, DAY)


def test_only_a_published_paper_has_a_title_to_show(session, stored, ana):
    made = paper(session, stored, heading(said("Contents")), METHOD)
    assert publishing.titles(made) == {}
    publishing.publish(session, made, stored, ana, DAY)
    documents = publishing.documents(session, made, stored, ana, DAY)
    assert publishing.titles(made) == {code: document.title for code, document in documents.items()}


def test_the_newest_publication_stands_first(session, stored, ana):
    made = [paper(session, stored, METHOD) for _ in range(3)]
    for each, day in zip(made, (2, 1, 3), strict=True):
        publishing.publish(session, each, stored, ana, datetime.date(2026, 11, day))
    assert drafting.published(session) == [made[2], made[0], made[1]]


def test_a_text_that_one_language_lacks_keeps_it_a_draft(session, stored, ana):
    made = paper(session, stored, heading({"en": "Only English"}))
    with pytest.raises(TextsMissing):
        publishing.publish(session, made, stored, ana, DAY)
    assert made.published is None


def test_only_key_holders_read_a_draft_and_everybody_reads_what_is_published(session, stored, ana, person):
    made, ben = paper(session, stored, METHOD), person("ben")
    with pytest.raises(NotAKeyHolder):
        publishing.documents(session, made, stored, ben, DAY)
    publishing.publish(session, made, stored, ana, DAY)
    assert len(publishing.documents(session, made, stored, ben, DAY)) == 5


def test_a_file_is_named_for_its_consultation_and_language(session, stored, ana):
    document = publishing.documents(session, paper(session, stored, METHOD), stored, ana, DAY)["fr"]
    assert publishing.file_name(document, stored, "pdf") == "spring-fr.pdf"


@pytest.mark.parametrize(("keep", "times"), [(True, 1), (False, 2)])
def test_a_published_paper_is_rendered_once_and_a_draft_never_kept(session, stored, ana, monkeypatch, keep, times):
    rendered = []
    monkeypatch.setattr(publishing, "render_pdf", lambda document: rendered.append(document) or b"%PDF")
    made = paper(session, stored, METHOD, heading(said("Contents")))
    documents = [publishing.documents(session, made, stored, ana, DAY)["en"] for _ in range(2)]
    publishing._kept.cache_clear()
    assert {publishing.pdf(document, keep=keep) for document in documents} == {b"%PDF"}
    assert rendered == documents[:times]
    publishing._kept.cache_clear()
