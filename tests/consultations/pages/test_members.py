"""Everybody finds their language, the open consultations and the promise; nothing else shows."""

from __future__ import annotations

import datetime

import lxml.html
import pytest

from app import create_app
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms.questionnaire import Question, Questionnaire, Source, Text

STATEMENT = {"questions": 21, "open_questions": 3, "breakdowns": ["region"], "key_holders": 2, "retention_months": 24}


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def put(app):
    def consultation(slug, status="open", languages=("en", "sw"), statement=STATEMENT, **more):
        label = Text({"en": "Your *region*", "sw": "Mkoa wako"})
        question = Question("region", "text", "/data/region", Source("survey", 2), label=label)
        form = Questionnaire(Text(), "form", tuple(languages), languages[0], (question,), {})
        with app.extensions["sessions"]() as session:
            keyring = Keyring(public_key=new_key_pair().public)
            session.add(keyring)
            stored = store(session, form)
            session.flush()
            fixed = {
                "slug": slug,
                "status": status,
                "title": {"en": f"On {slug}"},
                "asked_by": {"en": "The network"},
                "purpose": {"en": "Why <we> ask"},
                "opened_on": None if status == "draft" else datetime.date(2026, 11, 1),
                "closed_on": datetime.date(2026, 11, 2) if status in {"closed", "unlocked"} else None,
                "statement": dict(statement),
                "languages": list(languages),
            }
            session.add(Consultation(questionnaire_id=stored.id, keyring_id=keyring.id, **{**fixed, **more}))
            session.commit()

    return consultation


@pytest.fixture
def opened(app):
    client = app.test_client()

    def page(address, **headers):
        response = client.get(address, headers=headers)
        return response.status_code, lxml.html.fromstring(response.data.decode())

    return page


def links(page):
    return page.xpath("//main//a/@href")


def test_the_first_page_offers_languages_under_their_own_names(opened, put):
    put("work")
    _, page = opened("/")
    names = {link.get("lang"): link.text_content().strip() for link in page.xpath("//main//a[@lang]")}
    assert names["ar"] == "العربية"
    assert names["zh-Hans"] == "中文"
    assert names["sw"] == "Kiswahili"
    assert page.xpath("//main//a[@lang='ar']/@dir") == ["rtl"]


def test_the_first_page_is_in_the_language_of_the_browser(opened):
    _, page = opened("/", **{"Accept-Language": "ar,en;q=0.5"})
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_only_open_consultations_are_listed(opened, put):
    for status in ("draft", "open", "closed", "unlocked"):
        put(f"is-{status}", status)
    _, page = opened("/en/")
    assert "/c/is-open/en/" in links(page)
    assert "is-draft" not in str(links(page))
    assert "is-closed" not in str(links(page))


def test_a_list_without_consultations_says_so(opened):
    status, page = opened("/en/")
    assert status == 200
    assert "No consultation is open at the moment." in page.text_content()


def test_a_consultation_that_lacks_the_readers_language_lets_them_choose(opened, put):
    put("work", languages=("en", "sw"))
    assert "/c/work/" in links(opened("/fr/")[1])
    assert "/c/work/sw/" in links(opened("/sw/")[1])


def test_a_form_that_names_no_language_is_asked_in_the_interfaces(opened, put):
    put("work", languages=("und",))
    assert "/c/work/ru/" in links(opened("/c/work/")[1])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/xx/", 404),
        ("/c/nothing/", 404),
        ("/c/nothing/en/", 404),
        ("/c/open/fr/", 404),
        ("/c/draft/", 404),
        ("/c/draft/en/", 404),
        ("/c/closed/", 410),
        ("/c/closed/en/", 410),
    ],
)
def test_an_address_that_leads_nowhere_says_so_plainly(opened, put, address, status):
    for name in ("open", "draft", "closed"):
        put(name, name)
    found, page = opened(address)
    assert found == status
    assert page.xpath("string(//h1)")
    assert links(page)[-1] == "/"  # a closed consultation also says where answers can be taken back


def test_the_welcome_says_who_asks_why_how_long_and_what_is_kept(opened, put):
    put("work")
    text = " ".join(opened("/c/work/en/")[1].text_content().split())
    for words in (
        "On work",
        "The network",
        "Why <we> ask",
        "There are 21 questions. It takes about 8 minutes.",
        "2 people can unlock the answers",
        "by these questions only: “Your region”",
        "24 months",
        "write no names",
    ):
        assert words in text


def test_the_promise_says_nothing_that_is_not_so(opened, put):
    put("work", statement={"questions": 1, "open_questions": 0})
    text = opened("/c/work/en/")[1].text_content()
    assert "There is one question. It takes about one minute." in text
    assert "Results are published as totals. Small numbers are hidden." in text
    for words in ("unlock", "your own words", "destroyed"):
        assert words not in text


def test_the_promise_says_what_is_stored_in_part_or_not_at_all(opened, put):
    put("work", statement={"questions": 5, "repeated": 2, "never_stored": 1, "stored_coarser": 2})
    text = opened("/c/work/en/")[1].text_content()
    assert "Some questions may be asked several times." in text
    assert "1 answer only decides what you are asked next. It is never stored." in text
    assert "2 answers are stored only roughly" in text


def test_a_sample_is_marked_on_every_page(opened, put):
    put("work", synthetic=True)
    for address in ("/c/work/", "/c/work/en/"):
        assert "No real person answers here." in opened(address)[1].text_content()


def test_pages_bring_nothing_from_elsewhere_and_no_script_but_one_of_ours(opened, put):
    put("work")
    for address in ("/", "/en/", "/c/work/", "/c/work/en/"):
        page = opened(address)[1]
        assert not page.xpath("//script[not(starts-with(@src, '/static/member.js?v='))] | //script[text()]")
        assert not page.xpath("//img | //iframe | //style | //*[@style]")
        assert all(address.startswith(("/static/", "data:,")) for address in page.xpath("//link/@href"))
