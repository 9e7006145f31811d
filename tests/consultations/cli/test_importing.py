"""Existing answers come in on the command line: from a table without a questionnaire to tables that are released."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from app import create_app
from consultations.pages.web import now
from consultations.papers import publishing
from consultations.responses.epochs import EPOCHS
from consultations.responses.unsealing import open_snapshot
from consultations.rounds import consultations
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from consultations.staff import stretching
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import sign_in, signed_in
from forms.packing import chosen, columns

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ANSWERS = Path(__file__).parents[3] / "../shared/fixtures/answers"
FORM = """
| survey |
| | type | name | label::English (en) | disaggregation |
| | select_one region | region | Where do you live? | yes |
| | select_one yn | safe | Are you safe? | |
| choices |
| | list_name | name | label::English (en) |
| | region | north | North |
| | region | south | South |
| | yn | yes | Yes |
| | yn | no | No |
"""


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def run(app):
    def command(*words, status=0):
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert result.exit_code == status, result.output
        return result.output

    return command


@pytest.fixture
def closed(run):
    """`closed(form file)` -> the passphrase of ana, who holds the key of a consultation that nobody answered."""

    def made(form: Path) -> str:
        run("questionnaires", "import", form)
        shown = [run("staff", "add", name, "--role", "policy_staff") for name in ("ana", "ben")]
        run("consultations", "create", "spring", "--questionnaire", 1, "--holder", "ana", "--holder", "ben")
        run("consultations", "open", "spring")
        run("consultations", "close", "spring")
        return next(line.partition(":")[2].strip() for line in shown[0].splitlines() if line.startswith("Passphrase"))

    return made


@pytest.fixture
def small(closed, tmp_path):
    form = tmp_path / "form.md"
    form.write_text(FORM, "utf-8")
    closed(form)


@pytest.fixture
def table(tmp_path):
    def written(*rows: str, name: str = "answers.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join(("_id,Where do you live?,safe,colour", *rows)), "utf-8")
        return file

    return written


def test_a_file_is_imported_and_its_columns_told(run, small, table):
    said = run("responses", "import", "spring", table("1,North,yes,red", "2,South,No,blue"))
    assert "  1: _id -> left out: it would identify people\n" in said
    assert "  4: colour -> left out: no question is called so\n" in said
    assert "2 answers imported." in said
    assert run("responses", "count", "spring") == "2 answers\n"


def test_to_look_imports_nothing(run, small, table):
    assert "this was to look" in run("responses", "import", "spring", table("1,North,yes,red"), "--check")
    assert run("responses", "count", "spring") == "0 answers\n"


def test_every_problem_is_said_at_once_and_never_what_a_cell_says(run, small, table):
    file = table("1,Mars,yes,red", "2,South,perhaps,blue", "3,Venus,yes,x")
    said = run("responses", "import", "spring", file, status=1)
    assert "error: column 2 (Where do you live?), rows 2, 4: one word. No option of the question is called so." in said
    assert "error: column 3 (safe), rows 3: one word." in said
    assert not [word for word in ("Mars", "Venus", "perhaps") if word in said]
    assert run("responses", "count", "spring") == "0 answers\n"
    assert "3 single answers do not fit" in run("responses", "import", "spring", file, "--leave-out")


def test_a_mapping_is_proposed_corrected_used_and_remembered(run, small, table, tmp_path):
    rows = ("1,Mars,yes,red", "2,South,no,blue")
    mapping = json.loads(run("responses", "import", "spring", table(*rows), "--suggest"))
    assert mapping["words"] == {"region": {"Mars": None}}
    assert [column["to"] for column in mapping["columns"]] == ["", "region", "safe", ""]
    mapping["words"]["region"]["Mars"] = "north"
    corrected = tmp_path / "mapping.json"
    corrected.write_text(json.dumps(mapping), "utf-8")
    run("responses", "import", "spring", table(*rows), "--mapping", corrected)
    again = run("responses", "import", "spring", table(*rows, "3,Mars,yes,x"))
    assert "was imported before: its columns go where they went then." in again
    assert "3 answers imported." in again


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found["columns"].pop(), "other headings"),
        (lambda found: found["columns"][3].update(to="gone"), "nothing called gone"),
        (
            lambda found: found.update(words={"region": {"Mars": "moon"}, "list": {}}),
            "nothing called list, region/moon",
        ),
        (lambda found: found.pop("columns"), "This is no mapping"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_in_one_line(run, small, table, tmp_path, change, said):
    file = table("1,North,yes,red")
    found = json.loads(run("responses", "import", "spring", file, "--suggest"))
    change(found)
    wrong = tmp_path / "mapping.json"
    wrong.write_text(json.dumps(found), "utf-8")
    assert said in run("responses", "import", "spring", file, "--mapping", wrong, status=1)


def test_a_draft_is_printed_or_written(run, table, tmp_path):
    file = table(*["1,North,yes,red", "2,South,no,blue"] * 5)
    assert "| | select_one region | region |" in run(
        "questionnaires", "from-table", file, "--region", "Where do you live?"
    )
    for name in ("draft.md", "draft.xlsx"):
        run("questionnaires", "from-table", file, "--out", tmp_path / name)
        assert "3 questions" in run("questionnaires", "import", tmp_path / name)
    assert "No column is called" in run("questionnaires", "from-table", file, "--region", "State", status=1)
    empty = table(name="empty.csv")
    assert "no rows below its headings" in run("questionnaires", "from-table", empty, status=1)


@pytest.mark.skipif(not ANSWERS.is_dir(), reason="the shared fixtures are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "encoding", "region", "several"),
    [
        ("thanksgiving-2015-poll-data.csv", "utf-8-sig", "US Region", "Which type of pie"),
        ("food-world-cup-data.csv", "mac_roman", "Location (Census Region)", ""),
    ],
)
def test_real_answers_end_as_a_paper_and_are_counted_as_their_file_counts_them(
    app, run, closed, tmp_path, monkeypatch, name, encoding, region, several
):
    monkeypatch.setattr(publishing, "pdf", lambda document, keep: b"%PDF " + document.language.encode())
    run("questionnaires", "from-table", ANSWERS / name, "--region", region, "--out", tmp_path / "form.md")
    passphrase = closed(tmp_path / "form.md")
    run("responses", "import", "spring", ANSWERS / name)
    as_ana = ("--as", "ana", "--passphrase", passphrase)
    run("responses", "unlock", "spring", *as_ana)
    rows = list(csv.DictReader(io.StringIO((ANSWERS / name).read_bytes().decode(encoding), newline="")))
    assert answered(app, passphrase) == plainly_counted(rows, region)
    if several:
        assert ticked(app, passphrase, several) == plainly_ticked(ANSWERS / name, several)
    run("papers", "write", "spring", *as_ana, "--out", tmp_path / "paper", "--language", "fr")
    assert (tmp_path / "paper" / "spring-fr.pdf").read_bytes() == b"%PDF fr"


def opened(app, passphrase):
    """(form, layout, records) of everything that was unlocked."""
    with app.extensions["sessions"]() as session:
        consultation = consultations.by_slug(session, "spring")
        me = signed_in(session, sign_in(session, "ana", passphrase, now()), now())
        hot = open_snapshot(session, consultation, private_key(session, consultation.keyring_id, me)).hot
        layout = layout_of(consultation.questionnaire)
        return questionnaire_of(consultation.questionnaire), layout, columns(layout, hot)


def answered(app, passphrase) -> dict[str, Counter[str]]:
    """Of every question with one answer: label -> option -> how many, before any protection."""
    form, layout, records = opened(app, passphrase)
    found = {}
    for question in form.questions():
        if question.type == "select_one":
            labels = ["", *(choice.label.in_language("en") for choice in form.choices[question.list_name])]
            counts = Counter(labels[code] for code in records[layout.coded[question.name].column].tolist() if code)
            found[" ".join(question.label.in_language("en").split())] = counts
    assert len(found) > 10
    return found


def plainly_counted(rows: list[dict[str, str]], region: str) -> dict[str, Counter[str]]:
    """The same from the file, with nothing of ours."""
    found = {}
    for heading in rows[0]:
        counts = Counter(row[heading].strip() for row in rows if row[heading].strip())
        few = 1 < len(counts) <= 30 and " - Other" not in heading and "select all" not in heading
        if few and not heading.startswith("RespondentID"):
            found[" ".join(heading.split())] = counts
    assert any(region == heading for heading in found)
    return found


def ticked(app, passphrase, start: str) -> Counter[str]:
    form, layout, records = opened(app, passphrase)
    question = next(q for q in form.questions() if q.label.in_language("en").startswith(start))
    place = layout.coded[question.name]
    masks = chosen(place, records[place.column])[:, 1:].sum(axis=0).tolist()
    names = (choice.label.in_language("en") for choice in form.choices[question.list_name])
    return Counter(dict(zip(names, masks, strict=True)))


def plainly_ticked(file: Path, start: str) -> Counter[str]:
    headings, *rows = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    found: Counter[str] = Counter()
    for at, heading in enumerate(headings):
        option = heading.rpartition(" - ")[2]
        if heading.startswith(start):
            found[option] += sum(row[at].strip() == option for row in rows)
    return found
