"""Choices in files beside the workbook become ordinary lists of the form."""

import pytest

from forms.questionnaire import Choice, Text
from forms.xlsform.choice_files import external_choices, file_choices, is_there, take_over_looked_up
from forms.xlsform.headers import Record
from forms.xlsform.survey_reading import Reading

ROW = Record("survey", 2)
FRUITS = b"id,title,name,price,label::fr\na,Apple,apple tree,3,Pomme\n,Pear,,,\n"


def reading(files=(), choices=(), external=()):
    return Reading(("en",), dict(choices), [], default_language="en", files=dict(files), external=dict(external))


def codes(found):
    return [problem.code for problem in found.problems]


def test_the_columns_that_the_row_names_are_name_and_label():
    found = reading({"fruits.csv": FRUITS})
    assert file_choices(found, ROW, "Fruits.csv", "id", "title") == "Fruits"
    apple, pear = found.choices["Fruits"]
    others = {"id": "a", "title": "Apple", "name": "apple tree", "price": "3"}
    assert apple == Choice("a", Text({"en": "Apple", "fr": "Pomme"}), others)
    assert pear == Choice("3", Text({"en": "Pear"}), {"title": "Pear"})
    assert codes(found) == ["file.taken_over"]


def test_name_and_label_are_the_usual_columns():
    found = reading({"f.csv": b"name;label;size\na;Apple;x\n"})
    assert file_choices(found, ROW, "f.csv") == "f"
    assert found.choices["f"] == (Choice("a", Text({"en": "Apple"}), {"size": "x"}),)


def test_words_of_a_file_quote_no_answers():
    found = reading({"f.csv": b"name,label,label::fr\na,Costs ${price},Prix ${price}\n"})
    file_choices(found, ROW, "f.csv")
    assert found.choices["f"][0].label == Text({"en": "Costs $ {price}", "fr": "Prix $ {price}"})


def test_one_file_with_other_columns_is_another_list():
    found = reading({"fruits.csv": FRUITS})
    names = [file_choices(found, ROW, "fruits.csv", *columns) for columns in (("id", "title"), (), ("id", "title"))]
    assert names == ["fruits", "fruits_name_label", "fruits"]
    assert [choice.name for choice in found.choices["fruits_name_label"]] == ["apple tree", "3"]


@pytest.mark.parametrize(
    ("files", "filename", "code"),
    [
        ({}, "fruits.csv", "file.missing"),
        ({"fruits.csv": b"name\n"}, "../fruits.csv", "file.missing"),
        ({"fruits.txt": b"name\n"}, "fruits.txt", "file.kind"),
        ({"fruits.csv": b""}, "fruits.csv", "file.unreadable"),
    ],
)
def test_a_file_that_cannot_be_had_is_reported_once(files, filename, code):
    found = reading(files)
    assert [file_choices(found, ROW, filename) for _ in range(2)] == [None, None]
    assert codes(found) == [code]


def test_a_list_of_the_workbook_is_never_replaced_by_a_file():
    found = reading({"fruits.csv": FRUITS}, {"fruits": ()})
    assert file_choices(found, ROW, "fruits.csv") is None
    assert codes(found) == ["file.list_exists"]


def test_a_guessed_encoding_is_said():
    found = reading({"f.csv": "name\né".encode("cp1252")})
    file_choices(found, ROW, "f.csv")
    assert codes(found) == ["file.encoding", "file.taken_over"]


def test_files_that_expressions_look_into_are_taken_over():
    cells = {"calculation": "pulldata('fruits', 'price', 'id', 'a') + count(instance(\"towns\")/root/item)"}
    found = reading({"fruits.csv": FRUITS, "towns.geojson": b'{"features": [{"id": "x"}]}'})
    take_over_looked_up(found, [Record("survey", 2, cells), Record("survey", 3, cells)])
    assert set(found.choices) == {"fruits", "towns"}
    assert codes(found) == ["file.taken_over"] * 2


def test_what_expressions_look_into_and_nobody_gave_is_told():
    cells = {
        "calculation": "pulldata( 'gone' , 'a', 'b', 'c')",
        "relevant": "instance('l')/root/item and instance('m')",
    }
    found = reading(choices={"l": ()})
    take_over_looked_up(found, [Record("survey", 2, cells)])
    assert [(problem.code, problem.values) for problem in found.problems] == [("file.missing", {"file": "gone.csv"})]


def test_a_list_of_the_sheet_external_choices_is_an_ordinary_list():
    here, there = (Choice("h", Text()),), (Choice("t", Text()),)
    found = reading(choices={"both": here}, external={"both": there, "own": there})
    assert [external_choices(found, name) for name in ("own", "both", "own", "none")] == [
        *("own", "both_external", "own", None)
    ]
    assert found.choices == {"both": here, "own": there, "both_external": there}


def test_upper_and_lower_case_are_the_same_in_a_file_name():
    assert is_there({"Fruits.CSV": b""}, " fruits.csv ")
