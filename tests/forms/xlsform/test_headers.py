"""Headings are understood in every spelling that real forms use."""

import pytest

from forms.questionnaire import UNNAMED, Text
from forms.xlsform.columns import meaning_of
from forms.xlsform.headers import Table, named, named_text, read_table
from forms.xlsform.sheets import Row, Sheet


def table(*rows, kind="survey"):
    problems = []
    sheet = Sheet(kind, tuple(Row(number, row) for number, row in enumerate(rows, 1)))
    return read_table(kind, sheet, problems), [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("type", ("type", "")),
        ("TYPE", ("type", "")),
        ("read only", ("read_only", "")),
        ("readonly", ("read_only", "")),
        ("relevance", ("relevant", "")),
        ("bind::relevant", ("relevant", "")),
        ("bind:relevant", ("relevant", "")),
        ("bind:jr:constraintMsg", ("constraint_message", "")),
        ("bind::jr:constraintMsg::English", ("constraint_message", "English")),
        ("control::appearance", ("appearance", "")),
        ("calculate", ("calculation", "")),
        ("caption", ("label", "")),
        ("label:fr", ("label", "fr")),
        ("label :: English (en)", ("label", "English (en)")),
        ("media::image::fr", ("", "image:fr")),
        ("guidance_hint::Español", ("guidance_hint", "Español")),
        ("bind::type", ("", "")),
        ("control:jr:count", ("repeat_count", "")),
        ("body::accuracyThreshold", ("", "")),
        ("constraint-msg", ("", "")),
        ("bind", ("", "")),
        ("", ("", "")),
    ],
)
def test_headings(written, meaning):
    assert meaning_of("survey", written) == meaning


@pytest.mark.parametrize("written", ["list_name", "list name", "List Name"])
def test_the_name_of_a_list(written):
    assert meaning_of("choices", written) == ("list_name", "")


@pytest.mark.parametrize(
    "written", ["label::en", "label::English", "label::English (en)", "label::English(en)", "label:en"]
)
def test_five_spellings_are_one_language(written):
    found, problems = table(("type", written))
    assert found.languages() == ("en",)
    assert problems == []


def test_the_spellings_are_one_language_in_any_mix():
    headings = ("label::en", "hint::English", "guidance_hint::English (en)", "constraint_message::English(en)")
    found, problems = table(("type", *headings, "required_message:en"), ("text", "a", "b", "c", "d", "e"))
    assert (found.languages(), problems) == (("en",), [])
    assert [dict(text.by_language) for text in found.records[0].texts.values()] == [{"en": word} for word in "abcde"]


def test_a_name_that_is_no_language_asks_and_makes_no_language():
    found, problems = table(("type", "label::Klingonisch", "hint::" + "x" * 30_000), ("text", "a", "b"))
    assert found.languages() == ()
    assert set(found.records[0].text("label").by_language) == {UNNAMED}
    assert problems == ["column.language_unknown"] * 2


def test_an_empty_column_of_a_language_that_nobody_knows_does_no_harm():
    assert table(("type", "label::Local language"), ("text", "", "beyond"))[1] == ["column.language_empty"]


def test_a_known_language_with_an_odd_code_is_read_with_a_notice():
    found, problems = table(("type", "label::English (schm)"))
    assert found.languages() == ("en",)
    assert problems == ["column.language_read_as"]


def test_two_headings_that_were_run_together_ask():
    headings = ("type", "constraint_message::French(fr)required_message::English(en)")
    assert table(headings, ("text", "Non"))[1] == ["column.language_unknown"]


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (("name", "value"), "column.twice"),
        (("label", "caption"), "column.twice"),
        (("label::en", "label :: en"), "column.twice"),
        (("mine", "mine", "mine"), "column.twice"),
        (("label::en", "label::English"), "column.same_language"),
        (("label::Klingonisch", "label"), "column.language_empty"),
    ],
)
def test_two_headings_that_mean_the_same_are_told(headings, code):
    assert table(headings)[1] == [code]


def test_of_two_columns_of_one_language_the_first_that_says_something_counts():
    found, _ = table(("label::en", "label::English"), ("Name", "Other"), ("", "Age"))
    assert [record.text("label") for record in found.records] == [Text({"en": "Name"}), Text({"en": "Age"})]


def test_media_are_kept_and_told_once_for_each_column():
    found, problems = table(("type", "media::image::French", "audio"), ("text", "a.png"), ("text", "b.png"))
    assert problems == ["column.media"]
    assert found.records[1].extra == {"media::image::French": "b.png"}


def test_a_column_of_choices_can_be_protected_from_being_taken_for_another():
    found, problems = table(("name", "column::value", "column::label"), ("a", "3", "x"), kind="choices")
    assert (found.records[0].cells, found.records[0].extra, problems) == (
        {"name": "a"},
        {"value": "3", "label": "x"},
        [],
    )


def test_cells_texts_and_unknown_columns_are_kept_apart():
    found, _ = table(("type", "label::fr", "Notes", "", "relevant::x"), ("text", "Nom", "mine", "lost", "y", "beyond"))
    (record,) = found.records
    assert (record.row, record.cell("type"), record.cell("name")) == (2, "text", "")
    assert record.text("label") == Text({"fr": "Nom"})
    assert record.text("hint") == Text()
    assert record.extra == {"Notes": "mine", "relevant::x": "y"}


def test_an_empty_sheet_is_an_empty_table():
    assert table() == (Table("survey"), [])


def test_unnamed_columns_are_in_the_default_language_unless_one_names_it():
    found, _ = table(("label", "hint", "hint::fr"), ("Nom", "?", "Aide"))
    record = named(found, "fr").records[0]
    assert record.text("label") == Text({"fr": "Nom"})
    assert record.text("hint") == Text({UNNAMED: "?", "fr": "Aide"})


def test_naming_a_text_keeps_what_is_named_already():
    both = Text({UNNAMED: "a", "fr": "b"})
    assert named_text(both, "fr") is both
    assert named_text(both, "es") == Text({"es": "a", "fr": "b"})
