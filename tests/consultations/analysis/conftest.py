"""A small questionnaire with every kind of closed question, and records of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from forms.packing import Layout, columns, layout, pack
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text

LISTS = {
    "region": ("africa", "asia-pacific", "europe", "latin-america", "north-america-caribbean"),
    "country": ("KE", "PE"),
    "setting": ("outdoors", "venue", "no_answer"),
    "protection": ("not_at_all", "a_little", "partly", "mostly", "fully", "no_answer"),
    "obstacles": tuple(f"obstacle_{n}" for n in range(1, 12)),
    "permission": ("with_region", "without_region", "no"),
}


def _question(type: str, name: str, list_name: str = "", **more: Any) -> Question:
    label = Text({"en": f"About {name}", "fr": f"Sur {name}"})
    return Question(name, type, f"/data/{name}", Source("survey", 2), label, list_name=list_name, **more)


QUESTIONS = (
    _question("select_one", "region", "region", disaggregation=True),
    _question("select_one", "country", "country"),
    _question("select_one", "setting", "setting", disaggregation=True),
    _question("select_one", "right_health", "protection"),
    _question("select_multiple", "obstacles", "obstacles"),
    _question("integer", "days", constraint=". >= 0 and . <= 7"),
    _question("decimal", "hours"),
    _question("date", "since"),
    _question("date", "month", appearance="month-year"),
    _question("text", "what_changed"),
    _question("select_one", "quote_permission", "permission"),
    _question("note", "thanks"),
    _question("range", "pain", parameters={"start": "0", "end": "10"}),
    _question("time", "opens"),
    _question("datetime", "last"),
    _question("rank", "needs", "setting"),
    _question("acknowledge", "agreed"),
)


@pytest.fixture
def form() -> Questionnaire:
    choices = {
        name: tuple(Choice(each, Text({"en": each.replace("_", " ").title()})) for each in names)
        for name, names in LISTS.items()
    }
    return Questionnaire(Text({"en": "Our rights"}), "rights", ("en", "fr"), "en", QUESTIONS, choices)


@pytest.fixture
def packed(form: Questionnaire) -> Layout:
    return layout(form)


@pytest.fixture
def records(packed: Layout) -> Callable[[Sequence[dict[str, str]]], npt.NDArray[np.void]]:
    """Answers -> records whose keys are drawn from a fixed seed."""

    def made(answers: Sequence[dict[str, str]]) -> npt.NDArray[np.void]:
        keys = np.random.default_rng(7).integers(0, 2**32, len(answers))
        rows = (pack(packed, each, "en", int(key))[0] for each, key in zip(answers, keys, strict=True))
        return columns(packed, b"".join(rows))

    return made


@pytest.fixture
def people() -> list[dict[str, str]]:
    """200 answers over four regions, the last of them small, and one region without any."""
    random = np.random.default_rng(11)
    regions = random.choice(LISTS["region"][:4], 200, p=[0.45, 0.3, 0.215, 0.035])
    return [
        {
            "region": str(region),
            "country": str(random.choice(LISTS["country"])),
            "setting": str(random.choice(LISTS["setting"])),
            "right_health": str(random.choice(LISTS["protection"])),
            "obstacles": " ".join(random.choice(LISTS["obstacles"], 2, replace=False)),
            "days": str(random.integers(0, 8)),
            "hours": str(random.integers(0, 120) / 2),
            "since": f"{random.integers(2001, 2026)}-05-17",
            "month": f"2025-{random.integers(1, 13):02}-01",
            "quote_permission": "no",
        }
        for region in regions
    ]
