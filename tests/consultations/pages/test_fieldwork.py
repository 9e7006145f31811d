"""A community consultant's way from an empty case study to a quote that the paper is offered."""

from __future__ import annotations

import datetime
import logging
import re

import lxml.html
import pytest
from sqlalchemy import select

from app import create_app
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.offered import offered_quotes
from consultations.registry.importing import load_countries
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import stretching
from consultations.staff.accounts import create_account
from consultations.staff.keyrings import new_keyring
from consultations.staff.sign_in import sign_in, signed_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

HOME = "/staff/fieldwork/"
SAID = "When Anna came, they took her phone. Call 0712 345 678. Nobody wrote it down. Полиция ушла."
INTERVIEW = {
    "role": "outreach_worker",
    "asked_by": "peer",
    "language": "en",
    "recorded": "y",
    "quoted": "y",
    "translated": "y",
    "attribution": "role_country",
    "transcript": SAID,
    "note_violence": "Anna told of a raid.",
}


def now():
    """At this moment: the whole run may take longer than a worker or a session is waited for."""
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture(autouse=True)
def _quick_argon2(monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    with made.extensions["sessions"]() as session:
        load_countries(session)
        questionnaire = StoredQuestionnaire(version="0" * 64, name="Trial", content={})
        session.add(questionnaire)
        session.flush()
        consultation = Consultation(
            slug="spring",
            questionnaire_id=questionnaire.id,
            keyring_id=new_keyring(session, []).id,
            title={"en": "Spring"},
            asked_by={},
            purpose={},
            languages=["en"],
        )
        session.add(consultation)
        session.commit()
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def token(app):
    with app.extensions["sessions"]() as session:
        account = create_account(session, "consultant", "community_consultant", "en")
        found = sign_in(session, "consultant", account.passphrase, now())
        session.commit()
    return found


@pytest.fixture
def browser(app, token):
    client = app.test_client()
    with client.session_transaction(path="/staff") as cookie:
        cookie["token"] = token
    return Browser(client)


class Browser:
    """Opens pages and sends their forms, with the token that a form needs."""

    def __init__(self, client):
        self.client = client

    def open(self, address):
        response = self.client.get(address)
        assert response.status_code == 200, response.text
        return lxml.html.fromstring(response.text)

    def send(self, address, data, page=None):
        token = self.open(page or address).xpath("//input[@name='csrf_token']/@value")[-1]
        return self.client.post(address, data={"csrf_token": token, **data})


@pytest.fixture
def case_study(browser):
    return browser.send(HOME, {"consultation": "spring", "country": "KE", "retention_months": 24}).location


@pytest.fixture
def interview(browser, case_study):
    names = browser.send(f"{case_study}/interviews/new", INTERVIEW).location
    return names.removesuffix("/names")


def text(page):
    return " ".join(page.text_content().split())


def names_to_send(page, **ticked):
    """The form of names as a browser sends it, with the rows of `ticked` replaced and all others left alone."""
    data = {field.name: field.get("value") or "" for field in page.xpath("//input[@type='text' or @type='hidden']")}
    for field in page.xpath("//input[starts-with(@name, 'found-') and contains(@name, '-name')]"):
        if field.get("value") in ticked:
            row = field.name.removesuffix("-name")
            data |= {f"{row}-use": "y", f"{row}-pseudonym": ticked[field.get("value")]}
    return data


def test_a_case_study_is_opened_from_the_shelf(browser, case_study):
    assert "Kenya" in text(browser.open(case_study))
    assert "Kenya" in text(browser.open(HOME))


@pytest.mark.parametrize(("country", "error"), [("", "Choose a country from the list."), ("KE", "There is already")])
def test_a_case_study_without_country_or_opened_twice_is_refused_beside_the_field(browser, case_study, country, error):
    response = browser.send(HOME, {"consultation": "spring", "country": country, "retention_months": 24})
    assert response.status_code == 422
    assert lxml.html.fromstring(response.text).xpath("//p[@id='country-error']")[0].text.startswith(error)


def test_the_box_is_written_in_several_languages(browser, case_study):
    browser.send(f"{case_study}/box", {"title_en": "Fines", "text_en": "They **pay**.", "title_ru": "Штрафы"})
    page = browser.open(case_study)
    assert page.xpath("//section[@lang='ru']//h3")[0].text == "Штрафы"
    assert browser.open(f"{case_study}/box").xpath("//input[@name='title_en']/@value") == ["Fines"]


def test_without_consent_to_be_recorded_the_interview_is_refused_beside_the_box_to_tick(app, browser, case_study):
    data = {key: value for key, value in INTERVIEW.items() if key != "recorded"}
    response = browser.send(f"{case_study}/interviews/new", data)
    assert response.status_code == 422
    assert lxml.html.fromstring(response.text).xpath("//p[@id='recorded-error']")
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Interview)).all() == []


def test_a_role_has_to_be_chosen(browser, case_study):
    response = browser.send(f"{case_study}/interviews/new", {**INTERVIEW, "role": ""})
    assert lxml.html.fromstring(response.text).xpath("//p[@id='role-error']")


def test_where_nobody_chose_a_quote_says_nothing_of_who_speaks(browser, case_study):
    form = browser.open(f"{case_study}/interviews/new")
    assert form.xpath("//select[@name='attribution']/option[@selected]/@value") == ["none"]


def test_an_interview_in_which_nothing_was_said_is_refused(browser, case_study):
    data = {**INTERVIEW, "transcript": " ", "note_violence": ""}
    response = browser.send(f"{case_study}/interviews/new", data)
    assert lxml.html.fromstring(response.text).xpath("//p[@id='transcript-error']")


def test_names_are_replaced_everywhere_and_can_be_taken_back(browser, interview):
    names = browser.open(f"{interview}/names")
    assert names.xpath("//input[contains(@name, 'found-') and @value='Person A']")
    browser.send(f"{interview}/names", names_to_send(names, Anna="Person A"))
    page = text(browser.open(interview))
    assert "When Person A came" in page
    assert "Person A told of a raid" in page
    browser.send(f"{interview}/names/undo", {}, page=f"{interview}/names")
    assert "When Anna came" in text(browser.open(interview))


def test_a_pseudonym_is_not_offered_for_replacement_again(browser, interview):
    browser.send(f"{interview}/names", names_to_send(browser.open(f"{interview}/names"), Anna="Person A"))
    assert browser.open(f"{interview}/names").xpath("//input[contains(@name, '-name') and @value='Person']") == []


def test_names_by_hand_are_replaced_and_need_a_pseudonym(browser, interview):
    refused = browser.send(f"{interview}/names", {"others-0-name": "phone", "others-0-pseudonym": ""})
    assert refused.status_code == 422
    assert "Write what shall stand in place" in refused.text
    browser.send(f"{interview}/names", {"others-0-name": "phone", "others-0-pseudonym": "thing"})
    assert "took her thing" in text(browser.open(interview))


def test_a_name_that_is_ticked_needs_a_pseudonym(browser, interview):
    names = browser.open(f"{interview}/names")
    refused = browser.send(f"{interview}/names", names_to_send(names, Anna=" "))
    assert refused.status_code == 422
    assert lxml.html.fromstring(refused.text).xpath("//li[contains(@class, 'wrong')]//span[@class='error']")


def marked(browser, interview, sentences=("0", "1"), theme="violence"):
    page = browser.open(f"{interview}/passages")
    counted_in = page.xpath("//input[@name='counted_in']/@value")[0]
    data = {"sentences": list(sentences), "theme": theme, "counted_in": counted_in}
    return browser.send(f"{interview}/passages", data)


def test_a_passage_is_marked_from_the_first_to_the_last_sentence_that_is_ticked(browser, interview):
    marked(browser, interview, ["0", "2"])
    quote = browser.open(interview).xpath("//blockquote")[0]
    assert "took her phone. Call 0712 345 678. Nobody wrote it down." in text(quote)
    assert "The right to be free from violence" in text(quote)


def test_marking_nothing_is_refused_beside_the_sentences(browser, interview):
    response = marked(browser, interview, [])
    assert response.status_code == 422
    assert "Choose at least one sentence." in response.text


def test_marking_without_a_theme_is_refused_beside_it_and_keeps_what_was_ticked(browser, interview):
    page = lxml.html.fromstring(marked(browser, interview, ["1"], theme="").text)
    assert page.xpath("//p[@id='theme-error']")
    assert page.xpath("//input[@name='sentences' and @checked]/@value") == ["1"]


def test_sentences_that_were_counted_in_another_text_are_refused(browser, interview):
    data = {"sentences": ["0"], "theme": "violence", "counted_in": "0" * 64}
    response = browser.send(f"{interview}/passages", data)
    assert response.status_code == 422
    assert "Reload the page and mark it again." in response.text


def test_a_mark_is_removed_and_put_back(browser, interview):
    marked(browser, interview)
    remove = browser.open(interview).xpath("//form[contains(@action, '/unmark')]/@action")[0]
    browser.send(remove, {}, page=interview)
    page = browser.open(interview)
    assert page.xpath("//blockquote") == []
    browser.send(page.xpath("//form[contains(@action, '/again')]/@action")[0], {}, page=interview)
    assert len(browser.open(interview).xpath("//blockquote")) == 1


def test_a_quote_is_translated(browser, interview):
    marked(browser, interview)
    address = browser.open(interview).xpath("//a[contains(@href, '/translations')]/@href")[0]
    browser.send(address, {"text_es": "Le quitaron el teléfono."})
    assert "Le quitaron el teléfono." in text(browser.open(interview).xpath("//blockquote")[0])


def test_an_edit_that_would_alter_a_quote_is_refused_beside_the_text(browser, interview):
    marked(browser, interview)
    response = browser.send(f"{interview}/edit", {**INTERVIEW, "transcript": "Nothing happened."})
    assert response.status_code == 422
    assert lxml.html.fromstring(response.text).xpath("//p[@id='transcript-error']")


def test_after_finishing_the_quote_is_offered_and_the_text_stays(app, browser, interview, case_study, token):
    marked(browser, interview, ["2"])
    browser.send(f"{interview}/finish", {})
    assert "Nobody wrote it down." in text(browser.open(case_study))
    form = browser.open(f"{interview}/edit")
    assert form.xpath("//textarea") == []
    assert "can no longer be changed" in text(browser.open(f"{interview}/names"))
    with app.extensions["sessions"]() as session:
        consultation = session.scalars(select(Consultation)).one()
        [quote] = offered_quotes(session, consultation, signed_in(session, token, now())).opened
    assert quote.text == "Nobody wrote it down."


def test_consent_can_be_narrowed_after_finishing(browser, interview, case_study):
    marked(browser, interview, ["2"])
    browser.send(f"{interview}/finish", {})
    kept = {key: value for key, value in INTERVIEW.items() if key not in ("quoted", "transcript", "note_violence")}
    assert browser.send(f"{interview}/edit", kept).status_code == 303
    assert "Nobody wrote it down." not in text(browser.open(case_study))


def test_a_withdrawn_interview_is_gone_with_its_passages(app, browser, interview):
    marked(browser, interview)
    assert "1 marked passage" in text(browser.open(f"{interview}/withdraw"))
    browser.send(f"{interview}/withdraw", {})
    assert browser.client.get(interview).status_code == 404
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Passage)).all() == []


def test_addresses_and_the_log_say_nothing_of_an_interview(browser, interview, caplog):
    with caplog.at_level(logging.DEBUG):
        response = marked(browser, interview)
        browser.client.get(f"{interview}0")
    assert re.fullmatch(r"/staff/fieldwork/interviews/[0-9a-f]{32}", response.location)
    assert "phone" not in caplog.text
    assert "violence" not in caplog.text


@pytest.mark.parametrize("address", ["99", "99/box", "interviews/zz", f"interviews/{'0' * 32}"])
def test_what_is_not_there_is_not_found(browser, address):
    assert browser.client.get(HOME + address).status_code == 404


def test_somebody_who_holds_no_key_does_not_come_in(app, interview):
    with app.extensions["sessions"]() as session:
        account = create_account(session, "stranger", "community_consultant", "en")
        token = sign_in(session, "stranger", account.passphrase, now())
        session.commit()
    client = app.test_client()
    with client.session_transaction(path="/staff") as cookie:
        cookie["token"] = token
    assert client.get(interview).status_code == 404


def test_nobody_comes_in_without_signing_in(app, interview):
    assert app.test_client().get(interview).status_code == 302


def test_an_interview_is_found_by_the_code_on_its_slip_and_taken_back(browser, interview):
    slip = browser.open(f"{interview}/slip?language=ar")
    (code,) = slip.xpath("//p[@class='slip-code']/code/text()")
    assert slip.xpath("//section[@lang='ar']/@dir") == ["rtl"]
    assert browser.send(f"{HOME}take-back", {"reference": "AAAA-AAAA"}).status_code == 422
    found = browser.send(f"{HOME}take-back", {"reference": code.lower()})
    assert found.location == f"{interview}/withdraw"
    browser.send(found.location, {})
    assert browser.client.get(interview).status_code == 404


def test_what_is_read_out_says_how_long_it_is_kept_in_the_language_of_who_is_asked(browser, case_study):
    assert "24 months" in text(browser.open(f"{case_study}/read-out"))
    (card,) = browser.open(f"{case_study}/read-out?language=zh").xpath("//section")
    assert (card.get("lang"), "24" in text(card)) == ("zh-Hans", True)


def test_an_interview_that_was_changed_in_the_database_leaves_the_others_on_the_page(
    app, browser, case_study, interview
):
    browser.send(f"{case_study}/interviews/new", INTERVIEW)
    with app.extensions["sessions"].begin() as session:
        damaged = session.get_one(Interview, bytes.fromhex(interview.rpartition("/")[2]))
        damaged.sealed_body = damaged.sealed_body[:-1] + bytes([damaged.sealed_body[-1] ^ 1])
    page = browser.open(case_study)
    assert "1 interview could not be opened" in text(page.xpath("//*[contains(@class, 'notice')]")[0])
    assert len(page.xpath("//ul[@class='cards']//h3/a")) == 1


def flipped(app, model, row_id, column="sealed_body"):
    """A bit of one stored row is flipped."""
    with app.extensions["sessions"].begin() as session:
        row = session.get_one(model, row_id)
        blob = getattr(row, column)
        setattr(row, column, blob[:-1] + bytes([blob[-1] ^ 1]))


@pytest.fixture
def damaged(app, browser, interview):
    """The id of the first of two passages: "Nobody wrote it down." stays."""
    marked(browser, interview, ["0"])
    with app.extensions["sessions"]() as session:
        passage = session.scalars(select(Passage.id)).one()
    marked(browser, interview, ["2"])
    flipped(app, Passage, passage)
    return passage


LOST_PASSAGE = "1 marked passage could not be opened: it was damaged or changed in the database. The others are shown."


def test_a_damaged_passage_is_counted_and_the_others_are_shown(browser, interview, damaged, caplog):
    with caplog.at_level(logging.DEBUG):
        pages = [browser.open(interview), browser.open(f"{interview}/passages")]
    assert all(LOST_PASSAGE in text(page) for page in pages)
    assert [text(quote).startswith("Nobody wrote it down.") for quote in pages[0].xpath("//blockquote")] == [True]
    assert "Some stored passages do not open; they stay where they are and are counted." in caplog.messages
    assert not re.search(f"phone|wrote|{damaged.hex()}", caplog.text)


def test_beside_a_damaged_passage_the_interview_is_finished_once_it_is_taken_out(
    browser, interview, case_study, damaged
):
    refused = browser.send(f"{interview}/finish", {})
    assert (refused.status_code, "Delete it on the page of the interview" in refused.text) == (409, True)
    (out,) = browser.open(interview).xpath("//*[contains(@class, 'notice')]//form/@action")
    assert browser.send(out, {}, page=interview).status_code == 303
    assert browser.send(f"{interview}/finish", {}).status_code == 303
    assert "Nobody wrote it down." in text(browser.open(case_study))


def test_an_edit_beside_a_damaged_passage_is_refused_beside_the_text(browser, interview, damaged):
    response = browser.send(f"{interview}/edit", {**INTERVIEW, "transcript": f"{SAID} More."})
    assert response.status_code == 422
    assert "could not be opened" in lxml.html.fromstring(response.text).xpath("//p[@id='transcript-error']")[0].text


def test_the_page_of_the_case_study_counts_a_damaged_passage(app, browser, interview, case_study):
    for sentence in ("0", "2"):
        marked(browser, interview, [sentence])
    browser.send(f"{interview}/finish", {})
    with app.extensions["sessions"]() as session:
        passage = session.scalars(select(Passage.id)).first()
    flipped(app, Passage, passage)
    page = browser.open(case_study)
    assert LOST_PASSAGE in text(page)
    assert len(page.xpath("//blockquote")) == 1


def test_a_damaged_interview_is_taken_back_and_says_that_nobody_knows_where_it_is_quoted(
    app, browser, interview, case_study, damaged
):
    flipped(app, Interview, bytes.fromhex(interview.rpartition("/")[2]))
    (link,) = browser.open(case_study).xpath("//*[contains(@class, 'notice')]//a/@href")
    asked = text(browser.open(link))
    assert "2 marked passages" in asked
    assert "it is not known whether a published paper quotes it" in asked
    assert browser.send(link, {}).location == case_study
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Passage)).all() == session.scalars(select(Interview)).all() == []


def test_a_damaged_passage_is_said_before_its_interview_is_withdrawn(browser, interview, damaged):
    assert "1 of its passages could not be opened" in text(browser.open(f"{interview}/withdraw"))


def test_a_damaged_box_says_so_and_is_replaced_only_by_who_read_that(app, browser, case_study, interview):
    browser.send(f"{case_study}/box", {"title_en": "Fines", "text_en": "They **pay**."})
    flipped(app, CaseStudy, int(case_study.rpartition("/")[2]), "sealed_summary")
    for page in (case_study, f"{case_study}/box"):
        assert "The case-study box could not be opened" in text(browser.open(page).xpath("//p[@class='notice']")[-1])
    assert len(browser.open(case_study).xpath("//ul[@class='cards']//h3/a")) == 1
    browser.send(f"{case_study}/box", {"title_en": "Fines again"})
    assert "could not be opened" not in text(browser.open(case_study))
