"""A file of answers is looked through in the browser, sent again and imported; nothing of it is kept in between."""

from __future__ import annotations

import datetime
import io
import re
import tempfile

import pytest
from sqlalchemy import func, select

from app import create_app
from consultations.audit import AuditEntry
from consultations.responses.mappings import RememberedMapping
from consultations.responses.models import Epoch, SealedResponse
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff import stretching
from consultations.staff.given_limits import widen
from consultations.staff.roles import Limit
from consultations.staff.sign_in import create_account
from forms.xlsform.importing import import_file
from tests.consultations.pages.staff_desk import Desk, tree, words

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation | required |
| | select_one region | region | Where do you live? | Où vivez-vous ? | yes | |
| | select_one feeling | feeling | How safe do you feel? | Êtes-vous en sécurité ? | | yes |
| | select_multiple needs | needs | What do you need? | De quoi avez-vous besoin ? | | |
| | integer | age | How old are you? | Quel âge avez-vous ? | | |
| | text | story | What happened? | Que s’est-il passé ? | | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | region | africa | Africa | Afrique |
| | region | europe | Europe | Europe |
| | feeling | safe | Safe | En sécurité |
| | feeling | unsafe | Not safe | En danger |
| | needs | care | Health care | Des soins |
| | needs | money | Money | De l’argent |
"""
HOME = "/staff/consultations/spring/import/"
HEADINGS = "_id,Where do you live?,How safe do you feel?,needs/Health care,What do you need?/Money,age,colour"
ROWS = ("1,Africa,Safe,1,0,34,red", "2,Europe,Not safe,0,0,27,blue", "3,Afrique,,,1,,green")


def file(*rows: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO("\n".join((HEADINGS, *(rows or ROWS))).encode()), "answers.csv"


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
        ana, ben = (create_account(session, name, "policy_staff", "en") for name in ("ana", "ben"))
        made.extensions["ana"] = ana.passphrase
        form = import_file("form.md", FORM.encode()).questionnaire
        consultations.create(
            session,
            slug="spring",
            questionnaire=store(session, form),
            title={"en": "Spring"},
            asked_by={"en": "The network"},
            purpose={"en": "To learn."},
            key_holders=[ana.user, ben.user],
        )
        consultation = consultations.by_slug(session, "spring")
        consultation.status, consultation.opened_on = "closed", datetime.date(2026, 11, 2)
        consultation.closed_on = datetime.date(2026, 11, 9)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def session(app):
    with app.extensions["sessions"]() as opened:
        yield opened


@pytest.fixture
def ana(app):
    desk = Desk(app, "ana", app.extensions["ana"])
    desk.sign_in()
    return desk


def fields(page) -> dict[str, str]:
    """What the page would send: every control as it is set."""
    form = next(each for each in tree(page).forms if each.action.endswith("/answers"))
    return {name: value for name, value in form.form_values() if name != "file"}


def test_each_column_is_listed_with_the_question_that_its_heading_names(ana):
    page = ana.post(HOME, file=file())
    assert page.status_code == 200
    found = fields(page)
    columns = [found.get(f"column-{at}") for at in range(7)]
    assert columns == [None, "region", "feeling", "needs/care", "needs/money", "age", ""]
    assert "_idLeft out: it would say who answered, when or from where." in words(page)


def test_the_page_says_what_would_come_of_it_and_stores_nothing(ana, session):
    seen = words(ana.post(HOME, file=file()))
    assert "3 answers" in seen
    assert "“How safe do you feel?” must be answered, and is not in 1 row. It is imported all the same." in seen
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == 0


def test_the_file_sent_again_is_imported_sealed_and_counted(ana, session):
    said = fields(ana.post(HOME, file=file()))
    done = ana.post(f"{HOME}answers", **said, do="import", file=file())
    assert (done.status_code, done.location) == (303, "/staff/consultations/spring")
    assert "3 answers were imported." in words(ana.get(done.location))
    assert "From files of other tools3 answers" in words(ana.get(done.location))
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == 3
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.who, entry.what, entry.subject) == ("ana", "imported 3 answers to", "spring")


def test_a_word_that_no_option_is_called_is_asked_about_and_then_known(ana, session):
    rows = ("1,Africa,Pretty safe,1,0,34,x", "2,Europe,Pretty safe,,,,y", "3,Europe,No idea,,1,,z")
    page = ana.post(HOME, file=file(*rows))
    assert "3 cells do not fit yet" in words(page)
    said = fields(page)
    asked = {tree(page).xpath(f"//label[@for='{name}']/bdi")[0].text: name for name in said if name.startswith("word-")}
    assert set(asked) == {"Pretty safe", "No idea"}
    said |= {asked["Pretty safe"]: "safe", asked["No idea"]: "@none"}
    again = ana.post(f"{HOME}answers", **said, do="look", file=file(*rows))
    assert "do not fit yet" not in words(again)
    assert ana.post(f"{HOME}answers", **fields(again), do="import", file=file(*rows)).status_code == 303
    kept = session.scalars(select(RememberedMapping)).one()
    assert sorted(kept.words["feeling"].values()) == ["", "safe"]
    assert "Pretty" not in str(kept.words)


def test_the_next_file_with_these_headings_is_read_the_same_way(ana):
    said = fields(ana.post(HOME, file=file())) | {"column-6": "story", "column-5": ""}
    ana.post(f"{HOME}answers", **said, do="import", file=file())
    page = ana.post(HOME, file=file("9,Europe,Safe,1,1,30,pink"))
    assert "A file with these headings was imported before." in words(page)
    assert (fields(page)["column-6"], fields(page)["column-5"]) == ("story", "")


def test_problems_name_rows_columns_kinds_and_remedies_and_never_what_a_cell_says(ana, session, caplog):
    rows = ("1,Africa,Safe,perhaps,0,thirty,red", "2,Europe,Safe,1,0,3.5,blue", "3,Europe,Safe,1,0,old,x")
    said = fields(ana.post(HOME, file=file(*rows)))
    page = ana.post(f"{HOME}answers", **said, do="import", file=file(*rows))
    assert page.status_code == 422
    seen = words(page)
    assert re.search(r"needs/Health care ?Rows: 2 ?This says neither .* \(one word\)", seen)
    assert re.search(r"age ?Rows: 2, 4 ?This is not a whole number\. \(one word\) ?Write digits alone", seen)
    assert re.search(r"age ?Rows: 3 ?This is not a whole number\. \(a number\)", seen)
    assert not {"perhaps", "thirty"} & set(re.findall(r"\w+", seen + caplog.text))
    assert session.scalar(select(func.count()).select_from(Epoch)) == 0


def test_single_answers_that_do_not_fit_can_be_left_out(ana, session):
    rows = ("1,Africa,Safe,1,0,thirty,red", "2,Europe,Safe,1,0,31,blue")
    said = fields(ana.post(HOME, file=file(*rows)))
    assert ana.post(f"{HOME}answers", **said, leave_out="1", do="import", file=file(*rows)).status_code == 303
    assert session.scalars(select(Consultation.imported_answers)).one() == 2


def test_a_column_that_identifies_goes_nowhere_whatever_is_sent(ana):
    said = fields(ana.post(HOME, file=file())) | {"column-0": "story"}
    page = ana.post(f"{HOME}answers", **said, do="look", file=file())
    assert "column-0" not in fields(page)
    assert "_idLeft out" in words(page)


def test_another_file_than_the_one_that_was_looked_through_is_refused(ana):
    said = fields(ana.post(HOME, file=file()))
    other = (io.BytesIO(b"a,b\n1,2\n"), "other.csv")
    assert ana.post(f"{HOME}answers", **said, do="import", file=other).status_code == 409


def test_the_same_file_is_imported_once(ana, session):
    said = fields(ana.post(HOME, file=file()))
    ana.post(f"{HOME}answers", **said, do="import", file=file())
    again = ana.post(f"{HOME}answers", **said, do="import", file=file())
    assert (again.status_code, "imported into this consultation before" in words(again)) == (409, True)
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == 3


@pytest.mark.parametrize("address", [HOME, f"{HOME}answers"])
def test_without_a_file_it_asks_for_one(ana, address):
    page = ana.post(address)
    assert (page.status_code, "Choose a file." in words(page)) == (422, True)


def test_what_is_no_table_is_said_to_be_none(ana):
    page = ana.post(HOME, file=(io.BytesIO(b"PK\x03\x04 nothing"), "a.xlsx"))
    assert (page.status_code, "This workbook cannot be read." in words(page)) == (422, True)


def test_a_table_too_wide_for_a_page_is_sent_to_the_command_line(ana):
    wide = ",".join(f"c{at}" for at in range(950))
    page = ana.post(HOME, file=(io.BytesIO(f"{wide}\n{wide}\n".encode()), "wide.csv"))
    assert (page.status_code, "more columns than a page can show" in words(page)) == (422, True)


def test_while_members_can_answer_nothing_is_imported(ana, session):
    session.scalars(select(Consultation)).one().status = "open"
    session.commit()
    assert "once the consultation is closed" in words(ana.get(HOME))
    assert ana.post(HOME, file=file()).status_code == 409


def test_who_does_not_hold_the_key_cannot_add_answers(app):
    with app.extensions["sessions"].begin() as session:
        made = create_account(session, "kim", "policy_staff", "en")
        widen(session, made.user, Limit.CONSULTATION, "spring")
    kim = Desk(app, "kim", made.passphrase)
    kim.sign_in()
    assert kim.get(HOME).status_code == 403
    assert kim.post(HOME, file=file()).status_code == 403


def test_a_file_is_never_one_on_the_server_s_disk(ana, monkeypatch):
    def refused(*about, **more):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refused)
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    sent = file(*(f"{at},Africa,Safe,1,0,30,{'x' * 200}" for at in range(1500)))
    assert "1500 answers" in words(ana.post(HOME, file=sent))
