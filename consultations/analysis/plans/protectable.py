"""Whether a plan can be protected at all: asked before a consultation opens, as nobody can change it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consultations.analysis.axes import NEVER_PUBLISHED, is_tabulated
from consultations.analysis.disclosure import LEAST_BASE
from consultations.analysis.plans.assumed import answered, zipf
from consultations.analysis.plans.country_lists import is_by_another_name
from consultations.analysis.plans.estimates import SIZES
from consultations.analysis.plans.plan import Plan
from consultations.errors import N_, Problem
from forms.packing import Layout
from forms.questionnaire import Group, Question, Questionnaire
from forms.running.anonymising import is_never_stored

#: The most answers that a plan is judged by: what cannot be shown then will hardly ever be.
MANY = max(SIZES)
#: The gate attacks every table before a release, and again after mending. Measured with 129, 633 and 1,767 tables of
#: 1,000 answers: 15 ms of one core and 0.1 MiB a table, so that 5,000 take some minutes and half a GiB.
MOST_TABLES = 5_000


class Unprotectable(Problem):
    """A plan that cannot be protected; the words name the breakdown and say what to do."""

    status = 422


class NoSuchQuestion(Unprotectable):
    message = N_("Tables cannot be broken down by “%(question)s”: there is no such question. Take it out.")


class NeverByCountry(Unprotectable):
    message = N_(
        "Tables are never broken down by “%(question)s”: a country and one unusual answer can name a person."
        " Take it out; the region is published instead."
    )


class NotOneAnswer(Unprotectable):
    message = N_(
        "Tables cannot be broken down by “%(question)s”: only a question with one answer from a list puts each person"
        " in one row. Take it out."
    )


class AskedSeveralTimes(Unprotectable):
    message = N_(
        "Tables cannot be broken down by “%(question)s”: it may be asked several times, so that one person would stand"
        " in several rows. Take it out, or ask it outside the repeat."
    )


class NeverStored(Unprotectable):
    message = N_(
        "Tables cannot be broken down by “%(question)s”: its answers are never stored. Take it out, or change the"
        " column “anonymise” of the questionnaire."
    )


class OneRowOnly(Unprotectable):
    message = N_(
        "Tables by “%(question)s” would show nothing but the row of everybody: it has only one answer. Take it out."
    )


class TooManyRows(Unprotectable):
    message = N_(
        "Tables by “%(question)s” would show hardly more than the row of everybody, even with %(answers)s answers: its"
        " %(rows)s rows would have too few people each. Put its answers together in a ladder that ends with at most"
        " %(most)s groups, or take it out."
    )


class GroupTooSmall(Unprotectable):
    message = N_(
        "The ladder of “%(question)s” ends with “%(answer)s” in a group that could not reach %(least)s people, even"
        " with %(answers)s answers. Put it together with others."
    )


class TooManyTables(Unprotectable):
    message = N_(
        "This plan has %(tables)s tables. Every table is attacked before a release, and more than %(most)s take too"
        " long. Choose fewer breakdowns."
    )


class CountriesByAnotherName(Unprotectable):
    message = N_(
        "The answers to “%(question)s” look like countries. Name the question “country”: its answers are then stored,"
        " and no table is made of them."
    )


def faults(layout: Layout, questionnaire: Questionnaire, names: Sequence[str], plan: Plan) -> tuple[Unprotectable, ...]:
    """Everything for which this plan is refused; nothing where it can be protected.

    `names` are the breakdowns that were asked for, of which `plan` has only those that are possible.
    """
    return (
        *_unfit(layout, questionnaire, (*names, *plan.breakdowns)),
        *_countries(layout, questionnaire),
        *_rows(layout, questionnaire, plan),
        *_tables(plan),
    )


def check(layout: Layout, questionnaire: Questionnaire, names: Sequence[str], plan: Plan) -> None:
    """Raises the first of `faults`."""
    for fault in faults(layout, questionnaire, names, plan):
        raise fault


def _unfit(layout: Layout, questionnaire: Questionnaire, names: Sequence[str]) -> Iterator[Unprotectable]:
    placed = {question.name: (groups, question) for groups, question in questionnaire.walk()}
    for name in dict.fromkeys(names):
        kind = _reason(layout, *placed[name]) if name in placed else NoSuchQuestion
        if kind:
            yield kind(question=name)


def _reason(layout: Layout, groups: tuple[Group, ...], question: Question) -> type[Unprotectable] | None:
    """Why no table may be broken down by it; None where one may."""
    if {question.name, question.list_name} & NEVER_PUBLISHED:
        return NeverByCountry
    if any(group.is_repeat for group in groups):
        return AskedSeveralTimes
    if is_never_stored(question):
        return NeverStored
    fits = is_tabulated(question, layout) and layout.coded[question.name].stored_as == "code"
    return None if fits else NotOneAnswer


def _countries(layout: Layout, questionnaire: Questionnaire) -> Iterator[Unprotectable]:
    for question in questionnaire.questions():
        if is_tabulated(question, layout) and is_by_another_name(questionnaire, question):
            yield CountriesByAnotherName(question=question.name)


def _rows(layout: Layout, questionnaire: Questionnaire, plan: Plan) -> Iterator[Unprotectable]:
    """Breakdowns of which no row could stand beside that of everybody, or of which some group never could."""
    placed = {question.name: (groups, question) for groups, question in questionnaire.walk()}
    for name in plan.breakdowns:
        choices = layout.coded[name].choices
        ladder = plan.ladders.get(name)
        groups = ladder.levels[-1] if ladder else tuple((choice,) for choice in choices)
        people = MANY * answered(*placed[name])
        words = {"question": name, "answers": MANY}
        if len(choices) < 2:
            yield OneRowOnly(**words)
        elif len(groups) * LEAST_BASE > people:
            yield TooManyRows(**words, rows=len(groups), most=int(people // LEAST_BASE))
        else:
            small = (group for group in groups if ladder and _largest(group, choices) * people < LEAST_BASE)
            yield from (GroupTooSmall(**words, answer=group[0], least=LEAST_BASE) for group in small)


def _largest(group: Sequence[str], choices: Sequence[str]) -> float:
    """The share of people in a group where all answers are as frequent, or where the first of the list are: the larger.

    Nobody knows before, and a plan is refused only where neither would do.
    """
    skewed = sum(share for choice, share in zip(choices, zipf(len(choices)), strict=True) if choice in group)
    return max(len(group) / len(choices), float(skewed))


def _tables(plan: Plan) -> Iterator[Unprotectable]:
    if len(plan.tables) > MOST_TABLES:
        yield TooManyTables(tables=len(plan.tables), most=MOST_TABLES)
