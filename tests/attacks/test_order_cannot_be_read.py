"""Who has the database's real files cannot tell in which order the answers came, nor which came with which hash.

The attacker is a thief of the disk, or a host with a snapshot of it: has every file, no key, and patience. Each attack
is first shown to work where the stir is left out, so that a test that passes means something. Without a key an attacker
only orders ciphertexts; the truth to compare with is what the key holders see, so the tests open the answers for it.
"""

import math
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, text

from consultations.responses.answering import send
from consultations.responses.models import Epoch, SealedResponse, SentHash
from consultations.responses.sealing import Place, new_id, open_answer, open_epoch_key
from consultations.staff.keys import derived

MEMBERS = 60
#: Spearman's rho of a random order has a standard deviation of 1/sqrt(n - 1): beyond 5 of them is 1 in 1,700,000.
CHANCE = 5 / math.sqrt(MEMBERS - 1)
#: A random matching gets one right on average, nine or more 1 time in 900,000.
LUCKY = 8


@pytest.fixture
def pages(session, consultation, epochs):
    """The ids of the pages that members sent, in order; each answer says how many came before it."""
    sent = [new_id() for _ in range(MEMBERS)]
    for number, page in enumerate(sent):
        send(session, consultation, page, b"%04d" % number, b'{"why":"because %d"}' % number, epochs)
    return sent


@pytest.fixture
def truth(session, consultation, pair, pages):
    """A function that tells of each stored answer when it came."""

    def read():
        session.rollback()
        epoch = session.scalars(select(Epoch)).one()
        cipher = AESGCM(open_epoch_key(pair.private, epoch.sealed_key, consultation.id, epoch.id))
        place = Place(consultation.id, "f" * 64, epoch.id)
        rows = session.scalars(select(SealedResponse).execution_options(populate_existing=True)).all()
        return {row.id: int(open_answer(cipher, place, row.id, row.hot, row.cold)[0]) for row in rows}

    return read


def files(engine):
    """Every file that the database keeps, as a thief finds them."""
    if engine.dialect.name == "sqlite":
        main = Path(engine.url.database)
        return sorted(main.parent.glob(main.name + "*"))
    with engine.connect() as connection:
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
    return sorted(path for part in ("base", "pg_wal") for path in (folder / part).rglob("*") if path.is_file())


def by_place_in(path, keys):
    """Keys in the order in which their bytes first appear in a file; nothing when one does not."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:  # PostgreSQL replaces its caches while we look
        return []
    places = {key: content.find(key) for key in keys}
    return sorted(keys, key=places.__getitem__) if -1 not in places.values() else []


def guesses(engine, table, column):
    """Every order of a table's rows that the files and the database give away, by the name of the attack."""
    with engine.connect() as connection:
        keys = connection.scalars(select(column)).all()
        orders = {"as the database lists them": keys}
        if engine.dialect.name == "postgresql":
            name = table.__tablename__
            for hidden in ("xmin::text::bigint, ctid", "ctid"):
                found = connection.execute(text(f"SELECT {column.key} FROM {name} ORDER BY {hidden}"))  # noqa: S608 - names of our own columns
                orders[hidden] = [bytes(key) for (key,) in found]
    for path in files(engine):
        orders[path.name] = by_place_in(path, keys)
    return {name: order for name, order in orders.items() if order}


def correlation(order, came):
    """Spearman's rank correlation of a guessed order with the true one; its sign does not matter to an attacker."""
    n = len(order)
    return abs(1 - 6 * sum((at - came[key]) ** 2 for at, key in enumerate(order)) / (n * (n * n - 1)))


def test_without_the_stir_the_order_is_read(engine, truth):
    came = truth()
    best = max(correlation(order, came) for order in guesses(engine, SealedResponse, SealedResponse.id).values())
    assert best > 0.99


def test_after_the_stir_no_order_is_better_than_chance(engine, epochs, truth):
    epochs.stir()
    came = truth()
    found = guesses(engine, SealedResponse, SealedResponse.id)
    assert {name: round(correlation(order, came), 2) for name, order in found.items()} == {
        name: pytest.approx(0, abs=CHANCE) for name in found
    }


def matched(engine, pages, consultation, came):
    """How many answers the best attack gives to the right page, by laying the orders of both tables side by side."""
    hashes = {derived(page, "sent", consultation.id.to_bytes(8, "big")): number for number, page in enumerate(pages)}
    answers = guesses(engine, SealedResponse, SealedResponse.id)
    sent = guesses(engine, SentHash, SentHash.hash)
    return max(
        sum(came[answer] == hashes[sent_hash] for answer, sent_hash in zip(answers[name], sent[name], strict=True))
        for name in answers.keys() & sent.keys()
    )


def test_without_the_stir_answers_are_matched_to_pages(engine, consultation, pages, truth):
    assert matched(engine, pages, consultation, truth()) == MEMBERS


def test_after_the_stir_answers_match_no_page_but_by_luck(engine, epochs, consultation, pages, truth):
    epochs.stir()
    assert matched(engine, pages, consultation, truth()) <= LUCKY


def traces(session):
    """What a row can be recognised by: its id, its nonces, and the ciphertexts that follow them."""
    session.rollback()
    rows = session.execute(select(SealedResponse.id, SealedResponse.hot, SealedResponse.cold)).all()
    return {trace for row in rows for trace in (row.id, row.hot[:12], row.hot[12:], row.cold[:12], row.cold[12:28])}


def found_in_files(engine, sought):
    contents = [path.read_bytes() for path in files(engine) if path.exists()]
    return {trace for trace in sought if any(trace in content for content in contents)}


def test_a_backup_from_before_the_stir_matches_nothing_after_it(session, epochs, pages):
    before = traces(session)
    epochs.stir()
    assert len(before) == 5 * MEMBERS
    assert not before & traces(session)


def test_no_file_of_sqlite_keeps_what_was_there_before_the_stir(engine, session, epochs, pages):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps old bytes in free space and in its log; they match no row, as tested above")
    before = traces(session)
    assert found_in_files(engine, before) == before

    epochs.stir()

    assert found_in_files(engine, before) == set()
    assert found_in_files(engine, traces(session)) == traces(session)
