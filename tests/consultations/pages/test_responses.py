"""Staff see a total while members answer; after unlocking, protected tables and the words that may be quoted."""

from __future__ import annotations

import datetime
import html
import logging
import re
import secrets
from typing import Any

import lxml.html
import numpy as np
import pytest

from app import create_app
from consultations.analysis import attack
from consultations.analysis.models import Quote, Release
from consultations.analysis.releases import gate
from consultations.audit import AuditEntry
from consultations.pages import guiding
from consultations.papers import publishing
from consultations.papers.models import Paper
from consultations.responses import stored_snapshots
from consultations.responses.answering import send
from consultations.responses.epochs import EPOCHS
from consultations.responses.models import Snapshot
from consultations.responses.withdrawals import Withdrawal, withdraw
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff import stretching
from consultations.staff.keyrings import private_key
from consultations.staff.roles import Limit
from consultations.staff.sign_in import create_account, sign_in, signed_in
from forms.packing import pack
from forms.xlsform.importing import import_file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation |
| | select_one region | region | Where do you live? | Où vivez-vous ? | yes |
| | select_one setting | setting | Where do you work? | Où travaillez-vous ? | yes |
| | select_one protection | right_law | Protection by the law | La protection de la loi | |
| | select_multiple needs | needs | What do you need? | De quoi avez-vous besoin ? | |
| | text | story | What happened? | Que s’est-il passé ? | |
| | select_one permission | quote_permission | May we quote you? | Pouvons-nous vous citer ? | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | region | africa | Africa | Afrique |
| | region | europe | Europe | Europe |
| | region | latin-america | Latin America | Amérique latine |
| | setting | outdoors | Outdoors | Dehors |
| | setting | venue | Indoors | Dedans |
| | protection | not_at_all | Not at all | Pas du tout |
| | protection | a_little | A little | Un peu |
| | protection | partly | Partly | En partie |
| | protection | mostly | Mostly | Surtout |
| | protection | fully | Fully | Tout à fait |
| | needs | care | Health care | Des soins |
| | needs | money | Money <now> | De l’argent |
| | permission | with_region | Yes, with my region | Oui |
| | permission | without_region | Yes, without it | Oui, sans |
| | permission | no | No | Non |
"""
HOME = "/staff/consultations/spring"
STORIES = {
    "They took my phone.\r\nNobody wrote it down.": "with_region",
    "We opened a <shelter>.": "without_region",
    "Do not tell anybody.": "no",
}


def now():
    """At this moment: the whole run may take longer than a worker or a session is waited for."""
    return datetime.datetime.now(datetime.UTC)


def _answers() -> list[dict[str, str]]:
    random = np.random.default_rng(1)
    people = [
        {
            "region": str(random.choice(["africa", "europe"])),
            "setting": str(random.choice(["outdoors", "venue"])),
            "right_law": str(random.choice(["not_at_all", "a_little", "partly", "mostly", "fully"])),
            "needs": str(random.choice(["care", "money", "care money"])),
        }
        for _ in range(90)
    ]
    told = zip(STORIES.items(), people, strict=False)
    return [person | {"story": story, "quote_permission": may} for (story, may), person in told] + people[3:]


def tag(number: int) -> bytes:
    """What the receipt of the answer with that number leads to."""
    return bytes([number + 1]) * 16


class Desk:
    """A browser of one member of staff."""

    def __init__(self, app: Any, name: str) -> None:
        self.app, self.client = app, app.test_client()
        with app.extensions["sessions"]() as session:
            token = sign_in(session, name, app.passphrases[name], now())
            session.commit()
        with self.client.session_transaction("/staff/") as cookie:
            cookie["token"] = token

    def open(self, address: str, status: int = 200) -> Any:
        response = self.client.get(HOME + address)
        assert response.status_code == status, response.text
        return lxml.html.fromstring(response.data.decode())

    def says(self, address: str, status: int = 200) -> str:
        return " ".join(self.open(address, status).text_content().split())

    def post(self, address: str, **fields: str) -> Any:
        return self.client.post(HOME + address, data=fields)


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"]() as session:
        hold_ceremony(session)
        accounts = [
            create_account(session, name, role, "en")
            for name, role in (("ana", "policy_staff"), ("ben", "policy_staff"), ("cleo", "regional_coordinator"))
        ]
        accounts.append(create_account(session, "dora", "regional_coordinator", "en", {Limit.REGION: {"africa"}}))
        made.passphrases = {account.user.name: account.passphrase for account in accounts}
        form = import_file("form.md", FORM.encode()).questionnaire
        consultation = consultations.create(
            session,
            slug="spring",
            questionnaire=store(session, form),
            title={"en": "Spring"},
            asked_by={"en": "The network"},
            purpose={"en": "To learn."},
            key_holders=[account.user for account in accounts[:2]],
        )
        consultations.open_to_members(session, consultation, who="ana", today=now().date())
        session.commit()
        layout = layout_of(consultation.questionnaire)
        for number, answers in enumerate(_answers()):
            packed = pack(layout, answers, "en", number * 40_503_001, tag(number))
            send(session, consultation, secrets.token_bytes(16), *packed)
        EPOCHS.stir(consultation.id)
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def ana(app):
    return Desk(app, "ana")


@pytest.fixture
def closed(app):
    with app.extensions["sessions"]() as session:
        consultations.close(session, consultations.by_slug(session, "spring"), who="ana", today=now().date())
        session.commit()


@pytest.fixture
def unlocked(ana, closed):
    assert ana.post("/unlock").status_code == 303


@pytest.fixture
def released(ana, unlocked):
    assert ana.post("/release/try").status_code == 303
    assert ana.post("/release", number="1").status_code == 303


def rows(app: Any, model: type) -> list[Any]:
    with app.extensions["sessions"]() as session:
        return list(session.query(model))


def test_while_it_is_open_there_is_a_total_and_nothing_else(ana):
    page = ana.open("/results")
    assert page.xpath('//*[@class="total"]')[0].text.strip() == "90+ answers so far"
    assert not page.xpath("//table | //svg")
    assert [form.get("action") for form in page.xpath("//main//form")] == [HOME + "/release/close"]
    assert [ana.post(address).status_code for address in ("/unlock", "/release/try", "/release")] == [409] * 3


@pytest.mark.parametrize(("answers", "shown"), [(0, "<5"), (4, "<5"), (5, "5+"), (89, "85+"), (1_234, "1,230+")])
def test_while_it_is_open_nobody_sees_one_more_arrive(ana, monkeypatch, answers, shown):
    monkeypatch.setattr(guiding, "answer_count", lambda *_: answers)
    assert ana.open("/results").xpath('//*[@class="total"]')[0].text.strip() == f"{shown} answers so far"


def test_unlocking_says_how_many_answers_it_opened(app, ana, closed):
    answer = ana.post("/unlock")
    assert answer.headers["Location"] == HOME + "/release"
    assert "90 answers were unlocked." in ana.says("/release")
    assert [entry.what for entry in rows(app, AuditEntry)] == ["opened", "closed", "unlocked"]


def test_before_a_release_staff_read_what_happens_to_groups_and_no_figure(ana, unlocked):
    page = ana.says("/release")
    assert "fewer than 10 people of one of them answered: Europe; Latin America" in page
    assert "%" not in page
    assert "Step 3: See what will be shown" in ana.says("/results")


def test_a_release_shows_every_closed_question_by_region_with_its_chart(app, ana, released):
    page = ana.open("/results")
    heads = [head.text_content().strip() for head in page.xpath("//section/h3")]
    assert heads == ["Where do you live?", "Where do you work?", "Protection by the law", "What do you need?"]
    assert len(page.xpath("//section//svg")) == 4
    assert [len(section.xpath(".//table")) for section in page.xpath("//section")] == [1, 1, 2, 1]
    assert page.xpath("//section")[1].xpath(".//thead//th")[-1].text == "Smaller groups together"
    assert "Money <now>" in page.text_content()
    assert [entry.what for entry in rows(app, AuditEntry)][-1] == "released tables"


def test_links_switch_between_breakdowns_that_were_planned(ana, released):
    heads = [head.text for head in ana.open("/results?by=setting").xpath("//section")[-1].xpath(".//thead//th")]
    assert heads == ["Answer", "Everybody", "Outdoors", "Indoors"]
    assert ana.says("/results?by=needs") == ana.says("/results")


def test_a_second_release_without_new_answers_is_refused(app, ana, released):
    assert ana.post("/release").status_code == 409
    assert not ana.open("/release").xpath("//main//form")
    assert len(rows(app, Release)) == 1


def test_who_reads_tables_needs_no_key_and_gets_nothing_else(app, ana, released):
    cleo = Desk(app, "cleo")
    assert len(cleo.open("/results").xpath("//svg")) == 4
    for address in ("/results", "/release"):
        page = cleo.open(address)
        assert not page.xpath('//main//form | //div[@class="actions"]//a | //*[@class="pattern"]'), address
    cleo.open("/quotes", 403)
    for address in ("/unlock", "/release/try", "/release", "/release/close"):
        assert cleo.post(address).status_code == 403


def test_who_holds_no_key_sees_how_far_it_is_and_who_can_go_on(app, unlocked):
    page = Desk(app, "cleo").open("/release")
    assert page.xpath('//li[@aria-current="step"]')[0].text_content().split() == ["See", "what", "will", "be", "shown"]
    assert " ".join(page.xpath('//section//*[@class="notice"]')[0].text_content().split()).endswith("ana; ben")
    assert "90 answers are unlocked. No tables have been released yet." in page.text_content()
    assert not page.xpath("//section//form | //table")


def test_each_step_says_when_it_was_done_and_what_came_of_it(ana, unlocked):
    assert (
        ana.open("/release?step=release")
        .xpath('//li[@aria-current="step"]')[0]
        .text_content()
        .strip()
        .startswith("See")
    )
    page = ana.open("/release?step=try")
    assert [form.get("action") for form in page.xpath("//main//form")] == [HOME + "/release/try"]
    assert ana.post("/release/try").headers["Location"] == HOME + "/release"
    page = ana.open("/release")
    done = [" ".join(step.text_content().split()) for step in page.xpath('//li[@class="done"]')]
    assert [each.partition(" Done")[0] for each in done] == [
        "Close",
        "Unlock",
        "See what will be shown",
        "Attack the tables",
    ]
    assert done[1].endswith("90 answers")
    assert done[3].endswith("Nothing was found")
    assert page.xpath('//li[@aria-current="step"]')[0].text_content().strip() == "Release"
    assert page.xpath('//input[@name="number"]/@value') == ["1"]
    assert "attacked again" not in ana.says("/release?step=see")


def test_tables_that_were_not_attacked_are_not_released(app, ana, unlocked):
    refused = ana.post("/release", number="1")
    assert refused.status_code == 409
    assert "have not been attacked yet" in refused.text
    assert rows(app, Release) == []


def test_pressing_release_twice_makes_one_release(app, ana, released):
    again = ana.post("/release", number="1")
    assert (again.status_code, again.headers["Location"]) == (303, HOME + "/results")
    assert "The tables were released a moment ago, and not a second time." in ana.says("/results")
    assert [release.number for release in rows(app, Release)] == [1]


def test_what_was_attacked_is_not_what_is_released_once_an_answer_is_taken_back(app, ana, unlocked):
    ana.post("/release/try")
    take_back(app, 0)
    page = ana.says("/release")
    assert "They have to be attacked again." in page
    assert ana.post("/release", number="1").status_code == 409
    assert rows(app, Release) == []


def test_an_attack_that_finds_something_is_told_and_leads_on(app, ana, unlocked, monkeypatch):
    found = attack.Report((attack.Finding("files", "right_law.by.region"),), (attack.Tried("Reading both files", 1),))
    monkeypatch.setattr(gate, "attack", lambda *_: found)
    ana.post("/release/try")
    page = ana.says("/release")
    assert "found something, so these tables cannot be released." in page
    assert "do not say the same about Protection by the law – by region." in page
    assert "Reading both files · 1" in page
    assert not ana.open("/release").xpath('//input[@name="number"]')
    assert ana.post("/release", number="1").status_code == 409


def test_every_file_of_a_release_can_be_taken_away(app, ana, released):
    for name in ("release.json", "tables.csv", "tables.xlsx", "tables.sav", "ddi.xml"):
        got = ana.client.get(f"{HOME}/results/files/{name}")
        assert got.status_code == 200
        assert got.headers["Content-Disposition"] == f"attachment; filename=spring-1-{name}"
        assert "no-store" in got.headers["Cache-Control"]
        assert len(got.data) > 500
    assert len(ana.open("/results").xpath("//a[@download]")) == 5


def test_no_other_file_can(ana, unlocked):
    for name in ("tables.csv", "app.py", "..%2F..%2Fapp.py", "%00"):
        ana.open(f"/results/files/{name}", 404)


def test_who_reads_one_region_sees_its_column_and_downloads_no_file_of_all(app, released):
    dora = Desk(app, "dora")
    page = dora.open("/results")
    for section in page.xpath("//section")[1:]:
        for table in section.xpath(".//table"):
            heads = [head.text for head in table.xpath(".//thead//th")[1:]]
            assert heads == ["Everybody", *heads[1:2], "Africa", "Smaller groups together"]
    assert not [name for name in page.xpath("//section[position() > 1]//*/text()") if name.strip() == "Europe"]
    assert not page.xpath("//a[@download]")
    assert "hold the figures of every region" in dora.says("/results/files/tables.csv", 403)


def test_results_follow_the_reader_s_language(ana, released):
    assert "Où vivez-vous" in ana.says("/results?language=fr")
    page = ana.open("/results?language=ar")
    assert page.get("dir") == "rtl"
    assert page.xpath("//section/h3/bdi")[0].get("lang") == "en"


def test_only_words_that_may_be_quoted_are_offered(ana, unlocked):
    page = ana.says("/quotes?question=story")
    assert "They took my phone. Nobody wrote it down." in page
    assert "We opened a <shelter>." in page
    assert "Do not tell anybody." not in page
    assert "2 answers may be quoted." in page
    assert "1 more may not be quoted" in page
    ana.open("/quotes?question=region", 404)


def _address_of(desk: Desk, words: str) -> str:
    for card in desk.open("/quotes?question=story").xpath('//li[@class="card"]'):
        if words in card.text_content():
            return str(card.xpath(".//a")[0].get("href")).removeprefix(HOME)
    raise LookupError(words)


def test_a_part_of_an_answer_becomes_a_sealed_quote(app, ana, unlocked):
    address = _address_of(ana, "They took my phone.")
    assert ana.open(address).xpath("//textarea")[0].value.endswith("Nobody wrote it down.")
    sent = ana.post(address, text="Nobody wrote it down.", theme="law", in_fr="Personne ne l’a noté.")
    assert sent.status_code == 303
    assert "1 quote picked so far" in ana.says("/quotes")
    assert b"Nobody" not in rows(app, Quote)[0].sealed_body


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "They took my phone, all of them.", "theme": "law"}, "word for word"),
        ({"text": "They took my phone.", "theme": ""}, "Choose a theme"),
        ({"text": "They took my phone.", "theme": "gossip"}, "Not a valid choice"),
        ({"text": "", "theme": "law"}, "Keep at least a part"),
    ],
)
def test_what_cannot_be_picked_is_said_beside_what_was_typed(app, ana, unlocked, sent, said):
    answer = ana.post(_address_of(ana, "They took my phone."), **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert not rows(app, Quote)


def test_a_quote_is_picked_once_and_can_be_put_back(app, ana, unlocked):
    address = _address_of(ana, "We opened a")
    assert ana.post(address, text="We opened a <shelter>.", theme="organise").status_code == 303
    assert ana.post(address, text="We opened a <shelter>.", theme="health").status_code == 422
    assert "Picked as a quote" in ana.says("/quotes")
    assert ana.post(f"/quotes/{rows(app, Quote)[0].id.hex()}/put-back").status_code == 303
    assert not rows(app, Quote)
    assert ana.post("/quotes/00/put-back").status_code == 404
    assert ana.post("/quotes/xx/put-back").status_code == 404


def test_addresses_that_are_not_there_are_told_plainly(ana, unlocked):
    ana.open("/quotes/story/000000000000000000000000", 404)
    ana.open("/quotes/nothing/0", 404)
    assert "90 answers" in ana.says("/results?by=%00&in=%00&part=%00&step=%00")


def test_quotes_need_unlocked_answers(ana, closed):
    ana.open("/quotes", 409)


def test_a_question_that_too_few_answered_has_words_in_place_of_figures(app, ana, released):
    with app.extensions["sessions"]() as session:
        release = session.query(Release).one()
        first = release.tables["tables"][0] | {"rows": [], "columns": []}
        release.tables = {"tables": [first, *release.tables["tables"][1:]]}
        session.commit()
    section = ana.open("/results").xpath("//section")[0]
    assert "Too few people answered this question to show figures." in section.text_content()
    assert not section.xpath(".//svg | .//table")


def test_a_form_without_open_questions_says_so(app, ana, unlocked, monkeypatch):
    monkeypatch.setattr("consultations.pages.quoting.open_questions", lambda form: ())
    assert "no question that is answered in words" in ana.says("/quotes")


def test_no_answer_and_no_quote_reaches_the_log(app, ana, unlocked, caplog):
    caplog.set_level(logging.DEBUG)
    ana.post(_address_of(ana, "They took my phone."), text="They took my phone.", theme="law")
    ana.open("/quotes")
    assert not re.search("phone|shelter", caplog.text)


def test_a_form_from_elsewhere_changes_nothing(app, ana, closed):
    app.config["WTF_CSRF_ENABLED"] = True
    assert ana.post("/unlock").status_code == 400


@pytest.fixture
def drafted(app, ana, released):
    """A paper that quotes two answers, one of them with a block that was moved last."""
    for words in ("They took my phone.", "We opened a <shelter>."):
        ana.post(_address_of(ana, words), text=words, theme="law", in_fr="Traduit")
    assert ana.post("/papers").status_code == 303
    page = ana.client.get("/staff/papers/1")
    assert "They took my phone." in page.text
    blocks = page.text.count('value="remove-')
    assert ana.client.post("/staff/papers/1/change", data={"do": f"up-{blocks - 1}"}).status_code == 303
    return blocks


def take_back(app: Any, *numbers: int) -> None:
    with app.extensions["sessions"]() as session:
        for number in numbers:
            withdraw(session, consultations.by_slug(session, "spring").id, tag(number))


def seen_by(app: Any, name: str) -> str:
    """Every text that the snapshot itself, opened past all doors, still has."""
    with app.extensions["sessions"]() as session:
        consultation = consultations.by_slug(session, "spring")
        token = sign_in(session, name, app.passphrases[name], now())
        key = private_key(session, consultation.keyring_id, signed_in(session, token, now()))
        return b"".join(stored_snapshots.read(session, consultation, key, lambda opened: list(opened.lines()))).decode()


def test_what_was_taken_back_is_in_no_snapshot_table_quote_or_draft(app, ana, drafted):
    assert "They took my phone." in seen_by(app, "ana")
    take_back(app, 0)
    editor = ana.client.get("/staff/papers/1").text
    assert "They took my phone." not in editor
    assert "shelter" in editor
    assert editor.count('value="remove-') == drafted - 1
    assert [entry.what for entry in rows(app, AuditEntry)][-1] == "took 1 out of the answers to"
    assert "They took my phone." not in ana.says("/quotes?question=story")
    assert len(rows(app, Quote)) == 1
    assert rows(app, Snapshot)[0].size == 89
    assert "They took my phone." not in seen_by(app, "ana")
    assert rows(app, Withdrawal) == []
    assert "They took my phone." not in ana.client.get("/staff/papers/1/preview/en").text
    ana.client.post("/staff/papers/1/change", data={"do": "undo"})
    assert "They took my phone." not in ana.client.get("/staff/papers/1").text


@pytest.mark.parametrize("address", ["/staff/papers/1/preview/en", HOME + "/quotes?question=story", HOME + "/release"])
def test_whichever_page_is_opened_first_takes_it_out(app, ana, drafted, address):
    take_back(app, 0)
    page = ana.client.get(address)
    assert page.status_code == 200
    assert "They took my phone." not in page.text
    assert "They took my phone." not in seen_by(app, "ana")
    assert rows(app, Withdrawal) == []


def test_what_was_taken_back_before_the_unlock_is_never_opened(app, ana, closed):
    take_back(app, 0, 1)
    ana.post("/unlock")
    assert "88 answers were unlocked." in ana.says("/release")
    assert not re.search("phone|shelter", ana.says("/quotes?question=story") + seen_by(app, "ana"))
    assert "took 2 out of the answers to" in [entry.what for entry in rows(app, AuditEntry)]


def test_a_tag_that_meets_nothing_changes_nothing_and_waits(app, ana, drafted):
    before = rows(app, Snapshot)[0].blob
    take_back(app, 200)
    assert "They took my phone." in ana.client.get("/staff/papers/1").text
    assert rows(app, Snapshot)[0].blob == before
    assert [one.tag for one in rows(app, Withdrawal)] == [tag(200)]


def test_a_paper_is_not_published_over_an_answer_that_was_taken_back_meanwhile(app, ana, drafted, monkeypatch):
    monkeypatch.setattr(publishing, "unwritten", lambda blocks: ())
    real = publishing.made

    def meanwhile(*arguments: Any) -> Any:
        made = real(*arguments)
        session = arguments[0]
        session.add(Withdrawal(consultation_id=1, tag=tag(0)))
        session.flush()
        return made

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "made", meanwhile)
        assert ana.client.post("/staff/papers/1/publish").status_code == 409
    assert rows(app, Consultation)[0].published_on is None
    assert ana.client.post("/staff/papers/1/publish").status_code == 303
    assert rows(app, Consultation)[0].published_on is not None


def damaged(app: Any, model: type, column: str) -> tuple[Any, bytes]:
    """(id, what was there) of the first row, in which a bit is flipped now."""
    with app.extensions["sessions"].begin() as session:
        row = session.query(model).order_by(model.id).first()
        before = getattr(row, column)
        setattr(row, column, before[:-1] + bytes([before[-1] ^ 1]))
        return row.id, before


def put_back(app: Any, model: type, column: str, row_id: Any, blob: bytes) -> None:
    """As it was before it was damaged: somebody has a copy of the disk."""
    with app.extensions["sessions"].begin() as session:
        setattr(session.get_one(model, row_id), column, blob)


QUOTES = ("They took my phone.", "We opened a <shelter>.")
LOST_QUOTE = "1 quote could not be opened: it was damaged or changed in the database. The others are shown."


def test_a_damaged_quote_is_counted_and_the_others_are_shown(app, ana, drafted, caplog):
    quote, _ = damaged(app, Quote, "sealed_body")
    with caplog.at_level(logging.DEBUG):
        page = ana.says("/quotes?question=story")
    assert LOST_QUOTE in page
    assert "1 quote picked so far" in page
    assert "Some stored quotes do not open; they stay where they are and are counted." in caplog.messages
    assert not re.search(f"phone|shelter|{quote.hex()}", caplog.text)


def test_picking_another_leaves_a_damaged_quote_as_it_is_until_somebody_takes_it_out(app, ana, drafted):
    quote, before = damaged(app, Quote, "sealed_body")
    address = _address_of(ana, "Nobody wrote it down.")
    assert ana.post(address, text="Nobody wrote it down.", theme="law").status_code == 303
    put_back(app, Quote, "sealed_body", quote, before)
    assert "3 quotes picked so far" in ana.says("/quotes")
    damaged(app, Quote, "sealed_body")
    (out,) = ana.open("/quotes").xpath("//*[contains(@class, 'notice')]//form/@action")
    assert ana.client.post(out).status_code == 303
    assert LOST_QUOTE not in ana.says("/quotes")


def test_a_paper_is_made_without_a_damaged_quote_and_says_so_beside_it(app, ana, drafted):
    damaged(app, Quote, "sealed_body")
    for page in ("/staff/papers/1", "/staff/papers/1/preview/en"):
        shown = ana.client.get(page)
        assert shown.status_code == 200
        assert sum(words in shown.text for words in (QUOTES[0], html.escape(QUOTES[1]))) == 1
        assert "The paper is made without it" in shown.text
    assert "may no longer be shown" not in ana.client.get("/staff/papers/1").text


def test_a_paper_with_a_damaged_quote_is_published_once_its_block_is_removed(app, ana, drafted, monkeypatch):
    monkeypatch.setattr(publishing, "unwritten", lambda blocks: ())
    damaged(app, Quote, "sealed_body")
    refused = ana.client.post("/staff/papers/1/publish")
    assert (refused.status_code, "could not be opened" in refused.text) == (409, True)
    block = lxml.html.fromstring(ana.client.get("/staff/papers/1").text).xpath("//li[.//p[@class='error']]")[0]
    at = block.get("id").removeprefix("block-")
    assert ana.client.post("/staff/papers/1/change", data={"do": f"remove-{at}"}).status_code == 303
    assert ana.client.post("/staff/papers/1/publish").status_code == 303


def test_a_new_paper_says_which_quotes_it_is_drafted_without(app, ana, drafted):
    damaged(app, Quote, "sealed_body")
    assert ana.post("/papers").status_code == 303
    assert "1 quote could not be opened" in ana.client.get("/staff/papers/2").text
    assert "1 quote could not be opened" in ana.client.get("/staff/papers/2/add").text


def test_what_was_taken_back_goes_although_one_quote_does_not_open(app, ana, drafted):
    """The damaged one may be the one to go: its tag waits, so that it is never shown should it open again."""
    quote, before = damaged(app, Quote, "sealed_body")
    take_back(app, 0, 1)
    assert "0 answers may be quoted." in ana.says("/quotes?question=story")
    assert [row.id for row in rows(app, Quote)] == [quote]
    assert rows(app, Snapshot)[0].size == 88
    put_back(app, Quote, "sealed_body", quote, before)
    for address in ("/staff/papers/1", HOME + "/quotes"):
        assert not re.search("phone|shelter", ana.client.get(address).text)


def test_a_damaged_draft_stops_neither_other_papers_nor_what_is_taken_back(app, ana, drafted):
    ana.post("/papers")
    damaged(app, Paper, "sealed_draft")
    take_back(app, 0)
    editor = ana.client.get("/staff/papers/2")
    assert (editor.status_code, "They took my phone." in editor.text) == (200, False)
    assert "Paper 2" in ana.says("/papers")


def test_before_an_export_staff_read_how_much_will_not_be_in_it(app, ana, drafted):
    assert "could not be opened" not in ana.says("/export")
    damaged(app, Quote, "sealed_body")
    damaged(app, Paper, "sealed_draft")
    assert "2 sealed pieces" in ana.says("/export")
    sent = ana.post("/export", words=ana.open("/export").xpath("//input[@name='words']/@value")[0])
    assert (sent.status_code, sent.mimetype) == (200, "application/octet-stream")
    sent.close()


def test_a_paper_that_is_written_from_the_command_line_says_what_it_is_without(
    app, ana, drafted, tmp_path, monkeypatch
):
    monkeypatch.setattr(publishing, "pdf", lambda document, keep: b"%PDF")
    damaged(app, Quote, "sealed_body")
    options = ["--as", "ana", "--passphrase", app.passphrases["ana"], "--out", str(tmp_path)]
    told = app.test_cli_runner().invoke(args=["papers", "write", "spring", *options, "--language", "en"])
    assert "1 quotes or boxes could not be opened: the paper is made without them." in told.output
    assert (tmp_path / "spring-en.pdf").read_bytes() == b"%PDF"
