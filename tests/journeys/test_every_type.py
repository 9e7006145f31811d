"""A questionnaire with every type of question and two repeats goes all the way from a workbook to a paper."""

# ruff: noqa: E501 - a form drawn as a table is read across

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from consultations.analysis.axes import LANGUAGE_PROFILE
from consultations.cli.common import working_as
from consultations.responses.epochs import EPOCHS
from consultations.responses.unsealing import open_snapshot
from consultations.rounds import consultations
from consultations.rounds.questionnaires import layout_of
from consultations.staff import stretching
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import sign_in
from forms.packing import unpack
from tests.journeys.following import follow

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | guidance_hint::English (en) | required | relevant | appearance | parameters | calculation | anonymise | disaggregation |
| | begin_group | one | Times and numbers | Heures et nombres | | | | field-list | | | | |
| | acknowledge | agreed | I take part freely. | Je participe librement. | | yes | | | | | | |
| | time | opens | When do you begin work? | Quand commencez-vous ? | The last day will do. | yes | | | | | band | |
| | datetime | seen | When did you last see a doctor? | Quand avez-vous vu un médecin ? | | yes | | | | | band | |
| | date | came | When did you come here? | Quand êtes-vous arrivée ? | | | | month-year | | | | |
| | date | born | In what year were you born? | En quelle année êtes-vous née ? | | | | year | | | | |
| | range | safe | How safe do you feel? | Vous sentez-vous en sécurité ? | | yes | | | start=0 end=10 | | | |
| | range | hours | How many hours did you work? | Combien d’heures avez-vous travaillé ? | | yes | | | start=0 end=90 step=0.5 | | | |
| | integer | age | How old are you? | Quel âge avez-vous ? | | | | | | | band | |
| | decimal | share | What share do you keep? | Quelle part gardez-vous ? | | | | | | | | |
| | text | phone | A helpline that you know | Une ligne d’aide | | | | numbers | | | drop | |
| | end_group | | | | | | | | | | | |
| | begin_group | two | What matters | L’essentiel | | | | field-list | | | | |
| | select_one place | region | Where do you work? | Où travaillez-vous ? | | yes | | | | | | yes |
| | rank need | needs | Put these in order. | Classez-les. | | yes | | | randomize=true | | | |
| | select_multiple need | helps | What would help? | Qu’est-ce qui aiderait ? | | | | columns | | | | |
| | select_one agree | police | The police protect me. | La police me protège. | | | | likert | | | | |
| | text | story | Tell us more. | Dites-nous plus. | | | | multiline | rows=3 | | | |
| | end_group | | | | | | | | | | | |
| | hidden | wave | | | | | | | | | | |
| | calculate | twice | | | | | | | | ${age} * 2 | | |
| | begin_repeat | job | Workplace | Lieu de travail | | | | | | | | |
| | text | doing | What do you do there? | Qu’y faites-vous ? | | | | | | | | |
| | rank need | lacks | What is needed there? | Qu’y faut-il ? | | | | | | | | |
| | begin_repeat | visit | Inspection | Inspection | | | | | | | | |
| | integer | fine | How high was the fine? | Combien l’amende ? | | | | | | | | |
| | end_repeat | | | | | | | | | | | |
| | end_repeat | | | | | | | | | | | |
| | note | thanks | Thank you. | Merci. | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | place | africa | Africa | Afrique |
| | place | europe | Europe | Europe |
| | need | health | Health care | Des soins |
| | need | home | A home | Un logement |
| | need | money | Money | De l’argent |
| | agree | strongly_disagree | Not at all | Pas du tout |
| | agree | disagree | Hardly | Guère |
| | agree | agree | Mostly | Plutôt |
| | agree | strongly_agree | Fully | Tout à fait |
"""
ANSWERS = 100
#: What must be filled in on the first two pages; '' is ticked. Nothing is, at first, so that the pages also complain.
ANSWERED = (
    {
        "agreed": "",
        "opens": "9 h 30 du soir",
        "seen-day": "5",
        "seen-month": "3",
        "seen-year": "2024",
        "seen-time": "21h30",
        "safe": "",
        "hours": "40,5",
    },
    {"region": ""},
)
BROKEN_DOWN = {"opens", "seen", "came", "born", "safe", "hours", "age", "share", "needs", "helps", "police"}

Run = Callable[..., str]


@pytest.fixture(scope="module")
def app(
    made_app: Callable[[Path], Flask],
    tmp_path_factory: pytest.TempPathFactory,
    hold_ceremony: Callable[..., tuple[str, ...]],
) -> Iterator[Flask]:
    patch = pytest.MonkeyPatch()
    patch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    patch.setattr(logging.getLogger("werkzeug"), "level", logging.ERROR)  # a line for each of a thousand requests
    made = made_app(tmp_path_factory.mktemp("every-type"))
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()
    patch.undo()


@pytest.fixture(scope="module")
def run(app: Flask) -> Run:
    def command(*words: object) -> str:
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert result.exit_code == 0, result.output
        return str(result.output)

    return command


@pytest.fixture(scope="module")
def passphrase(run: Run) -> str:
    shown = [run("staff", "add", name, "--role", "policy_staff") for name in ("ana", "ben")]
    return next(line.partition(":")[2].strip() for line in shown[0].splitlines() if line.startswith("Passphrase"))


@pytest.fixture(scope="module")
def opened(run: Run, passphrase: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the form was imported from; two consultations are open."""
    folder = tmp_path_factory.mktemp("released")
    (folder / "form.md").write_text(FORM, "utf-8")
    run("questionnaires", "import", folder / "form.md")
    for slug in ("every", "looked-at"):
        holders = ("--holder", "ana", "--holder", "ben")
        run("consultations", "create", slug, "--questionnaire", 1, *holders, "--title", "All")
        run("consultations", "open", slug)
    return folder


@pytest.fixture(scope="module")
def address(app: Flask, serving: Any) -> Iterator[str]:
    with serving(app) as listening:
        yield listening


@pytest.fixture(scope="module")
def released(run: Run, opened: Path, passphrase: str, address: str) -> Path:
    """The folder with the release and the papers, after a hundred made-up people have answered."""
    folder = opened
    run("responses", "simulate", "every", "--url", address, "--count", ANSWERS)
    run("consultations", "close", "every")
    as_ana = ("--as", "ana", "--passphrase", passphrase)
    assert run("responses", "unlock", "every", *as_ana) == f"{ANSWERS} answers unlocked, 0 did not open.\n"
    run("analysis", "release", "every", *as_ana, "--out", folder)
    run("papers", "write", "every", *as_ana, "--out", folder, "--language", "fr")
    return folder


@pytest.fixture(scope="module")
def answers(app: Flask, released: Path, passphrase: str) -> list[dict[str, str]]:
    """Every answer as it was stored."""
    with app.app_context(), app.extensions["sessions"]() as session, working_as(session, "ana", passphrase) as me:
        consultation = consultations.by_slug(session, "every")
        found = layout_of(consultation.questionnaire)
        opened = open_snapshot(session, consultation, private_key(session, consultation.keyring_id, me))
        size = found.record.size
        return [
            dict(unpack(found, opened.hot[at * size : (at + 1) * size], json.dumps(cold).encode()).answers)
            for at, cold in enumerate(opened.cold)
        ]


@pytest.mark.browser
def test_every_control_fits_the_narrowest_phone_and_has_its_name(
    browser: Browser, complaints: Callable[[Page], list[str]], opened: Path, address: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})  # axe needs the script that the pages do without
    page.set_default_timeout(20_000)
    page.goto(f"{address}/c/looked-at/fr/")
    follow(page.locator("button[value=begin]"))
    for filled in ({}, ANSWERED[0], {}, ANSWERED[1], {}, {}, {}):
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        for control, value in filled.items():
            page.fill(f"[name='{control}']", value) if value else page.locator(f"[name='{control}']").first.check()
        for place, field in enumerate(page.locator("[name^='needs:']").all() if filled else (), 1):
            field.fill(str(place))
        follow(page.locator("button.go[value=next]").last)
    assert page.locator("button[value=send]").count() == 1
    page.close()


def test_every_closed_question_has_its_table_and_no_other_has(released: Path) -> None:
    tables = json.loads((released / "release.json").read_text("utf-8"))["tables"]
    assert {table["question"] for table in tables} == {*BROKEN_DOWN, "region", LANGUAGE_PROFILE}
    assert {table["kind"] for table in tables if table["question"] == "needs"} == {"ranking", "places"}
    assert all(table["rows"] for table in tables if table["question"] in {"opens", "safe", "hours", "needs", "helps"})


def test_the_paper_is_written(released: Path) -> None:
    assert (released / "every-fr.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "page", ["questionnaires/1", "consultations/every/results", "consultations/every/quotes", "consultations/every"]
)
def test_staff_see_it_in_arabic_too(app: Flask, released: Path, passphrase: str, page: str) -> None:
    client = app.test_client()
    with app.extensions["sessions"]() as session:
        token = sign_in(session, "ana", passphrase, datetime.datetime.now(datetime.UTC))
        session.commit()
    with client.session_transaction(path="/staff") as cookie:
        cookie["token"] = token
    assert client.get(f"/staff/{page}?language=ar").status_code == 200


def test_made_up_people_answer_every_question(answers: list[dict[str, str]]) -> None:
    names = {key.partition("[")[0] for stored in answers for key in stored}
    assert names == {
        *BROKEN_DOWN,
        "agreed",
        "region",
        "story",
        "doing",
        "lacks",
        "fine",
        "/data/job",
        "/data/job/visit",
    }
    assert {stored["/data/job"] for stored in answers} == {"1", "2", "3"}


def test_what_the_form_keeps_to_itself_is_nowhere(answers: list[dict[str, str]]) -> None:
    assert all("phone" not in stored for stored in answers)
    assert all(stored["opens"].endswith(":00:00.000") for stored in answers)
    assert all(stored["seen"].endswith("T00:00:00.000") for stored in answers)
    assert {stored["age"] for stored in answers if "age" in stored} <= {"0", "1", "2", "5", "10", "20"}
