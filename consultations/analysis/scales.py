"""Which lists of choices are ordered scales, and which of their answers stand apart from the order."""

from __future__ import annotations

from forms.questionnaire import Question

#: A scale has so many steps, not counting the answers that stand apart.
FEWEST_STEPS, MOST_STEPS = 4, 7

#: Answers that are no step of a scale: people who do not know, or would rather not say, have no place between others.
APART = frozenset(
    {
        "dont_know",
        "do_not_know",
        "dontknow",
        "dk",
        "unsure",
        "not_sure",
        "no_opinion",
        "no_answer",
        "prefer_not",
        "prefer_not_to_say",
        "prefer_not_say",
        "not_applicable",
        "na",
        "n_a",
        "refused",
        "declined",
        "unknown",
        "other",
    }
)

#: Appearances of scales: ODK's own, and the rows of a grid, whose columns are steps of one measure.
SHOWN = frozenset({"likert", "list-nolabel"})

#: Names that authors give to lists of steps: the whole name or one part of it.
NAMED = frozenset(
    {"likert", "scale", "agree", "agreement", "frequency", "often", "satisfaction", "satisfied", "rating"}
)

#: The ends of scales, by which a list is known for one whatever it is called.
BAD_ENDS = frozenset(
    {
        "strongly_disagree",
        "disagree_strongly",
        "totally_disagree",
        "never",
        "not_at_all",
        "none",
        "very_bad",
        "very_poor",
        "very_dissatisfied",
        "much_worse",
        "very_unsafe",
        "very_hard",
        "very_difficult",
        "very_low",
    }
)
GOOD_ENDS = frozenset(
    {
        "strongly_agree",
        "agree_strongly",
        "totally_agree",
        "always",
        "fully",
        "full",
        "completely",
        "very_good",
        "excellent",
        "very_satisfied",
        "much_better",
        "very_safe",
        "very_easy",
        "very_often",
        "very_high",
    }
)


def is_apart(name: str) -> bool:
    """Whether a choice of that name is no step of a scale."""
    return _plain(name) in APART


def is_withheld(name: str) -> bool:
    """Whether a choice of that name tells nothing: other answers that are no step of a scale are answers still."""
    return _plain(name) in APART - {"other"}


def is_scale(question: Question, choices: tuple[str, ...]) -> bool:
    """Whether this select_one's answers have an order: it is shown, named or built as a scale."""
    steps = [_plain(name) for name in choices if not is_apart(name)]
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        return False
    shown = not SHOWN.isdisjoint(question.appearance.split())
    named = not NAMED.isdisjoint(_plain(question.list_name).split("_"))
    built = (steps[0] in BAD_ENDS and steps[-1] in GOOD_ENDS) or (steps[0] in GOOD_ENDS and steps[-1] in BAD_ENDS)
    return shown or named or built


def is_turned(names: tuple[str, ...]) -> bool:
    """Whether a scale begins with its good end; charts run from negative to positive and turn it round."""
    return bool(names) and _plain(names[0]) in GOOD_ENDS


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")
