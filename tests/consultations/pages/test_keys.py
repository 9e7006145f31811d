"""The ceremony in the browser: what is done, what comes next, the cards once, and recovery with two of them."""

from __future__ import annotations

import lxml.html
import pytest
from sqlalchemy import select

from app import create_app
from consultations.audit import AuditEntry
from consultations.pages.web import now
from consultations.responses.epochs import EPOCHS
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import keyrings, stretching, trustees
from consultations.staff.accounts import create_account, user_named
from consultations.staff.fingerprints import fingerprint
from consultations.staff.given_limits import set_limits
from consultations.staff.limits import ALL
from consultations.staff.models import KeyGrant, Keyring, RecoveryGrant
from consultations.staff.roles import Limit
from consultations.staff.sign_in import sign_in, signed_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROLES = {"ana": "policy_staff", "ben": "policy_staff", "eve": "policy_staff", "dora": "administrator"}


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        accounts = {name: create_account(session, name, role, "en") for name, role in ROLES.items()}
        made.passphrases = {name: account.passphrase for name, account in accounts.items()}
        for account in accounts.values():
            if account.user.role == "policy_staff":
                set_limits(session, account.user, {Limit.CONSULTATION: (ALL,)})
        ring = keyrings.new_keyring(session, [accounts[name].user for name in ("ana", "ben")])
        session.add(
            Consultation(
                slug="spring",
                questionnaire=StoredQuestionnaire(version="f" * 64, name="Test", content={}),
                keyring_id=ring.id,
                title={"en": "Spring"},
                asked_by={"en": "Test"},
                purpose={"en": "Test"},
                languages=["en"],
            )
        )
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def session(app):
    with app.extensions["sessions"]() as opened:
        yield opened


@pytest.fixture
def desk(app):
    def sit(name):
        client = app.test_client()
        with app.extensions["sessions"].begin() as session:
            token = sign_in(session, name, app.passphrases[name], now())
        with client.session_transaction(path="/staff") as cookie:
            cookie["token"] = token
        return client

    return sit


@pytest.fixture
def dora(desk):
    return desk("dora")


@pytest.fixture
def ana(desk):
    return desk("ana")


@pytest.fixture
def cards(dora):
    """The words of three new cards, read off the page that shows them once."""
    page = lxml.html.fromstring(dora.post("/staff/keys/make").get_data(as_text=True))
    return page.xpath("//input[@name='words']/@value")


@pytest.fixture
def confirmed(ana, cards):
    typed = {"card_a": cards[0], "card_b": cards[2]}
    assert ana.post("/staff/keys/rehearse", data=typed).status_code == 303
    return cards


def words(response):
    return " ".join(lxml.html.fromstring(response.get_data(as_text=True)).text_content().split())


def person(session, name):
    user = user_named(session, name)
    assert user is not None
    return user


def test_the_overview_tells_administrators_that_the_cards_are_untried_and_nobody_else(dora, ana):
    told = "Nobody has tried the trustees' cards within a year"
    assert told in words(dora.get("/staff/"))
    assert told not in words(ana.get("/staff/"))


def test_the_ceremony_says_what_is_done_and_what_comes_next(dora, ana, cards):
    page = words(ana.get("/staff/keys/"))
    assert "Confirm the new cards" in page
    assert "dora made these cards" in page
    assert "Open with two cards" not in page + words(dora.get("/staff/keys/"))


def test_who_made_the_cards_is_told_to_ask_a_colleague_and_gets_no_form(dora, cards):
    for address in ("/staff/keys/", "/staff/keys/rehearse"):
        page = dora.get(address)
        assert "Ask a colleague who holds keys" in words(page)
        assert "Confirm the new cards" not in words(page)
        assert "card_a" not in page.get_data(as_text=True)


def test_who_made_the_cards_does_not_confirm_them(dora, cards, session):
    answer = dora.post("/staff/keys/rehearse", data={"card_a": cards[0], "card_b": cards[1]})
    assert answer.status_code == 409
    assert "Ask a colleague who holds keys" in words(answer)
    assert not any(card in answer.get_data(as_text=True) for card in cards)
    assert trustees.current(session) is None


def test_a_second_administrator_confirms_as_well(desk, app, cards, session):
    with app.extensions["sessions"].begin() as opened:
        app.passphrases["eda"] = create_account(opened, "eda", "administrator", "en").passphrase
    answer = desk("eda").post("/staff/keys/rehearse", data={"card_a": cards[0], "card_b": cards[1]})
    assert answer.status_code == 303
    assert trustees.current(session) is not None


def test_the_audit_log_names_who_made_a_key_and_who_confirmed_it(confirmed, session):
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "confirmed a recovery key")).one()
    assert entry.who == "ana"
    assert entry.subject == f"{fingerprint(trustees.current(session).public_key)}, made by dora"


def test_who_holds_keys_sees_the_ceremony_without_what_an_administrator_does(ana, confirmed):
    page = words(ana.get("/staff/keys/"))
    for theirs in ("You look after people", "Show the words", "Spring", "Open with two cards"):
        assert theirs not in page
    assert "do not open everything yet" in page
    assert "Keys" in words(ana.get("/staff/"))


def test_the_words_are_shown_once_and_kept_nowhere(dora, cards, settings):
    page = dora.get("/staff/keys/").get_data(as_text=True)
    disk = b"".join(file.read_bytes() for file in settings.instance.glob("test.sqlite*"))
    for card in cards:
        assert card not in page
        assert card.encode() not in disk
        assert not any(" ".join(card.split(" ")[at : at + 2]).encode() in disk for at in range(4, 31))


def test_two_cards_confirm_the_key_however_they_are_typed(dora, ana, cards, session):
    typed = {"card_a": "\n".join(f"{at}. {word.upper()}" for at, word in enumerate(cards[1].split(" "), 1))}
    answer = ana.post("/staff/keys/rehearse", data={**typed, "card_b": cards[0]}, follow_redirects=True)
    assert "the recovery key is confirmed" in words(answer)
    assert trustees.current(session).rehearsed_on is not None
    assert "Nobody has tried" not in words(dora.get("/staff/"))


def test_a_wrong_word_is_named_beside_its_card_and_nothing_is_confirmed(ana, cards, session):
    typed = {"card_a": cards[0], "card_b": cards[1].rpartition(" ")[0] + " sunflower"}
    answer = ana.post("/staff/keys/rehearse", data=typed)
    assert answer.status_code == 422
    assert "Card B, word 33: “sunflower” is on no card" in words(answer)
    assert trustees.current(session) is None


def test_a_card_comes_as_a_page_to_print(dora, cards):
    answer = dora.post("/staff/keys/card.pdf", data={"words": cards[1]})
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert "card-2.pdf" in answer.headers["Content-Disposition"]
    assert dora.post("/staff/keys/card.pdf", data={"words": "some words"}).status_code == 404


def test_only_administrators_make_cards_and_open_with_them(ana):
    assert ana.get("/staff/keys/recover").status_code == 403
    for address in ("make", "card.pdf", "recover"):
        assert ana.post(f"/staff/keys/{address}").status_code == 403


def test_what_was_there_before_the_ceremony_is_listed_until_a_holder_works_on_it(dora, ana, confirmed):
    assert "cards of today do not open these yet" in words(dora.get("/staff/keys/"))
    assert "any two of their three cards" in words(ana.get("/staff/key/spring"))
    assert "Two cards open every consultation" in words(dora.get("/staff/keys/"))


def test_who_holds_no_key_sees_who_does_and_gets_no_way_to_give_it(desk):
    page = words(desk("eve").get("/staff/key/spring"))
    assert "ana" in page
    assert "You do not hold the key to this" in page
    assert desk("eve").get("/staff/key/spring/take/1").status_code == 403
    assert desk("eve").post("/staff/key/spring/give", data={"person": "3"}).status_code == 403


def test_a_holder_gives_the_key_and_another_one_takes_it_after_being_asked(desk, session):
    eve = person(session, "eve")
    assert desk("ana").post("/staff/key/spring/give", data={"person": eve.id}).status_code == 303
    assert session.get(KeyGrant, (1, eve.id)) is not None
    ben = desk("ben")
    assert "cannot be unread" in words(ben.get(f"/staff/key/spring/take/{eve.id}"))
    before = session.get_one(Keyring, 1).public_key
    assert ben.post(f"/staff/key/spring/take/{eve.id}").status_code == 303
    session.expire_all()
    assert session.get(KeyGrant, (1, eve.id)) is None
    assert session.get_one(Keyring, 1).public_key != before
    done = session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert done[-3:] == ["gave the key of", "turned the key of", "took the key of"]


def test_handing_over_gives_it_and_gives_ones_own_up(desk, session):
    eve = person(session, "eve")
    assert desk("ana").post("/staff/key/spring/hand-over", data={"person": eve.id}).status_code == 303
    assert [user.name for user in keyrings.holders(session, 1)] == ["ben", "eve"]


def test_while_it_is_open_two_people_keep_the_key(desk, session):
    consultation = session.scalars(select(Consultation)).one()
    consultation.status, consultation.opened_on = "open", now().date()
    session.commit()
    answer = desk("ana").post(f"/staff/key/spring/take/{person(session, 'ben').id}")
    assert answer.status_code == 409
    assert "two people must hold its key" in words(answer)
    assert len(keyrings.holders(session, 1)) == 2


def test_the_key_is_never_given_to_who_could_not_use_it(ana, session):
    answer = ana.post("/staff/key/spring/give", data={"person": person(session, "dora").id})
    assert answer.status_code == 404
    assert session.get(KeyGrant, (1, person(session, "dora").id)) is None


def test_two_trustees_give_the_key_to_somebody_when_all_holders_have_lost_it(app, dora, ana, confirmed, session):
    ana.get("/staff/key/spring")  # a holder worked on it once: it is covered
    eve = person(session, "eve")
    typed = {"what": "spring", "person": "eve", "card_a": confirmed[1], "card_b": confirmed[2]}
    assert dora.post("/staff/keys/recover", data=typed).status_code == 303
    session.expire_all()
    me = signed_in(session, sign_in(session, "eve", app.passphrases["eve"], now()), now())
    assert keyrings.private_key(session, 1, me)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.who, entry.what) == ("dora", "opened with trustees' cards the key of")
    assert entry.subject == f"spring, to {eve.name}"


def test_an_administrator_alone_opens_nothing(dora, ana, confirmed, session):
    ana.get("/staff/key/spring")
    typed = {"what": "spring", "person": "eve", "card_a": confirmed[1], "card_b": confirmed[1]}
    answer = dora.post("/staff/keys/recover", data=typed)
    assert "Two different cards are needed" in words(answer)
    assert session.get(KeyGrant, (1, person(session, "eve").id)) is None


def test_a_deactivated_holder_s_key_is_turned_when_the_next_one_works(dora, ana, confirmed, session):
    before = session.get_one(Keyring, 1).public_key
    ben = person(session, "ben")
    dora.post(f"/staff/people/{ben.id}/deactivate")
    session.expire_all()
    assert session.get(KeyGrant, (1, ben.id)) is None
    assert session.get_one(Keyring, 1).to_turn
    ana.get("/staff/key/spring")
    session.expire_all()
    assert not session.get_one(Keyring, 1).to_turn
    assert session.get_one(Keyring, 1).public_key != before
    assert session.get(RecoveryGrant, (1, trustees.current(session).id)) is not None


def test_the_fingerprint_stands_on_the_page_of_the_consultation(ana, session):
    shown = fingerprint(session.get_one(Keyring, 1).public_key)
    assert shown in words(ana.get("/staff/key/spring"))


def test_new_cards_open_what_a_holder_has_agreed_to_and_nothing_else(desk, dora, ana, confirmed, session):
    ana.get("/staff/key/spring")
    page = lxml.html.fromstring(dora.post("/staff/keys/make").get_data(as_text=True))
    new = page.xpath("//input[@name='words']/@value")
    desk("ben").post("/staff/keys/rehearse", data={"card_a": new[0], "card_b": new[1]})
    assert "The trustees have new cards" in words(ana.get("/staff/key/spring"))
    typed = {"what": "spring", "person": "eve", "card_a": new[1], "card_b": new[2]}
    assert dora.post("/staff/keys/recover", data=typed).status_code == 422
    ana.post("/staff/key/spring/agree")
    assert "The trustees have new cards" not in words(ana.get("/staff/key/spring"))
    assert dora.post("/staff/keys/recover", data=typed).status_code == 303


def test_who_lost_everything_is_told_the_three_ways_and_why_no_mail_can_help(app):
    page = words(app.test_client().get("/staff/recover?language=en"))
    for told in ("the other holder gives it each key again", "two of the trustees open them", "Why no e-mail can help"):
        assert told in page
