"""While a consultation is open no address for staff opens an answer or shows a table: all of them are walked."""

from __future__ import annotations

import secrets

import pytest

from benchmarks.trial import SLUG
from consultations.analysis.models import GateRun, Release
from consultations.jobs.models import Job
from consultations.responses import stored_snapshots, unsealing
from consultations.responses.answering import send
from consultations.responses.epochs import EPOCHS
from consultations.responses.models import Snapshot
from consultations.rounds import consultations
from consultations.rounds.questionnaires import layout_of
from consultations.staff.accounts import user_named
from consultations.staff.keyrings import new_keyring
from forms.packing import pack
from tests.attacks.staffed import addresses, at_desk, filled, token_of

#: What closes the consultation, which this is not about, and what ends the walk.
LEFT_OUT = ("/close", "/sign-out", "/open", "/deactivate", "/passphrase")
#: How pages show released figures, pictures of them, and what a release would show.
TABLES = ('class="figures"', 'class="pattern"', "<svg", 'class="finding"')


@pytest.fixture
def app(tmp_path):
    with filled(tmp_path) as made:
        made.testing = True
        made.config["WTF_CSRF_ENABLED"] = False
        with made.extensions["sessions"].begin() as session:
            consultation = consultations.by_slug(session, SLUG)
            # Whoever walks holds the key: nothing but the state of the consultation keeps the answers shut.
            consultation.keyring_id = new_keyring(session, [user_named(session, "policy")]).id
        with made.extensions["sessions"]() as session:
            consultation = consultations.by_slug(session, SLUG)
            layout = layout_of(consultation.questionnaire)
            for number in range(30):
                send(session, consultation, secrets.token_bytes(16), *pack(layout, {}, "en", number * 7919))
            EPOCHS.stir(consultation.id)
        yield made
        EPOCHS.stir()


def test_no_address_for_staff_opens_an_answer_or_shows_a_table(app, monkeypatch):
    opened = []

    def spied(does):
        """The function, and a note when it opened something: it raises where there is nothing to be opened."""

        def spy(*arguments, **more):
            found = does(*arguments, **more)
            opened.append(does.__name__)
            return found

        return spy

    monkeypatch.setattr(stored_snapshots, "read", spied(stored_snapshots.read))
    monkeypatch.setattr(unsealing, "open_all", spied(unsealing.open_all))
    desk, asked = at_desk(app, token_of(app, "policy")), 0
    for each in addresses(app):
        if not each.path.startswith("/staff") or each.path.endswith(LEFT_OUT):
            continue
        asked += 1
        page = desk.open(each.path, method=each.method, follow_redirects=False)
        text = page.get_data(as_text=True) if "text/html" in page.content_type else ""
        # The page of the plan draws what could be shown of so many people; it is made before anybody answers.
        assert each.rule.endswith("/plan") or not [sign for sign in TABLES if sign in text], each.path
    assert asked > 80
    assert opened == []
    with app.extensions["sessions"]() as session:
        assert consultations.by_slug(session, SLUG).status == "open"
        assert [session.query(model).count() for model in (Release, GateRun, Snapshot, Job)] == [0, 0, 0, 0]
