"""A questionnaire goes back into a workbook: nothing that we understand is lost, nothing private is added."""
# ruff: noqa: E501 - forms are drawn as tables

import io
import zipfile
from dataclasses import replace

import pytest

from forms.questionnaire import UNNAMED, Choice, Group, Question, Questionnaire, Source, Text
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


NOWHERE = Source("", 0)


def asked(name, type, path="/data", **others):
    return Question(name=name, type=type, path=f"{path}/{name.split('.')[-1]}", source=NOWHERE, **others)


def rows_written(*children, sheet="survey", **lists):
    """The rows of one sheet by column, of a form of these questions and lists."""
    title = Text({UNNAMED: "T"})
    form = Questionnaire(title, "f", (UNNAMED,), UNNAMED, children, lists)
    found = {each.name: each.rows for each in read_workbook(write_xlsx(form))}[sheet]
    columns = found[0].cells
    return [{key: cell for key, cell in zip(columns, row.cells, strict=False) if cell} for row in found[1:]]


def test_repeats_and_groups_are_written_with_all_that_they_have():
    age = asked("b.age", "integer", "/data/b")
    group = Group("b", "/data/b", NOWHERE, read_only="true()", is_repeat=True, repeat_count="${n}", children=(age,))
    assert rows_written(group) == [
        {"type": "begin_repeat", "name": "b", "read_only": "true()", "repeat_count": "${n}"},
        {"type": "integer", "name": "age"},
        {"type": "end_repeat"},
    ]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (asked("q", "datetime"), {"type": "dateTime"}),
        (asked("q", "rank", list_name="l"), {"type": "rank l"}),
        (asked("q", "select_one", list_name="${other}"), {"type": "select_one ${other}"}),
        (asked("q", "calculate", trigger=("a", "b")), {"type": "calculate", "trigger": "${a}, ${b}"}),
        (
            asked("q", "range", parameters={"start": "0", "end": "9"}),
            {"type": "range", "parameters": "start=0 end=9"},
        ),
        (asked("q", "integer", anonymise="band"), {"type": "integer", "anonymise": "band"}),
        (asked("q", "text", guidance_hint=Text({UNNAMED: "More"})), {"type": "text", "guidance_hint": "More"}),
    ],
)
def test_a_question_is_written_as_its_author_would(question, row):
    assert rows_written(question) == [{"name": "q", **row}]


def test_a_column_of_a_file_of_choices_is_never_taken_for_one_of_the_choices_sheet():
    choice = Choice("a", Text({UNNAMED: "A"}), {"value": "3", "label": "x", "size": "big"})
    others = {"column::value": "3", "column::label": "x", "size": "big"}
    assert rows_written(sheet="choices", l=(choice,)) == [{"list_name": "l", "name": "a", "label": "A", **others}]


def test_lists_that_repeat_a_name_say_so_in_the_settings():
    twice = (Choice("a", Text()), Choice("a", Text()))
    assert rows_written(sheet="settings", l=twice)[0]["allow_choice_duplicates"] == "yes"


def test_what_stands_on_a_group_s_row_without_meaning_there_stays_on_it():
    text = """
        | survey |
        | | type        | name | label | hint::fr | required | calculation |
        | | begin_group | g    | G     | Non      | yes      | 1 + 1       |
        | | text        | q    | Q     |          |          |             |
        | | end_group   |      |       |          |          |             |
    """
    found = import_file("form.md", text.encode()).questionnaire
    again = import_file("form.xlsx", write_xlsx(found)).questionnaire

    assert found.children[0].extra == {"required": "yes", "calculation": "1 + 1", "hint::Français (fr)": "Non"}
    assert again == found


def test_a_form_of_which_every_row_was_dropped_comes_back_as_it_was():
    found = import_file("form.md", b"| survey |\n| | type | name |\n| | audit | audit |").questionnaire

    assert import_file("form.xlsx", write_xlsx(found)).questionnaire == found
