"""Complete answers a second, from the welcome page to the thanks: `python -m benchmarks.answers [members ...]`."""

from __future__ import annotations

import sys

from sqlalchemy import func, select

from benchmarks import databases
from benchmarks.crowd import Run, answering
from benchmarks.limits import bare_pages_a_second, commits_a_second
from benchmarks.machine import machine, percentile, print_table
from benchmarks.members import Script, recorded
from benchmarks.serving import served
from benchmarks.trial import SLUG, open_trial, session_on
from consultations.cli.server import THREADS
from consultations.responses.models import SealedResponse

WORKERS = 2
SECONDS = 5.0
WARMING_SECONDS = 1.5
SCRIPTS = 8
#: More than an engine has connections for would wait for one another.
MOST_WRITERS = 8
PATH = f"/c/{SLUG}/en/"


def main(crowds: list[int]) -> None:
    print(machine())
    print(f"\n{WORKERS} web processes of {THREADS} threads, flood control off; clients on the same cores,")
    print("with gzip and Brotli as a phone takes them, on kept connections.")
    seen: dict[tuple[str, int], Run] = {}
    commits: dict[tuple[str, int], float] = {}
    steps = 0
    for kind, database in databases.DATABASES.items():
        with database() as url:
            runs, steps = _runs(url, crowds)
            seen |= {(kind, members): run for members, run in runs.items()}
            commits |= {(kind, members): commits_a_second(url, min(members, MOST_WRITERS)) for members in crowds}
    bare = {members: bare_pages_a_second(members, WORKERS) for members in crowds}
    head = ("members at once", "answers/s", "pages/s", "page p50 ms", "p95", "send p50 ms", "p95")
    more = ("server ms a page", "client's share of the processor", "of the smaller limit")
    rows = [
        (
            *_row(kind, members, run),
            f"{_pages(run) / run.seconds / min(bare[members], steps * commits[kind, members]):.0%}",
        )
        for (kind, members), run in seen.items()
    ]
    print_table(("database", *head, *more), rows)
    print(f"\nA complete answer is {steps} pages and one durable commit. The limits, measured right after:")
    limits = [(f"bare Flask page, {members} at once", f"{pages:,.0f}") for members, pages in bare.items()]
    limits += [
        (f"durable commit, {kind}, {members} at once", f"{rate:,.0f}") for (kind, members), rate in commits.items()
    ]
    print_table(("limit", "a second"), limits)


def _pages(run: Run) -> int:
    return len(run.pages) + len(run.sends)


def _runs(url: str, crowds: list[int]) -> tuple[dict[int, Run], int]:
    with session_on(url) as session:
        trial = open_trial(session)
        consultation_id = trial.consultation.id
    with databases.folder() as instance, served(instance, url, WORKERS) as server:
        scripts: list[Script] = [recorded(server.port, PATH, seed) for seed in range(SCRIPTS)]
        warm = answering(server, PATH, scripts, 8, WARMING_SECONDS)
        runs = {members: answering(server, PATH, scripts, members, SECONDS) for members in crowds}
        sent = SCRIPTS + warm.answers + sum(run.answers for run in runs.values())
    with session_on(url) as session:
        mine = SealedResponse.consultation_id == consultation_id
        stored = session.scalar(select(func.count()).select_from(SealedResponse).where(mine))
    assert stored == sent, f"{sent} sent, {stored} stored"
    return runs, round(sum(map(len, scripts)) / SCRIPTS)


def _row(kind: str, members: int, run: Run) -> tuple[object, ...]:
    pages = _pages(run)
    times = [f"{percentile(v, share) * 1000:.1f}" for v in (run.pages, run.sends) for share in (0.5, 0.95)]
    rates = (f"{run.answers / run.seconds:.1f}", f"{pages / run.seconds:.0f}")
    return (
        *(kind, members, *rates, *times, f"{run.server_seconds / pages * 1000:.2f}"),
        f"{run.client_seconds / (run.client_seconds + run.server_seconds):.0%}",
    )


if __name__ == "__main__":
    main([int(members) for members in sys.argv[1:]] or [1, 8, 32])
