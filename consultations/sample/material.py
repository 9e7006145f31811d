"""The sample's texts and figures, read from the files beside this module; all of it is invented and says so."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from forms.questionnaire import Questionnaire
from forms.xlsform.importing import import_file

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """`answers`, `consultation`, `earlier`, `indicators`, `interviews` or `paper`."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


@cache
def questionnaire() -> Questionnaire:
    """The sample questionnaire, imported as any author's workbook is."""
    imported = import_file("questionnaire.md", (FOLDER / "questionnaire.md").read_bytes())
    if imported.questionnaire is None:
        raise ValueError([problem.as_json() for problem in imported.problems])
    return imported.questionnaire
