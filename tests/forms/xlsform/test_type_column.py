"""The type column is understood in every spelling that real forms use."""

import pytest

from forms.question_types import QUESTION_TYPES
from forms.xlsform.type_column import ROW_TYPES, SPELLINGS, RowType, row_type


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("text", RowType("ask", "text")),
        ("String", RowType("ask", "text")),
        ("INT", RowType("ask", "integer")),
        ("add  integer prompt", RowType("ask", "integer")),
        ("dateTime", RowType("ask", "datetime")),
        ("time", RowType("ask", "time")),
        ("range", RowType("ask", "range")),
        ("trigger", RowType("ask", "acknowledge")),
        ("hidden", RowType("ask", "hidden")),
        ("percentage", RowType("ask", "integer", constraint="0 <= . and . <= 100")),
        ("start-geopoint", RowType("drop_identifying")),
        ("deviceid", RowType("drop_identifying")),
        ("background-audio", RowType("drop_not_collected")),
        ("osm buildings", RowType("drop_not_collected")),
        ("set form title", RowType("drop_setting")),
        ("csv-external", RowType("attach")),
        ("select_one_from_file a.csv", RowType("ask", "select_one", "a.csv", choices_from="file")),
        ("select multiple from file a.csv", RowType("ask", "select_multiple", "a.csv", choices_from="file")),
        ("select_one_external a", RowType("ask", "select_one", "a", choices_from="external")),
        ("select_one ${who}", RowType("ask", "select_one", "${who}")),
        ("rank a", RowType("ask", "rank", "a")),
        ("rubbish", RowType("unknown")),
        ("select_one", RowType("no_list")),
        ("select_one or_other", RowType("no_list")),
    ],
)
def test_types(written, expected):
    assert row_type(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "select_one Yes_no",
        "select one Yes_no",
        "Select One from Yes_no",
        "select1 Yes_no",
        " select_one   Yes_no ",
        "add select one prompt using Yes_no",
    ],
)
def test_a_single_choice_keeps_the_spelling_of_its_list(written):
    assert row_type(written) == RowType("ask", "select_one", "Yes_no")


@pytest.mark.parametrize("written", ["select_multiple a", "select all that apply from a", "select_all_that_apply a"])
def test_a_multiple_choice(written):
    assert row_type(written) == RowType("ask", "select_multiple", "a")


@pytest.mark.parametrize("written", ["select_one a or_other", "select one from a or specify other"])
def test_or_other(written):
    assert row_type(written) == RowType("ask", "select_one", "a", or_other=True)


@pytest.mark.parametrize(
    ("written", "kind", "what"),
    [
        ("begin_group", "begin", "group"),
        ("begin group", "begin", "group"),
        ("End Group", "end", "group"),
        ("begin repeat", "begin", "repeat"),
        ("begin lgroup", "begin", "repeat"),
        ("end_loop", "end", "loop"),
    ],
)
def test_groups(written, kind, what):
    assert row_type(written) == RowType(kind, what)


@pytest.mark.parametrize("written", ["begin loop over a", "begin_loop a"])
def test_a_loop_goes_over_a_list(written):
    assert row_type(written) == RowType("begin", "loop", "a")


@pytest.mark.parametrize("written", SPELLINGS)
def test_what_is_suggested_is_understood(written):
    assert row_type(written).kind != "unknown"


def test_every_type_that_is_asked_is_in_the_table_of_types():
    asked = {row.type for row in ROW_TYPES.values() if row.kind == "ask"}
    assert asked <= set(QUESTION_TYPES)
