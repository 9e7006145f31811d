"""A stir keeps every answer and changes everything that can be seen of it."""

from sqlalchemy import select, text

from consultations.responses.answering import send
from consultations.responses.models import SealedResponse, SentHash
from consultations.responses.sealing import new_id, open_answer
from consultations.responses.stirring import stir, wipe


def rows(session):
    session.rollback()
    return list(session.execute(select(SealedResponse.id, SealedResponse.hot, SealedResponse.cold)))


def filled(session, consultation, epochs, answer, number):
    for at in range(number):
        send(session, consultation, new_id(), *answer(at, f"because {at}"), epochs)
    with epochs.writing(session, consultation) as epoch:
        return epoch


def test_every_answer_is_there_under_another_id_and_nonce(engine, session, consultation, epochs, answer):
    epoch = filled(session, consultation, epochs, answer, 12)
    before = rows(session)

    assert stir(engine, epoch.cipher, epoch.place, epoch.sent) == 12

    after = rows(session)
    opened = sorted(open_answer(epoch.cipher, epoch.place, *row) for row in after)
    assert opened == sorted(answer(at, f"because {at}") for at in range(12))
    for part in range(3):
        assert not {row[part][:12] for row in before} & {row[part][:12] for row in after}


def test_hashes_survive_while_the_consultation_is_open(engine, session, consultation, epochs, answer):
    epoch = filled(session, consultation, epochs, answer, 3)
    before = set(session.scalars(select(SentHash.hash)))
    stir(engine, epoch.cipher, epoch.place, epoch.sent)
    session.rollback()
    assert set(session.scalars(select(SentHash.hash))) == before


def test_a_hash_that_never_was_committed_is_not_made_by_a_stir(engine, session, consultation, epochs, answer):
    epoch = filled(session, consultation, epochs, answer, 1)
    stir(engine, epoch.cipher, epoch.place, [*epoch.sent, bytes(32)])
    session.rollback()
    assert bytes(32) not in set(session.scalars(select(SentHash.hash)))


def test_hashes_of_a_closed_consultation_are_not_put_back(engine, session, consultation, close, epochs, answer):
    epoch = filled(session, consultation, epochs, answer, 3)
    close()
    stir(engine, epoch.cipher, epoch.place, epoch.sent)
    session.rollback()
    assert not session.scalars(select(SentHash.hash)).all()


def test_an_answer_that_was_tampered_with_stays_and_harms_no_other(engine, session, consultation, epochs, answer):
    epoch = filled(session, consultation, epochs, answer, 3)
    damaged = session.scalars(select(SealedResponse)).first()
    damaged.hot = damaged.hot[:-1] + bytes([damaged.hot[-1] ^ 1])
    session.commit()

    assert stir(engine, epoch.cipher, epoch.place, epoch.sent) == 2

    assert damaged.id in {row.id for row in rows(session)}
    assert len(rows(session)) == 3


def test_an_epoch_without_answers_is_stirred_in_no_time(engine, session, consultation, epochs):
    with epochs.writing(session, consultation) as epoch:
        assert stir(engine, epoch.cipher, epoch.place, epoch.sent) == 0


def test_a_log_that_is_in_use_is_wiped_later(engine, session, consultation, epochs, answer):
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as reader:
        reader.execute(text("BEGIN"))
        reader.execute(select(SealedResponse)).all()
        filled(session, consultation, epochs, answer, 1)
        session.rollback()
        assert not wipe(engine)
        reader.rollback()
    assert wipe(engine)
