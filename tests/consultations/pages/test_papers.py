"""A paper is drafted from a release, changed block by block, looked at in each language, and published once."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import lxml.html
import pytest
from sqlalchemy import select

from app import create_app
from consultations.analysis.models import Release
from consultations.analysis.tables import (
    EVERYBODY,
    ONE,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
    from_json,
    to_json,
)
from consultations.audit import AuditEntry
from consultations.pages import papers as paper_pages
from consultations.pages.web import now, today
from consultations.papers.models import Paper
from consultations.rounds import consultations
from consultations.rounds.questionnaires import store
from consultations.staff import stretching
from consultations.staff.accounts import create_account
from consultations.staff.sign_in import sign_in
from forms.xlsform.importing import import_file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation |
| | select_one yn | safe | Are you <safe>? | En sécurité ? | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
"""
LANGUAGES = ("zh", "en", "fr", "ru", "es")
ROLES = {"ana": "policy_staff", "ben": "policy_staff", "cleo": "community_consultant", "dora": "board_reviewer"}
HOME = "/staff/papers/1"


def released() -> dict[str, object]:
    cells = (ReleasedCell("60", 60), ReleasedCell("40", 40))
    rows = (ReleasedRow(EVERYBODY, "", (), 100, cells), ReleasedRow(ONE, "africa", ({"en": "Africa"},), 100, cells))
    label = {"en": "Are you <safe>?", "fr": "En sécurité ?"}
    columns = (ReleasedColumn("yes", {"en": "Yes", "fr": "Oui"}), ReleasedColumn("no", {"en": "No", "fr": "Non"}))
    return to_json(
        (ReleasedTable("safe.by.region", "safe", label, "region", {"en": "Region"}, "categories", columns, rows),)
    )


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        accounts = {name: create_account(session, name, role, "en") for name, role in ROLES.items()}
        made.passphrases = {name: account.passphrase for name, account in accounts.items()}
        consultation = consultations.create(
            session,
            slug="spring",
            questionnaire=store(session, import_file("form.md", FORM.encode()).questionnaire),
            title={"en": "Our rights", "fr": "Nos droits"},
            asked_by={"en": "The network"},
            purpose={"en": "To learn."},
            key_holders=[accounts["ana"].user, accounts["ben"].user],
        )
        consultation.status, consultation.opened_on, consultation.closed_on = "unlocked", today(), today()
        session.add(Release(consultation_id=consultation.id, number=1, released_on=today(), tables=released()))
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
    client = desk("ana")
    assert client.post("/staff/consultations/spring/papers").headers["Location"] == HOME
    return client


def tree(response):
    return lxml.html.fromstring(response.data.decode())


def words(response):
    return " ".join(tree(response).text_content().split())


def kinds(client):
    return [item.xpath('.//div[@class="block-what"]/p')[0].text for item in tree(client.get(HOME)).xpath("//ol/li")]


def write(client, at="?at=0", level="0", **texts):
    fields = {f"text_{code}": texts.get(code, "") for code in LANGUAGES}
    return client.post(f"{HOME}/write{at}", data=fields | {"level": level})


def test_the_first_draft_has_the_released_tables(ana):
    assert kinds(ana)[:2] == ["Heading", "How we asked, and how people are protected"]
    assert {"Chart", "What a table says, in words"} <= set(kinds(ana))
    assert "Paper 1" in words(ana.get("/staff/consultations/spring/papers"))


def test_blocks_move_leave_and_come_back(ana):
    before = kinds(ana)
    assert ana.post(f"{HOME}/change", data={"do": "down-0"}).headers["Location"] == f"{HOME}#block-1"
    assert kinds(ana)[:2] == before[1::-1]
    ana.post(f"{HOME}/change", data={"do": "up-1"})
    assert kinds(ana) == before
    ana.post(f"{HOME}/change", data={"do": "remove-0"})
    assert kinds(ana) == before[1:]
    ana.post(f"{HOME}/change", data={"do": "undo"})
    assert kinds(ana) == before


@pytest.mark.parametrize("do", ["", "up", "up-x", "up-²", "remove-99", "burn-1", "up--1"])
def test_a_change_that_cannot_be_is_not_found_and_changes_nothing(ana, do):
    before = kinds(ana)
    assert ana.post(f"{HOME}/change", data={"do": do}).status_code == 404
    assert kinds(ana) == before


def test_a_table_is_put_in_where_it_is_wanted(ana):
    answer = ana.post(f"{HOME}/add?at=1", data={"kind": "table", "table": "safe.by.region"})
    assert answer.headers["Location"] == f"{HOME}#block-1"
    assert kinds(ana)[1] == "Table"


def of_all_regions():
    """Two regions with figures, three with too few people, and the same within two regions."""
    cells = (ReleasedCell("60", 60), ReleasedCell("40", 40))
    regions = [ReleasedRow(ONE, name, ({"en": name},), 100, cells) for name in ("africa", "europe")]
    hidden = ({"en": "Asia and the Pacific"}, {"en": "Latin America"}, {"en": "North America and the Caribbean"})
    [table] = from_json(released())
    whole = replace(table, rows=(table.rows[0], *regions), hidden=hidden)
    within = [replace(table, id=f"{table.id}.in.{name}", within=name) for name in ("africa", "europe")]
    return to_json((whole, *within))


def test_maps_and_panels_are_offered_only_where_there_is_one_to_draw(app, ana):
    offered = "//input[@name='kind']/@value"
    assert {"map", "panels"}.isdisjoint(tree(ana.get(f"{HOME}/add?at=0")).xpath(offered))
    with app.extensions["sessions"].begin() as session:
        session.query(Release).one().tables = of_all_regions()
    assert {"map", "panels"} <= set(tree(ana.get(f"{HOME}/add?at=0")).xpath(offered))
    for kind in ("map", "panels"):
        assert ana.post(f"{HOME}/add?at=0", data={"kind": kind, "table": "safe.by.region"}).status_code == 303
    assert kinds(ana)[:2] == ["Each region, or each answer of a ranking, side by side", "Map of the regions"]
    captions = tree(ana.get(f"{HOME}/preview/en")).xpath('//div[@class="sheet"]//figcaption')
    assert captions[1].text_content().endswith("by region: “Yes”")


def test_a_block_that_shows_nothing_of_its_own_needs_no_source(ana):
    ana.post(f"{HOME}/add?at=0", data={"kind": "method"})
    assert kinds(ana)[0].startswith("How we asked")


@pytest.mark.parametrize(
    "fields", [{"kind": "table", "table": "x"}, {"kind": "quote"}, {"kind": "script"}, {"kind": "text"}]
)
def test_what_cannot_be_put_in_is_refused_beside_the_question(ana, fields):
    answer = ana.post(f"{HOME}/add", data=fields)
    assert answer.status_code == 422
    assert tree(answer).xpath('//fieldset//p[@class="error"]')


def test_a_text_is_written_in_one_language_and_the_others_borrow_it(ana):
    write(ana, en="Only <English>.")
    assert kinds(ana)[0] == "Text"
    assert "4 texts are still to be written" in words(ana.get(HOME))
    assert "Only <English>." in words(ana.get(f"{HOME}?language=ru"))
    assert "Only <English>." in words(ana.get(f"{HOME}/preview/fr"))


def test_a_text_is_edited_in_its_place_and_may_become_a_heading(ana):
    write(ana, en="First.")
    assert "First." in tree(ana.get(f"{HOME}/write?block=0")).xpath('//textarea[@id="text_en"]')[0].text
    write(ana, at="?block=0", level="2", en="Second.")
    assert kinds(ana)[0] == "Heading"
    assert "First." not in words(ana.get(HOME))


def test_a_text_that_is_empty_is_refused(ana):
    answer = write(ana)
    assert (answer.status_code, "Write the text in at least one language." in words(answer)) == (422, True)


@pytest.mark.parametrize("at", ["?block=1", "?block=99", "?block=-1"])
def test_only_texts_can_be_rewritten(ana, at):
    assert ana.get(f"{HOME}/write{at}").status_code == 404


def test_the_title_changes_and_is_never_lost(ana):
    empty = {f"{part}_{code}": "" for part in ("title", "subtitle") for code in LANGUAGES}
    ana.post(f"{HOME}/title", data=empty | {"title_en": "Another title"})
    assert words(ana.get(HOME)).count("Another title") == 2
    ana.post(f"{HOME}/title", data=empty)
    assert "Another title" in words(ana.get(f"{HOME}/preview/fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_is_in_the_paper_s_language_whatever_the_page_s(ana, language):
    sheet = tree(ana.get(f"{HOME}/preview/{language}")).xpath('//div[@class="sheet"]')[0]
    assert sheet.xpath(".//svg")
    assert "Are you <safe>?" in sheet.text_content() or language == "fr"
    assert sheet.xpath(".//*[@lang]")[0].get("lang").startswith(language)


@pytest.mark.parametrize(
    "address", [f"{HOME}/preview/xx", f"{HOME}/ar.pdf", "/staff/papers/9", "/staff/papers/9/all.zip"]
)
def test_a_paper_or_a_language_that_is_not_there_is_not_found(ana, address):
    assert ana.get(address).status_code == 404


def test_files_carry_their_language_in_their_name(ana, monkeypatch):
    monkeypatch.setattr(paper_pages.publishing, "pdf", lambda document, keep: b"%PDF " + document.language.encode())
    one = ana.get(f"{HOME}/fr.pdf")
    assert (one.data, one.headers["Content-Disposition"]) == (b"%PDF fr", "attachment; filename=spring-fr.pdf")
    with zipfile.ZipFile(io.BytesIO(ana.get(f"{HOME}/all.zip").data)) as bundle:
        assert bundle.namelist() == [f"spring-{code}.pdf" for code in LANGUAGES]


def test_a_published_paper_no_longer_changes_and_everyone_of_the_staff_may_read_it(app, ana, desk):
    assert ana.post(f"{HOME}/publish").headers["Location"] == f"{HOME}/preview/en"
    assert ana.get(HOME).status_code == 409
    assert ana.post(f"{HOME}/publish").status_code == 409
    dora = desk("dora")
    assert "Published on" in words(dora.get("/staff/papers/"))
    assert dora.get(f"{HOME}/preview/fr").status_code == 200
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(AuditEntry)).all()[-1].what == "published a paper on"


def test_a_paper_with_texts_to_write_is_not_published(ana):
    write(ana, en="Only English.")
    answer = ana.post(f"{HOME}/publish")
    assert (answer.status_code, "all five languages at once" in words(answer)) == (409, True)


def test_what_was_published_stays_when_its_source_goes(app, ana):
    before = words(ana.get(f"{HOME}/preview/en"))
    ana.post(f"{HOME}/publish")
    with app.extensions["sessions"].begin() as session:
        session.query(Release).delete()
    sheet = tree(ana.get(f"{HOME}/preview/en")).xpath('//div[@class="sheet"]')[0]
    assert " ".join(sheet.text_content().split()) in before


def test_a_draft_whose_source_went_says_which_block_to_remove(app, ana):
    with app.extensions["sessions"].begin() as session:
        session.query(Release).delete()
    assert ana.get(f"{HOME}/preview/en").status_code == 409
    assert "may no longer be shown. Remove the block." in words(ana.get(HOME))


def test_a_draft_is_for_key_holders_only(desk, ana):
    for name in ("cleo", "dora"):
        assert desk(name).get(f"{HOME}/preview/en").status_code == 403
    assert desk("cleo").get(HOME).status_code == 403
    assert desk("ben").get(HOME).status_code == 200


def test_a_draft_lies_sealed_on_the_disk(app, ana):
    write(ana, en="Nobody reads this on a stolen disk.")
    with app.extensions["sessions"]() as session:
        paper = session.get_one(Paper, 1)
    assert b"stolen" not in paper.sealed_draft
    assert json.dumps(paper.published) == "null"


def test_the_style_of_papers_is_served_from_here(ana):
    style = ana.get("/staff/papers/paper.css")
    assert style.mimetype == "text/css"
    assert b"http" not in style.data.replace(b"http://www.w3.org", b"")


@pytest.fixture
def damaged(app, ana):
    """The first paper's draft with a flipped bit, and a second paper beside it."""
    ana.post("/staff/consultations/spring/papers")
    with app.extensions["sessions"].begin() as session:
        paper = session.get_one(Paper, 1)
        paper.sealed_draft = paper.sealed_draft[:-1] + bytes([paper.sealed_draft[-1] ^ 1])
        return paper.sealed_draft


@pytest.mark.parametrize("address", [HOME, f"{HOME}/preview/fr", f"{HOME}/fr.pdf", f"{HOME}/all.zip", f"{HOME}/title"])
def test_a_damaged_draft_says_what_happened_and_what_can_be_done(damaged, ana, address):
    page = ana.get(address)
    assert page.status_code == 422
    assert "could not be opened: it was damaged or changed in the database" in words(page)
    assert "backup" in words(page)
    assert tree(page).xpath(f"//a[@href='{HOME}/delete']")


def test_a_damaged_draft_is_not_written_over(app, damaged, ana):
    write(ana, en="Something new.")
    ana.post(f"{HOME}/change", data={"do": "undo"})
    ana.post(f"{HOME}/publish")
    with app.extensions["sessions"]() as session:
        assert session.get_one(Paper, 1).sealed_draft == damaged


def test_beside_a_damaged_draft_the_list_and_the_other_papers_work(damaged, ana):
    assert "Paper 2" in words(ana.get("/staff/consultations/spring/papers"))
    assert ana.get("/staff/papers/2").status_code == 200
    assert ana.post("/staff/papers/2/publish").status_code == 303
    assert "Published on" in words(ana.get("/staff/papers/"))


def test_a_damaged_draft_is_deleted_after_a_question(app, damaged, ana):
    asked = tree(ana.get(f"{HOME}/delete"))
    (address,) = asked.xpath("//main//form/@action")
    assert ana.post(address).location == "/staff/consultations/spring/papers"
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Paper.id)).all() == [2]
        assert session.scalars(select(AuditEntry)).all()[-1].what == "deleted a draft of a paper on"


def test_a_draft_that_opens_is_deleted_the_same_way_and_what_is_published_never(ana, desk):
    assert tree(ana.get(HOME)).xpath(f"//a[@href='{HOME}/delete']")
    for name in ("cleo", "dora"):
        assert desk(name).post(f"{HOME}/delete").status_code == 403
    ana.post(f"{HOME}/publish")
    assert ana.get(f"{HOME}/delete").status_code == ana.post(f"{HOME}/delete").status_code == 409
