"""The questionnaire of an invited consultation: the region is known from the code, shown, and not asked."""

from __future__ import annotations

from dataclasses import replace

from consultations.errors import N_
from consultations.registry.models import REGIONS
from forms.questionnaire import Group, Question, Questionnaire, Text
from translations.catalogues import words
from translations.languages import INTERFACE_LANGUAGES

#: The question that holds a member's region, where a form has one.
REGION = "region"
#: True of everybody, and yet computed: a question that is plainly read-only holds nothing but its default.
_LOCKED = "1 = 1"
FROM_CODE = N_("We know this from your code. It is not asked.")


def asks_region(form: Questionnaire) -> bool:
    """Whether a code can answer the form's question for the region.

    It must be one answer from a list that has all regions of the registry, asked of everybody, once, and not computed.
    """
    for groups, question in form.walk():
        if question.name != REGION or question.type != "select_one" or question.calculation or question.trigger:
            continue
        offered = {choice.name for choice in form.choices.get(question.list_name, ())}
        return offered >= set(REGIONS) and not any(group.is_repeat or group.relevant for group in groups)
    return False


def with_region_from_code(form: Questionnaire) -> Questionnaire:
    """The same form, with that question answered by the code: another version, so that no cache and no seal mixes them.

    The engine then shows the answer, takes none from a page and asks for none: no second rule is needed anywhere.
    """
    return replace(form, children=_replaced(form.children))


def takes_region_from_code(form: Questionnaire) -> bool:
    """Whether the form was made by `with_region_from_code`."""
    return any(question.name == REGION and question.read_only == _LOCKED for question in form.questions())


def _replaced(nodes: tuple[Question | Group, ...]) -> tuple[Question | Group, ...]:
    return tuple(
        replace(node, children=_replaced(node.children))
        if isinstance(node, Group)
        else _known(node)
        if node.name == REGION
        else node
        for node in nodes
    )


def _known(question: Question) -> Question:
    return replace(
        question,
        hint=Text({code: words(code).gettext(FROM_CODE) for code in INTERFACE_LANGUAGES}),
        read_only=_LOCKED,
        required="",
        relevant="",
        constraint="",
        choice_filter="",
        default="",
    )
