"""Every message can be filled in, says what to do, and is plain data."""

import ast
import json
import re
from pathlib import Path

import pytest

from forms.checking.messages import MESSAGES
from forms.checking.problems import Problem, is_usable
from forms.marking import Sentence

FORMS = Path(__file__).parents[3] / "forms"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_says_what_is_wrong_and_what_to_do(code):
    message = MESSAGES[code]
    for sentence in (message.text, message.remedy):
        assert sentence.endswith((".", ")s")) or "%(expression)s" in sentence
        assert "%" not in PLACEHOLDER.sub("", sentence)
    assert message.level in {"error", "notice"}


def test_a_problem_is_plain_data_with_its_words():
    problem = Problem("name.twice", "survey", 7, "name", {"name": "q1", "first": "3"})
    plain = json.loads(json.dumps(problem.as_json()))
    assert plain["level"] == "error"
    assert plain["text"] == "The name “q1” is used already, in row 3."
    assert plain["remedy"] == "Choose another name; no two rows of a group may share one."
    assert (plain["code"], plain["sheet"], plain["row"], plain["column"]) == ("name.twice", "survey", 7, "name")


CLOSED = "This bracket is opened and never closed."
UNREAD = Problem("expression.invalid", "survey", 2, "relevant", {"expression": "(2", "position": "1"}, Sentence(CLOSED))


def test_a_reason_is_a_sentence_of_the_message_and_of_its_data():
    assert UNREAD.text == "The expression cannot be understood: (2"
    assert UNREAD.remedy == f"At character 1: {CLOSED}"
    assert UNREAD.as_json()["values"] == {"expression": "(2", "position": "1", "reason": CLOSED}


def test_a_message_and_its_reason_are_told_in_one_language():
    french = {
        "The expression cannot be understood: %(expression)s": "Expression incompréhensible : %(expression)s",
        "At character %(position)s: %(reason)s": "Caractère %(position)s : %(reason)s",
        CLOSED: "Cette parenthèse ne se ferme pas.",
    }
    told = UNREAD.told(french.__getitem__)
    assert told == ("Expression incompréhensible : (2", "Caractère 1 : Cette parenthèse ne se ferme pas.")


def test_a_problem_says_as_much_of_its_place_as_is_known():
    assert Problem("form.empty").place == ""
    assert Problem("form.empty", "survey").place == "survey"
    assert Problem("form.empty", "survey", 2, "name").place == "survey, row 2, column name"


def test_notices_leave_a_form_usable():
    assert is_usable((Problem("type.or_other", values={"name": "a"}),))
    assert not is_usable((Problem("form.empty"),))


def test_every_code_in_the_source_has_a_message():
    used = set()
    for path in FORMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _RAISERS:
                used |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and "." in str(arg.value)}
    assert len(used) > 40
    assert used <= set(MESSAGES)


_RAISERS = {"Problem", "report", "_at", "WorkbookUnreadable"}
