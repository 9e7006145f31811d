"""A table without a questionnaire -> a first draft of one, for its author to correct."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forms.incoming.heading_rows import readings
from forms.incoming.matching import identifies
from forms.incoming.tables import Table
from forms.incoming.words import is_tick, spaced
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text

#: More different cells than this are no list of options; nor is what nearly every row says differently.
MOST_CHOICES = 30
_ROWS_A_CHOICE = 5
#: Whole numbers with so few different ones are a scale.
_SCALE = 10
#: A word that fewer people wrote may be somebody's own, and an author shall look whether it was offered.
FEW = 5
_LONGEST_NAME = 32
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LIST = re.compile(r"\s*[;|]\s*|,\s+")
_OTHER = re.compile(r"other|please specify|autre|otr[oa]|друг|其他|أخرى", re.IGNORECASE)
#: The breakdown that papers call the region.
REGION = "region"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that the author should look at: a column by its heading, and what was made of it."""

    heading: str
    #: `identifies`, `rare_words`, `empty`, `same`.
    code: str
    count: int = 0


@dataclass(slots=True)
class Draft:
    """Grows column by column."""

    language: str
    questions: list[Question] = field(default_factory=list)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, kind: str, heading: str, options: Sequence[str] = (), name: str = "") -> str:
        """One more question; -> its name."""
        name = _new_name(name or heading, self.names, f"q{len(self.names) + 1}")
        self.names.add(name)
        list_name = self._list(name, options) if options else ""
        breaks_down = name == REGION
        source = Source("survey", len(self.questions) + 2)
        self.questions.append(
            Question(
                name,
                kind,
                f"/data/{name}",
                source,
                Text({self.language: heading}),
                list_name=list_name,
                disaggregation=breaks_down,
            )
        )
        return name

    def _list(self, name: str, options: Sequence[str]) -> str:
        taken: set[str] = set()
        made = []
        for option in options:
            choice = _new_name(option, taken, f"c{len(taken) + 1}")
            taken.add(choice)
            made.append(Choice(choice, Text({self.language: option})))
        same = (known for known, choices in self.choices.items() if choices == tuple(made))
        list_name = next(same, name)
        self.choices[list_name] = tuple(made)
        return list_name


def drafted(table: Table, title: str, language: str = "en", region: str = "") -> tuple[Questionnaire, tuple[Note, ...]]:
    """A questionnaire with a question for each column, or for each group of columns, and what to look at.

    Columns that say who answered are left out. Few different words make a question with one answer, columns that tick
    options of one heading or cells that list some make one with several, numbers a number, everything else a text.
    `region`: the heading of the column by which papers break tables down; the question is called `region`. Nothing is
    required: people who answered elsewhere may have left out anything. Raises KeyError when no column is called so.
    """
    if region and not any(spaced(_whole(heading)) == spaced(region) for heading in table.headings):
        raise KeyError(region)
    draft = Draft(language)
    for heading, columns in _grouped(table):
        _add(draft, table, heading, columns, region)
    form = Questionnaire(
        title=Text({language: title}),
        form_id=_new_name(title, set(), "answers"),
        languages=(language,),
        default_language=language,
        children=tuple(draft.questions),
        choices=draft.choices,
    )
    return form, tuple(draft.notes)


def _add(draft: Draft, table: Table, heading: str, columns: list[int], region: str) -> None:
    if len(columns) > 1:
        _add_several(draft, table, heading, columns)
        return
    (at,) = columns
    cells = list(table.column(at))
    is_region = bool(region) and spaced(heading) == spaced(region)
    if identifies(table.headings[at], cells) and not is_region:
        draft.notes.append(Note(heading, "identifies"))
        return
    if len(set(cells)) < 2:
        # A question that everybody answers the same way says of everybody what they answered.
        draft.notes.append(Note(heading, "same" if cells else "empty"))
        return
    kind, options = _kind(cells)
    _note_rare(draft, heading, cells if kind == "select_one" else [])
    draft.add(kind, heading, options, REGION if is_region else "")


def _add_several(draft: Draft, table: Table, heading: str, columns: list[int]) -> None:
    """One question for columns that each tick an option, and texts for those beside them that say more."""
    options: dict[str, None] = {}
    further = []
    for at in columns:
        words = set(table.column(at))
        option = _option(table.headings[at], heading)
        if _ticks(words, option):
            own = [word for word in words if is_tick(word) is None]
            options[own[0] if own else option] = None
        elif not option and len(words) <= MOST_CHOICES:
            options |= dict.fromkeys(sorted(words))
        else:
            further.append(at)
    name = draft.add("select_multiple", heading, tuple(options))
    for at in further:
        is_other = _OTHER.search(_option(table.headings[at], heading))
        draft.add("text", _whole(table.headings[at]), name=f"{name}_other" if is_other else "")


def _kind(cells: list[str]) -> tuple[str, Sequence[str]]:
    words = Counter(cells)
    are_numbers = all(map(_NUMBER.fullmatch, words))
    if are_numbers and len(words) > _SCALE:
        return ("decimal" if any("." in word for word in words) else "integer"), ()
    if _is_list_of_options(words):
        return "select_one", _in_order(words)
    parts = _parts(words)
    return ("select_multiple", _in_order(parts)) if parts else ("text", ())


def _is_list_of_options(words: Counter[str]) -> bool:
    return len(words) <= MOST_CHOICES and len(words) <= max(2, words.total() / _ROWS_A_CHOICE)


def _parts(words: Counter[str]) -> Counter[str]:
    """What cells list, with commas or semicolons between; empty where they are no lists of a few options."""
    parts: Counter[str] = Counter()
    for cell, count in words.items():
        for part in _LIST.split(cell):
            parts[part] += count
    are_shared = len(parts) < len(words) and min(parts.values(), default=0) > 1
    return parts if are_shared and _is_list_of_options(parts) else Counter()


def _in_order(words: Counter[str]) -> tuple[str, ...]:
    """Numbers, and words that begin with one, by the number; other words by how many said them."""
    starts = {word: re.match(r"\D{0,3}([\d,.]*\d)", word) for word in words}
    numbered = {word: float(found[1].replace(",", "") or 0) for word, found in starts.items() if found}
    return tuple(sorted(words, key=lambda word: (word not in numbered, numbered.get(word, 0.0), -words[word], word)))


def _note_rare(draft: Draft, heading: str, cells: list[str]) -> None:
    rare = sum(count < FEW for count in Counter(cells).values())
    if rare:
        draft.notes.append(Note(heading, "rare_words", rare))


def _grouped(table: Table) -> Iterator[tuple[str, list[int]]]:
    """Headings of questions with their columns, in the order of the table."""
    by_base: dict[str, list[int]] = {}
    for at, heading in enumerate(table.headings):
        for base in dict.fromkeys(base for base, part in _cuts(heading) if part or base == _whole(heading)):
            by_base.setdefault(base, []).append(at)
    done: set[int] = set()
    for at, heading in enumerate(table.headings):
        if at in done:
            continue
        whole = _whole(heading)
        bases = [base for base, _ in _cuts(heading)]
        shared = next((base for base in bases if _ticks_somewhere(table, base, by_base.get(base, []))), "")
        columns = [other for other in by_base[shared] if other not in done] if shared else [at]
        done.update(columns)
        yield (shared or whole), columns


def _cuts(heading: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    return ((base, part) for base, part in readings(heading) if part or base == _whole(heading))


def _ticks_somewhere(table: Table, base: str, columns: list[int]) -> bool:
    """Whether two columns or more of one base tick options, which a question with several answers is made of."""
    ticking = [at for at in columns if _ticks(set(table.column(at)), _option(table.headings[at], base))]
    same = [at for at in columns if not _option(table.headings[at], base)]
    return len(ticking) > 1 or (len(same) > 1 and all(0 < len(set(table.column(at))) <= MOST_CHOICES for at in same))


def _ticks(words: set[str], option: str) -> bool:
    """Whether cells say nothing but that one option was chosen or not."""
    own = {word for word in words if is_tick(word) is None}
    if own:
        return len(own) == 1 and spaced(own.copy().pop()) == spaced(option)
    return bool(option) and bool(words)


def _option(heading: tuple[str, ...], base: str) -> str:
    """What is left of a heading after the question's: the option; '' where nothing is."""
    return next((part for found, part in readings(heading) if found == base), "")


def _whole(heading: tuple[str, ...]) -> str:
    return " – ".join(filter(None, heading)) if len(heading) == 1 else readings(heading)[0][0]


def _new_name(text: str, taken: set[str], otherwise: str) -> str:
    """A name of small Latin letters that is not taken; `otherwise` where the text has no such letters."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in words:
        if len(name) + len(word) >= _LONGEST_NAME:
            break
        name = f"{name}_{word}" if name else word
    name = name or otherwise
    if name[0].isdigit() and otherwise.startswith("q"):
        name = f"q{name}"
    numbers = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(each for each in numbers if each not in taken)
