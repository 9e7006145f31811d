"""Seconds and memory to render the sample's paper as PDF in five languages: `python -m benchmarks.paper`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from benchmarks import databases
from benchmarks.machine import fresh, machine, peak_mib, print_table
from benchmarks.trial import session_on
from consultations.papers import publishing
from consultations.sample.network import RELEASED, load
from exports import storing
from exports.pdf import render_pdf

Stored = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds and bytes of each paper in turn, and the process's highest memory in MiB so far."""

    seconds: tuple[float, ...]
    sizes: tuple[int, ...]
    peaks_mib: tuple[float, ...]


def main() -> None:
    print(machine())
    papers = sample_papers()
    rows = []
    for language, paper in papers.items():
        alone: Took = fresh(rendered, [paper, paper])
        rows.append(_row(language, alone, 1))
    together: Took = fresh(rendered, [*papers.values(), *papers.values()])
    rows.append(_row("all in one process", together, len(papers)))
    print("\nA fresh process each; *first* includes loading WeasyPrint and fonts, *again* is the same paper once more.")
    print_table(("language", "first s", "again s", "peak MiB after the first", "kB"), rows)


def _row(name: str, took: Took, count: int) -> tuple[object, ...]:
    first, again = sum(took.seconds[:count]), sum(took.seconds[count:])
    return (
        name,
        f"{first:.2f}",
        f"{again:.2f}",
        f"{took.peaks_mib[count - 1]:.0f}",
        f"{sum(took.sizes[:count]) / 1000:,.0f}",
    )


def sample_papers() -> dict[str, Stored]:
    """The sample's published paper by language, as it is stored."""
    with databases.sqlite() as url, session_on(url) as session:
        sample = load(session)
        made = publishing.documents(session, sample.paper, sample.finished, sample.policy, RELEASED)
        return {code: storing.to_json(document) for code, document in made.items()}


def rendered(papers: list[Stored]) -> Took:
    """Renders one after another; to be called in a process of its own."""
    seconds, sizes, peaks = [], [], []
    for paper in papers:
        began = time.perf_counter()
        sizes.append(len(render_pdf(storing.from_json(paper))))
        seconds.append(time.perf_counter() - began)
        peaks.append(peak_mib())
    return Took(tuple(seconds), tuple(sizes), tuple(peaks))


if __name__ == "__main__":
    main()
