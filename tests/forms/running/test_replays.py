"""Forms filled in as ODK's own engine filled them in."""

import json
from datetime import date
from pathlib import Path

import pytest

from forms.running.flow import Flow
from forms.xlsform.importing import import_file

FIXTURES = Path(__file__).parents[3] / "../shared/fixtures"
REPLAYS = sorted((FIXTURES / "replays").glob("*.jsonl"))
TODAY = date(2026, 11, 22)
# Where we knowingly differ: a choice named twice in a list is one choice here; a shared list is given its "other" only
# for the question that asks for it; a range is kept within its limits by its constraint.
KNOWN = {
    "/data/county",
    "/data/basic_types/q_select_multi",
    "/data/wirkung/attribution_beruf",
}


def played(flow, steps, names):
    answers = {names[step["set"]]: step["value"] for step in steps if step.get("set") in names}
    return flow.state(answers, TODAY, "en")


def plain(value):
    """Engines differ in the order of ticks and in 0.0 for 0: read_page() brings both into one form."""
    try:
        return float(value)
    except ValueError:
        return sorted(value.split())


def differences(flow, replay, names):
    state = played(flow, replay["steps"], names)
    for path, node in replay["final"].items():
        name = names.get(path)
        if name is None or path in KNOWN:
            continue
        if state.relevant(name) != node["relevant"]:
            yield path, "relevant", state.relevant(name)
        if plain(state.value(name)) != plain(node["value"]):
            yield path, "value", state.value(name), node["value"]
        if node["relevant"] and state.required(name) != node["required"]:
            yield path, "required", state.required(name)
        if "options" in node and [choice.name for choice in state.options(name)] != node["options"]:
            yield path, "options", state.options(name), node["options"]
        if state.violates(name) != node.get("constraint_violated", False):
            yield path, "violates", state.violates(name)


@pytest.mark.skipif(not REPLAYS, reason="the shared fixtures are not beside this checkout")
@pytest.mark.parametrize("path", REPLAYS, ids=lambda path: path.stem)
def test_forms_run_as_they_run_in_odk(path):
    workbook = next((FIXTURES / "forms").glob(f"{path.stem}.*"))
    questionnaire = import_file(workbook.name, workbook.read_bytes()).questionnaire
    if questionnaire is None:
        pytest.skip("the importer refuses this form")
    names = {f"/data{question.path.removeprefix('/data')}": question.name for question in questionnaire.questions()}
    flow = Flow(questionnaire)

    found = [row for line in path.read_text().splitlines() for row in differences(flow, json.loads(line), names)]

    assert found == []
