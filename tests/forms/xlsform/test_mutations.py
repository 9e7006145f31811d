"""However a form is broken, its author gets problems and never an exception; what is usable can be walked."""

import random

import pytest

from forms.running.flow import Flow
from forms.xlsform.importing import read_questionnaire
from forms.xlsform.sheets import Row, Sheet

SURVEY = [
    ("type", "name", "label::en", "hint", "relevant", "calculation", "parameters", "default"),
    ("start", "start", "", "", "", "", "", ""),
    ("begin_group", "g", "Group", "", "true()", "", "", ""),
    ("select_one l", "q1", "Which?", "", "", "", "randomize=true", "a"),
    ("select_multiple l or_other", "q2", "Which of ${q1}?", "Take all", "${q1} = 'a'", "", "", ""),
    ("end_group", "", "", "", "", "", "", ""),
    ("range", "q3", "How much?", "", "", "", "start=0 end=10 step=2", ""),
    ("calculate", "c", "", "", "", "${q3} + 1", "", ""),
]
CHOICES = [("list_name", "name", "label::en", "size"), ("l", "a", "A", "x"), ("l", "b", "B", "")]
SETTINGS = [("form_title", "form_id", "default_language"), ("Title", "f", "English (en)")]
ODD = (
    *("", "${", "${a}", "(((", "'", "begin group", "end group", "end repeat", "yes", "::", "label::", "bind", "jr:"),
    *("label::fr", "select_one", "select_one x or_other", "hidden", "a=b=c", "end=nan", "step=0 end=inf", "٣", "²"),
    *("meta", "instance(", "../a", ".", "1 div 0", "${c} + ${start}", "und", "default_language", "\n"),
)
MUTANTS = 400


def broken(rows, chance):
    rows = [list(row) for row in rows]
    for _ in range(chance.randint(0, 3)):
        place = chance.randrange(len(rows))
        kind = chance.random()
        if kind < 0.6:
            rows[place][chance.randrange(len(rows[place]))] = chance.choice((*ODD, *chance.choice(SURVEY)))
        elif kind < 0.8:
            rows.insert(place, list(chance.choice(rows)))
        elif len(rows) > 1:
            del rows[place]
    return tuple(Row(number, tuple(row)) for number, row in enumerate(rows, 1))


@pytest.mark.parametrize("seed", range(4))
def test_a_broken_form_is_told_and_never_raises(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret, a test
    usable = 0
    for _ in range(MUTANTS // 4):
        sheets = [("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)]
        found = read_questionnaire(tuple(Sheet(name, broken(rows, chance)) for name, rows in sheets))
        assert all(problem.as_json()["text"] for problem in found.problems)
        if found.questionnaire:
            usable += 1
            Flow(found.questionnaire)
    assert 0 < usable < MUTANTS // 4
