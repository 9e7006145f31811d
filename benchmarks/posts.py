"""Where a member's page spends its time, inside one process without a server: `python -m benchmarks.posts [lines]`."""

from __future__ import annotations

import cProfile
import pstats
import re
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from app import create_app
from benchmarks import databases
from benchmarks.machine import machine, percentile, print_table
from benchmarks.members import Script, recorded
from benchmarks.serving import served
from benchmarks.trial import SLUG, open_trial, session_on
from consultations.responses.epochs import EPOCHS
from consultations.settings import PROJECT, Settings

ROUNDS = 40
PATH = f"/c/{SLUG}/en/"
#: Functions that do most of the page are the page.
MOST_OF_ALL = 0.7
#: The few that are asked of libraries.
LIBRARIES = {
    ("flask/templating.py", "render_template"): "Flask: render_template",
    ("flask/app.py", "url_for"): "Flask: url_for",
    ("flask/app.py", "process_response"): "Flask: process_response (headers, commit)",
    ("jinja2/ext.py", "_gettext_alias"): "Jinja: gettext",
    ("orm/session.py", "scalars"): "SQLAlchemy: scalars",
    ("orm/strategies.py", "_emit_lazyload"): "SQLAlchemy: a row that is loaded at first use",
    ("orm/session.py", "commit"): "SQLAlchemy: commit",
}
_STATE = re.compile(r'name="state" value="([^"]*)"')
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "identity"}


def main(lines: int) -> None:
    print(machine())
    with databases.folder() as instance, databases.sqlite() as url:
        with session_on(url) as session:
            open_trial(session)
        with served(instance, url, workers=1) as server:
            scripts = [recorded(server.port, PATH, seed) for seed in range(4)]
        settings = Settings(url, instance, bytes(32), https=False, trusted_hosts=(), upload_limit_mib=10)
        application = create_app(settings)
        client = application.test_client(use_cookies=False)
        _answer(client, scripts[0])
        times: list[float] = []
        used = time.process_time()
        for number in range(ROUNDS):
            times += _answer(client, scripts[number % len(scripts)])
        used = time.process_time() - used
        profile = cProfile.Profile()
        profile.enable()
        pages = sum(len(_answer(client, scripts[number % len(scripts)])) for number in range(ROUNDS))
        profile.disable()
        EPOCHS.stir()
        application.extensions["engine"].dispose()
    print(f"\n{len(times):,} pages without compression: {sum(times) / len(times) * 1000:.2f} ms on average,")
    print(f"p50 {percentile(times, 0.5) * 1000:.2f} ms, p95 {percentile(times, 0.95) * 1000:.2f} ms, ", end="")
    print(f"{used / len(times) * 1000:.2f} ms of processor time.")
    print("The most expensive functions with all that they call, hence overlapping;")
    print("the profiler makes all of it two to three times slower:")
    _print_costs(profile, pages, lines)


def _answer(client: FlaskClient, script: Script) -> list[float]:
    """Seconds of each page of one complete answer."""
    state, times = "", []
    for fields in script:
        body = urlencode([("state", state), *fields] if state else fields)
        began = time.perf_counter()
        response = client.post(PATH, data=body, headers=_HEADERS) if fields else client.get(PATH)
        text = response.get_data(as_text=True)
        times.append(time.perf_counter() - began)
        assert response.status_code == 200
        found = _STATE.search(text)
        state = found[1] if found else ""
    return times


def _print_costs(profile: cProfile.Profile, pages: int, lines: int) -> None:
    stats = pstats.Stats(profile)
    total = stats.total_tt  # type: ignore[attr-defined]  # not in the stubs
    calls_of = {key: (value[1], value[3]) for key, value in stats.stats.items()}
    rows = [
        (name, f"{calls / pages:,.1f}", f"{inside / pages * 1000:.3f}", f"{inside / total:.0%}")
        for (file, _, function), (calls, inside) in sorted(calls_of.items(), key=lambda item: -item[1][1])
        if (name := _name(file, function)) and inside / total < MOST_OF_ALL
    ]
    print_table(("function", "calls a page", "ms a page", "of all"), rows[:lines])


def _name(file: str, function: str) -> str:
    """What a row is called; '' for templates' and libraries' inner parts, which name no cost that anybody could cut."""
    path = Path(file)
    if (
        function[0] != "<"
        and path.suffix == ".py"
        and any(path.is_relative_to(PROJECT / room) for room in ("consultations", "forms"))
    ):
        return f"{path.relative_to(PROJECT)}: {function}"
    return LIBRARIES.get(("/".join(path.parts[-2:]), function), "")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 25)
