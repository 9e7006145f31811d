"""Seconds from a fresh clone to the first page, cold and warm: `python -m benchmarks.start`."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from benchmarks import databases
from benchmarks.machine import machine, print_table
from benchmarks.serving import free_port, wait_for
from consultations.settings import PROJECT

MOST_SECONDS = 600
#: What a newcomer's shell does not have.
OURS = ("VIRTUAL_ENV", "DATABASE_URL", "INSTANCE_DIR", "PYTHONPATH", "MAKEFLAGS", "PYTHONDONTWRITEBYTECODE")


def main() -> None:
    print(machine())
    with databases.folder() as folder:
        clone = folder / "clone"
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(PROJECT), str(clone)], check=True)
        rows = [("`git clone`", f"{time.monotonic() - began:.1f}")]
        rows.append(("`make run`, nothing installed in the clone", f"{_seconds_to_page(clone):.1f}"))
        rows.append(("`make run` again", f"{_seconds_to_page(clone):.1f}"))
        size = sum(file.stat().st_size for file in clone.rglob("*") if file.is_file()) / 2**20
    print("\nPackage caches and Debian's packages were left as they are on this machine.")
    print_table(("until the first page is answered", "s"), rows)
    print(f"\nThe folder then holds {size:,.0f} MiB.")


def _seconds_to_page(clone: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    port, log = free_port(), clone.with_name("run.log")
    began = time.monotonic()
    with log.open("wb") as file:
        process = subprocess.Popen(
            ["make", "run", f"ARGS=--port {port}"],
            cwd=clone,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,  # so that all it starts can be ended together, and nothing else
        )
        try:
            wait_for(port, process, MOST_SECONDS)
            return time.monotonic() - began
        except RuntimeError:
            print(log.read_text("utf-8", "replace"))
            raise
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


if __name__ == "__main__":
    main()
