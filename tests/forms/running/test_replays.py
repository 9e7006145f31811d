"""Forms filled in as ODK's own engine filled them in."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from forms.commands.playing import Play
from forms.xlsform.importing import import_file

FIXTURES = Path(__file__).parents[3] / "../shared/fixtures"
REPLAYS = sorted((FIXTURES / "replays").glob("*.jsonl"))
TODAY = date(2026, 11, 22)
#: What depends on the moment or on the device.
VOLATILE = re.compile(r"/(meta|start|end|today|deviceid|uri_deviceid|simserial|phonenumber|username)(/|$)")
ASIDE = frozenset({"t"})


def states(questionnaire, recording):
    play = Play(questionnaire, TODAY)
    yield recording.get("initial", {}), play.step({"state": True})["nodes"]
    for step in recording["steps"]:
        if is_there(play, step):
            play.step(step)
    yield recording["final"], play.step({"state": True})["nodes"]


def is_there(play, step):
    """Rows that are dropped on purpose have no node to set."""
    return step.get("set") in play.step({"state": True})["nodes"] or "set" not in step


def plain(value):
    """Engines differ in the order of ticks and in 0.0 for 0."""
    try:
        return float(value)
    except ValueError:
        return sorted(value.split())


def as_compared(node):
    return {key: plain(node[key]) if key == "value" else node[key] for key in node if key not in ASIDE}


def differences(wanted, found, dropped):
    for path, node in wanted.items():
        if VOLATILE.search(path) or (path not in found and path.rsplit("/", 1)[-1] in dropped):
            continue
        theirs = as_compared({"constraint_violated": False} | node)
        ours = as_compared({"constraint_violated": False} | found.get(path, {}))
        if any(ours.get(key) != theirs[key] for key in theirs):
            yield path, ours, theirs
    yield from ((path, "only ours") for path in found if path not in wanted and wanted)


@pytest.mark.skipif(not REPLAYS, reason="the shared fixtures are not beside this checkout")
@pytest.mark.parametrize("path", REPLAYS, ids=lambda path: path.stem)
def test_forms_run_as_they_run_in_odk(path):
    workbook = next((FIXTURES / "forms").glob(f"{path.stem}.*"))
    imported = import_file(workbook.name, workbook.read_bytes())
    dropped = {p.values["name"] for p in imported.problems if p.code in ("type.identifying", "type.not_collected")}

    found = [
        (seed, *row)
        for seed, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for wanted, nodes in states(imported.questionnaire, json.loads(line))
        for row in differences(wanted, nodes, dropped)
    ]

    assert found == []
