"""Authors' regular expressions, run so that no pattern and no text can make them hang."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from forms.expressions.dialect import split
from forms.marking import N_, Sentence

# `re` took 9.5 s over `(a+)+$` on forty letters; RE2 works in linear time and in the memory that it is given.
# 4 MiB hold `[\p{L} ]{1,300}`, for names in any script; 1 MiB did not.
_MAX_MEMORY_BYTES = 4 << 20


class PatternProblem(ValueError):
    """A regular expression that cannot be run; its sentence says why, to authors."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.told())
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that is ready: what the text has to begin with or not, and what the whole of it is."""

    body: Any
    beginnings: tuple[tuple[Any, bool], ...] = ()

    def matches(self, text: str) -> bool:
        """Whether the whole text is as the pattern says."""
        for beginning, is_wanted in self.beginnings:
            if (beginning.match(text) is not None) is not is_wanted:
                return False
        return self.body.fullmatch(text) is not None


@lru_cache(maxsize=128)
def compiled(pattern: str) -> Pattern:
    """The pattern ready to match; raises PatternProblem."""
    body, beginnings = split(pattern)
    return Pattern(_ready(body), tuple((_ready(beginning), is_wanted) for beginning, is_wanted in beginnings))


def matches(text: str, pattern: str) -> bool:
    """`regex()`: whether the whole text is as the pattern says; False where one of them is unreadable."""
    try:
        return compiled(pattern).matches(text)
    except (PatternProblem, UnicodeEncodeError):  # half of a surrogate pair is no text
        return False


def _ready(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    # Whether a text matches is all that is asked; keeping what each group caught is slow with many groups.
    options.never_capture = True
    options.max_mem = _MAX_MEMORY_BYTES
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as problem:
        raise PatternProblem(_reason(problem)) from problem


def _reason(problem: Exception) -> Sentence:
    """RE2's words, which name the part of the pattern that is meant, in ours where authors meet them often."""
    told = problem.args[0].decode(errors="replace") if isinstance(problem.args[0], bytes) else str(problem)
    for theirs, ours in _REASONS.items():
        if theirs in told:
            return Sentence(ours)
    return Sentence(N_("This regular expression cannot be read: %(told)s."), {"told": told})


_REASONS = {
    "(?=": N_("In this regular expression, (?=…) may only stand at the very beginning."),
    "(?!": N_("In this regular expression, (?!…) may only stand at the very beginning."),
    "(?<": N_("This regular expression looks behind with (?<…), which cannot be done here."),
    "invalid perl operator": N_("This regular expression uses a group (?…) that cannot be used here."),
    "too large": N_("This regular expression repeats too much to be run."),
    "invalid repetition size": N_("This regular expression repeats too much to be run."),
    "invalid escape sequence: \\1": N_("This regular expression refers back with \\1, which cannot be done here."),
    "missing ]": N_("This regular expression has a [ without its ]."),
    "missing )": N_("This regular expression has a ( without its )."),
    "unexpected )": N_("This regular expression has a ) without its (."),
}
