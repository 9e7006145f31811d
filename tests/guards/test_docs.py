"""Documents name only what exists, and every setting and command is named in them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import click
import pytest

from consultations import cli, settings

PROJECT = Path(__file__).parents[2]
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_a_link_leads_to_a_file(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_a_file_that_is_named_exists(document: Path) -> None:
    named = re.findall(
        r"`((?:app|forms|translations|exports|consultations|tests|benchmarks|deploy|docs)/[\w./-]+)`",
        document.read_text("utf-8"),
    )
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_every_setting_is_documented() -> None:
    described = (PROJECT / "docs" / "settings.md").read_text("utf-8")
    source = Path(settings.__file__).read_text("utf-8")
    named = set(re.findall(r"environment\.get\(\"([A-Z_]+)\"", source))
    assert len(named) >= len(dataclasses.fields(settings.Settings)) - 1
    assert {name for name in named if name not in described} == set()


def test_every_group_of_commands_is_documented() -> None:
    text = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    groups = [module.commands for module in cli.GROUPS]
    missing = [group.name for group in groups if isinstance(group, click.Group) and f"app {group.name}" not in text]
    assert missing == []
