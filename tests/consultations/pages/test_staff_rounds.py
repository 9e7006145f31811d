"""Staff create consultations, open and close them, and read plain words where something does not fit."""

from __future__ import annotations

from io import BytesIO

import lxml.html
import pytest
from sqlalchemy import select

from app import create_app
from consultations.audit import AuditEntry
from consultations.pages.web import now
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import stretching
from consultations.staff.accounts import create_account
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from consultations.staff.sign_in import sign_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | relevant | constraint |
| | select_one region | region | Where do you live? | Où vivez-vous ? | | |
| | integer | age | How old are you? | Quel âge ? | ${region} != 'africa' | . > 17 |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | region | africa | Africa | Afrique |
| | region | europe | Europe | Europe |
| settings |
| | form_title::English (en) | form_title::français (fr) | form_id | default_language |
| | Our rights | Nos droits | rights | English (en) |
"""
BROKEN = "| survey |\n| | type | name | label |\n| | select_one nowhere | q | Which? |\n"
NEW = {
    "slug": "spring",
    "key_holders": ["ana", "ben"],
    "table_plan": ["region"],
    "retention_months": "12",
    "leave_to_fr": "https://meteo.example/",
    **{f"{part}_{code}": "Words" for part in ("title", "asked_by", "purpose") for code in ("en", "fr")},
}
ROLES = {"ana": "policy_staff", "ben": "policy_staff", "cleo": "community_consultant", "dora": "administrator"}


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
        made.passphrases = {name: create_account(session, name, role, "en").passphrase for name, role in ROLES.items()}
    yield made
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
def imported(ana):
    return send_workbook(ana, "form.md", FORM)


@pytest.fixture
def created(ana, imported):
    assert ana.post("/staff/consultations/new?questionnaire=1", data=NEW).status_code == 303


def send_workbook(client, name, text):
    return client.post("/staff/questionnaires/", data={"workbook": (BytesIO(text.encode()), name)})


FROM_A_FILE = """
| survey |
| | type | name | label |
| | select_one_from_file fruits.csv | fruit | Which? |
"""


def test_choices_in_a_file_that_is_chosen_with_the_workbook_are_taken_over(ana):
    alone = send_workbook(ana, "form.md", FROM_A_FILE)
    assert "Choose “fruits.csv” together with the workbook" in words(alone)
    files = [(BytesIO(b"name,label\na,Apple\n"), "media/fruits.csv"), (BytesIO(b"x"), "more.csv")]
    workbook = (BytesIO(FROM_A_FILE.encode()), "form.md")
    both = ana.post("/staff/questionnaires/", data={"workbook": workbook, "files": files})
    assert both.status_code == 200
    assert "The choices of “fruits.csv” are now the list “fruits” of the form (rows: 1)." in words(both)


UNREADABLE = """
| survey |
| | type | name | label | relevant |
| | integer | a | How many? | |
| | text | b | Which? | ${a} + (2 |
"""


def test_why_an_expression_cannot_be_read_is_told_in_the_language_of_the_page(ana):
    form = {"workbook": (BytesIO(UNREADABLE.encode()), "form.md")}
    told = words(ana.post("/staff/questionnaires/?language=es", data=form))
    assert "No se entiende la expresión: ${a} + (2" in told
    assert "Mire el carácter 8. Este paréntesis o corchete se abre y no se cierra." in told


def test_a_piece_of_a_workbook_keeps_the_order_of_its_signs_among_arabic_words(ana):
    form = {"workbook": (BytesIO(UNREADABLE.encode()), "form.md")}
    told = words(ana.post("/staff/questionnaires/?language=ar", data=form))
    assert "\u2068${a} + (2\u2069" in told


def words(response):
    return " ".join(lxml.html.fromstring(response.data.decode()).text_content().split())


def rows(app, model):
    with app.extensions["sessions"]() as session:
        return list(session.scalars(select(model)))


def test_an_empty_house_says_what_to_do_first(ana):
    assert "There is no consultation yet." in words(ana.get("/staff/"))
    assert "There is no questionnaire yet." in words(ana.get("/staff/consultations/new"))
    assert "No paper is published yet." in words(ana.get("/staff/papers/"))


def test_a_workbook_is_stored_once_and_its_preview_has_every_language(app, ana, imported):
    assert imported.status_code == 200
    send_workbook(ana, "again.md", FORM)
    assert len(rows(app, StoredQuestionnaire)) == 1
    assert "Où vivez-vous ?" in words(ana.get("/staff/questionnaires/1?in=fr"))
    assert "Where do you live?" in words(ana.get("/staff/questionnaires/1?in=xx"))


def test_the_preview_shows_conditional_questions_with_their_conditions(ana, imported):
    page = ana.get("/staff/questionnaires/1")
    assert "How old are you?" in words(page)
    assert [code.text for code in lxml.html.fromstring(page.data.decode()).xpath("//code")] == [
        "${region} != 'africa'",
        ". > 17",
    ]


def test_a_broken_workbook_is_not_stored_and_its_problems_have_a_place_and_a_remedy(app, ana):
    answer = send_workbook(ana, "broken.md", BROKEN)
    assert answer.status_code == 422
    sheet, cells = (
        [" ".join(cell.text_content().split()) for cell in row.xpath("*")]
        for row in lxml.html.fromstring(answer.data).xpath("//tbody[1]/tr")[:2]
    )
    assert sheet == ["Sheet “survey”"]
    assert cells[0].startswith("row 2")
    assert all(cells)
    assert rows(app, StoredQuestionnaire) == []


@pytest.mark.parametrize("name", ["notes.txt", "broken.xlsx", "x.xls"])
def test_a_file_that_is_no_workbook_is_refused_plainly(ana, name):
    answer = send_workbook(ana, name, "Dear friends")
    assert answer.status_code == 422
    assert "Nothing was saved." in words(answer)


def test_a_file_that_is_too_large_is_refused(app, ana):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = send_workbook(ana, "form.md", FORM + "x" * 2000)
    assert answer.status_code == 413
    assert "too large" in words(answer)


def test_a_new_consultation_is_a_draft_with_what_was_written(app, created):
    (made,) = rows(app, Consultation)
    assert (made.slug, made.status, made.retention_months, made.table_plan) == ("spring", "draft", 12, ["region"])
    assert made.purpose == {"en": "Words", "fr": "Words"}
    assert made.leave_to == {"fr": "https://meteo.example/"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slug": ""}, "Choose a word for the address."),
        ({"slug": "Not fit"}, "1 to 40 small letters"),
        ({"leave_to_en": "http://weather.example"}, "begins with https://, such as https://www.google.com"),
        ({"key_holders": ["ana"]}, "Choose at least two people"),
        ({"key_holders": ["ana", "nobody"]}, "not a valid choice"),
        ({"table_plan": ["age"]}, "not a valid choice"),
        ({"retention_months": "61"}, "between 1 and 60"),
        ({"retention_months": "soon"}, "integer"),
        ({"purpose_fr": ""}, "Write this in every language that the questionnaire has."),
        ({"title_en": "x" * 201}, "longer than 200"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(app, ana, imported, change, said):
    answer = ana.post("/staff/consultations/new?questionnaire=1", data=NEW | change)
    assert answer.status_code == 422
    errors = lxml.html.fromstring(answer.data.decode()).xpath('//p[@class="error"]')
    assert any(said in error.text_content() for error in errors), [error.text_content() for error in errors]
    assert rows(app, Consultation) == []


def test_an_address_that_is_taken_is_refused(ana, created):
    answer = ana.post("/staff/consultations/new?questionnaire=1", data=NEW)
    assert answer.status_code == 422
    assert "Another consultation has this address already." in words(answer)


def test_it_opens_closes_and_both_are_written_down(app, ana, created):
    assert ana.post("/staff/consultations/spring/open").status_code == 303
    assert "Send its address to members." in words(ana.get("/staff/consultations/spring"))
    assert ana.post("/staff/consultations/spring/open").status_code == 409
    assert ana.post("/staff/consultations/spring/close").status_code == 303
    assert ana.post("/staff/consultations/spring/close").status_code == 409
    steps = [(entry.who, entry.what) for entry in rows(app, AuditEntry) if entry.what != "gave the key of"]
    assert steps == [("ana", "opened"), ("ana", "closed")]


def test_a_holder_opens_nothing_whose_public_key_was_swapped(app, ana, created):
    with app.extensions["sessions"].begin() as session:
        keyring_id = session.scalars(select(Consultation)).one().keyring_id
        session.get_one(Keyring, keyring_id).public_key = new_key_pair().public
    assert ana.post("/staff/consultations/spring/open").status_code == 422
    assert rows(app, Consultation)[0].status == "draft"


def test_who_holds_the_key_from_the_start_is_written_down(app, created):
    given = [(entry.who, entry.what, entry.subject) for entry in rows(app, AuditEntry)]
    assert given == [("ana", "gave the key of", f"spring, to {name}") for name in ("ana", "ben")]


def test_a_draft_cannot_be_closed(ana, created):
    assert ana.post("/staff/consultations/spring/close").status_code == 409


@pytest.mark.parametrize(
    "address", ["/staff/consultations/nowhere", "/staff/questionnaires/9", "/staff/consultations/new?questionnaire=9"]
)
def test_an_address_that_leads_nowhere_says_so(ana, created, address):
    answer = ana.get(address)
    assert answer.status_code == 404
    assert "at this address" in words(answer)


def test_a_consultant_reads_and_does_not_run_consultations(desk, created):
    cleo = desk("cleo")
    page = cleo.get("/staff/consultations/spring")
    assert "Open to members" not in words(page)
    assert cleo.post("/staff/consultations/spring/open").status_code == 403
    assert cleo.get("/staff/questionnaires/").status_code == 403


def test_pages_follow_the_language_that_is_asked_for(ana, created):
    page = lxml.html.fromstring(ana.get("/staff/?language=ar").data.decode())
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert lxml.html.fromstring(ana.get("/staff/?language=xx").data.decode()).get("lang") == "en"


def test_a_form_without_its_token_is_refused_plainly(app, ana, created):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = ana.post("/staff/consultations/spring/open")
    assert answer.status_code == 400
    assert "open for too long" in words(answer)


def test_the_account_page_names_the_role_in_words_and_keeps_the_language(ana):
    assert "Policy staff" in words(ana.get("/staff/account"))
    ana.post("/staff/account", data={"language": "fr"})
    assert lxml.html.fromstring(ana.get("/staff/").data.decode()).get("lang") == "fr"


def test_whoever_signs_out_is_out(ana):
    assert ana.post("/staff/sign-out").headers["Location"] == "/staff/sign-in?language=en"
    assert ana.get("/staff/").headers["Location"] == "/staff/sign-in"


@pytest.mark.parametrize(("name", "passphrase"), [("ana", "wrong"), ("nobody", "wrong")])
def test_a_sign_in_that_fails_says_the_same_whoever_it_was(app, name, passphrase):
    answer = app.test_client().post("/staff/sign-in", data={"name": name, "passphrase": passphrase})
    assert answer.status_code == 403
    assert "The name or the passphrase is not right." in words(answer)


def test_an_empty_sign_in_says_what_is_missing(app):
    answer = app.test_client().post("/staff/sign-in", data={})
    assert answer.status_code == 422
    assert "Enter your passphrase." in words(answer)
