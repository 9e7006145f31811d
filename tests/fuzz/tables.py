"""A form's tables -> the same with something the matter: cells, rows, columns, sheets."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz import odd
from tests.fuzz.seeds import Book, books, drawn_books, usable_books

Rows = list[list[str]]
_EXPRESSIONS = frozenset(
    ("relevant", "relevance", "constraint", "calculation", "calculate", "required", "read_only", "choice_filter")
)
#: What stands in a column, by the first part of its heading.
_BY_COLUMN = {
    "type": odd.TYPES,
    "name": odd.NAMES,
    "value": odd.NAMES,
    "list_name": odd.NAMES,
    "parameters": odd.PARAMETERS,
    "appearance": odd.APPEARANCES,
    "default": (*odd.LITERALS, *odd.DATES, *odd.NUMBERS),
    "default_language": odd.SETTINGS,
    **dict.fromkeys(("label", "hint", "guidance_hint", "constraint_message", "required_message"), odd.TEXTS),
}
#: Excel's limit for a cell is 32,767.
_LENGTHS = (100, 1_000, 5_000, 20_000, 32_767, 32_768)


def mutated(chance: Random) -> Book:
    """A form with up to a dozen things the matter with it; mostly one or two."""
    seeds = chance.choices((drawn_books, usable_books, books), (25, 60, 15))[0]()
    book: Book = [(name, [list(row) for row in rows]) for name, rows in chance.choice(seeds)]
    for _ in range(min(12, int(chance.expovariate(0.7)) + (chance.random() < 0.95))):
        change = chance.choices(_CHANGES, _WEIGHTS)[0]
        filled = [rows for _, rows in book if rows and any(map(len, rows))]
        if filled:
            change(chance, book, chance.choices(filled, [len(rows) + 5 for rows in filled])[0])
    return book


def _cell(chance: Random, book: Book, rows: Rows) -> None:
    """Something that suits its column, in the author's eyes."""
    row, at = _place(chance, rows)
    heading = rows[0][at].split(":")[0].strip().casefold() if at < len(rows[0]) else ""
    if heading in _EXPRESSIONS or (heading == "repeat_count" and chance.random() < 0.7):
        write = odd.huge_expression if chance.random() < 0.03 else odd.expression
        row[at] = write(chance, _names(book))
    else:
        row[at] = chance.choice(_BY_COLUMN.get(heading, odd.TEXTS))


def _heading(chance: Random, book: Book, rows: Rows) -> None:
    at = chance.randrange(len(rows[0])) if rows[0] else 0
    rows[0][at : at + 1] = [chance.choice(odd.HEADINGS)]


def _anything(chance: Random, book: Book, rows: Rows) -> None:
    row, at = _place(chance, rows)
    kinds = (odd.NUMBERS, odd.DATES, odd.NAMES, odd.TYPES, odd.HEADINGS, odd.PARAMETERS, odd.PATTERNS, odd.TEXTS)
    row[at] = chance.choice(chance.choice((*kinds, odd.CHARACTERS, odd.SETTINGS)))


def _noise(chance: Random, book: Book, rows: Rows) -> None:
    """A character more or less, a piece twice."""
    row, at = _place(chance, rows)
    words = row[at]
    start, end = sorted(chance.randint(0, len(words)) for _ in range(2))
    middle = (
        chance.choice(odd.CHARACTERS),
        "",
        words[start:end] * 2,
        words[start:end][::-1],
        words[start:end].swapcase(),
    )
    row[at] = words[:start] + chance.choice(middle) + words[end:]


def _long(chance: Random, book: Book, rows: Rows) -> None:
    row, at = _place(chance, rows)
    unit = chance.choice((row[at] or "a", chance.choice(odd.CHARACTERS), "${age} ", chance.choice(odd.TEXTS), "a b "))
    length = chance.choice(_LENGTHS)
    row[at] = (unit * (length // len(unit) + 1))[:length]


def _spliced(chance: Random, book: Book, rows: Rows) -> None:
    """A cell of another form, or a row of it under this form's headings."""
    other = [given for _, given in chance.choice(books()) if len(given) > 1 and given[0]]
    if not other:
        return
    given = chance.choice(other)
    row, at = _place(chance, rows)
    if chance.random() < 0.5:
        source, place = _place(chance, given)
        row[at] = source[place]
        return
    cells = dict(zip(given[0], chance.choice(given[1:]), strict=False))
    rows.insert(chance.randint(1, len(rows)), [cells.get(heading, "") for heading in rows[0]])


def _rows(chance: Random, book: Book, rows: Rows) -> None:
    at, to = chance.randrange(len(rows)), chance.randrange(len(rows))
    kind = chance.randrange(6)
    if kind == 0:
        del rows[at]
    elif kind == 1:
        rows.insert(to, list(rows[at]))
    elif kind == 2:
        rows[at], rows[to] = rows[to], rows[at]
    elif kind == 3:
        rows.insert(to, rows.pop(at))
    elif kind == 4:
        rows[at] = rows[at][: chance.randint(0, len(rows[at]))]
    else:
        rows[:] = [rows[0], *chance.sample(rows[1:], len(rows) - 1)]


def _columns(chance: Random, book: Book, rows: Rows) -> None:
    width = max(map(len, rows))
    at, to, kind = chance.randrange(width), chance.randrange(width), chance.randrange(5)
    for number, row in enumerate(rows):
        row.extend([""] * (width - len(row)))
        if kind == 0:
            del row[at]
        elif kind == 1:
            row.insert(to, row[at])
        elif kind == 2:
            row[at], row[to] = row[to], row[at]
        elif kind == 3:
            row.insert(to, "" if number else rows[0][at] if chance.random() < 0.5 else chance.choice(odd.HEADINGS))
        else:
            row.insert(to, chance.choice(odd.TEXTS) if number else chance.choice(odd.HEADINGS))


def _groups(chance: Random, book: Book, rows: Rows) -> None:
    """Something begun or ended where it should not be: crossed, left open, empty, or one more around some rows."""
    where = sorted(chance.randint(1, len(rows)) for _ in range(2))
    begin, end = chance.choice(("group", "repeat")), chance.choice(("group", "group", "repeat", "loop"))
    kinds = chance.choice(((f"begin_{begin}", f"end_{begin}"), (f"begin_{begin}", f"end_{end}"), (f"end_{end}",)))
    for at, kind in reversed(list(zip(where, kinds, strict=False))):
        rows.insert(at, _typed(rows, kind, f"g{chance.randrange(9)}", repeat_count=chance.choice(("", "2", "${age}"))))


def _deep(chance: Random, book: Book, rows: Rows) -> None:
    depth = chance.choice((2, 3, 8, 20, 40, 70, 150, 400, 1500))
    what = chance.choice(("group", "group", "repeat"))
    begins = [_typed(rows, f"begin_{what}", f"deep{number}") for number in range(depth)]
    ends = [_typed(rows, f"end_{what}", "") for _ in range(depth - chance.choice((0, 0, 0, 1)))]
    rows[:] = [rows[0], *begins, *rows[1:], *ends]


def _many(chance: Random, book: Book, rows: Rows) -> None:
    """One row again and again, or all of them."""
    count = chance.choice((2, 10, 50, 200, 500, 3_000))
    at = chance.randrange(len(rows))
    name = next((place for place, heading in enumerate(rows[0]) if heading.strip().casefold() == "name"), -1)
    copies = [list(rows[at]) for _ in range(count)]
    for number, row in enumerate(copies):
        if 0 <= name < len(row) and row[name]:
            row[name] = f"{row[name]}_{number}"
    rows[at + 1 : at + 1] = copies


def _twice(chance: Random, book: Book, rows: Rows) -> None:
    rows.extend([list(row) for row in rows[chance.choice((0, 1)) :]])


def _sheets(chance: Random, book: Book, rows: Rows) -> None:
    at, to, kind = chance.randrange(len(book)), chance.randrange(len(book)), chance.randrange(6)
    (name, cells), (other, others) = book[at], book[to]
    if kind == 0:
        book[at], book[to] = (other, cells), (name, others)
    elif kind == 1 and len(book) > 1:
        del book[at]
    elif kind == 2:
        book.append((name, [list(row) for row in cells]))
    elif kind == 3:
        book[at] = (chance.choice(("Survey ", "CHOICES", "external_choices", "entities", "", *odd.CHARACTERS)), cells)
    elif kind == 4:
        book[at] = (name, [])
    else:
        book.append(("external_choices", [list(row) for row in others]))


def _referring(chance: Random, book: Book, rows: Rows) -> None:
    """A rule that looks at anything in the form, itself and the groups around it included."""
    names = _names(book)
    column = chance.choice(
        ("relevant", "calculation", "constraint", "default", "choice_filter", "repeat_count", "trigger")
    )
    row = _placed(chance, rows)
    at = next((place for place, heading in enumerate(rows[0]) if heading.casefold() == column), None)
    if at is None:
        at = len(rows[0])
        rows[0].append(column)
    row.extend([""] * (at + 1 - len(row)))
    row[at] = f"${{{chance.choice(names or ('a',))}}}" + chance.choice(("", " + 1", " = 'a'", " > 2"))


_WEIGHTED: dict[Callable[[Random, Book, Rows], None], int] = {
    _cell: 30,
    _noise: 12,
    _spliced: 12,
    _rows: 10,
    _referring: 10,
    _anything: 8,
    _columns: 6,
    _heading: 6,
    _groups: 6,
    _sheets: 4,
    _twice: 1,
    _deep: 1,
    _long: 2,
    _many: 1,
}
_CHANGES, _WEIGHTS = tuple(_WEIGHTED), tuple(_WEIGHTED.values())


def _placed(chance: Random, rows: Rows) -> list[str]:
    """A row below the headings, if there is one."""
    return rows[chance.randrange(1, len(rows))] if len(rows) > 1 else rows[0]


def _place(chance: Random, rows: Rows) -> tuple[list[str], int]:
    row, width = _placed(chance, rows), max(1, len(rows[0]))
    row.extend([""] * (width - len(row)))
    return row, chance.randrange(width)


def _typed(rows: Rows, type: str, name: str, **others: str) -> list[str]:
    cells = {"type": type, "name": name, "label": name, **others}
    return [cells.get(heading.split(":")[0].strip().casefold(), "") for heading in rows[0]]


def _names(book: Book) -> tuple[str, ...]:
    """What the form calls its questions and groups."""
    found: dict[str, None] = {}
    for _, rows in book:
        headings = [heading.strip().casefold() for heading in rows[0]] if rows else []
        if "type" in headings and "name" in headings:
            at = headings.index("name")
            found |= dict.fromkeys(row[at] for row in rows[1:400] if at < len(row) and row[at])
    return tuple(found)
