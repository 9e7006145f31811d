"""A loop is a group for each choice of its list."""

from forms.questionnaire import Text
from forms.xlsform.importing import import_file

LOOP = """
    | survey |
    | | type                | name | label             | relevant            | calculation |
    | | begin_loop over sex | l    | Loop              |                     |             |
    | | integer             | n    | How many %(label)s, %(zone)s, %(gone)s? |  |      |
    | | begin_group         | g    | %(name)s          |                     |             |
    | | calculate           | c    |                   | '%(name)s' != 'm'   | '%(label)s' |
    | | end_group           |      |                   |                     |             |
    | | end_loop            |      |                   |                     |             |
    | choices |
    | | list_name | name | label | zone |
    | | sex       | m    | Men   | x    |
    | | sex       | f    | Women | y    |
    | | sex       | none | None  | z    |
"""


def read(text):
    return import_file("form.md", text.encode())


def test_every_choice_but_none_has_a_group_with_its_words():
    found = read(LOOP).questionnaire
    (loop,) = found.children
    assert [(group.path, group.label) for group in loop.children] == [
        ("/data/l/m", Text({"und": "Men"})),
        ("/data/l/f", Text({"und": "Women"})),
    ]
    assert [(question.name, question.path) for question in found.questions()] == [
        ("n", "/data/l/m/n"),
        ("c", "/data/l/m/g/c"),
        ("f.n", "/data/l/f/n"),
        ("g.c", "/data/l/f/g/c"),
    ]
    assert found.question("f.n").label == Text({"und": "How many Women, y, %(gone)s?"})
    assert found.question("g.c").relevant == "'f' != 'm'"
    assert found.question("g.c").calculation == "'Women'"


def test_a_loop_goes_over_a_list_that_is_there():
    problems = read(LOOP.replace("over sex", "over sexes")).problems
    assert [(problem.code, problem.row) for problem in problems if problem.level == "error"] == [("loop.no_list", 2)]


def test_its_choices_must_be_names():
    problems = read(LOOP.replace("| f ", "| 2 ")).problems
    assert ("name.invalid", 2) in [(problem.code, problem.row) for problem in problems]
