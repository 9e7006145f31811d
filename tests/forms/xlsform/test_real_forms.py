"""Forms that others wrote, read as their sources lead one to expect."""

import csv
import json
from pathlib import Path

import pytest

from forms.running.flow import Flow
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_xlsx

FIXTURES = Path(__file__).parents[3] / "../shared/fixtures"
FORMS = FIXTURES / "forms"
CASES = FIXTURES / "markdown-forms/cases.jsonl"

pytestmark = pytest.mark.skipif(not FORMS.exists(), reason="the fixtures do not lie beside the project")

#: pyxform converts these and we refuse them, or the other way round; why.
DIFFERENT = {
    "pyxform--xl_date_ambiguous.xlsx": "a choice filter that no engine can run",
    "web-forms--all-question-types-v2024091201-3.xlsx": "choices from a file",
}
DIFFERENT_CASES = {
    **dict.fromkeys((394, 310), "choices from a file"),
    **dict.fromkeys((1152, 625, 567, 626, 669, 452), "nothing left to ask"),
    1156: "an expression that no engine can run",
    984: "the name of the file, which pyxform's test gives it",
}


def workbooks():
    return sorted(path for path in FORMS.glob("*.xls*"))


def converts():
    rows = csv.DictReader((FORMS / "INDEX.csv").read_text(encoding="utf-8").splitlines())
    return {row["file"]: row["pyxform"] == "ok" for row in rows}


def cases():
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()] if CASES.exists() else []


@pytest.mark.parametrize("path", workbooks(), ids=lambda path: path.name)
def test_a_workbook_is_read_as_pyxform_reads_it(path):
    imported = import_file(path.name, path.read_bytes())
    is_usable = imported.questionnaire is not None
    assert is_usable == (converts()[path.name] and path.name not in DIFFERENT), imported.problems
    if imported.questionnaire:
        Flow(imported.questionnaire)
        assert import_file("again.xlsx", write_xlsx(imported.questionnaire)).questionnaire == imported.questionnaire


@pytest.mark.parametrize(
    ("name", "languages", "count", "words"),
    [
        ("xlsform2lstsv--testB.xlsx", ("de", "en"), 48, {"de": "Python", "en": "Python"}),
        ("web-forms--socio-economic-survey-v20240515.xlsx", ("en", "fr"), 17, {"en": "Region", "fr": "Région"}),
    ],
)
def test_two_languages_are_read(name, languages, count, words):
    found = import_file(name, (FORMS / name).read_bytes()).questionnaire
    assert found
    assert (found.languages, len(found.questions())) == (languages, count)
    labels = [dict(question.label.by_language) for question in found.questions()]
    assert words in labels


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["id"]))
def test_a_drawn_form_gets_the_verdict_that_pyxform_gives(case):
    imported = import_file("form.md", case["md"].encode())
    is_refused = imported.questionnaire is None
    assert is_refused == (case["errored"] != (case["id"] in DIFFERENT_CASES)), imported.problems
    if imported.questionnaire:
        Flow(imported.questionnaire)
