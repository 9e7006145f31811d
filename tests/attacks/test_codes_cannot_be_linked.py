"""Who has the database's real files cannot tell which code came with which answer, nor whose a code was.

As in `test_order_cannot_be_read`: the thief has every file and no key, and each attack is first shown to work where the
stir, or the mixing of new codes, is left out.
"""

import datetime

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert, select, text

from consultations.registry.models import Country, Organisation
from consultations.responses.answering import send
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.redeemed import Redeemed
from consultations.responses.sealing import Place, new_id, open_answer, open_epoch_key
from consultations.responses.stirring import wipe
from consultations.rounds.invitation_codes import new_code
from consultations.rounds.invitations import hash_of, put_in_new_order, spend, tag_of
from consultations.rounds.models import Invitation
from consultations.rounds.quotas import draw_codes, keep_codes
from tests.attacks.test_order_cannot_be_read import (
    CHANCE,
    LUCKY,
    MEMBERS,
    by_place_in,
    correlation,
    files,
    found_in_files,
    guesses,
)

SECRET = b"\x07" * 32
SPARE = 20
#: Of 30 codes of one organisation among 60, so many stand in the first half of a random order, within 5 deviations.
HALF = MEMBERS // 2
MIXED = range(HALF // 2 - 10, HALF // 2 + 11)
#: Orders that PostgreSQL's rows give away, and not its files.
AS_ROWS = ("as the database lists them", "xmin::text::bigint, ctid", "ctid")


@pytest.fixture
def codes(session, consultation):
    """Codes in the table, more than are used."""
    made = [new_code() for _ in range(MEMBERS + SPARE)]
    rows = [
        {"consultation_id": consultation.id, "hash": hash_of(SECRET, consultation.id, code), "region": "africa"}
        for code in made
    ]
    put_in_new_order(session.connection(), consultation.id, added=[{**row, "spent_by": None} for row in rows])
    session.commit()
    return made


@pytest.fixture
def spent(session, consultation, codes, epochs):
    """By each spent code's hash and by each tag: its number in the order of spending, which is that of the answers."""
    by_hash, by_tag = {}, {}
    for number, code in enumerate(codes[:MEMBERS]):
        page = new_id()
        tag = tag_of(page, consultation.id)
        region = spend(session, consultation, SECRET, code, tag)
        answer = (b"%04d" % number, b'{"why":"because %d"}' % number)
        send(session, consultation, page, *answer, epochs, redeemed=Redeemed(tag, region, "en"))
        by_hash[hash_of(SECRET, consultation.id, code)] = by_tag[tag] = number
    return by_hash, by_tag


def answered(session, consultation, pair):
    """Of each stored answer, when it came: what only key holders can see."""
    session.rollback()
    epoch = session.scalars(select(Epoch)).one()
    cipher = AESGCM(open_epoch_key(pair.private, epoch.sealed_key, consultation.id, epoch.id))
    place = Place(consultation.id, "f" * 64, epoch.id)
    rows = session.scalars(select(SealedResponse).execution_options(populate_existing=True)).all()
    return {row.id: int(open_answer(cipher, place, row.id, row.hot, row.cold)[0]) for row in rows}


def orders(engine, by_tag):
    """Numbers of the spent codes, in every order that the files and the database give away; and by whose tags."""
    with engine.connect() as connection:
        rows = connection.execute(select(Invitation.hash, Invitation.spent_by).where(Invitation.spent_by.is_not(None)))
        tags = {row.hash: row.spent_by for row in rows}
        found = {"as the database lists them": list(tags)}
        if engine.dialect.name == "postgresql":
            for hidden in ("xmin::text::bigint, ctid", "ctid"):
                spent = "SELECT hash FROM invitations WHERE spent_by IS NOT NULL"
                listed = connection.execute(text(f"{spent} ORDER BY {hidden}"))
                found[hidden] = [bytes(key) for (key,) in listed]
    owners = {tag: key for key, tag in tags.items()}
    for path in files(engine):
        found[path.name] = by_place_in(path, list(tags))
        if len(owners) == len(tags):  # after the stir all have one and the same
            found[f"tags in {path.name}"] = [owners[tag] for tag in by_place_in(path, list(owners))]
    return {name: order for name, order in found.items() if order}


def linked(engine, spent, came):
    """How many codes the best attack gives to the right answer, by laying any two orders side by side."""
    answers = guesses(engine, SealedResponse, SealedResponse.id)
    return max(
        sum(spent[0][code] == came[answer] for code, answer in zip(order, guess, strict=True))
        for order in orders(engine, spent[1]).values()
        for guess in answers.values()
    )


def test_without_the_stir_codes_are_linked_to_answers(engine, session, consultation, pair, spent):
    assert linked(engine, spent, answered(session, consultation, pair)) == MEMBERS


def test_after_the_stir_codes_match_no_answer_but_by_luck(engine, session, consultation, pair, epochs, spent):
    epochs.stir()
    assert linked(engine, spent, answered(session, consultation, pair)) <= LUCKY


def test_without_the_stir_the_order_of_spending_is_read(engine, spent):
    assert max(correlation(order, spent[0]) for order in orders(engine, spent[1]).values()) > 0.99


def test_after_the_stir_the_order_of_spending_is_gone(engine, epochs, spent):
    epochs.stir()
    found = {name: correlation(order, spent[0]) for name, order in orders(engine, spent[1]).items()}
    assert found == {name: pytest.approx(0, abs=CHANCE) for name in found}


def test_no_file_of_sqlite_keeps_what_a_code_was_spent_with(engine, epochs, spent):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps old bytes in free space and in its log; they match no row, as tested above")
    assert found_in_files(engine, set(spent[1])) == set(spent[1])
    epochs.stir()
    assert found_in_files(engine, set(spent[1])) == set()


@pytest.fixture
def organisations(session, consultation):
    consultation.invited = True
    session.add(Country(code="KE", region="africa"))
    session.flush()
    session.add_all(Organisation(id=n, name=str(n), country_code="KE", language="en") for n in (1, 2))
    session.commit()


def first_halves(engine, mine):
    """How many codes of one organisation stand in the first half of each order.

    PostgreSQL's log keeps for a while what was made together, whatever becomes of the rows: docs/privacy.md says so.
    """
    found = guesses(engine, Invitation, Invitation.hash)
    if engine.dialect.name == "postgresql":
        found = {name: order for name, order in found.items() if name in AS_ROWS}
    return {name: len(mine & set(order[:HALF])) for name, order in found.items()}


def test_codes_that_are_not_mixed_show_whose_they_are(engine, session, consultation, organisations):
    whose = {}
    for organisation in (1, 2):
        whose[organisation] = {hash_of(SECRET, consultation.id, new_code()) for _ in range(HALF)}
        row = {"consultation_id": consultation.id, "region": "africa", "spent_by": None}
        session.execute(insert(Invitation), [{**row, "hash": key} for key in whose[organisation]])
        session.commit()
    assert HALF in first_halves(engine, whose[1]).values()


def test_codes_that_are_made_show_not_whose_they_are(engine, session, consultation, organisations):
    whose = {}
    for organisation in (1, 2):
        drawn = draw_codes(session, consultation, {organisation: HALF})
        today = datetime.date(2026, 12, 1)
        keep_codes(session, consultation, drawn, secret=SECRET, who="ana", today=today)
        session.commit()
        wipe(engine)
        whose[organisation] = {hash_of(SECRET, consultation.id, code) for code in drawn[organisation]}
    assert set(first_halves(engine, whose[1]).values()) <= set(MIXED)
