"""A questionnaire comes back from plain JSON as it went in, and its version is its content."""

from __future__ import annotations

import json

import pytest

from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text
from forms.storing import from_json, to_json, version_of

PLAIN = Question("name", "text", "/data/name", Source("survey", 2))
FULL = Question(
    "age",
    "integer",
    "/data/about/age",
    Source("survey", 4),
    Text({"en": "How old?", "ar": "كم عمرك؟"}),
    hint=Text({"en": "In years"}),
    required="yes",
    required_message=Text({"en": "Please say."}),
    constraint=". > 17",
    constraint_message=Text({"en": "18 or more."}),
    relevant="${name} != ''",
    appearance="w1",
    default="20",
    extra={"media::image": "age.png"},
)


def form(*children: Question | Group, **more: object) -> Questionnaire:
    choices = {"yn": (Choice("y", Text({"en": "Yes"}), {"region": "africa"}), Choice("n", Text({})))}
    return Questionnaire(Text({"en": "A form"}), "form", ("en", "ar"), "en", children, choices, **more)


FORMS = {
    "empty": form(),
    "plain": form(PLAIN),
    "full": form(PLAIN, FULL, version="3", extra_settings={"style": "pages"}),
    "groups": form(
        Group("about", "/data/about", Source("survey", 3), Text({"en": "About"}), children=(FULL,), relevant="1 = 1"),
        Group("rest", "/data/rest", Source("survey", 9), children=(PLAIN,), extra={"intent": "x"}),
    ),
}


@pytest.mark.parametrize("questionnaire", FORMS.values(), ids=FORMS)
def test_what_was_stored_comes_back_even_through_text(questionnaire):
    assert from_json(json.loads(json.dumps(to_json(questionnaire)))) == questionnaire


def test_what_equals_its_default_is_left_out():
    assert to_json(FORMS["plain"])["children"] == [
        {"source": ["survey", 2], "name": "name", "type": "text", "path": "/data/name"}
    ]


def test_the_version_is_the_content_whatever_the_order_of_keys():
    stored = to_json(FORMS["full"])
    turned = dict(reversed(stored.items()))
    assert version_of(stored) == version_of(turned)
    assert len(version_of(stored)) == 64


def test_any_change_is_another_version():
    assert len({version_of(to_json(each)) for each in FORMS.values()}) == len(FORMS)


def test_anything_else_is_refused():
    with pytest.raises(KeyError):
        from_json({"title": {}})
