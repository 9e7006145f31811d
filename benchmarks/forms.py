"""How long a large form takes to import, and to work out anew after an answer: `python -m benchmarks.forms`."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from openpyxl import Workbook

from benchmarks.machine import fresh, machine, peak_mib, print_table
from forms.questionnaire import Questionnaire
from forms.running.filling import Filling
from forms.running.flow import Flow
from forms.running.state import State
from forms.xlsform.importing import import_file

#: Rows of questions, ten to a page; every second one has a relevance.
ROWS, PAGE = 600, 10
#: Choices of the list that is filtered.
CHOICES = 200
TODAY = date(2026, 11, 22)
HEADS = ("type", "name", "label", "relevant", "constraint", "calculation", "choice_filter", "appearance")
#: Type, and what else its row has; `BEFORE` is the question two rows above, `PAGE` the first of the page.
KINDS: tuple[Mapping[str, str], ...] = (
    {"type": "integer", "constraint": ". >= 0 and . < 1000"},
    {"type": "select_one towns", "choice_filter": "region = ${PAGE} mod 10"},
    {"type": "text", "constraint": "string-length(.) < 200"},
    {"type": "calculate", "calculation": "coalesce(${PAGE}, 0) + 1"},
    {"type": "select_multiple towns", "constraint": "count-selected(.) < 5"},
    {"type": "calculate", "calculation": "if(${BEFORE} > 50, concat('over ', ${BEFORE}), 'under')"},
    {"type": "decimal", "constraint": ". > ${PAGE}"},
    {"type": "select_one towns", "choice_filter": "region = ${PAGE} mod 10 and name != ${BEFORE}"},
    {"type": "date", "constraint": ". <= today()"},
    {"type": "text"},
)


def rows() -> Iterator[tuple[str, ...]]:
    for number in range(ROWS):
        page, kind = number - number % PAGE, KINDS[number % PAGE]
        if number == page:
            yield ("begin_group", f"page{page}", f"Page {page}", *[""] * 4, "field-list")
        relevant = f"${{q{page}}} != '' and ${{q{max(page - PAGE, 0)}}} < 900" if number % 2 else ""
        cells = {**kind, "name": f"q{number}", "label": f"Question {number}", "relevant": relevant}
        before = f"q{max(number - 2, 0)}"
        yield tuple(cells.get(head, "").replace("PAGE", f"q{page}").replace("BEFORE", before) for head in HEADS)
        if number == page + PAGE - 1:
            yield ("end_group", *[""] * 7)


def workbook() -> bytes:
    """The form as a person's spreadsheet program would write it."""
    book, content = Workbook(), io.BytesIO()
    survey, choices = book.active, book.create_sheet("choices")
    survey.title = "survey"
    survey.append(HEADS)
    for row in rows():
        survey.append(row)
    choices.append(("list_name", "name", "label", "region"))
    for number in range(CHOICES):
        choices.append(("towns", f"town{number}", f"Town {number}", str(number % 10)))
    book.save(content)
    return content.getvalue()


def answers() -> dict[str, str]:
    """Somebody has answered every question of every page."""
    given = {"integer": "7", "decimal": "9.5", "date": "2026-01-01", "text": "some words"}
    found = {}
    for number in range(ROWS):
        kind = KINDS[number % PAGE]["type"]
        found[f"q{number}"] = given.get(kind, "town7" if kind.startswith("select_one") else "town1 town2")
    return found


def page_worked_out(flow: Flow, given: Mapping[str, str]) -> State:
    """What one page asks of a state: choices, and whether an answer breaks its constraint."""
    state = flow.state(given, TODAY, "en")
    for question in flow.pages[30].questions:
        state.options(question.name)
        state.violates(question.name)
    return state


def milliseconds(work: Callable[[], object], times: int) -> tuple[float, float]:
    """The shortest and the median of so many runs: what the work takes, and what a busy machine makes of it."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1_000)
    return min(taken), statistics.median(taken)


def measured() -> list[tuple[str, ...]]:
    content, given = workbook(), answers()

    def imported() -> Questionnaire:
        found = import_file("form.xlsx", content)
        if found.questionnaire is None:
            raise ValueError(found.problems[0])
        return found.questionnaire

    questionnaire = imported()
    flow = Flow(questionnaire)
    filling, state = Filling(flow, TODAY, "en"), flow.state(given, TODAY, "en")
    filtered = next(name for name, rules in state.rules.items() if rules.choice_filter)
    new = {"q300": "8"}
    works: tuple[tuple[str, Callable[[], object], int], ...] = (
        ("import from .xlsx and compile", lambda: Flow(imported()), 3),
        ("compile alone", lambda: Flow(questionnaire), 3),
        ("a page after an answer: state, choices, constraints", lambda: page_worked_out(flow, given), 100),
        (
            "the same, one answer changed first",
            lambda: page_worked_out(flow, filling.changed(given, new)),
            200,
        ),
        ("the state alone", lambda: flow.state(given, TODAY, "en"), 100),
        ("the state of an empty form", lambda: flow.state({}, TODAY, "en"), 100),
        (f"a filter of {CHOICES} choices", lambda: (state._options.clear(), state.options(filtered)), 100),
    )
    return [(name, *(f"{figure:,.2f} ms" for figure in milliseconds(work, times))) for name, work, times in works] + [
        ("most memory held", f"{peak_mib():.0f} MiB", "")
    ]


def main() -> None:
    print(machine())
    print(f"\n{ROWS} questions on {ROWS // PAGE} pages, {ROWS // 2} relevances, a list of {CHOICES} choices.\n")
    print_table(("Work", "Shortest", "Median"), fresh(measured))


if __name__ == "__main__":
    main()
