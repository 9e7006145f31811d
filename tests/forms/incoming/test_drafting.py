"""A table without a questionnaire gives a first draft of one."""

from __future__ import annotations

import pytest

from forms.incoming.drafting import Note, drafted
from forms.incoming.tables import read_table
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_markdown, write_xlsx


def draft(heading: str, *cells: str, times: int = 10, region: str = ""):
    """Each cell so many times; columns with | between."""
    text = "\n".join((heading, *cells * times))
    return drafted(read_table(text.replace("|", "\t").encode()), "Women’s survey", region=region)


def kinds(form):
    return [(question.name, question.type) for question in form.questions()]


def labels(form, name):
    return [choice.label.in_language("en") for choice in form.choices[form.question(name).list_name]]


def test_few_different_words_are_one_answer_from_a_list():
    form, _ = draft("Do you work?|x", "Yes|1", "No|2", "Yes|1")
    assert kinds(form)[0] == ("do_you_work", "select_one")
    assert labels(form, "do_you_work") == ["Yes", "No"]


def test_numbers_are_numbers_and_words_that_all_differ_a_text():
    rows = [f"{at}|{at}.5|words of person {at}" for at in range(40)]
    form, _ = draft("Age|Pay|Why?", *rows, times=1)
    assert kinds(form) == [("age", "integer"), ("pay", "decimal"), ("why", "text")]


def test_a_scale_stays_in_its_order():
    form, _ = draft("How?|Earned", *(f"{at}|${at}0,000 to $99" for at in (5, 3, 1, 2, 4)))
    assert labels(form, "how") == ["1", "2", "3", "4", "5"]
    assert labels(form, "earned")[0] == "$10,000 to $99"


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("Sides? - Corn|Sides? - Rolls/rice|Sides? - Other|x", ("Corn||squash of the house|1", "|Rolls/rice||2")),
        ("Sides? [Corn]|Sides? [Rolls/rice]|Sides? [Other]|x", ("1|0|squash of the house|1", "0|1||2")),
        ("Sides?/Corn|Sides?/Rolls/rice|Sides?/Other|x", ("1|0|squash of the house|1", "0|1||2")),
        ("Sides?|||x\nCorn|Rolls/rice|Other|Response", ("Corn||squash of the house|1", "|Rolls/rice||2")),
    ],
)
def test_columns_that_tick_options_of_one_heading_are_one_question(heading, rows):
    texts = [rows[0].replace("house", f"house {at}") for at in range(40)] + [rows[1]] * 40
    form, _ = draft(heading, *texts, times=1)
    assert kinds(form)[:2] == [("sides", "select_multiple"), ("sides_other", "text")]
    assert labels(form, "sides") == ["Corn", "Rolls/rice"]


def test_columns_that_are_headed_alike_are_one_question():
    form, _ = draft("Sides?|Sides?|x", "Corn|Rice|1", "Rice||2", "Corn||1")
    assert kinds(form)[0] == ("sides", "select_multiple")
    assert labels(form, "sides") == ["Corn", "Rice"]


def test_cells_that_list_a_few_options_are_a_question_with_several_answers():
    form, _ = draft("Sides?|x", *("Corn, Rice|1", "Rice|2", "Corn|1", "Corn, Rice, Squash|1", "Squash|2"), times=60)
    assert kinds(form)[0][1] == "select_one", "five words are a list of options"
    words = [", ".join(f"option {n}" for n in range(6) if at >> n & 1) or "option 0" for at in range(64)]
    form, _ = draft("Sides?|x", *(f"{word}|{at % 2}" for at, word in enumerate(words)), times=2)
    assert kinds(form)[0] == ("sides", "select_multiple")
    assert len(labels(form, "sides")) == 6


def test_the_region_is_called_so_and_breaks_tables_down():
    form, _ = draft("US Region|x", "Pacific|1", "Mountain|2", region="us region")
    assert kinds(form)[0] == ("region", "select_one")
    assert form.question("region").disaggregation
    with pytest.raises(KeyError):
        draft("US Region|x", "Pacific|1", "Mountain|2", region="State")


def test_columns_that_identify_or_say_nothing_are_left_out_and_named():
    form, notes = draft("RespondentID|Empty|Same|Q|x", "1||yes|a|1", "2||yes|b|2")
    assert [name for name, _ in kinds(form)] == ["q", "x"]
    assert notes == (Note("RespondentID", "identifies"), Note("Empty", "empty"), Note("Same", "same"))


def test_words_of_few_people_are_to_be_looked_at():
    _, notes = draft("Gender|x", *["woman|1"] * 30, *["man|2"] * 30, "a word of one person|1", times=1)
    assert notes == (Note("Gender", "rare_words", 1),)


def test_names_are_plain_and_never_twice():
    form, _ = draft("Ça va ?|你好|Ça va|3 wishes", "a|b|c|d", "e|f|g|h")
    assert [name for name, _ in kinds(form)] == ["ca_va", "q2", "ca_va_2", "q3_wishes"]


def test_a_name_is_as_many_whole_words_as_fit():
    form, _ = draft("What happened after the Donaudampfschifffahrt left?|x", "a|b", "e|f")
    assert kinds(form)[0][0] == "what_happened_after_the"


def test_lists_with_the_same_options_are_one():
    form, _ = draft("One|Two|x", "a|a|1", "b|b|2")
    assert list(form.choices) == ["one", "x"]


@pytest.mark.parametrize("name", ["draft.md", "draft.xlsx"])
def test_a_draft_can_be_written_and_imported(name):
    form, _ = draft("Sides | Corn? - A\\B|x".replace(" | Corn", "/Corn"), "one|1", "two or more|2", region="")
    content = write_markdown(form).encode() if name.endswith(".md") else write_xlsx(form)
    found = import_file(name, content)
    assert found.questionnaire == form, found.problems


def test_a_bar_in_a_label_survives_markdown():
    table = read_table(b'"Yes | no?",x\na,1\nb,2\n' + b"a,1\nb,2\n" * 10)
    form, _ = drafted(table, "T")
    assert import_file("draft.md", write_markdown(form).encode()).questionnaire == form
