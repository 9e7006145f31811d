"""Every text of a form under an identity of its own, for translators; it stays the same when rows move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms.questionnaire import Choice, Group, Question, Questionnaire, Text

_OF_QUESTIONS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


def strings(questionnaire: Questionnaire) -> tuple[tuple[str, Text], ...]:
    """Identity and text, in the order in which respondents meet them; texts that say nothing are left out.

    `settings/form_title`, `survey/<path>/label` (the path without its root: `survey/household/age/hint`),
    `choices/<list>/<name>/label`; of a name that stands in its list again, `choices/<list>/<name>#2/label`.
    """
    found = (*_settings(questionnaire), *_survey(questionnaire.children), *_choices(questionnaire))
    return tuple((identity, text) for identity, text in found if text)


def _settings(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    yield "settings/form_title", questionnaire.title


def _survey(children: tuple[Question | Group, ...]) -> Iterator[tuple[str, Text]]:
    for node in children:
        where = "survey/" + node.path.removeprefix("/data/")
        if isinstance(node, Group):
            yield f"{where}/label", node.label
            yield from _survey(node.children)
        else:
            for column in _OF_QUESTIONS:
                yield f"{where}/{column}", getattr(node, column)


def _choices(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    for list_name, choices in questionnaire.choices.items():
        for name, choice in _numbered(choices):
            yield f"choices/{_step(list_name)}/{_step(name)}/label", choice.label


def _step(name: str) -> str:
    """A name as one step: lists and choices may have a stroke in theirs."""
    return name.replace("%", "%25").replace("/", "%2F")


def _numbered(choices: tuple[Choice, ...]) -> Iterator[tuple[str, Choice]]:
    """The choices with their names, `#2`, `#3` after those of a name that came before."""
    times: Counter[str] = Counter()
    taken = {choice.name for choice in choices}
    for choice in choices:
        name = choice.name
        while times[choice.name] and name in taken:
            times[choice.name] += 1
            name = f"{choice.name}#{times[choice.name]}"
        times[choice.name] = max(times[choice.name], 1)
        taken.add(name)
        yield name, choice
