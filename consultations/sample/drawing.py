"""Synthetic answers to the sample questionnaire, drawn from tables of shares with a seed: the same ones every time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from forms.running.flow import Flow, final_answers

LANGUAGES = ("zh", "en", "fr", "ru", "es")
#: What sample respondents in a region mostly answer in.
LANGUAGE_SHARES = {
    "africa": (0, 50, 45, 0, 5),
    "asia-pacific": (45, 50, 0, 5, 0),
    "europe": (0, 45, 15, 30, 10),
    "latin-america": (0, 10, 0, 0, 90),
    "north-america-caribbean": (2, 70, 13, 0, 15),
}


def drawn_answers(
    flow: Flow, material: Mapping[str, Any], today: datetime.date
) -> Iterator[tuple[Mapping[str, str], str]]:
    """(answers by question name, language) of each synthetic respondent; every one passes the form's own checks."""
    # A seed makes the sample the same everywhere; nothing secret is drawn here.
    chance = Random(material["seed"])  # noqa: S311 - see above
    words = {question: list(texts) for question, texts in material["text"].items()}
    for number in range(material["answers"]):
        region = _of_shares(chance, material["regions"])
        answers = _closed(flow, material, region, chance)
        language = chance.choices(LANGUAGES, LANGUAGE_SHARES[region])[0]
        # The invented open answers go to the first respondents of their regions, at most one each.
        said = _words(words, region, chance) if number < material["answers"] // 2 else None
        if said:
            question, entry = said
            answers[question], language = entry["text"], entry["language"]
        state = flow.state(answers, today, language)
        yield final_answers(state), language


def _closed(flow: Flow, material: Mapping[str, Any], region: str, chance: Random) -> dict[str, str]:
    answers = {"region": region}
    countries = [row.name for row in flow.questionnaire.choices["country"] if row.columns.get("region") == region]
    answers["country"] = chance.choice(countries)
    for question, shares in material["select_one"].items():
        answers[question] = _of_shares(chance, shares[region])
    for question, shares in material["select_multiple"].items():
        answers[question] = _several(chance, shares[region])
    for question, figures in material["integer"].items():
        answers[question] = str(chance.choices(figures["values"], figures["weights"])[0])
    for question, share in material["unanswered"].items():
        if chance.random() * 100 < share:
            answers.pop(question, None)
    return answers


def _of_shares(chance: Random, shares: Mapping[str, int]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _several(chance: Random, shares: Mapping[str, Mapping[str, int]]) -> str:
    """One of the answers that stand alone with its share, else each of the others with its own, and at least one."""
    roll = chance.random() * 100
    for name, share in shares["alone"].items():
        if roll < share:
            return name
        roll -= share
    while True:
        chosen = [name for name, share in shares["each"].items() if chance.random() * 100 < share]
        if chosen:
            return " ".join(chosen)


def _words(words: dict[str, list[Any]], region: str, chance: Random) -> tuple[str, Any] | None:
    open_to = [(question, entry) for question, left in words.items() for entry in left if region in entry["regions"]]
    if not open_to:
        return None
    question, entry = chance.choice(open_to)
    words[question].remove(entry)
    return question, entry


def shifted(material: Mapping[str, Any], by: Mapping[str, Any]) -> dict[str, Any]:
    """`material` with other shares, another number of answers and nobody's own words; `by` is as `earlier.json` is."""
    one = {question: dict(of_region) for question, of_region in material["select_one"].items()}
    for question, points in by["select_one"].items():
        one[question] = {region: _moved(shares, points) for region, shares in one[question].items()}
    several = {question: dict(of_region) for question, of_region in material["select_multiple"].items()}
    for question, points in by["select_multiple"].items():
        several[question] = {
            region: {**shares, "each": _moved(shares["each"], points)} for region, shares in several[question].items()
        }
    changed = {"select_one": one, "select_multiple": several, "text": {}, "seed": by["seed"], "answers": by["answers"]}
    return {**material, **changed}


def _moved(shares: Mapping[str, int], points: Mapping[str, int]) -> dict[str, int]:
    return {name: max(0, share + points.get(name, 0)) for name, share in shares.items()}
