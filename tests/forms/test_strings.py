"""Translators find every text under an identity that stays the same when rows move."""

from forms.questionnaire import Text
from forms.strings import strings
from forms.xlsform.importing import import_file

FORM = """
    | survey |
    | | type         | name | label::en  | hint::en  | guidance_hint::en | constraint | constraint_message::en |
    | | begin_group  | g    | About you  |           |                   |            |                        |
    | | integer      | age  | How old?   | In years. | Ask kindly.       | . > 17     | Adults only.           |
    | | end_group    |      |            |           |                   |            |                        |
    | | select_one l | town | Which?     |           |                   |            |                        |
    | choices |
    | | list_name | name | label::en | side  |
    | | l         | a    | Here      | left  |
    | | l         | b    |           |       |
    | | l         | a    | There     | right |
    | settings |
    | | form_title | default_language | allow_choice_duplicates |
    | | Survey     | English          | yes                     |
"""


def strings_of(text):
    found = import_file("form.md", text.encode())
    assert found.questionnaire, found.problems
    return strings(found.questionnaire)


def test_every_text_has_an_identity():
    assert strings_of(FORM) == tuple(
        (identity, Text({"en": words}))
        for identity, words in (
            ("settings/form_title", "Survey"),
            ("survey/g/label", "About you"),
            ("survey/g/age/label", "How old?"),
            ("survey/g/age/hint", "In years."),
            ("survey/g/age/guidance_hint", "Ask kindly."),
            ("survey/g/age/constraint_message", "Adults only."),
            ("survey/town/label", "Which?"),
            ("choices/l/a/label", "Here"),
            ("choices/l/a#2/label", "There"),
        )
    )


def test_identities_stay_when_rows_move():
    lines = FORM.splitlines()
    moved = [
        *lines[:3],
        lines[6],
        "    | | note | n | New |",
        *lines[3:6],
        *lines[7:9],
        lines[10],
        lines[9],
        *lines[11:],
    ]
    assert dict(strings_of("\n".join(moved))) == {**dict(strings_of(FORM)), "survey/n/label": Text({"en": "New"})}


def test_no_two_texts_have_the_same_identity():
    names = ("a", "a#2", "a", "a", "b/c")
    rows = "\n".join(f"    | | l | {name} | Words | |" for name in names)
    form = "\n".join([*FORM.splitlines()[:9], rows, *FORM.splitlines()[12:]])
    identities = [identity for identity, _ in strings_of(form) if identity.startswith("choices/")]
    assert identities == [f"choices/l/{name}/label" for name in ("a", "a#2", "a#3", "a#4", "b%2Fc")]
