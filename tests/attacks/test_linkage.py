"""Sixty members with codes answer through the pages; who has all files and backups cannot tell whose answer is whose.

`test_codes_cannot_be_linked` and `test_order_cannot_be_read` attack what the functions below the pages write. Here
everything is there that a season of answering leaves: drafts that were saved, answers of several lengths, answers
that were taken back, two epochs, two raw copies of the disk and two backups as the product writes them.
"""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from sqlalchemy import create_engine, func, select, text

from app import create_app
from consultations.cli import backups
from consultations.registry.models import REGIONS
from consultations.responses.drafts import Draft
from consultations.responses.epochs import EPOCHS
from consultations.responses.models import Epoch, SealedCount, SealedResponse
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.invitation_codes import new_code
from consultations.rounds.invitations import hash_of, put_in_new_order
from consultations.rounds.models import Invitation
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from tests.attacks.linking import EVERY, HALF, MEMBERS, SAVING, SPARE, TAKING_BACK, Attacker, member, most_by_luck
from tests.attacks.test_order_cannot_be_read import files
from tests.consultations.pages.phones import put

FORM = "\n".join(
    [
        "| survey |",
        "| | type | name | label::English (en) |",
        "| | select_one region | region | Where? |",
        "| | text | story | What happened? |",
        "| choices |",
        "| | list_name | name | label::English (en) |",
        *(f"| | region | {code} | {code} |" for code in REGIONS),
    ]
)


@pytest.fixture
def pair():
    return new_key_pair()


@pytest.fixture
def app(settings, pair):
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=(), invited=True)
    with made.extensions["sessions"].begin() as session:
        session.scalars(select(Keyring)).one().public_key = pair.public
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def codes(app, settings):
    made = [new_code() for _ in range(MEMBERS + SPARE)]
    rows = [{"consultation_id": 1, "hash": hash_of(settings.secret, 1, code), "region": "africa"} for code in made]
    with app.extensions["sessions"].begin() as session:
        put_in_new_order(session.connection(), 1, added=[{**row, "spent_by": None} for row in rows])
    return made


@pytest.fixture
def half(app, codes):
    for number, code in enumerate(codes[:HALF]):
        member(app, code, number)


def the_others(app, codes):
    for number, code in enumerate(codes[HALF:MEMBERS], HALF):
        member(app, code, number)


@pytest.fixture
def attacker(app, settings, codes, pair):
    return lambda: Attacker(app, settings, codes, pair)


def spent_codes(engine):
    with engine.connect() as connection:
        return set(connection.scalars(select(Invitation.hash).where(Invitation.spent_by.is_not(None))))


@pytest.mark.attack
def test_in_the_open_window_codes_are_linked_and_the_figure_is_known(app, half, attacker, engine):
    right, tries = attacker().guessed()
    print(f"\nLinkage ({engine.dialect.name}), open window: {right} of {HALF} in the best of {tries} guesses")
    assert right == HALF


def test_after_the_stir_no_guess_links_more_codes_than_luck_does(app, codes, half, attacker, engine):
    EPOCHS.stir()
    the_others(app, codes)
    EPOCHS.stir()
    right, tries = attacker().guessed()
    print(f"\nLinkage ({engine.dialect.name}), stirred: {right} of {MEMBERS}, best of {tries}")
    assert right <= most_by_luck(tries)


@pytest.mark.attack
def test_two_copies_of_the_disk_across_a_stir_part_the_codes_and_link_none(app, codes, half, attacker, engine):
    EPOCHS.stir()
    before = spent_codes(engine)
    the_others(app, codes)
    EPOCHS.stir()
    right, tries = attacker().guessed(before)
    print(f"\nLinkage ({engine.dialect.name}), two raw copies: {right} of {MEMBERS} in two groups, best of {tries}")
    assert len(before) == HALF
    assert right <= most_by_luck(tries, groups=2)


@pytest.mark.attack
def test_an_answer_of_a_copy_before_the_stir_is_none_of_those_after_it(app, half, engine, tmp_path):
    def traces():
        with engine.connect() as connection:
            rows = connection.execute(select(SealedResponse.id, SealedResponse.hot, SealedResponse.cold)).all()
        return {part for row in rows for part in (row.id, row.hot, row.cold, row.hot[:12], row.cold[:12])}

    before = traces()
    EPOCHS.stir()
    assert len(before) == 5 * HALF
    assert before & traces() == set()
    content = b"\n".join(path.read_bytes() for path in files(engine) if path.exists())
    left = sum(part in content for part in before)
    print(f"\nLinkage ({engine.dialect.name}): {left} of {len(before)} old traces are still in the files")
    if engine.dialect.name == "sqlite":
        assert left == 0


@pytest.mark.attack
def test_two_backups_say_nothing_of_codes_and_drafts(app, codes, half, engine, tmp_path):
    EPOCHS.stir()
    first = backed_up(engine, tmp_path / "first.sqlite")
    the_others(app, codes)
    EPOCHS.stir()
    second = backed_up(engine, tmp_path / "second.sqlite")
    for copy in (first, second):
        with copy.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(Invitation)) == 0
            assert connection.scalar(select(func.count()).select_from(Draft)) == 0
        content = b"".join(path.read_bytes() for path in files(copy))
        assert not any(key in content for key in spent_codes(engine))
    assert len(answers_in(second)) == MEMBERS
    assert len(answers_in(second) - answers_in(first)) == HALF


def backed_up(engine, path):
    backups.write_backup(engine, path)
    return create_engine(f"sqlite:///{path}")


def answers_in(copy):
    with copy.connect() as connection:
        return set(connection.scalars(select(SealedResponse.id)))


@pytest.mark.attack
def test_drafts_are_gone_after_the_stir_and_their_files_keep_none(app, half, engine):
    with engine.connect() as connection:
        lookups = connection.scalars(select(Draft.lookup)).all()
    assert len(lookups) == len([number for number in SAVING if number < HALF])
    EPOCHS.stir()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Draft)) == 0
    if engine.dialect.name == "sqlite":
        assert not [key for key in lookups for path in files(engine) if key in path.read_bytes()]


@pytest.mark.attack
def test_what_was_taken_back_leads_to_no_answer_and_no_code(app, half, engine, attacker):
    EPOCHS.stir()
    with engine.connect() as connection:
        tags = connection.scalars(select(Withdrawal.tag)).all()
        rows = connection.execute(select(SealedResponse.id, SealedResponse.hot, SealedResponse.cold)).all()
        codes = connection.execute(select(Invitation.hash, Invitation.spent_by)).all()
    assert len(tags) == len([number for number in TAKING_BACK if number < HALF])
    assert not [tag for tag in tags for row in (*rows, *codes) for part in row if part and bytes(tag) in part]


@pytest.mark.attack
def test_lengths_and_counts_have_few_classes(app, half, engine):
    """Long and short answers are two classes of many; the boxes of counts are all alike."""
    EPOCHS.stir()
    with engine.connect() as connection:
        cold = Counter(map(len, connection.scalars(select(SealedResponse.cold))))
        hot = {len(blob) for blob in connection.scalars(select(SealedResponse.hot))}
        boxes = {len(blob) for blob in connection.scalars(select(SealedCount.sealed))}
    assert sorted(cold.values()) == sorted([len(range(0, HALF, EVERY)), HALF - len(range(0, HALF, EVERY))])
    assert len(hot) == len(boxes) == 1


def test_postgresql_keeps_no_time_of_a_commit(engine):
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps none: its files have one time each, of the last write")
    with engine.connect() as connection:
        assert connection.execute(text("SHOW track_commit_timestamp")).scalar_one() == "off"


@pytest.mark.attack
def test_a_file_of_sqlite_says_when_it_was_written_last_and_no_more(app, half, engine, tmp_path):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files have many writers; its rows have no time, as tested above")
    EPOCHS.stir()
    copy = shutil.copy(engine.url.database, tmp_path / "copy.sqlite")
    tables = create_engine(f"sqlite:///{copy}")
    with tables.connect() as connection:
        named = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '%DATETIME%'")).scalars().all()
    tables.dispose()
    answering = {table.__tablename__ for table in (SealedResponse, Epoch, SealedCount, Invitation, Withdrawal, Draft)}
    assert answering & set(named) == set()


@pytest.mark.parametrize(("tries", "groups", "most"), [(1, 1, 5), (100, 1, 8), (1, 2, 8)])
def test_the_bound_on_luck_is_that_of_the_tables(tries, groups, most):
    """P(Poisson(1) > 5) is 0.0006, P(Poisson(1) > 8) is 0.000001, P(Poisson(2) > 8) is 0.0002."""
    assert most_by_luck(tries, groups) == most
