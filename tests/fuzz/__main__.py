"""`python -m tests.fuzz`: imports mutated forms and holds what comes of them to what was promised; `make fuzz`."""

from __future__ import annotations

import argparse
import math
import os
import sys
import time

from tests.fuzz.findings import Tally, smallest
from tests.fuzz.running import KINDS, run

TABLES, FILES = 100_000, 2_000
#: Distinct findings that are told in full.
_TOLD = 10


def main() -> int:
    """Returns 1 on any finding."""
    given = _arguments()
    wanted = {"table": given.tables, "file": given.files} if given.only is None else {given.kind: 1}
    first = given.first if given.only is None else given.only
    counts = {kind: count for kind, count in wanted.items() if count}
    tallies = {kind: _ran(kind, range(first, first + count), given) for kind, count in counts.items()}
    for kind, tally in tallies.items():
        _tell_findings(kind, tally)
    return int(any(tally.findings for tally in tallies.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--tables", type=int, default=TABLES, help="how many mutated tables (default: %(default)s)")
    parser.add_argument("--files", type=int, default=FILES, help="how many mutated files (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input of each kind")
    parser.add_argument("--only", type=int, help="one input by its number, to see a finding again")
    parser.add_argument("--kind", choices=tuple(KINDS), default="table", help="what --only is the number of")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop then, for each kind (default: never)")
    return parser.parse_args()


def _ran(kind: str, numbers: range, given: argparse.Namespace) -> Tally:
    begun = time.monotonic()

    def tell(tally: Tally) -> None:
        share = f"{tally.ran:,} of {len(numbers):,} {kind}s, {tally.usable:,} usable, {len(tally.findings)} findings"
        print(f"\r{share}, {time.monotonic() - begun:.0f} s", end="", file=sys.stderr, flush=True)

    tally = run(kind, numbers, min(given.workers, len(numbers)), tell, 60 * given.minutes)
    print(file=sys.stderr)
    print(
        f"{kind}s: {tally.ran:,} imported in {time.monotonic() - begun:.0f} s, {tally.usable:,} usable, "
        f"{tally.problems:,} problems told; slowest {tally.slowest_seconds:.1f} s (number {tally.slowest}); "
        f"memory at most {tally.memory_mb:.0f} MB, in a child {tally.children_mb:.0f} MB; "
        f"{len(tally.findings)} findings"
    )
    return tally


def _tell_findings(kind: str, tally: Tally) -> None:
    for (what, where), findings in list(tally.distinct().items())[:_TOLD]:
        numbers = ", ".join(str(finding.number) for finding in findings[:5])
        print(f"\n{what}\n  at {where}, {len(findings)} times: --kind {kind} --only {numbers}")
        print(findings[0].trace)
        if kind == "table" and "TooSlow" not in what and "process ended" not in what:
            print(smallest(findings[0]))


if __name__ == "__main__":
    sys.exit(main())
