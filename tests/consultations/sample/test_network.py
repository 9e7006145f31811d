"""The sample goes the same way as real answers: sealed, unlocked, released, quoted and published."""

from __future__ import annotations

import itertools
import shutil
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultations.analysis.figures.indicators import every, over_time
from consultations.analysis.quotes import picked
from consultations.analysis.releases.earlier import compared_with
from consultations.analysis.releases.releasing import latest
from consultations.audit import first_broken
from consultations.cli.sample import note_sign_in
from consultations.database import engine_for
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.migrations import upgrade
from consultations.papers import drafting, publishing
from consultations.papers.sources import sources_of
from consultations.responses.counting import answer_count
from consultations.responses.models import SealedResponse
from consultations.sample import network
from consultations.sample.paper import sample_draft
from consultations.staff import covering, stretching, trustees
from consultations.staff.keyrings import private_key, recovered
from consultations.staff.models import Keyring
from exports.document import Chart
from translations.languages import OFFICIAL_LANGUAGES


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The sample in an embedded database, loaded once for all tests here."""
    folder = tmp_path_factory.mktemp("network")
    engine = engine_for(f"sqlite:///{folder / 'sample.sqlite'}")
    upgrade(engine)
    with pytest.MonkeyPatch.context() as patch, Session(engine, expire_on_commit=False) as session:
        patch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
        yield SimpleNamespace(session=session, folder=folder, sample=network.load(session))
    engine.dispose()
    shutil.rmtree(folder)


def test_one_consultation_is_finished_and_one_is_open_to_try(loaded):
    sample = loaded.sample
    assert (sample.finished.status, sample.open.status) == ("unlocked", "open")
    assert sample.finished.synthetic
    assert sample.open.synthetic
    assert answer_count(loaded.session, sample.finished) == 600
    assert answer_count(loaded.session, sample.open) == 0


def test_two_years_before_fewer_people_were_asked_the_same(loaded):
    earlier, finished = loaded.sample.earlier, loaded.sample.finished
    assert (earlier.status, earlier.synthetic, earlier.questionnaire) == ("unlocked", True, finished.questionnaire)
    assert answer_count(loaded.session, earlier) == 380
    assert finished.opened_on.year - earlier.opened_on.year == 2
    assert drafting.of_consultation(loaded.session, earlier) == []


def test_answers_changed_clearly_since_then_in_some_questions_and_not_in_others(loaded):
    found = compared_with(loaded.session, loaded.sample.finished, loaded.sample.earlier)
    clear = [each.comparison.clear_changes for each in found.values()]
    assert len(found) > 15
    assert 0 in clear
    assert sum(bool(changes) for changes in clear) > 5


def test_three_indicators_have_a_value_in_each_year_between_baseline_and_target(loaded):
    indicators = every(loaded.session, ())
    assert [each.code for each in indicators] == ["1.1", "2.1", "3.1"]
    read = over_time(loaded.session, indicators, [loaded.sample.finished, loaded.sample.earlier])
    for indicator in indicators:
        assert set(indicator.name) == set(OFFICIAL_LANGUAGES)
        before, now = (point.reading.percent for point in read[indicator.id])
        assert abs(now - indicator.target) < abs(before - indicator.target)
        assert abs(before - indicator.baseline) < 6


def test_the_paper_tells_who_answered_shows_a_map_and_what_changed(loaded):
    draft = sample_draft(loaded.session, loaded.sample.finished, loaded.sample.policy)
    kinds = [block["kind"] for block in draft.blocks]
    assert (kinds.count("profile"), kinds.count("map"), kinds.count("comparison")) == (1, 1, 1)
    made = publishing.documents(
        loaded.session, loaded.sample.paper, loaded.sample.finished, loaded.sample.policy, network.RELEASED
    )
    drawn = [[block.kind for block in each.blocks if isinstance(block, Chart)].count("tiles") for each in made.values()]
    assert drawn == [1] * 5


def test_any_two_of_the_synthetic_trustees_cards_open_every_key_of_the_sample(loaded):
    session = loaded.session
    assert covering.uncovered(session) == []
    for pair in itertools.combinations(loaded.sample.cards, 2):
        opened = trustees.opened(session, pair)
        for keyring_id in session.scalars(select(Keyring.id)):
            assert recovered(session, keyring_id, opened)


def test_the_cards_are_written_down_as_synthetic_for_the_owner_of_the_file_alone(loaded):
    note_sign_in(loaded.folder, loaded.sample)
    file = loaded.folder / "sample-trustees-cards.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    written = file.read_text("utf-8")
    assert written.startswith("SYNTHETIC")
    assert all(card in written for card in loaded.sample.cards)


def test_no_answer_lies_outside_the_sealed_snapshot(loaded):
    assert loaded.session.scalar(select(func.count()).select_from(SealedResponse)) == 0


def test_every_closed_question_is_released_by_region(loaded):
    tables = [table for table in latest(loaded.session, loaded.sample.finished) if table.breakdown == "region"]
    assert len(tables) > 15
    assert all(table.shows_shares for table in tables)


def test_six_people_were_interviewed_in_three_countries(loaded):
    assert loaded.session.scalar(select(func.count()).select_from(Interview)) == 6
    assert len({study.country_code for study in loaded.session.scalars(select(CaseStudy))}) == 3


def test_quotes_from_answers_and_from_interviews_are_offered_to_the_paper(loaded):
    key = private_key(loaded.session, loaded.sample.finished.keyring_id, loaded.sample.policy)
    answers = {quote.text for quote in picked(loaded.session, loaded.sample.finished, key).opened}
    offered = {
        quote.text for quote in sources_of(loaded.session, loaded.sample.finished, loaded.sample.policy).quotes.values()
    }
    assert answers
    assert answers < offered


def test_one_paper_is_published_in_five_languages_and_one_is_left_to_change(loaded):
    published, draft = reversed(drafting.of_consultation(loaded.session, loaded.sample.finished))
    assert drafting.published(loaded.session) == [published]
    assert set(published.published) == set(OFFICIAL_LANGUAGES)
    assert draft.published is None


def test_the_paper_says_on_every_page_that_nobody_real_answered(loaded):
    made = publishing.documents(
        loaded.session, loaded.sample.paper, loaded.sample.finished, loaded.sample.policy, network.RELEASED
    )
    assert len({document.running_notice for document in made.values()}) == 5
    assert all(document.running_notice for document in made.values())


def test_it_is_written_as_pdf_once_in_each_language(loaded, monkeypatch):
    monkeypatch.setattr(publishing, "pdf", lambda document, keep: document.title.encode())
    written = network.write_pdfs(loaded.session, loaded.sample, loaded.folder / "papers")
    assert [file.name for file in written] == [f"sample-{code}.pdf" for code in OFFICIAL_LANGUAGES]
    assert len({file.read_bytes() for file in written}) == 5


def test_nobody_s_passphrase_lies_in_the_database(loaded):
    loaded.session.commit()
    stored = b"".join(file.read_bytes() for file in loaded.folder.glob("sample.sqlite*"))
    assert len(loaded.sample.accounts) == 4
    assert not [each.user.name for each in loaded.sample.accounts if each.passphrase.encode() in stored]


def test_the_audit_log_of_all_this_holds(loaded):
    assert first_broken(loaded.session) is None
