"""One form version made ready to run: its places, its compiled expressions, the order of computing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from forms.expressions.context import Item
from forms.questionnaire import Questionnaire
from forms.running.dependencies import calculation_order, leading_to
from forms.running.options import as_offered
from forms.running.places import Place, Tree, tree_of
from forms.running.rules import GroupRules, Rules, group_rules, question_rules

#: Forms times languages whose labels are kept ready for `instance()`.
_LISTS_KEPT = 256


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """Everything that does not depend on answers."""

    questionnaire: Questionnaire
    tree: Tree
    #: By question name, in document order.
    rules: Mapping[str, Rules]
    #: By group path.
    groups: Mapping[str, GroupRules]
    #: Questions that stand under no expression at all, neither their own nor one of the groups around them, and in no
    #: repeat: they are always asked and hold what was answered. Most questions of most forms are free.
    free: Mapping[str, Rules]
    #: What the free ones hold before anybody answers.
    unanswered: Mapping[str, str]
    #: Every other question after those that its value depends on.
    order: tuple[tuple[Place, Rules], ...]
    #: How many repeats there are.
    repeats: int
    #: Questions with a calculation that the respondent may write over.
    edited: tuple[str, ...]
    #: Questions that a change of this one triggers, in document order.
    triggered: Mapping[str, tuple[Place, ...]]
    #: Questions that keep what they computed first: `once()`.
    kept: tuple[str, ...]
    #: Questions whose answers may change what others are kept as.
    stirring: frozenset[str]
    #: Whether a change of one answer may change what others are kept as.
    is_lively: bool
    #: Whether some question may be closed to the respondent.
    has_locks: bool

    def choice_label(self, question: str, choice: str, language: str) -> str:
        """The label of one choice of that question's list; '' where there is none."""
        rules = self.rules.get(question)
        found = (row.label for row, _ in rules.choices if row.name == choice) if rules else ()
        return next((label.in_language(language) for label in found), "")

    def lists(self, language: str) -> Mapping[str, tuple[Item, ...]]:
        """Choices as `instance()` sees them, labels in the reader's language."""
        return _lists(self, language)


def compiled(questionnaire: Questionnaire) -> Compiled:
    """Raises ExpressionProblem for a questionnaire that the checks refuse."""
    tree = tree_of(questionnaire)
    rules = question_rules(questionnaire, tree)
    groups, edited, triggered = group_rules(tree), _edited(rules), _triggered(rules)
    free = {key: found for key, found in rules.items() if _is_free(found, groups)}
    kept = tuple(key for key, found in rules.items() if "once(" in found.question.calculation)
    flags = (*(found.read_only for found in rules.values()), *(found.read_only for found in groups.values()))
    has_defaults = any(found.default for found in rules.values())
    is_counted = any(found.count for found in groups.values())
    return Compiled(
        questionnaire=questionnaire,
        tree=tree,
        rules=MappingProxyType(rules),
        groups=MappingProxyType(groups),
        free=MappingProxyType(free),
        unanswered=MappingProxyType({key: as_offered(found, found.given) for key, found in free.items()}),
        order=tuple((place, rules[place.key]) for place in calculation_order(tree) if place.key not in free),
        repeats=sum(found.group.is_repeat for found in groups.values()),
        edited=edited,
        triggered=triggered,
        kept=kept,
        stirring=_stirring(tree, groups, (*edited, *kept), triggered),
        has_locks=any(flag is not False for flag in flags),
        is_lively=bool(has_defaults or is_counted or kept or edited or triggered),
    )


def _is_free(rules: Rules, groups: Mapping[str, GroupRules]) -> bool:
    return (
        rules.is_free
        and not rules.place.repeats
        and not any(groups[group.key].relevant for group in rules.place.around())
    )


def _edited(rules: Mapping[str, Rules]) -> tuple[str, ...]:
    return tuple(
        key for key, found in rules.items() if found.calculation and found.is_kept and not found.question.trigger
    )


def _stirring(
    tree: Tree,
    groups: Mapping[str, GroupRules],
    recomputed: tuple[str, ...],
    triggered: Mapping[str, tuple[Place, ...]],
) -> frozenset[str]:
    counted = [found.place for found in groups.values() if found.count]
    written = [target for targets in triggered.values() for target in targets]
    started = [tree.questions[key] for key in (*recomputed, *triggered)]
    targets = (*counted, *written, *started)
    return frozenset(place.key for place in leading_to(tree, targets)) if targets else frozenset()


def _triggered(rules: Mapping[str, Rules]) -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for target in rules.values():
        for name in target.question.trigger:
            found[name] = (*found.get(name, ()), target.place)
    return MappingProxyType(found)


@lru_cache(maxsize=_LISTS_KEPT)
def _lists(form: Compiled, language: str) -> Mapping[str, tuple[Item, ...]]:
    return MappingProxyType(
        {
            name: tuple({"name": c.name, "label": c.label.in_language(language), **c.columns} for c in choices)
            for name, choices in form.questionnaire.choices.items()
        }
    )
