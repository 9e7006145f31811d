"""Everything that staff do in the browser can be done from the command line, and failures are said in one line."""

from __future__ import annotations

import json
import secrets

import pytest
from sqlalchemy import select

from app import create_app
from consultations.audit import AuditEntry
from consultations.papers import publishing
from consultations.responses.answering import send
from consultations.responses.epochs import EPOCHS
from consultations.rounds import consultations
from consultations.rounds.questionnaires import layout_of
from consultations.staff import stretching
from forms.packing import pack

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation |
| | select_one yn | region | Where? | Où ? | yes |
| | select_one yn | safe | Are you safe? | En sécurité ? | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
"""


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    monkeypatch.setattr(publishing, "pdf", lambda document, keep: b"%PDF " + document.language.encode())
    made = create_app(settings)
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def run(app):
    """`run("staff", "list")` -> what it printed; `status` is the exit code that is expected."""

    def command(*words, status=0, **more):
        result = app.test_cli_runner().invoke(args=[str(word) for word in words], **more)
        assert result.exit_code == status, result.output
        return result.output

    return command


@pytest.fixture
def workbook(tmp_path):
    file = tmp_path / "form.md"
    file.write_text(FORM, "utf-8")
    return file


@pytest.fixture
def passphrase(run):
    """Two people who hold keys; the passphrase of the first."""
    shown = [run("staff", "add", name, "--role", "policy_staff") for name in ("ana", "ben")]
    return next(line.partition(":")[2].strip() for line in shown[0].splitlines() if line.startswith("Passphrase"))


@pytest.fixture
def draft(run, workbook, passphrase):
    run("questionnaires", "import", workbook)
    return run("consultations", "create", "spring", "--questionnaire", 1, "--holder", "ana", "--holder", "ben")


@pytest.fixture
def answered(app, run, draft):
    """An open consultation with sixty answers."""
    run("consultations", "open", "spring")
    with app.extensions["sessions"]() as session:
        consultation = consultations.by_slug(session, "spring")
        layout = layout_of(consultation.questionnaire)
        for number in range(60):
            answers = {"region": "yes" if number % 2 else "no", "safe": "yes" if number % 3 else "no"}
            send(session, consultation, secrets.token_bytes(16), *pack(layout, answers, "en", number))
            session.commit()


def test_bringing_the_tables_up_to_date_twice_changes_nothing(run):
    assert run("database", "upgrade") == run("database", "upgrade")


def test_an_account_is_listed_and_added_once(run, passphrase):
    assert (
        run("staff", "list") == "ana\tpolicy_staff\tactive\tconsultation=*\nben\tpolicy_staff\tactive\tconsultation=*\n"
    )
    assert "already an account" in run("staff", "add", "Ana", "--role", "translator", status=1)


def test_a_workbook_gets_a_number_and_says_what_is_in_it(run, workbook):
    printed = run("questionnaires", "import", workbook)
    assert "Questionnaire 1" in printed
    assert "2 questions" in printed
    assert "en, fr" in printed
    assert run("questionnaires", "list").startswith("1\t")


def test_a_broken_workbook_prints_its_problems_and_saves_nothing(run, workbook):
    workbook.write_text(FORM.replace("select_one yn | safe", "select_one gone | safe"), "utf-8")
    printed = run("questionnaires", "import", workbook, status=1)
    assert "error: " in printed
    assert "survey" in printed
    assert "Nothing was saved." in printed
    assert run("questionnaires", "list") == ""


def test_choices_are_taken_from_a_file_beside_the_workbook(run, workbook):
    workbook.write_text("| survey |\n| | type | name | label |\n| | select_one_from_file f.csv | q | Which? |", "utf-8")
    workbook.with_name("f.csv").write_text("name,label\na,Apple\n", "utf-8")
    assert "1 questions on 1 pages" in run("questionnaires", "import", workbook)


def test_a_draft_takes_its_breakdowns_from_the_form(run, draft):
    assert draft == "Draft /c/spring/ with tables by region.\n"
    assert run("consultations", "list") == "spring\tdraft\ten, fr\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("spring", "--questionnaire", 1, "--holder", "ana"), "has this address already"),
        (("Not fit", "--questionnaire", 1, "--holder", "ana"), "1 to 40 small letters"),
        (("autumn", "--questionnaire", 9, "--holder", "ana"), "There is no questionnaire"),
        (("autumn", "--questionnaire", 1, "--holder", "nobody"), "There is no account named nobody."),
        (("autumn", "--questionnaire", 1, "--holder", "ana", "--by", "country"), "“country” is not one."),
    ],
)
def test_what_cannot_be_created_is_said_in_one_line(run, draft, words, said):
    printed = run("consultations", "create", *words, status=1)
    assert said in printed
    assert len(printed.splitlines()) == 1
    assert run("consultations", "list").count("\n") == 1


def test_with_one_key_holder_it_does_not_open(run, draft):
    run("consultations", "create", "alone", "--questionnaire", 1, "--holder", "ana")
    assert "Two people must hold the key" in run("consultations", "open", "alone", status=1)


def test_words_that_are_given_stand_in_every_language(app, run, draft):
    more = ("--title", "Autumn", "--asked-by", "The network", "--purpose", "To learn.", "--by", "safe")
    run("consultations", "create", "autumn", "--questionnaire", 1, "--holder", "ana", *more)
    with app.extensions["sessions"]() as session:
        made = consultations.by_slug(session, "autumn")
    assert (made.title, made.table_plan) == ({"en": "Autumn", "fr": "Autumn"}, ["safe"])


def test_the_plan_is_printed_with_what_it_could_show_and_fixed_at_opening(run, draft):
    printed = run("analysis", "plan", "spring")
    head, *lines = printed.splitlines()
    assert head == "Table\t100 answers\t300 answers\t1,000 answers"
    assert [line.split("\t")[0] for line in lines[:4]] == ["region", "safe.by.region", "_language", "3 tables"]
    assert lines[1].split("\t")[3] == "100/0/0, 100"
    assert "Fixed on" not in printed
    run("consultations", "open", "spring")
    assert run("analysis", "plan", "spring").startswith(printed + "Fixed on ")


def test_a_plan_that_cannot_be_protected_does_not_open(app, run, draft):
    with app.extensions["sessions"].begin() as session:
        consultation = consultations.by_slug(session, "spring")
        consultation.table_plan, consultation.ladders = ["country"], {}
    assert "It cannot open: Tables cannot be broken down by “country”" in run("analysis", "plan", "spring")
    assert "Tables cannot be broken down by “country”" in run("consultations", "open", "spring", status=1)


def test_a_ladder_is_printed_level_by_level(app, run, draft, workbook):
    workbook.write_text(FORM + "| | yn | soon | Soon | Bientôt |\n", "utf-8")
    run("questionnaires", "import", workbook)
    run("consultations", "create", "autumn", "--questionnaire", 2, "--holder", "ana", "--holder", "ben")
    with app.extensions["sessions"].begin() as session:
        consultations.by_slug(session, "autumn").ladders = {"region": [[["yes", "soon"], ["no"]]]}
    assert "Ladder of region, level 1: yes + soon\n" in run("analysis", "plan", "autumn")


def test_from_answers_to_a_paper(run, answered, passphrase, tmp_path):
    as_ana = ("--as", "ana", "--passphrase", passphrase)
    assert run("responses", "count", "spring") == "60 answers\n"
    run("consultations", "close", "spring")
    assert run("responses", "unlock", "spring", *as_ana) == "60 answers unlocked, 0 did not open.\n"
    assert "Release 1: " in run("analysis", "release", "spring", *as_ana, "--out", tmp_path / "new" / "tables")
    files = {file.name: file.read_bytes() for file in (tmp_path / "new" / "tables").iterdir()}
    assert set(files) == {"release.json", "tables.csv", "tables.xlsx", "tables.sav", "ddi.xml"}
    assert json.loads(files["release.json"])["id"] == "spring-1"
    assert run("analysis", "files", "spring", "--out", tmp_path / "again").count("Written: ") == len(files)
    assert {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()} == files
    assert run("papers", "write", "spring", *as_ana, "--out", tmp_path / "pdf").count("Written: ") == 5
    run("papers", "write", "spring", *as_ana, "--out", tmp_path / "fr", "--language", "fr")
    assert [(file.name, file.stat().st_mode & 0o777) for file in (tmp_path / "fr").iterdir()] == [
        ("spring-fr.pdf", 0o600)
    ]


def test_the_gate_can_be_tried_without_a_release(run, answered, passphrase, tmp_path):
    as_ana = ("--as", "ana", "--passphrase", passphrase)
    run("consultations", "close", "spring")
    run("responses", "unlock", "spring", *as_ana)
    said = run("analysis", "try", "spring", *as_ana)
    assert "Tried: " in said
    assert said.endswith("The gate is passed.\n")
    run("analysis", "files", "spring", "--out", tmp_path / "none", status=1)
    assert not (tmp_path / "none").exists()


def test_a_release_is_written_down(app, run, answered, passphrase):
    as_ana = ("--as", "ana", "--passphrase", passphrase)
    run("consultations", "close", "spring")
    run("responses", "unlock", "spring", *as_ana)
    run("analysis", "release", "spring", *as_ana)
    with app.extensions["sessions"]() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.what == "released tables")).all()
    assert [(entry.who, entry.subject) for entry in entries] == [("ana", "spring")]


def test_a_second_release_of_the_same_answers_is_refused(run, answered, passphrase):
    as_ana = ("--as", "ana", "--passphrase", passphrase)
    run("consultations", "close", "spring")
    run("responses", "unlock", "spring", *as_ana)
    run("analysis", "release", "spring", *as_ana)
    assert "new answers" in run("analysis", "release", "spring", *as_ana, status=1)


@pytest.mark.parametrize("group", [("responses", "unlock"), ("analysis", "release")])
def test_nothing_is_unlocked_while_it_is_open_or_with_a_wrong_passphrase(run, answered, passphrase, group):
    run(*group, "spring", "--as", "ana", "--passphrase", passphrase, status=1)
    assert "not right" in run(*group, "spring", "--as", "ana", "--passphrase", "wrong words", status=1)
    run(*group, "spring", "--as", "ben", "--passphrase", passphrase, status=1)


def test_a_passphrase_may_come_from_the_environment_and_is_never_printed(run, answered, passphrase):
    run("consultations", "close", "spring")
    printed = run("responses", "unlock", "spring", "--as", "ana", env={"CONSULTATIONS_PASSPHRASE": passphrase})
    assert passphrase not in printed


def test_made_up_answers_go_to_no_other_machine(run, answered):
    assert "only sent to this machine" in run(
        "responses", "simulate", "spring", "--url", "http://example.org", status=1
    )


def test_nothing_is_destroyed_before_its_time(run, answered, monkeypatch):
    assert run("daily") == "Nothing was due.\n"


@pytest.mark.parametrize(
    "words", [("consultations", "open"), ("consultations", "close"), ("responses", "count"), ("responses", "simulate")]
)
def test_an_address_that_leads_nowhere_is_said_plainly(run, words):
    assert "There is no consultation at this address." in run(*words, "nowhere", status=1)


def test_the_sample_is_not_loaded_beside_real_consultations(run, draft):
    assert "The sample was not loaded." in run("sample", "load", status=1)


def test_every_command_says_what_it_does(app):
    for group in app.cli.commands.values():
        for command in getattr(group, "commands", {"": group}).values():
            assert command.help, command.name
