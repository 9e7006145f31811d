"""How long it takes to tabulate and protect a consultation: `python -m benchmarks.tables [answers ...]`."""

from __future__ import annotations

import sys
import time

import numpy as np

from benchmarks.machine import fresh, machine, peak_mib, print_table
from consultations.analysis.regional import released_tables
from consultations.analysis.tables import to_json
from forms.packing import columns, layout
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text

CHOICES = {"region": 5, "setting": 4, "protection": 6, "obstacles": 12, "several": 8}
#: 20 questions: a region, a second breakdown, and what people answered.
QUESTIONS = (
    ("select_one", "region", "region"),
    ("select_one", "setting", "setting"),
    *(("select_one", f"right_{number}", "protection") for number in range(12)),
    *(("select_multiple", f"several_{number}", "several" if number else "obstacles") for number in range(3)),
    ("integer", "days", ""),
    ("decimal", "hours", ""),
    ("date", "since", ""),
)


def form() -> Questionnaire:
    questions = tuple(
        Question(name, kind, f"/data/{name}", Source("survey", 2), Text({"en": name}), list_name=list_name)
        for kind, name, list_name in QUESTIONS
    )
    choices = {
        name: tuple(Choice(f"{name}_{n}", Text({"en": str(n)})) for n in range(k)) for name, k in CHOICES.items()
    }
    return Questionnaire(Text({"en": "Benchmark"}), "benchmark", ("en",), "en", questions, choices)


def drawn(questionnaire: Questionnaire, size: int) -> bytes:
    """Hot records of `size` answers, skewed as regions are."""
    random, place = np.random.default_rng(1), layout(questionnaire)
    made = np.zeros(size, place.dtype)
    made["record_key"] = random.integers(0, 2**32, size)
    for kind, name, list_name in QUESTIONS:
        if kind == "select_one":
            made[name] = np.minimum(random.geometric(0.4, size), CHOICES[list_name])
        elif kind == "select_multiple":
            chosen = random.random((size, CHOICES[list_name])) < 0.3
            asked = np.concatenate([np.ones((size, 1), bool), chosen], axis=1)
            made[name] = np.packbits(asked, axis=1, bitorder="little")[:, : made[name].shape[1]]
    made["days"] = random.integers(0, 8, size)
    made["hours"] = random.gamma(2, 15, size)
    made["since"] = random.integers(725_000, 739_000, size)
    return made.tobytes()


def main(sizes: list[int]) -> None:
    print(machine())
    print("\nTwenty questions by region and by a second breakdown, and by that within each region from 1,000 answers;")
    print(f"numpy {np.__version__}, a fresh process each.")
    head = ("tables", "rows", "seconds", "MiB of records", "KiB of tables", "peak MiB")
    print_table(("answers", *head), [fresh(measured, size) for size in sizes])


def measured(size: int) -> tuple[str, ...]:
    """A row of figures; to be called in a process of its own."""
    questionnaire = form()
    hot = drawn(questionnaire, size)
    started = time.perf_counter()
    place = layout(questionnaire)
    tables = released_tables(place, questionnaire, columns(place, hot), ["region", "setting"])
    seconds = time.perf_counter() - started
    rows = sum(len(table.rows) for table in tables)
    stored = len(str(to_json(tables))) / 1024
    figures = (f"{seconds:.2f}", f"{len(hot) / 2**20:.1f}", f"{stored:.0f}", f"{peak_mib():.0f}")
    return f"{size:,}", str(len(tables)), str(rows), *figures


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 1_000_000])
