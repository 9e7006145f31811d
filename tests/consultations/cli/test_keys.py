"""The whole ceremony, and everything about holders of keys, can be done from the command line."""

from __future__ import annotations

import re

import pytest

from app import create_app
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import keyrings, stretching
from consultations.staff.accounts import create_account, user_named
from consultations.staff.given_limits import set_limits
from consultations.staff.limits import ALL
from consultations.staff.roles import Limit
from consultations.staff.trustees_cards import card_pdf

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAMES = ("ana", "ben", "eve")


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    with made.extensions["sessions"].begin() as session:
        accounts = {name: create_account(session, name, "policy_staff", "en") for name in NAMES}
        for account in accounts.values():
            set_limits(session, account.user, {Limit.CONSULTATION: (ALL,)})
        made.passphrases = {name: account.passphrase for name, account in accounts.items()}
        ring = keyrings.new_keyring(session, [accounts[name].user for name in ("ana", "ben")])
        texts = {part: {"en": "Test"} for part in ("title", "asked_by", "purpose")}
        form = StoredQuestionnaire(version="f" * 64, name="Test", content={})
        session.add(Consultation(slug="spring", questionnaire=form, keyring_id=ring.id, languages=["en"], **texts))
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def run(app):
    def command(*words, status=0, **more):
        result = app.test_cli_runner().invoke(args=[str(word) for word in words], **more)
        assert result.exit_code == status, result.output
        return result.output

    return command


@pytest.fixture
def ana(app):
    return ("--as", "ana", "--passphrase", app.passphrases["ana"])


@pytest.fixture
def cards(run):
    """The three cards as `keys make` prints them, numbers and all."""
    shown = run("keys", "make").partition("Fingerprint")[0]
    return [" ".join(card.split()) for card in re.split(r"Card \d of 3", shown)[1:]]


def test_who_confirms_on_the_command_line_is_told_that_nobody_else_was_asked(run):
    made = run("keys", "make")
    cards = [" ".join(card.split()) for card in re.split(r"Card \d of 3", made.partition("Fingerprint")[0])[1:]]
    assert "Whoever has this host's shell can confirm them alone" in made
    assert "nobody else was asked" in run("keys", "rehearse", input=typed(cards[:2]))
    assert "nobody else was asked" not in run("keys", "rehearse", input=typed(cards[:2]))


def typed(cards):
    return "\n".join(cards) + "\n"


def test_the_ceremony_goes_step_by_step(run, ana, cards):
    assert "[ ] proof that the cards work" in run("keys", "status")
    assert "The cards work" in run("keys", "rehearse", input=typed(cards[:2]))
    assert "[ ] covered by the trustees; missing: spring" in run("keys", "status")
    assert run("keys", "cover", *ana) == "Not covered yet: nothing.\n"
    assert "[x] covered by the trustees" in run("keys", "status")


def test_a_word_that_is_on_no_card_is_said_in_one_line(run, cards):
    wrong = cards[1].rpartition(" ")[0] + " sunflower"
    assert "Card B, word 33" in run("keys", "rehearse", input=typed([cards[0], wrong]), status=1)


def test_cards_as_pdf_are_for_the_owner_of_the_file_alone(run, tmp_path, monkeypatch):
    monkeypatch.setattr("consultations.cli.keys.card_pdf", lambda card, key, language: b"%PDF")
    run("keys", "make", "--out", tmp_path / "cards")
    files = sorted((tmp_path / "cards").iterdir())
    assert [file.name for file in files] == ["card-1.pdf", "card-2.pdf", "card-3.pdf"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert callable(card_pdf)


def test_a_key_is_given_taken_and_handed_over(app, run, ana):
    run("keys", "give", "spring", "--to", "eve", *ana)
    assert run("keys", "holders", "spring").startswith("ana\nben\neve\nTrustees: not yet\nFingerprint: ")
    assert "holds the key of spring no more" in run("keys", "take", "spring", "--from", "ben", "--yes", *ana)
    run("keys", "give", "spring", "--to", "ben", "--hand-over", *ana)
    assert run("keys", "holders", "spring").startswith("ben\neve\n")
    assert "You do not hold the key" in run("keys", "give", "spring", "--to", "ana", *ana, status=1)


def test_taking_a_key_asks_first(run, ana):
    assert "cannot be unread" in run("keys", "take", "spring", "--from", "ben", *ana, input="n\n", status=1)
    assert run("keys", "holders", "spring").startswith("ana\nben\n")


def test_two_trustees_bring_a_lost_key_back(app, run, ana, cards):
    run("keys", "rehearse", input=typed(cards[1:]))
    run("keys", "cover", *ana)
    assert run("keys", "recover", "spring", "--to", "eve", input=typed(cards[:2])).endswith(
        "eve holds the key of spring.\n"
    )
    with app.extensions["sessions"]() as session:
        assert keyrings.holds(session, 1, user_named(session, "eve"))


def test_words_are_not_shown_while_they_are_typed(run, cards):
    shown = run("keys", "rehearse", input=typed(cards[:2]))
    assert cards[0].split(" ")[7] not in shown.split()


def test_one_holder_is_told_at_once_that_a_second_is_needed(run, tmp_path):
    file = tmp_path / "form.md"
    file.write_text("| survey |\n| | type | name | label |\n| | integer | n | How many? |\n", "utf-8")
    number = re.search(r"Questionnaire (\d+)", run("questionnaires", "import", file)).group(1)
    said = run("consultations", "create", "alone", "--questionnaire", number, "--holder", "ana")
    assert "Note: it opens when 2 people hold its key." in said
