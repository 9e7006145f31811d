"""Made-up populations to attack: forms of several shapes, skewed regions and answers, and the counts that are true."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

import numpy as np

from consultations.analysis.axes import axis, languages
from consultations.analysis.regional import released_tables
from consultations.analysis.releases.published import About, to_files
from consultations.analysis.releases.rules import RULES
from consultations.analysis.tables import EVERYBODY
from forms.packing import MISSING_DATE, MISSING_INTEGER, Layout, layout
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text

DAY = datetime.date(2026, 12, 17)
#: Answers of a population: from 50 to 3,000, small ones as often as large ones.
FEWEST, MOST = 50, 3000

#: (breakdowns beside the region, closed questions as type and number of choices) of each form.
FORMS = (
    (("setting",), (("one", 2), ("one", 3), ("one", 6), ("several", 5))),
    (("setting", "work"), (("one", 5), ("several", 9), ("several", 3), ("integer", 8), ("rank", 4))),
    (("setting", "work", "age"), (("one", 2), ("one", 4), ("one", 11), ("date", 12), ("several", 12))),
)
REGIONS = 5
GROUPS = {"setting": 3, "work": 6, "age": 4}


@dataclass(frozen=True)
class Population:
    form: Questionnaire
    plan: tuple[str, ...]
    layout: Layout
    #: In the order in which they came: the first so many are in the first release.
    records: np.ndarray
    seed: int

    def tables(self, first: int | None = None):
        """What the rules make of all answers, or of the first so many."""
        return released_tables(self.layout, self.form, self.records[:first], self.plan)

    def files(self, tables, number: int = 1):
        about = About(f"test-{number}", DAY, ("region", *self.plan), dict(RULES), synthetic=True)
        return to_files(about, tables)


@cache
def form(number: int) -> tuple[Questionnaire, Layout]:
    breakdowns, asked = FORMS[number]
    lists = {"region": REGIONS, **{name: GROUPS[name] for name in breakdowns}}
    questions = [_question("select_one", name, name) for name in lists]
    for place, (kind, size) in enumerate(asked):
        name = f"{kind}_{place}"
        type_ = {"one": "select_one", "several": "select_multiple"}.get(kind, kind)
        listed = name if kind in ("one", "several", "rank") else ""
        if listed:
            lists[name] = size
        more = {"constraint": f". >= 0 and . <= {size - 1}"} if kind == "integer" else {}
        questions.append(_question(type_, name, listed, **more))
    choices = {
        name: tuple(Choice(f"{name[0]}{n}", Text({"en": f"{name} {n}"})) for n in range(k)) for name, k in lists.items()
    }
    made = Questionnaire(Text({"en": "Form"}), f"form-{number}", ("en", "fr", "es"), "en", tuple(questions), choices)
    return made, layout(made)


def _question(type_, name, list_name, **more):
    return Question(name, type_, f"/data/{name}", Source("survey", 2), Text({"en": name}), list_name=list_name, **more)


def population(seed: int, *, size: int = 0, number: int | None = None) -> Population:
    """Drawn with that seed: how many, which form, how skewed, who left out what."""
    random = np.random.default_rng(seed)
    number = int(random.integers(len(FORMS))) if number is None else number
    questionnaire, place = form(number)
    size = size or int(np.exp(random.uniform(np.log(FEWEST), np.log(MOST))))
    records = np.zeros(size, place.dtype)
    records["record_key"] = random.integers(0, 2**32, size)
    regions = random.choice(REGIONS, size, p=random.dirichlet(np.full(REGIONS, 0.6)))
    records["region"] = regions + 1
    records["language"] = random.choice(3, size, p=random.dirichlet(np.ones(3)))
    for question in list(questionnaire.questions())[1:]:
        _answer(random, question, place, records, regions)
    return Population(questionnaire, FORMS[number][0], place, records, seed)


def _answer(random, question, place, records, regions):
    """Answers that lean to something else in each region, one in ten left out where that may be."""
    size, name = len(records), question.name
    missing = random.random(size) < random.choice([0, 0.02, 0.1])
    lean = random.choice([0.15, 0.7, 3.0])
    if question.type == "select_multiple":
        k = len(place.coded[name].choices)
        shares = random.beta(0.5, 1.0, (REGIONS, k))
        chosen = random.random((size, k)) < shares[regions]
        asked = np.concatenate([np.ones((size, 1), bool), chosen & ~missing[:, None]], axis=1)
        records[name] = np.packbits(asked, axis=1, bitorder="little")[:, : records[name].shape[1]]
        return
    if question.type == "rank":
        k = len(place.coded[name].choices)
        liked = random.gumbel(size=(size, k)) + random.normal(0, 2, (REGIONS, k))[regions]
        records[name] = np.where(missing[:, None], 0, np.argsort(-liked, axis=1) + 1)
        return
    k = {"integer": 8, "date": 12}.get(question.type) or len(place.coded[name].choices)
    shares = random.dirichlet(np.full(k, lean), REGIONS)
    drawn = (shares.cumsum(axis=1)[regions] < random.random(size)[:, None]).sum(axis=1).clip(0, k - 1)
    if question.type == "integer":
        records[name] = np.where(missing, MISSING_INTEGER, drawn)
    elif question.type == "date":
        records[name] = np.where(missing, MISSING_DATE, 735_000 + 366 * drawn)
    else:
        records[name] = np.where(missing, 0, drawn + 1)


def true_count(people: Population, table, row, column: str | None) -> int:
    """How many answers there truly are in a cell, or in the row where `column` is None."""
    return int((of_column(people, table, column) & of_row(people, table, row)).sum())


def of_row(people, table, row):
    """(responses,) who is in that row, whether they answered or not."""
    found = np.ones(len(people.records), bool)
    if table.within:
        found &= _is_one_of(people, "region", [table.within])
    if row.kind != EVERYBODY:
        found &= _is_one_of(people, table.breakdown, row.name.split("+"))
    return found


def _is_one_of(people, name, members):
    choices = people.layout.coded[name].choices
    return np.isin(people.records[name], [choices.index(each) + 1 for each in members])


def of_column(people, table, column):
    """(responses,) who gave that answer; any answer where `column` is None."""
    known = table.question in people.layout.coded
    asked = axis(people.form, people.layout, people.records, table.question) if known else _languages(people)
    if table.item:
        places = people.records[table.question]
        item = people.layout.coded[table.question].choices.index(table.item) + 1
        if column is None:
            return places[:, 0] > 0
        low = next(each.low for each in table.columns if each.name == column)
        return places[:, int(low) - 1] == item
    if asked.kind == "multiple":
        masks = np.unpackbits(asked.codes, axis=1, bitorder="little")[:, 1 : 1 + len(asked.categories)]
        if column is None:
            return masks.any(axis=1)
        return masks[:, [each.name for each in asked.categories].index(column)].astype(bool)
    codes = asked.codes[:, 0] if asked.kind == "ranking" else asked.codes
    if column is None:
        return codes > 0
    return np.isin(codes, [place + 1 for place in _places(asked, table, column)])


def _languages(people):
    return languages(people.layout, people.records)


def _places(asked, table, column):
    """The categories of a column: bands are put together from neighbours, and all categories are in one."""
    if not asked.banded:
        return [[each.name for each in asked.categories].index(column)]
    index = [each.name for each in table.columns].index(column)
    at, ends = 0, []
    for following in table.columns[1:]:
        first = following.name.removeprefix("≥ ").split("–")[0]
        while asked.categories[at].ends[0] != first:
            at += 1
        ends.append(at)
    starts = [0, *ends]
    return range(starts[index], [*ends, len(asked.categories)][index])
