"""Forms that others wrote, read as their sources lead one to expect.

Run as a script (`PYTHONPATH=. python tests/forms/xlsform/test_real_forms.py`) it writes the table of docs/forms.md.
"""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from forms.running.flow import Flow
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_xlsx

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "../shared/fixtures"
FORMS = FIXTURES / "forms"
CASES = FIXTURES / "markdown-forms/cases.jsonl"
DOCS = ROOT / "docs/forms.md"
HEADING = "## What real forms come to"

pytestmark = pytest.mark.skipif(not FORMS.exists(), reason="the fixtures do not lie beside the project")

#: pyxform converts this one, and we refuse it; why.
DIFFERENT: dict[str, str] = {}
DIFFERENT_CASES = {
    1156: "pyxform converts it, but no engine can run it: $(myField)='1'",
    984: "what is wrong is not in the form: pyxform's test gives it a file name that cannot be one",
}
#: Code, sheet and row of the problem for which pyxform refuses the form, by case. Where its own words name the row of
#: the headings for a cell below it, or no row, ours is the row of the cell.
COMPLAINTS = {
    234: ("choice.twice", "choices", 4),
    238: ("expression.misspelt", "choices", 2),
    **dict.fromkeys((285, 292, 296), ("file.kind", "survey", 2)),
    **dict.fromkeys((327, 331, 332, 358, 360, 372, 374), ("parameters.not_column", "survey", 2)),
    **dict.fromkeys((412, 427), ("name.twice", "survey", 4)),
    414: ("name.twice", "survey", 3),
    434: ("expression.misspelt", "survey", 3),
    572: ("group.not_open", "survey", 3),
    573: ("group.not_closed", "survey", 2),
    575: ("name.missing", "survey", 2),
    582: ("name.twice", "survey", 6),
    **dict.fromkeys((655, 660, 663, 664), ("name.reserved", "survey", 3)),
    658: ("name.reserved", "survey", 2),
    **dict.fromkeys((734, 735), ("parameters.not_whole", "survey", 2)),
    772: ("parameters.not_seed", "survey", 3),
    775: ("parameters.unknown", "survey", 2),
    776: ("parameters.not_true_or_false", "survey", 2),
    777: ("parameters.not_seed", "survey", 2),
    778: ("parameters.seed_alone", "survey", 2),
    **dict.fromkeys((785, 811, 814, 815, 820, 823), ("parameters.invalid", "survey", 2)),
    799: ("range.too_long", "survey", 2),
    **dict.fromkeys((835, 837), ("parameters.not_number", "survey", 2)),
    **dict.fromkeys((849, 850, 852, 853, 856), ("range.appearance", "survey", 2)),
    **dict.fromkeys((880, 881, 882), ("range.off_step", "survey", 2)),
    **dict.fromkeys((884, 885, 886), ("range.outside", "survey", 2)),
    **dict.fromkeys((895, 897, 898), ("range.tick", "survey", 2)),
    900: ("range.label_not_number", "survey", 2),
    **dict.fromkeys((908, 909, 910), ("range.label_off_step", "survey", 2)),
    **dict.fromkeys((912, 918), ("range.label_outside", "survey", 2)),
    921: ("choice.no_name", "choices", 2),
    924: ("range.two_labels", "survey", 2),
    925: ("choice.twice", "choices", 3),
    986: ("settings.name_invalid", "settings", 2),
    994: ("sheet.no_column", "choices", 1),
    997: ("column.twice", "survey", 1),
    1003: ("sheet.no_column", "survey", 1),
    1136: ("calculation.missing", "survey", 2),
}


def workbooks():
    return sorted(path for path in FORMS.glob("*.xls*"))


def converts():
    rows = csv.DictReader((FORMS / "INDEX.csv").read_text(encoding="utf-8").splitlines())
    return {row["file"]: row["pyxform"] == "ok" for row in rows}


def cases():
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()] if CASES.exists() else []


def written_table():
    """The 24 workbooks as lines of Markdown: file, result, how many problems of each code."""
    yield "| file | result | problems |"
    yield "|---|---|---|"
    for path in workbooks():
        imported = import_file(path.name, path.read_bytes())
        counts = Counter((problem.level != "error", problem.code) for problem in imported.problems)
        errors = [f"**{code} {count}**" for (is_notice, code), count in sorted(counts.items()) if not is_notice]
        notices = [f"{code} {count}" for (is_notice, code), count in sorted(counts.items()) if is_notice]
        result = "usable" if imported.questionnaire else "refused"
        yield f"| {path.name} | {result} | {', '.join(errors + notices) or '–'} |"


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


def refused_cases():
    return [case for case in cases() if case["errored"] and case["id"] not in DIFFERENT_CASES]


def place_in_words(case):
    """Sheet and row as pyxform's message names them; None where it names neither, or only a sheet of settings."""
    found = re.match(r"\[row : (\d+)\] (?:On the '(\w+)' sheet)?", " ".join(case["error__contains"]))
    return (found[2] or "survey", int(found[1])) if found and found[2] != "settings" else None


@pytest.mark.parametrize("case", refused_cases(), ids=lambda case: str(case["id"]))
def test_a_drawn_form_is_refused_for_what_pyxform_refuses_it(case):
    problems = import_file("form.md", case["md"].encode()).problems
    told = [(problem.code, problem.sheet, problem.row) for problem in problems if problem.level == "error"]
    assert COMPLAINTS[case["id"]] in told


def test_the_rows_are_those_that_pyxform_names():
    named = {case["id"]: place for case in refused_cases() if (place := place_in_words(case))}
    assert named == {number: COMPLAINTS[number][1:] for number in named}
    assert len(named) > 50


def test_the_documented_table_is_what_the_workbooks_come_to():
    assert "\n".join(written_table()) in DOCS.read_text(encoding="utf-8")


def write_documented_table():
    text = DOCS.read_text(encoding="utf-8") if DOCS.exists() else "# Forms\n"
    before, _, after = text.partition(HEADING)
    _, between, rest = after.partition("\n## ")
    told = (
        "The forms that `tests/forms/xlsform/test_real_forms.py` reads: whether each can be used, and how many\n"
        "problems of each kind its author is told. Errors are bold; a form without any can be used."
    )
    table = "\n".join(written_table())
    DOCS.write_text(f"{before.rstrip()}\n\n{HEADING}\n\n{told}\n\n{table}\n{between}{rest}", encoding="utf-8")


if __name__ == "__main__":
    write_documented_table()
