"""A process that is killed at any moment leaves every answer that it acknowledged, whole, and none twice."""

import subprocess
import sys

import pytest

from consultations.responses.counting import unopened
from consultations.responses.unsealing import open_snapshot, unlock
from forms import packing

#: Sends answers as fast as it can, with epochs so short that stirs run all the time, and says which are stored.
SENDER = """
import sys
from sqlalchemy.orm import Session
from consultations.database import engine_for
from consultations.responses.answering import send
from consultations.responses.epochs import EpochKeys
from consultations.responses.sealing import new_id
from consultations.rounds.models import Consultation

url, record = sys.argv[1], bytes.fromhex(sys.argv[2])
epochs = EpochKeys(most_answers=5)
with Session(engine_for(url), expire_on_commit=False) as session:
    consultation = session.get(Consultation, int(sys.argv[3]))
    for number in range(100_000):
        send(session, consultation, new_id(), record, b'{"why":"%d"}' % number, epochs)
        print(number, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 14, 37])
def test_killed_while_it_sends(database_url, session, consultation, pair, layout, close, answer, acknowledged):
    record = answer(1)[0]
    command = [sys.executable, "-W", "error", "-c", SENDER, database_url, record.hex(), str(consultation.id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        seen = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.kill()
        seen += [int(line) for line in process.stdout.read().splitlines() if line]

    close()
    unlock(session, consultation, pair.private, layout)

    unsealed = open_snapshot(session, consultation, pair.private)
    found = [int(text["why"]) for text in unsealed.cold]
    assert unopened(session, consultation) == 0
    assert len(packing.columns(layout, unsealed.hot)) == len(found) == len(set(found))
    # One answer may have been stored and not yet acknowledged.
    assert set(seen) <= set(found) <= {*seen, len(seen)}
