"""Staff see what tables there will be, change breakdowns and ladders of a draft, and nobody does after opening."""

from __future__ import annotations

import json
import re

import lxml.html
import pytest
from sqlalchemy import select

from app import create_app
from consultations.pages.web import now
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff import sessions, stretching
from consultations.staff.accounts import create_account
from consultations.staff.stretching import stretched, unwrap
from forms.xlsform.importing import import_file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLAN = "/staff/consultations/spring/plan"
FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation |
| | select_one region | region | Where do you live? | Où vivez-vous ? | yes |
| | select_one country | country | Which country? | Quel pays ? | |
| | select_one place | place | Where do you work? | Où travaillez-vous ? | yes |
| | select_one safe | safe | Are you safe? | Êtes-vous en sécurité ? | |
| | integer | age | How old are you? | Quel âge ? | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | region | africa | Africa | Afrique |
| | region | europe | Europe | Europe |
| | region | asia-pacific | Asia | Asie |
| | country | ke | Kenya | Kenya |
| | place | street | In the street | Dans la rue |
| | place | park | In a park | Dans un parc |
| | place | flat | In a flat | Dans un appartement |
| | place | hotel | In a hotel | À l’hôtel |
| | safe | yes | Yes | Oui |
| | safe | no | No | Non |
| settings |
| | form_title::English (en) | form_title::français (fr) | form_id | default_language |
| | Our rights | Nos droits | rights | English (en) |
"""
OUTDOORS = {"do": "ladder", "breakdown": "place", "level1": ["1", "1", "", ""], "level2": ["", "", "2", "2"]}


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
        users = {}
        for name, role in {"ana": "policy_staff", "ben": "policy_staff", "cleo": "administrator"}.items():
            account = create_account(session, name, role, "en", {"consultation": {"spring"}})
            key = unwrap(
                account.user.wrapped_private_key,
                stretched(account.passphrase, account.user.salt).wrapping_key,
                account.user.public_key,
            )
            users[name] = account.user
            made.tokens = getattr(made, "tokens", {}) | {name: sessions.begin(session, account.user, key, now())}
        words = {"en": "Our rights", "fr": "Nos droits"}
        consultations.create(
            session,
            slug="spring",
            questionnaire=store(session, import_file("form.md", FORM.encode()).questionnaire),
            title=words,
            asked_by=words,
            purpose=words,
            key_holders=[users["ana"], users["ben"]],
        )
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def desk(app):
    """Opens a browser of somebody on the staff."""

    def sit(name):
        client = app.test_client()
        with client.session_transaction(path="/staff") as cookie:
            cookie["token"] = app.tokens[name]
        return client

    return sit


@pytest.fixture
def ana(desk):
    return desk("ana")


def tree(response):
    return lxml.html.fromstring(response.data.decode())


def words(response):
    return re.sub(r"\s+", " ", tree(response).text_content())


def stored(app):
    with app.extensions["sessions"]() as session:
        return session.scalars(select(Consultation)).one()


def ticked(response):
    return tree(response).xpath("//input[@name='table_plan'][@checked]/@value")


def test_every_planned_table_is_listed_under_its_breakdown(ana):
    page = tree(ana.get(PLAN))
    summaries = [" ".join(each.split()) for each in page.xpath("//details[contains(., 'Question')]/summary//text()")]
    assert "7 tables are planned." in words(ana.get(PLAN))
    assert "Where do you live?" in summaries
    lines = page.xpath("//table[@class='planned'][1]//th[@scope='row']")
    assert "Which country?" not in {line.text_content().strip() for line in lines}


def test_each_size_has_a_picture_and_the_same_in_words(ana):
    page = tree(ana.get(PLAN))
    sizes = page.xpath("(//ul[@class='sizes'])[1]/li")
    assert [size.xpath("string(strong)") for size in sizes] == ["100 answers", "300 answers", "1,000 answers"]
    for size in sizes:
        widths = [int(part) for part in size.xpath(".//rect/@width")]
        said = [int(part) for part in re.findall(r"(\d+)%", size.text_content())]
        assert widths == said[:3]
        assert sum(widths) == 100


def test_the_page_of_a_draft_leads_to_the_plan_before_it_opens(ana):
    page = ana.get("/staff/consultations/spring")
    assert re.search(r"7 tables; at 300 answers about \d+% of their rows stand alone\.", words(page))
    assert PLAN in tree(page).xpath("//a/@href")


def test_breakdowns_are_chosen_and_the_region_stays(app, ana):
    assert ticked(ana.get(PLAN)) == ["region", "place"]
    changed = ana.post(PLAN, data={"do": "breakdowns", "table_plan": ["safe"]})
    assert changed.status_code == 200
    assert ticked(changed) == ["region", "safe"]
    assert stored(app).table_plan == ["region", "safe"]


def test_the_country_is_not_among_the_breakdowns_and_the_page_says_why(app, ana):
    page = ana.get(PLAN)
    assert "country" not in tree(page).xpath("//input[@name='table_plan']/@value")
    assert "A question for the country can never be one" in words(page)
    ana.post(PLAN, data={"do": "breakdowns", "table_plan": ["country", "age"]})
    assert stored(app).table_plan == ["region"]


def test_a_ladder_is_chosen_answer_by_answer_and_read_back_in_words(app, ana):
    changed = ana.post(PLAN, data=OUTDOORS)
    assert stored(app).ladders == {
        "place": [[["street", "park"], ["flat"], ["hotel"]], [["street", "park"], ["flat", "hotel"]]]
    }
    together = [" ".join(each.text_content().split()) for each in tree(changed).xpath("//ul[@class='together']/li")]
    assert together == ["In the street + In a park", "In the street + In a park", "In a flat + In a hotel"]


def test_the_controls_show_the_ladder_that_is_in_use(ana):
    ana.post(PLAN, data=OUTDOORS)
    page = tree(ana.get(PLAN))
    editor = page.xpath("//form[.//input[@value='place'][@name='breakdown']]")[0]
    chosen = [select.xpath("string(option[@selected]/@value)") for select in editor.xpath(".//select")]
    assert chosen == ["1", "1", "1", "1", "", "2", "", "2"]
    again = {"do": "ladder", "breakdown": "place", "level1": chosen[::2], "level2": chosen[1::2]}
    assert ana.post(PLAN, data=again).status_code == 200
    assert tree(ana.get(PLAN)).xpath("count(//ul[@class='together'])") == 2


def test_the_usual_way_comes_back(app, ana):
    ana.post(PLAN, data=OUTDOORS)
    assert ana.post(PLAN, data={"do": "default", "breakdown": "place"}).status_code == 200
    assert stored(app).ladders == {}


def test_a_ladder_that_contradicts_itself_is_said_beside_it_and_what_was_chosen_stays(app, ana):
    wrong = OUTDOORS | {"level2": ["1", "2", "", ""]}
    answer = ana.post(PLAN, data=wrong)
    assert answer.status_code == 422
    assert "“In the street” and “In a park” go together on level 1" in words(answer)
    editor = tree(answer).xpath("//form[.//input[@value='place'][@name='breakdown']]")[0]
    assert editor.xpath(".//select[@name='level2']/option[@selected]/@value")[:2] == ["1", "2"]
    assert stored(app).ladders == {}


def test_everything_together_is_refused_in_the_words_of_the_form(ana):
    answer = ana.post(PLAN, data=OUTDOORS | {"level1": ["1"] * 4})
    assert answer.status_code == 422
    assert "“Where do you work?” puts all answers together" in words(answer)


def test_the_last_change_can_be_undone(app, ana):
    ana.post(PLAN, data=OUTDOORS)
    changed = tree(ana.post(PLAN, data={"do": "breakdowns", "table_plan": []}))
    assert (stored(app).table_plan, stored(app).ladders) == (["region"], {})
    (before,) = changed.xpath("//input[@name='before']/@value")
    ana.post(PLAN, data={"do": "undo", "before": before})
    assert stored(app).table_plan == ["region", "place"]
    assert list(stored(app).ladders) == ["place"]


NEVER_SENT = (
    {},
    {"do": "nothing"},
    {"do": "ladder", "breakdown": "age"},
    {"do": "ladder", "breakdown": "safe", "level1": ["1", "2"], "level2": ["", ""]},
    OUTDOORS | {"level1": ["1"]},
    {"do": "undo", "before": "["},
    {"do": "undo", "before": "[1, 2, 3]"},
    {"do": "undo", "before": '[["country"], {}]'},
    {"do": "undo", "before": '[[["region"]], {}]'},
    {"do": "undo", "before": '[["region"], {"region": [[["africa"]]]}]'},
    {"do": "undo", "before": "[" * 100_000},
)


def test_what_no_page_of_ours_sends_changes_nothing(app, ana):
    assert [ana.post(PLAN, data=sent).status_code for sent in NEVER_SENT] == [422] * len(NEVER_SENT)
    assert (stored(app).table_plan, stored(app).ladders) == (["region", "place"], {})


def test_after_opening_the_plan_is_there_to_read_and_to_nobody_to_change(app, ana):
    assert ana.post("/staff/consultations/spring/open").status_code == 303
    page = ana.get(PLAN)
    assert re.search(r"Fixed on \d+ \w+ \d{4}, when the consultation opened\.", words(page))
    assert tree(page).xpath("//main//button | //main//select") == []
    assert tree(page).xpath("//input[@name='table_plan'][not(@disabled)]") == []
    for sent in (OUTDOORS, {"do": "breakdowns", "table_plan": []}, {"do": "undo", "before": json.dumps([[], {}])}, {}):
        assert ana.post(PLAN, data=sent).status_code == 409
    assert stored(app).statement["plan"]


def test_a_plan_that_cannot_be_protected_is_said_as_it_is_edited_and_does_not_open(app, ana):
    with app.extensions["sessions"].begin() as session:
        session.scalars(select(Consultation)).one().table_plan = ["place", "country"]
    assert "Tables are never broken down by “Which country?”" in words(ana.get(PLAN))
    assert "With its table plan this consultation cannot open." in words(ana.get("/staff/consultations/spring"))
    refused = ana.post("/staff/consultations/spring/open")
    assert refused.status_code == 422
    assert "Tables are never broken down by “country”" in words(refused)
    assert stored(app).status == "draft"


def test_ladders_that_fit_no_list_are_said_and_taken_back(app, ana):
    with app.extensions["sessions"].begin() as session:
        session.scalars(select(Consultation)).one().ladders = {"place": [[["nowhere"]]]}
    page = ana.get(PLAN)
    assert "has “nowhere”, which is no answer to it" in words(page)
    assert "cannot open" in words(ana.get("/staff/consultations/spring"))
    (before,) = tree(page).xpath("//input[@name='before']/@value")
    assert ana.post(PLAN, data={"do": "undo", "before": before}).status_code == 200
    assert stored(app).ladders == {}


def test_whoever_does_not_run_consultations_reads_the_plan_and_changes_nothing(app, desk):
    cleo = desk("cleo")
    page = cleo.get(PLAN)
    assert page.status_code == 200
    assert tree(page).xpath("//main//button | //main//select") == []
    assert cleo.post(PLAN, data=OUTDOORS).status_code == 403
    assert stored(app).ladders == {}


def test_another_language_has_its_own_words(ana):
    page = tree(ana.get(f"{PLAN}?language=ar"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    label = page.xpath("//label[@for='by-1']/bdi")[0]
    assert (label.get("lang"), label.text) == ("en", "Where do you live?")
