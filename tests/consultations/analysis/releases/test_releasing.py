"""Releases are few, final and far apart; what people wrote is quoted by consent only."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from consultations.analysis.attacks.findings import Finding, Report, Tried
from consultations.analysis.attacks.findings import from_json as from_stored
from consultations.analysis.attacks.mending import Hidden
from consultations.analysis.models import GateRun, Quote
from consultations.analysis.open_answers import answer_with, asks_permission, open_answers, open_questions
from consultations.analysis.quotes import NotVerbatim, PickedAlready, pick, picked, put_back
from consultations.analysis.releases import gate, releasing
from consultations.analysis.releases.growth import LEAST_NEW
from consultations.analysis.releases.preparing import files_of
from consultations.analysis.releases.published import Files, read_tables
from consultations.analysis.tables import from_json
from consultations.errors import NotFound
from consultations.fieldwork.coding import ThemeUnknown
from consultations.responses.answering import send
from consultations.responses.epochs import EPOCHS
from consultations.responses.unsealing import NotUnlocked, unlock
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff.keys import KeyPair, new_key_pair
from consultations.staff.models import Keyring
from forms.packing import pack
from forms.questionnaire import Group, Question, Source

DAY = datetime.date(2026, 12, 17)
NEVER_CHANGES = "Nothing changed,\r\nnothing at all."


@pytest.fixture
def pair() -> KeyPair:
    return new_key_pair()


@pytest.fixture
def consultation(session: Any, form: Any, pair: KeyPair) -> Any:
    keyring = Keyring(public_key=pair.public)
    session.add(keyring)
    session.flush()
    made = Consultation(
        slug="test",
        status="open",
        questionnaire=store(session, form),
        keyring_id=keyring.id,
        title={},
        asked_by={},
        purpose={},
        languages=["en"],
        table_plan=["setting"],
        opened_on=DAY,
    )
    session.add(made)
    session.commit()
    yield made
    EPOCHS.stir()


def answer(session: Any, consultation: Consultation, people: list[dict[str, str]], language: str = "en") -> None:
    layout = layout_of(consultation.questionnaire)
    # Drawn with a seed: with keys of chance the gate would hide a row in some runs and none in others.
    keys = np.random.default_rng(len(people)).integers(0, 2**32, len(people))
    for one, key in zip(people, keys.tolist(), strict=True):
        send(session, consultation, secrets.token_bytes(16), *pack(layout, one, language, key))
    EPOCHS.stir(consultation.id)


def opened(session: Any, consultation: Consultation, pair: KeyPair) -> None:
    if consultation.status == "open":
        consultation.status, consultation.closed_on = "closed", DAY
        session.commit()
    unlock(session, consultation, pair.private, layout_of(consultation.questionnaire))


def test_the_tables_of_a_release_are_those_that_are_read_back(
    session: Any, consultation: Any, pair: Any, people: Any
) -> None:
    assert releasing.latest(session, consultation) == ()
    with pytest.raises(NotUnlocked):
        releasing.release(session, consultation, pair.private, DAY)
    answer(session, consultation, people)
    opened(session, consultation, pair)
    prepared = releasing.prepared(session, consultation, pair.private)
    assert releasing.refusal(session, consultation, prepared) is None
    made = releasing.release(session, consultation, pair.private, DAY)
    assert (made.number, made.released_on) == (1, DAY)
    assert releasing.latest(session, consultation) == prepared == from_json(made.tables)


def test_the_same_answers_are_not_released_twice(session: Any, consultation: Any, pair: Any, people: Any) -> None:
    answer(session, consultation, people)
    opened(session, consultation, pair)
    releasing.release(session, consultation, pair.private, DAY)
    with pytest.raises(releasing.TooFewNewAnswers):
        releasing.release(session, consultation, pair.private, DAY)
    refused = releasing.refusal(session, consultation, releasing.latest(session, consultation))
    assert isinstance(refused, releasing.TooFewNewAnswers)


def test_a_release_that_could_show_nothing_is_none_of_the_three(
    session: Any, consultation: Any, pair: Any, people: Any
) -> None:
    answer(session, consultation, people[:9])
    opened(session, consultation, pair)
    prepared = releasing.prepared(session, consultation, pair.private)
    assert isinstance(releasing.refusal(session, consultation, prepared), releasing.NothingToShow)
    with pytest.raises(releasing.NothingToShow):
        releasing.release(session, consultation, pair.private, DAY)
    assert releasing.newest(session, consultation) is None


def test_there_are_three_releases_at_most(
    session: Any, consultation: Any, pair: Any, people: Any, monkeypatch: Any
) -> None:
    answer(session, consultation, people)
    opened(session, consultation, pair)
    monkeypatch.setattr(gate, "check_growth", lambda before, after: None)
    monkeypatch.setattr(gate, "attack", lambda files, earlier, progress: Report((), ()))
    for _ in range(3):
        releasing.release(session, consultation, pair.private, DAY)
    with pytest.raises(releasing.NoMoreReleases):
        releasing.release(session, consultation, pair.private, DAY)


def test_every_row_that_was_shown_must_have_grown_by_thirty(
    session: Any, consultation: Any, pair: Any, people: Any
) -> None:
    answer(session, consultation, people)
    opened(session, consultation, pair)
    before = releasing.prepared(session, consultation, pair.private)
    grown = tuple(
        replace(table, rows=tuple(replace(row, base=row.base + LEAST_NEW) for row in table.rows)) for table in before
    )
    releasing.check_growth(before, grown)
    first = grown[0]
    short = replace(first, rows=(replace(first.rows[0], base=first.rows[0].base - 1), *first.rows[1:]))
    with pytest.raises(releasing.TooFewNewAnswers):
        releasing.check_growth(before, (short, *grown[1:]))


def finds(*kinds: str) -> Any:
    """An attack that finds these in the row of the first region, as long as that is shown."""

    def attack(files: Files, earlier: Any, progress: Any) -> Report:
        table = next(each for each in read_tables(files) if each.question == "days" and each.breakdown == "region")
        found = tuple(Finding(kind, table.id, row.name) for kind in kinds for row in table.rows if row.name == "africa")
        return Report(found, (Tried("linear programs", 7),))

    return attack


def test_a_row_that_the_gate_finds_to_give_people_away_is_hidden_and_the_rest_released(
    session: Any, consultation: Any, pair: Any, people: Any, monkeypatch: Any
) -> None:
    answer(session, consultation, people)
    opened(session, consultation, pair)
    monkeypatch.setattr(gate, "attack", finds("small count"))
    run = gate.try_release(session, consultation, pair.private, DAY)
    assert run.passed
    assert gate.hidden_rows(run) == (Hidden("days.by.region", "africa"),)
    tables = {
        table.id: table for table in from_json(releasing.release(session, consultation, pair.private, DAY).tables)
    }
    assert "africa" not in {row.name for row in tables["days.by.region"].rows}
    assert {"en": "Africa"} in tables["days.by.region"].hidden
    assert "africa" in {row.name for row in tables["obstacles.by.region"].rows}


def test_nothing_is_released_where_hiding_rows_does_not_help(
    session: Any, consultation: Any, pair: Any, people: Any, monkeypatch: Any
) -> None:
    answer(session, consultation, people)
    opened(session, consultation, pair)
    monkeypatch.setattr(gate, "attack", finds("no noise"))
    with pytest.raises(releasing.NotProtected):
        releasing.release(session, consultation, pair.private, DAY)
    assert releasing.newest(session, consultation) is None
    assert not session.get(GateRun, consultation.id).passed
    assert gate.to_release(session, consultation, pair.private) is None


def test_what_the_gate_passed_is_what_is_released_and_nothing_else(
    session: Any, consultation: Any, pair: Any, people: Any, monkeypatch: Any
) -> None:
    answer(session, consultation, people)
    opened(session, consultation, pair)
    run = gate.try_release(session, consultation, pair.private, DAY)
    report = from_stored(run.report)
    assert run.passed
    assert {tried.what for tried in report.tried} >= {"linear programs", "bases of rows"}
    run.digest = "0" * 64
    assert gate.to_release(session, consultation, pair.private) is None
    made = releasing.release(session, consultation, pair.private, DAY)
    assert run.digest != "0" * 64
    files = files_of(made, consultation)
    assert (gate.digest(files), read_tables(files)) == (run.digest, from_json(made.tables))


@pytest.fixture
def told(session: Any, consultation: Any, pair: Any) -> Any:
    people = [
        {"region": "africa", "what_changed": NEVER_CHANGES, "quote_permission": "with_region"},
        {"region": "africa", "what_changed": "A new law.", "quote_permission": "without_region"},
        {"region": "africa", "what_changed": "My name is told.", "quote_permission": "no"},
        {"region": "africa", "what_changed": "Nobody asked me."},
        {"region": "africa", "what_changed": "  ", "quote_permission": "with_region"},
    ]
    answer(session, consultation, people, "fr")
    answer(session, consultation, [people[1] | {"what_changed": "Language of nowhere."}], "tlh")
    opened(session, consultation, pair)
    return open_answers(session, consultation, pair.private, "what_changed")


def test_open_answers_carry_what_their_writers_allow(told: Any) -> None:
    assert {(each.text, each.language, each.region) for each in told.quotable} == {
        (NEVER_CHANGES.replace("\r\n", "\n"), "fr", "africa"),
        ("A new law.", "fr", ""),
        ("Language of nowhere.", "", ""),
    }
    assert told.withheld == 2
    with pytest.raises(NotFound):
        answer_with(told, "0" * 24)


def test_answers_keep_their_reference_when_they_are_shuffled_again(
    session: Any, consultation: Any, pair: Any, told: Any
) -> None:
    unlock(session, consultation, pair.private, layout_of(consultation.questionnaire))
    assert open_answers(session, consultation, pair.private, "what_changed") == told
    with pytest.raises(NotFound):
        open_answers(session, consultation, pair.private, "region")


def test_a_quote_is_kept_word_for_word_with_what_belongs_to_it(
    session: Any, consultation: Any, pair: Any, told: Any
) -> None:
    said = next(each for each in told.quotable if each.region)
    pick(
        session,
        consultation,
        pair.private,
        answer_with(told, said.reference),
        "law",
        text="changed,\r\nnothing",
        translations={"ru": " ничего ", "es": "  "},
    )
    (quote,) = picked(session, consultation, pair.private).opened
    assert (quote.text, quote.language, quote.region, quote.theme) == ("changed,\nnothing", "fr", "africa", "law")
    assert quote.translations == {"ru": "ничего"}
    with_another = picked(session, consultation, new_key_pair().private)
    assert (with_another.opened, with_another.refused) == ((), 1)


def test_what_nobody_said_is_no_quote(session: Any, consultation: Any, pair: Any, told: Any) -> None:
    said = next(each for each in told.quotable if each.text == "A new law.")
    with pytest.raises(NotVerbatim):
        pick(session, consultation, pair.private, said, "law", text="A good law.")
    with pytest.raises(ThemeUnknown):
        pick(session, consultation, pair.private, said, "gossip")
    pick(session, consultation, pair.private, said, "law")
    with pytest.raises(PickedAlready):
        pick(session, consultation, pair.private, said, "health")


def test_a_quote_can_be_put_back_in_its_own_consultation_only(
    session: Any, consultation: Any, pair: Any, told: Any
) -> None:
    quote = pick(session, consultation, pair.private, told.quotable[0], "law")
    with pytest.raises(NotFound):
        put_back(session, Consultation(id=consultation.id + 1), quote.id.hex())
    put_back(session, consultation, quote.id.hex())
    assert session.query(Quote).count() == 0


def test_a_form_that_asks_no_permission_gives_none(form: Any) -> None:
    assert asks_permission(form)
    assert not asks_permission(replace(form, children=form.children[:10]))


def test_without_a_region_question_a_quote_names_no_region(
    session: Any, form: Any, consultation: Any, pair: Any
) -> None:
    consultation.questionnaire = store(session, replace(form, children=form.children[1:]))
    session.commit()
    answer(session, consultation, [{"what_changed": "A new law.", "quote_permission": "with_region"}])
    opened(session, consultation, pair)
    (said,) = open_answers(session, consultation, pair.private, "what_changed").quotable
    assert said.region == ""


def test_words_from_every_time_of_a_repeat_can_be_quoted(session: Any, form: Any, consultation: Any, pair: Any) -> None:
    at_work = Question("at_work", "text", "/data/job/at_work", Source("survey", 2))
    never = replace(at_work, name="never", anonymise="drop")
    job = Group("job", "/data/job", Source("survey", 2), is_repeat=True, children=(at_work, never))
    asked = replace(form, children=(*form.children, job))
    consultation.questionnaire = store(session, asked)
    session.commit()
    jobs = {"/data/job": "2", "at_work[1]": "It is calm.", "at_work[2]": "It is not.", "at_workshop": "Another."}
    answer(session, consultation, [jobs | {"quote_permission": "with_region"}])
    opened(session, consultation, pair)
    found = open_answers(session, consultation, pair.private, "at_work").quotable
    assert {said.text for said in found} == {"It is calm.", "It is not."}
    assert "never" not in {question.name for question in open_questions(asked)}
