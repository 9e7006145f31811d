"""A consultation leaves one installation sealed, and another opens it with the key and has the same tables."""

from __future__ import annotations

import datetime
import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from consultations.analysis.models import Quote
from consultations.analysis.quotes import picked
from consultations.audit import AuditHead
from consultations.database import engine_for
from consultations.fieldwork import interviews
from consultations.fieldwork.case_studies import box, case_studies_of
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.passages import passages_of
from consultations.migrations import new_tables
from consultations.papers.drafting import of_consultation, opened
from consultations.papers.exporting import left_out, lines
from consultations.papers.importing import take_in
from consultations.papers.models import Paper
from consultations.responses.models import SealedResponse
from consultations.rounds.consultations import SlugTaken, by_slug
from consultations.staff import sealed_files
from consultations.staff.keyrings import NotAKeyHolder, grant, private_key
from consultations.staff.sealed_files import NotASealedFile, NotForThisKey, Opener, ToPassphrase, ToPerson
from consultations.staff.sign_in import create_account, sign_in, signed_in

from .conftest import someone, tables_of, unlocked


@pytest.fixture
def elsewhere(tmp_path):
    """Another installation, on SQLite, with people of its own."""
    engine = engine_for(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    new_tables(engine)
    with Session(engine, expire_on_commit=False) as session:
        session.add(AuditHead(id=1, hash=b""))
        someone(session, "first")  # numbers are not the same there
        yield session
    engine.dispose()


def exported(session, network, to):
    file = io.BytesIO()
    sealed_files.write(file, lines(session, network.consultation, network.holder), to)
    return file.getvalue()


def test_another_installation_has_the_same_tables_and_everything_that_belongs(session, network, elsewhere):
    zoe = someone(elsewhere, "zoe")
    file = exported(session, network, ToPerson(zoe.user.public_key))
    arrived = take_in(elsewhere, sealed_files.read(io.BytesIO(file), Opener(zoe.private_key)), zoe)
    there, key = arrived.consultation, private_key(elsewhere, arrived.consultation.keyring_id, zoe)
    assert (there.slug, arrived.refused) == ("spring", 0)
    assert tables_of(elsewhere, there, zoe) == network.tables
    (quote,) = picked(elsewhere, there, key).opened
    (paper,) = of_consultation(elsewhere, there)
    assert quote.text == "CANARY quote"
    assert opened(paper, key).blocks == [{"kind": "quote", "quote": quote.id.hex()}]
    (study,) = case_studies_of(elsewhere, zoe, there)
    assert box(elsewhere, study, zoe)["en"].title == "CANARY box"
    assert [interviews.opened(elsewhere, each, zoe).transcript for each in study.interviews] == [
        "CANARY said this. More."
    ] * 2
    assert [len(passages_of(elsewhere, each, zoe).opened) for each in study.interviews] == [1, 1]


LADDER = {"region": [[["africa", "asia-pacific"], ["europe"], ["latin-america", "north-america-caribbean"]]]}


def test_the_ladders_of_its_plan_go_with_it(session, network, elsewhere):
    network.consultation.ladders = LADDER
    zoe = someone(elsewhere, "zoe")
    assert take_in(elsewhere, lines(session, network.consultation, network.holder), zoe).consultation.ladders == LADDER


def test_an_export_from_before_there_were_ladders_has_none(session, network, elsewhere):
    zoe = someone(elsewhere, "zoe")
    before = [line.replace(b'"ladders"', b'"other"') for line in lines(session, network.consultation, network.holder)]
    assert take_in(elsewhere, before, zoe).consultation.ladders == {}


def test_answers_that_were_not_unlocked_yet_are_unlocked_there(session, network, elsewhere):
    zoe = someone(elsewhere, "zoe")
    file = exported(session, network, ToPerson(zoe.user.public_key))
    there = take_in(elsewhere, sealed_files.read(io.BytesIO(file), Opener(zoe.private_key)), zoe).consultation
    assert len(elsewhere.scalars(select(SealedResponse)).all()) == 5
    here = unlocked(session, network.consultation, network.holder)
    assert unlocked(elsewhere, there, zoe) == here != network.tables


def test_words_open_it_as_well(session, network, elsewhere):
    zoe = someone(elsewhere, "zoe")
    file = exported(session, network, ToPassphrase("six words that nobody has guessed"))
    assert sealed_files.is_for_passphrase(io.BytesIO(file))
    content = sealed_files.read(io.BytesIO(file), Opener(passphrase="Six words that nobody-has guessed"))
    assert take_in(elsewhere, content, zoe, "summer").consultation.slug == "summer"


def test_nothing_in_the_file_can_be_read(session, network):
    file = exported(session, network, ToPerson(network.holder.user.public_key))
    words = (
        b"CANARY",
        b"spring",
        b"Question",
        b"africa",
        private_key(session, network.consultation.keyring_id, network.holder),
    )
    assert [word for word in words if word in file] == []


@pytest.mark.parametrize("at", [0.0, 0.001, 0.5, 0.999])
def test_a_changed_bit_is_refused(session, network, at):
    file = bytearray(exported(session, network, ToPerson(network.holder.user.public_key)))
    file[int(at * len(file))] ^= 1
    with pytest.raises((NotASealedFile, NotForThisKey)):
        list(sealed_files.read(io.BytesIO(bytes(file)), Opener(network.holder.private_key)))


def test_another_key_is_refused(session, network, elsewhere):
    file = exported(session, network, ToPerson(network.holder.user.public_key))
    for opener in (Opener(someone(elsewhere, "zoe").private_key), Opener()):
        with pytest.raises(NotForThisKey):
            list(sealed_files.read(io.BytesIO(file), opener))


def test_who_does_not_hold_the_key_exports_nothing(session, network):
    with pytest.raises(NotAKeyHolder):
        list(lines(session, network.consultation, someone(session, "ben")))


def test_an_address_that_is_taken_is_said(session, network):
    content = sealed_files.read(
        io.BytesIO(exported(session, network, ToPerson(network.holder.user.public_key))),
        Opener(network.holder.private_key),
    )
    with pytest.raises(SlugTaken):
        take_in(session, content, network.holder)


def test_the_commands_carry_it_from_one_to_the_other(settings, session, network, tmp_path):
    """On one installation under another address, for brevity: the file is all that passes."""
    now = datetime.datetime.now(datetime.UTC)
    account = create_account(session, "zoe", "policy_staff", "en")
    grant(session, network.consultation.keyring_id, account.user, network.holder)
    session.commit()
    app = create_app(settings)
    run = app.test_cli_runner()
    file = str(tmp_path / "export")
    options = ["--as", "zoe", "--passphrase", account.passphrase]
    sent = run.invoke(args=["consultations", "export", "spring", *options, "--to", file])
    assert sent.exit_code == 0, sent.output
    words = sent.output.split("kept nowhere: ")[1].splitlines()[0]
    refused = run.invoke(args=["consultations", "import", file, *options, "--words", "not the words", "--slug", "b"])
    assert (refused.exit_code, "does not open" in refused.output) == (1, True)
    taken = run.invoke(args=["consultations", "import", file, *options, "--words", words, "--slug", "summer"])
    assert taken.output == "summer is here, and zoe holds its key.\n"
    zoe = signed_in(session, sign_in(session, "zoe", account.passphrase, now), now)
    assert tables_of(session, by_slug(session, "summer"), zoe) == network.tables
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("damaged", [Quote, Passage, Interview, CaseStudy, Paper])
def test_what_does_not_open_is_left_out_of_the_file_and_both_sides_hear_how_much(session, network, elsewhere, damaged):
    row = session.scalars(select(damaged)).first()
    column = {CaseStudy: "sealed_summary", Paper: "sealed_draft"}.get(damaged, "sealed_body")
    setattr(row, column, getattr(row, column)[:-1])
    session.commit()
    assert left_out(session, network.consultation, network.holder) == 1
    zoe = someone(elsewhere, "zoe")
    arrived = take_in(elsewhere, lines(session, network.consultation, network.holder), zoe)
    assert (arrived.left_out, tables_of(elsewhere, arrived.consultation, zoe)) == (1, network.tables)
    assert left_out(elsewhere, arrived.consultation, zoe) == 0
