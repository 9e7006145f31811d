"""Sixty members with codes answer through the pages; who has all files and backups cannot tell whose answer is whose.

`test_codes_cannot_be_linked` and `test_order_cannot_be_read` attack what the functions below the pages write. Here
everything is there that a season of answering leaves: drafts that were saved, answers of several lengths, answers
that were taken back, two epochs, two raw copies of the disk and two backups as the product writes them.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from collections import Counter

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import create_engine, func, select, text

from app import create_app
from consultations.cli import backups
from consultations.registry.models import REGIONS
from consultations.responses.drafts import Draft
from consultations.responses.epochs import EPOCHS
from consultations.responses.models import Epoch, SealedCount, SealedResponse
from consultations.responses.sealing import Place, open_answer, open_epoch_key
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.invitation_codes import new_code
from consultations.rounds.invitations import hash_of, put_in_new_order
from consultations.rounds.models import Consultation, Invitation
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from tests.attacks.test_codes_cannot_be_linked import orders
from tests.attacks.test_order_cannot_be_read import files, guesses
from tests.consultations.pages.phones import Phone, put

MEMBERS, SPARE = 60, 20
HALF = MEMBERS // 2
#: Every third member writes a long answer: another class of length on the disk.
LONG, EVERY = "and much more was said about it. " * 20, 3
SAVING, TAKING_BACK = range(0, MEMBERS, 4), range(5, MEMBERS, 10)
#: One run in so many finds fault where there is none, whatever number of guesses it makes.
ONE_IN = 1000
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


def most_by_luck(tries: int, groups: int = 1) -> int:
    """How many of a drawn order are right by luck, but for one in a thousand of so many tries.

    The fixed points of a random permutation are Poisson-distributed about 1 (for each group that is drawn apart);
    the tries together are bounded by their sum (Bonferroni).
    """
    right, beyond = 0, 1.0
    while beyond * tries > 1 / ONE_IN:
        beyond -= math.exp(-groups) * groups**right / math.factorial(right)
        right += 1
    return right - 1


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


def member(app, code, number):
    """From the first page to the thanks, with a stop on the way and a change of mind for some."""
    phone = Phone(app)
    phone.press("begin", code=code)
    story = f"[{number}] {LONG if number % EVERY == 0 else ''}"
    if number in SAVING:
        phone.press("save", story=story)
        phone.press("stay")
    phone.press("next", story=story)
    phone.press("send")
    assert phone.response.status_code == 200, phone.text
    if number in TAKING_BACK:
        receipt = re.sub(r"\D", "", phone.page.find_class("digits")[0].text_content())
        phone.client.post("/c/rights/en/withdraw", data={"code": receipt, "go": "withdraw"})


@pytest.fixture
def half(app, codes):
    for number, code in enumerate(codes[:HALF]):
        member(app, code, number)


def the_others(app, codes):
    for number, code in enumerate(codes[HALF:MEMBERS], HALF):
        member(app, code, number)


def numbers_of(session, pair):
    """Which member wrote each stored answer: what only key holders can see."""
    consultation = session.scalars(select(Consultation)).one()
    version, found = consultation.questionnaire.version, {}
    for epoch in session.scalars(select(Epoch)):
        cipher = AESGCM(open_epoch_key(pair.private, epoch.sealed_key, consultation.id, epoch.id))
        place = Place(consultation.id, version, epoch.id)
        for row in session.scalars(select(SealedResponse).where(SealedResponse.epoch_id == epoch.id)):
            _, cold = open_answer(cipher, place, row.id, row.hot, row.cold)
            found[row.id] = int(json.loads(cold)["story"].partition("]")[0][1:])
    return found


class Attacker:
    """Has the database with all its files; is told the truth only to count what was guessed right."""

    def __init__(self, app, settings, codes, pair):
        self.engine = app.extensions["engine"]
        with app.extensions["sessions"]() as session:
            self.wrote = numbers_of(session, pair)
            self.sizes = {row.id: len(row.cold) for row in session.scalars(select(SealedResponse))}
            self.epochs = dict(session.execute(select(SealedResponse.id, SealedResponse.epoch_id)).all())
        self.spent_by = {hash_of(settings.secret, 1, code): number for number, code in enumerate(codes)}

    def guessed(self, groups=None):
        """(how many codes the best guess gives to the right answer, how many guesses there were).

        Any order of the codes against any order of the answers, these also by length and by epoch. `groups` parts the
        codes, where two copies of the disk told which were spent before and after: then each group is guessed apart.
        """
        answers = dict(guesses(self.engine, SealedResponse, SealedResponse.id))
        answers |= {f"{name}, by length": sorted(order, key=self.sizes.get) for name, order in answers.items()}
        right = []
        for code_order in orders(self.engine, {}).values():
            for order in answers.values():
                sides = self._parted(code_order, order, groups) if groups else [(code_order, order)]
                pairs = [pair for side in sides for pair in zip(*side, strict=True)]
                right.append(sum(self.spent_by[code] == self.wrote[answer] for code, answer in pairs))
        return max(right), len(right)

    def _parted(self, codes, answers, before):
        first = next(self.epochs[answer] for answer in answers if self.wrote[answer] < HALF)
        return [
            (
                [code for code in codes if (code in before) == early],
                [answer for answer in answers if (self.epochs[answer] == first) == early],
            )
            for early in (True, False)
        ]


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
