"""What the page of a table plan shows: its tables in sections, each with what it could show, and its ladders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consultations.analysis.figures.profile import LANGUAGE
from consultations.analysis.plans.estimates import Estimate, Tally
from consultations.analysis.plans.plan import Plan, PlannedTable
from consultations.analysis.plans.steps import numbers_from
from consultations.analysis.shown.presenting import IN_WHICH_PLACE, LANGUAGES
from forms.questionnaire import UNNAMED, Questionnaire, Text
from translations.catalogues import words
from translations.phrases import filled

Label = Mapping[str, str]
Names = Sequence[str]

#: One answer alone needs no number.
FEWEST_IN_GROUP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """What could be shown at `size` answers: rows alone, merged, left out, and cells with a number; whole per cent."""

    size: int
    alone: int
    merged: int
    hidden: int
    cells: int


@dataclass(frozen=True, slots=True)
class Line:
    """One table."""

    label: Label
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The tables of one breakdown; '' where everybody is the only row."""

    breakdown: str
    label: Label
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    #: How many tables there could be within regions, and what those could show at the sizes that they are made at.
    within: int
    bars_within: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a breakdown, with the number of its group on each level; '' alone, or as on the level before."""

    label: Label
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Editor:
    """The ladder of one breakdown, to be read and changed."""

    breakdown: str
    label: Label
    answers: tuple[Answer, ...]
    #: The numbers that a group can have.
    numbers: range
    #: Labels of what goes together on each level.
    levels: tuple[tuple[tuple[Label, ...], ...], ...]
    #: What does not fit in what was just chosen.
    error: str = ""


def sections(questionnaire: Questionnaire, plan: Plan, estimates: Sequence[Estimate], language: str) -> list[Section]:
    """By breakdown, the region first and what has none last."""
    return [
        _section(questionnaire, plan, estimates, each, language) for each in (*plan.breakdowns, "") if plan.by(each)
    ]


def _section(
    questionnaire: Questionnaire, plan: Plan, estimates: Sequence[Estimate], breakdown: str, language: str
) -> Section:
    found, within = plan.by(breakdown), plan.within(breakdown)
    return Section(
        breakdown,
        _label(questionnaire, breakdown, language) if breakdown else {},
        _bars(estimates, found),
        tuple(Line(_titled(questionnaire, table, language), _bars(estimates, (table,))) for table in found),
        len(within),
        _bars([each for each in estimates if each.within], within) if within else (),
    )


def overall(plan: Plan, estimates: Sequence[Estimate]) -> tuple[Bar, ...]:
    """Of all tables with a breakdown: where everybody is the only row there is nothing to merge."""
    return _bars(estimates, [table for each in plan.breakdowns for table in plan.by(each)] or plan.tables)


def editor(questionnaire: Questionnaire, plan: Plan, name: str, choices: Names) -> Editor:
    """The ladder of the breakdown `name`, whose answers are `choices`."""
    ladder = plan.ladders.get(name)
    levels = ladder.levels if ladder else ()
    labels = _answers(questionnaire, name)
    return Editor(
        name,
        _label(questionnaire, name, ""),
        tuple(
            Answer(labels[each], *chosen) for each, *chosen in zip(choices, *numbers_from(choices, levels), strict=True)
        ),
        range(1, 1 + len(choices) // FEWEST_IN_GROUP),
        tuple(tuple(tuple(labels[each] for each in group) for group in level if len(group) > 1) for level in levels),
    )


def refilled(editor: Editor, numbers: tuple[Names, Names], error: str) -> Editor:
    """With what was chosen for each answer, and why it was not taken."""
    chosen = zip(editor.answers, *numbers, strict=True)
    answers = tuple(Answer(answer.label, first, second) for answer, first, second in chosen)
    return replace(editor, answers=answers, error=error)


def texts(questionnaire: Questionnaire, name: str, language: str) -> dict[str, str]:
    """The question's name and those of its answers -> how the author words them in that language."""
    labels = {name: _label(questionnaire, name, language)} | _answers(questionnaire, name)
    return {each: Text(label).told_to(language) or each for each, label in reversed(labels.items())}


def _answers(questionnaire: Questionnaire, name: str) -> dict[str, Label]:
    listed = questionnaire.choices.get(questionnaire.question(name).list_name, ())
    return {each.name: each.label.by_language or {UNNAMED: each.name} for each in reversed(listed)}


def _bars(estimates: Sequence[Estimate], tables: Sequence[PlannedTable]) -> tuple[Bar, ...]:
    return tuple(_bar(each.size, each.of(table.id for table in tables)) for each in estimates)


def _bar(size: int, tally: Tally) -> Bar:
    return Bar(size, *tally.shares, tally.cells_shown)


def _titled(questionnaire: Questionnaire, table: PlannedTable, language: str) -> Label:
    """The question in each of the author's languages; with the answer whose place is told of."""
    asked = _label(questionnaire, table.question, language)
    if not table.item:
        return asked
    answer = Text(_answers(questionnaire, table.question)[table.item])
    return {
        each: filled(words(each).gettext(IN_WHICH_PLACE), {"question": question, "answer": answer.told_to(each)})
        for each, question in asked.items()
    }


def _label(questionnaire: Questionnaire, name: str, language: str) -> Label:
    if name == LANGUAGE:
        return {language: words(language).gettext(LANGUAGES)}
    return questionnaire.question(name).label.by_language or {UNNAMED: name}
