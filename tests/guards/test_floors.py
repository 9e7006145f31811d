"""Imports go down only, never sideways; what is pure stays pure; the respondent's pages are blind."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("guard_imports", Path(__file__).with_name("imports.py"))
assert _spec is not None
assert _spec.loader is not None
graph = importlib.util.module_from_spec(_spec)
sys.modules["guard_imports"] = graph
_spec.loader.exec_module(graph)

#: From the roof down; rooms in one row may not import each other.
FLOORS = (
    ("app",),
    ("consultations.pages", "consultations.cli"),
    ("consultations.sample",),
    ("consultations.papers",),
    ("consultations.analysis",),
    ("consultations.responses", "consultations.fieldwork"),
    ("consultations.rounds",),
    ("consultations.registry", "consultations.staff"),
    (
        "consultations.audit",
        "consultations.jobs",
        "consultations.mail",
        "consultations.flood",
        "consultations.migrations",
    ),
    ("consultations.database", "consultations.errors", "consultations.hardening", "consultations.settings"),
    ("forms", "exports"),
    ("translations",),
)

PURE = (
    "forms",
    "translations",
    "exports",
    "consultations.errors",
    "consultations.flood",
    "consultations.staff.roles",
    "consultations.staff.limits",
    "consultations.staff.keys",
    "consultations.staff.passphrases",
    "consultations.staff.shares",
    "consultations.staff.fingerprints",
    "consultations.rounds.lifecycle",
    "consultations.rounds.invitation_codes",
    "consultations.responses.codes",
    "consultations.responses.sealing",
    "consultations.responses.opening",
    "consultations.responses.opening_child",
    "consultations.responses.snapshots",
    "consultations.fieldwork.coding",
    "consultations.fieldwork.transcripts",
    "consultations.analysis.tabulate",
    "consultations.analysis.disclosure",
    "consultations.analysis.plans.assumed",
    "consultations.analysis.plans.country_lists",
    "consultations.analysis.plans.estimates",
    "consultations.analysis.plans.plan",
    "consultations.analysis.plans.protectable",
    "consultations.analysis.plans.steps",
    "consultations.analysis.attack",
)
IMPURE = {"flask", "flask_babel", "flask_wtf", "sqlalchemy", "alembic"}

#: The only rooms that may open answers.
KEY_HOLDERS = ("consultations.analysis", "consultations.pages.responses", "consultations.cli", "consultations.sample")

MODULES = sorted(graph.sources())


def room_of(module: str) -> str | None:
    rooms = [room for floor in FLOORS for room in floor if module == room or module.startswith(room + ".")]
    return max(rooms, key=len, default=None)


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "consultations"])
def test_every_module_has_a_room(module: str) -> None:
    assert room_of(module) is not None


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module: str) -> None:
    room = room_of(module)
    if room is None:
        return
    for imported in graph.project_imports(module):
        below = room_of(imported)
        if below is None or below == room:
            continue
        assert floor_of(below) > floor_of(room), f"{module} imports {imported}: that is not a floor below"


@pytest.mark.parametrize(
    "module", [name for name in MODULES if any(name == p or name.startswith(p + ".") for p in PURE)]
)
def test_what_is_pure_reaches_neither_web_nor_database(module: str) -> None:
    reached = {name.split(".")[0] for name in graph.reachable(module)}
    assert not reached & IMPURE


def test_the_respondent_s_pages_cannot_open_answers() -> None:
    rooms = ("answer", "members", "quick", "saving", "sending", "taking_in", "withdrawing")
    for module in (f"consultations.pages.{room}" for room in rooms):
        reached = graph.reachable(module)
        assert not [name for name in reached if name.startswith(("consultations.analysis", "consultations.papers"))]
        assert "consultations.responses.unsealing" not in reached


@pytest.mark.parametrize("module", MODULES)
def test_only_key_holders_open_answers(module: str) -> None:
    if "consultations.responses.unsealing" in graph.project_imports(module):
        assert module.startswith((*KEY_HOLDERS, "consultations.responses"))


def test_no_module_imports_itself_in_a_circle() -> None:
    for module in MODULES:
        for imported in graph.project_imports(module):
            assert module not in {name for name in graph.reachable(imported) if name in graph.sources()}, (
                f"{module} and {imported} import each other"
            )
