"""Staff choose who can answer, make cards within numbers, and see how far it has come, never who answered."""

from __future__ import annotations

import csv
import io
import zipfile

import lxml.html
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app import create_app
from consultations.audit import AuditEntry
from consultations.pages import invitations
from consultations.pages.web import now
from consultations.registry.models import REGIONS, Country, Organisation
from consultations.responses.epochs import EPOCHS
from consultations.responses.models import SealedCount
from consultations.rounds.models import Consultation, Invitation, StoredQuestionnaire
from consultations.staff import stretching
from consultations.staff.accounts import create_account
from consultations.staff.sign_in import sign_in
from tests.consultations.pages.phones import Phone

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) |
| | select_one region | region | Where do you live? | Où vivez-vous ? |
| | integer | age | How old are you? | Quel âge ? |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
{regions}
| settings |
| | form_title::English (en) | form_title::français (fr) | form_id | default_language |
| | Our rights | Nos droits | rights | English (en) |
""".format(regions="\n".join(f"| | region | {code} | In {code} | En {code} |" for code in REGIONS))
NEW = {
    "slug": "spring",
    "key_holders": ["ana", "ben"],
    "table_plan": ["region"],
    "retention_months": "12",
    "access": "invited",
    "invitation_quota": "6",
    **{f"{part}_{code}": "Words" for part in ("title", "asked_by", "purpose") for code in ("en", "fr")},
}
CODES, COVERAGE, REMINDERS = (f"/staff/consultations/spring/{page}" for page in ("codes", "coverage", "reminders"))


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
        roles = {"ana": "policy_staff", "ben": "policy_staff", "eve": "policy_staff", "cleo": "community_consultant"}
        made.passphrases = {name: create_account(session, name, role, "en").passphrase for name, role in roles.items()}
        session.add_all([Country(code="KE", region="africa"), Country(code="FR", region="europe")])
        session.flush()
        session.add_all(
            [
                Organisation(id=1, name="Dada", country_code="KE", language="en"),
                Organisation(id=2, name="Roses", country_code="FR", language="fr"),
            ]
        )
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def desk(app):
    """Opens a browser of somebody on the staff."""

    def sit(name):
        client = app.test_client()
        with app.extensions["sessions"].begin() as session:
            token = sign_in(session, name, app.passphrases[name], now())
        with client.session_transaction(path="/staff") as cookie:
            cookie["token"] = token
        return client

    return sit


@pytest.fixture
def ana(desk):
    return desk("ana")


@pytest.fixture
def create(ana):
    """Creates a consultation from the form; what a test does not say is as in `NEW`."""

    def post(form=FORM, **more):
        ana.post("/staff/questionnaires/", data={"workbook": (io.BytesIO(form.encode()), "form.md")})
        return ana.post("/staff/consultations/new?questionnaire=1", data=NEW | more)

    return post


@pytest.fixture
def spring(create):
    assert create().status_code == 303


def words(response):
    return " ".join(lxml.html.fromstring(response.data.decode()).text_content().split())


def make(client, **more):
    return client.post(CODES, data={"organisation": "all", "count": "2", "kind": "csv"} | more)


def codes_in(response):
    return [row[0] for row in csv.reader(io.StringIO(response.data.decode("utf-8-sig")))][1:]


def test_an_invited_consultation_has_a_questionnaire_of_its_own_that_no_shelf_shows(app, ana, spring):
    with app.extensions["sessions"]() as session:
        found = session.scalars(select(Consultation)).one()
        assert (found.invited, found.invitation_quota, found.questionnaire.region_from_code) == (True, 6, True)
        assert len(session.scalars(select(StoredQuestionnaire)).all()) == 2
    assert words(ana.get("/staff/consultations/new")).count("Our rights") == 1
    assert "Invited: whoever has a code" in words(ana.get("/staff/consultations/spring"))


def test_nobody_is_invited_unless_staff_say_so(app, create):
    assert create(access="open").status_code == 303
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Consultation)).one().invited is False


def test_a_form_that_does_not_ask_for_the_region_says_what_is_missing(ana, create):
    create(form=FORM.replace("region | region", "region | place"), slug="")
    told = words(ana.get("/staff/consultations/new?questionnaire=1"))
    assert "has no question named “region”" in told


def test_cards_for_one_organisation_are_one_pdf_in_its_language(ana, spring):
    response = make(ana, organisation="2", kind="pdf", until="2026-12-31")
    assert response.headers["Content-Disposition"] == "attachment; filename=cards-Roses.pdf"
    reader = PdfReader(io.BytesIO(response.data))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "localhost/c/spring/" in reader.pages[0].extract_text()


def test_cards_for_all_are_a_file_for_each(app, ana, spring):
    archive = zipfile.ZipFile(io.BytesIO(make(ana).data))
    assert archive.namelist() == ["cards-Dada.csv", "cards-Roses.csv"]
    with app.extensions["sessions"]() as session:
        assert sorted(session.scalars(select(Invitation.region))) == ["africa", "africa", "europe", "europe"]
        assert session.scalars(select(AuditEntry.what)).all()[-1] == "made 4 codes for"


def test_no_more_than_an_organisation_may_have(app, ana, spring):
    response = make(ana, organisation="1", count="7")
    assert response.status_code == 422
    assert "Dada may have 6 more" in words(response)
    assert "Dada may have 9 codes." in words(ana.post(f"{CODES}/1", data={"quota": "9"}, follow_redirects=True))
    assert make(ana, organisation="1", count="7").status_code == 200
    assert "7 of 9" in words(ana.get(CODES))
    assert "7 codes were made for Dada already" in words(ana.post(f"{CODES}/1", data={"quota": "3"}))


@pytest.mark.parametrize("quota", ["", "-1", "many", "99999999"])
def test_a_number_that_is_none_changes_nothing(ana, spring, quota):
    assert ana.post(f"{CODES}/1", data={"quota": quota}).status_code == 404


def test_all_get_as_many_as_they_may_still_have(ana, spring):
    make(ana, organisation="1", count="5")
    make(ana, count="6")
    told = words(ana.get(CODES))
    assert told.count("6 of 6") == 2
    assert "None of these organisations may have more codes" in words(make(ana))


def test_too_many_at_once_are_refused(ana, spring, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_AT_ONCE", 3)
    assert "That would be 4 codes. Make at most 3 at once." in words(make(ana))


def test_an_open_consultation_has_no_codes_to_make(ana, create):
    create(access="open")
    for address in (CODES, COVERAGE, REMINDERS):
        assert ana.get(address).status_code == 409


def test_who_may_not_run_consultations_makes_no_codes(desk, spring):
    assert make(desk("cleo")).status_code == 403
    assert desk("cleo").get(COVERAGE).status_code == 403


@pytest.fixture
def six_answers(app, ana, spring):
    ana.post("/staff/consultations/spring/open")
    ana.post(f"{CODES}/1", data={"quota": "9"})
    for code in codes_in(make(ana, organisation="1", count="6")):
        phone = Phone(app, "/c/spring/fr/")
        phone.press("begin", code=code)
        phone.press("next")
        assert phone.press("send").status_code == 200


def table(response, number):
    rows = lxml.html.fromstring(response.data.decode()).findall(".//tbody")[number].findall("tr")
    return {row[0].text_content(): [cell.text_content().strip() for cell in row[1:-1]] for row in rows}


def test_coverage_lags_behind_by_one_epoch_and_is_rounded(ana, six_answers):
    before = ana.get(COVERAGE)
    assert table(before, 0)["Africa"] == ["6", "<5"]
    EPOCHS.stir()
    after = ana.get(COVERAGE)
    assert table(after, 0) == {
        "Africa": ["6", "5"],
        "Asia and the Pacific": ["0", "0"],
        "Europe": ["0", "0"],
        "Latin America": ["0", "0"],
        "North America and the Caribbean": ["0", "0"],
    }
    assert table(after, 1) == {"English": ["<5"], "Français": ["5"]}
    assert "Dada" not in after.text


def test_a_damaged_count_is_said_and_the_others_are_added_up(app, ana, six_answers):
    EPOCHS.stir()
    with app.extensions["sessions"].begin() as session:
        whole = session.query(SealedCount).one()
        session.add(SealedCount(consultation_id=whole.consultation_id, id=b"\x01" * 16, sealed=whole.sealed))  # moved
    page = ana.get(COVERAGE)
    assert "1 of the counts could not be opened" in words(page)
    assert table(page, 0)["Africa"] == ["6", "5"]


def test_who_holds_no_key_sees_no_coverage(desk, spring):
    response = desk("eve").get(COVERAGE)
    assert response.status_code == 403
    assert "You do not hold the key" in words(response)


def test_reminders_go_to_organisations_that_were_given_codes(ana, spring):
    assert "No organisation was given codes yet." in words(ana.get(REMINDERS))
    make(ana, organisation="2")
    told = words(ana.get(REMINDERS))
    assert "Europe: Roses" in told
    assert "Dada" not in told
    assert "http://localhost/c/spring/" in told


def test_closing_deletes_every_code_and_keeps_the_numbers(app, ana, six_answers):
    ana.post("/staff/consultations/spring/close")
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Invitation)).all() == []
    told = words(ana.get(CODES))
    assert "6 of 9" in told
    assert "all codes were deleted" in told
    assert table(ana.get(COVERAGE), 0)["Africa"] == ["6", "5"]
    assert make(ana, organisation="1").status_code == 422
