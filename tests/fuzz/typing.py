"""What somebody may send for one page: plausible, odd or hostile."""

from __future__ import annotations

from random import Random

from forms.questionnaire import Question
from forms.running.answers import SHOWN
from forms.running.state import State
from forms.running.typed_times import parts_of
from tests.fuzz import odd

_PLAIN = {
    "integer": ("0", "7", "-3", "1,000", "٤٢", "12.0"),
    "decimal": ("0", "1.5", "1,5", "-0.0", "1e3", "12345678.25"),
    "range": ("0", "1", "5", "2.5", "-1"),
    "time": ("9:30", "21.15", "24:00", "9h30"),
    "acknowledge": ("OK", "yes", ""),
    "text": ("A word", "Two\r\nlines", "  ", "ΑΒΓ"),
}
_PARTS = {
    "year": ("2026", "1", "0", "99999"),
    "month": ("11", "13", "0"),
    "day": ("22", "31", "0"),
    "time": ("9:30", "x"),
}


def typed(questions: tuple[tuple[str, Question], ...], state: State, chance: Random) -> dict[str, list[str]]:
    """Fields and their values, as a browser or a script of somebody's may send them."""
    raw: dict[str, list[str]] = {}
    for name, question in questions[:50]:
        if chance.random() < 0.1:
            continue
        raw[name] = _answer(name, question, state, chance)
        for part in parts_of(question):
            raw[f"{name}-{part}"] = [
                chance.choice((*_PARTS[part], *odd.NUMBERS) if chance.random() < 0.2 else _PARTS[part])
            ]
    if chance.random() < 0.3:
        raw[SHOWN] = [" ".join(name for name, _ in questions if chance.random() < 0.8), chance.choice(odd.TEXTS)]
    return raw


def _answer(name: str, question: Question, state: State, chance: Random) -> list[str]:
    roll = chance.random()
    if roll < 0.1:
        return [
            chance.choice((*odd.TEXTS, *odd.NUMBERS, *odd.NAMES, *odd.CHARACTERS)) for _ in range(chance.randint(0, 3))
        ]
    if roll < 0.12:
        return [chance.choice(odd.CHARACTERS) * chance.choice((100, 9_999, 30_000))]
    options = [choice.name for choice in state.options(name)] if name in state.values else []
    if options:
        ticked = chance.sample(options, chance.randint(0, min(5, len(options))))
        if question.type == "rank":
            return [f"{place}:{choice}" for place, choice in enumerate(chance.sample(options, len(options)), 1)]
        return ticked[:1] if question.type == "select_one" else ticked
    return [chance.choice(_PLAIN.get(question.type, odd.TEXTS))]
