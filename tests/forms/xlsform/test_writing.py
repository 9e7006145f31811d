"""A questionnaire goes back into a workbook: nothing that we understand is lost, nothing private is added."""
# ruff: noqa: E501 - forms are drawn as tables

import io
import zipfile
from dataclasses import replace

import pytest

from forms.questionnaire import UNNAMED, Text
from forms.xlsform.importing import import_file
from forms.xlsform.workbook import read_workbook
from forms.xlsform.writing import heading, write_xlsx

EVERYTHING = """
    | survey |
    | | type                     | name | label::Français (fr) | label::English (en) | hint  | required | relevant  | constraint | constraint_message::en | required_message::fr | calculation | choice_filter | default | appearance | read_only | disaggregation | parameters     | media::image |
    | | begin group              | g    | Groupe               |                     |       |          | true()    |            |                        |                      |             |               |         | field-list |           |                |                | pic.png      |
    | | select_one l             | q1   | =1+1                 | @home               | Hint  | yes      |           |            |                        | Il le faut           |             | size = 'x'    | a       | minimal    |           | yes            | randomize=true |              |
    | | select_multiple l or_other | q2 | http://example.org   | -1                  |       |          | ${q1}='a' |            |                        |                      |             |               |         |            |           |                |                | q.png        |
    | | end group                |      |                      |                     |       |          |           |            |                        |                      |             |               |         |            |           |                |                |              |
    | | range                    | q3   | Combien              | 007                 |       | ${q1}='a' |          | . != 3     | Not three              |                      |             |               |         |            |           |                | end=5          |              |
    | | date                     | q4   | Quand                | When                |       |          |           |            |                        |                      |             |               |         |            | yes       |                |                |              |
    | | calculate                | c    |                      |                     |       |          |           |            |                        |                      | ${q3} + 1   |               |         |            |           |                |                |              |
    | choices |
    | | list_name | name | label::fr | label::en | size |
    | | l         | a    | Ah        | A         | x    |
    | | l         | b    | Bé        |           |      |
    | settings |
    | | form_title | form_title::en | form_id | version | default_language | style |
    | | Enquête    | Survey         | f1      | 3       | French           | pages |
"""
PLAIN = "| survey |\n| | type | name | label |\n| | text | q1 | Why? |"
MIXED = PLAIN.replace("label |", "label | label::en |").replace("Why? |", "Why? | Why, then? |")


def read(text, name="form.md"):
    found = import_file(name, text if isinstance(text, bytes) else text.encode()).questionnaire
    assert found
    return found


@pytest.mark.parametrize("text", [EVERYTHING, PLAIN, MIXED])
def test_what_was_read_is_written_and_read_again(text):
    first = read(text)
    assert read(write_xlsx(first), "other.xlsx") == first


def test_a_title_without_a_language_keeps_none():
    text = MIXED + "\n| settings |\n| | form_title::fr | form_title |\n| | Enquête | Survey |"
    title = Text({UNNAMED: "Survey", "fr": "Enquête"})
    first = read(text)
    assert set(first.title.by_language) == {"en", "fr"}
    assert set(read(write_xlsx(replace(first, title=title))).title.by_language) == {"en", "fr"}


def test_the_same_questionnaire_always_gives_the_same_bytes():
    assert write_xlsx(read(EVERYTHING)) == write_xlsx(read(EVERYTHING))


def test_the_workbook_names_no_author_and_no_time():
    with zipfile.ZipFile(io.BytesIO(write_xlsx(read(PLAIN)))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert "<dc:creator></dc:creator>" in core
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_text_that_looks_like_a_formula_stays_text():
    with zipfile.ZipFile(io.BytesIO(write_xlsx(read(EVERYTHING)))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_types_names_and_labels_come_first():
    columns = read_workbook(write_xlsx(read(EVERYTHING)))[0].rows[0].cells
    assert columns[:4] == ("type", "name", "label::Français (fr)", "label::English (en)")


def test_headings_are_spelled_as_every_tool_understands_them():
    assert heading("label", "ru") == "label::Русский (ru)"
    assert heading("label", UNNAMED) == "label"
