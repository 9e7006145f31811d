"""One input by its number: made, imported and held to what was promised."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from random import Random

from forms.xlsform.importing import Imported, import_file, read_questionnaire
from forms.xlsform.sheets import COLUMNS, ROWS, Row, Sheet, WorkbookUnreadable, clean
from tests.fuzz import odd
from tests.fuzz.children import read_file
from tests.fuzz.limits import within
from tests.fuzz.promises import hold
from tests.fuzz.seeds import Book, sheets
from tests.fuzz.tables import mutated
from tests.fuzz.workbooks import mutated_file

#: One table in so many is drawn in Markdown and read as a file, which needs no child.
DRAWN = 20


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one input that kept every promise."""

    is_usable: bool
    problems: int


def chance_of(kind: str, number: int) -> Random:
    """Everything about an input follows from this."""
    return Random(f"{kind} {number}")  # noqa: S311 - reproducible, not secret


def run_table(number: int) -> Came:
    """Mutates a form's tables and imports them."""
    return try_book(mutated(chance_of("table", number)), number)


def try_book(book: Book, number: int) -> Came:
    """Imports the book and holds what comes of it to what was promised."""
    chance = chance_of("trying table", number)
    rows = sum(len(rows) for _, rows in book)
    files = {"fruits.csv": _choices(chance)} if chance.random() < 0.3 else {}
    with within("import", rows):
        if chance.randrange(DRAWN) == 0:
            found = import_file(chance.choice(odd.NAMES), _drawn(book), files)
        else:
            found = _read(book, files)
    hold(found, chance, rows)
    return Came(found.questionnaire is not None, len(found.problems))


def run_file(number: int) -> Came:
    """Mutates a workbook's bytes and imports them through the limited child."""
    name, content = mutated_file(chance_of("file", number))
    found = read_file(name, content)
    with_rows = found.questionnaire.questions() if found.questionnaire else ()
    hold(found, chance_of("trying file", number), len(with_rows))
    return Came(found.questionnaire is not None, len(found.problems))


def _read(book: Book, files: dict[str, bytes]) -> Imported:
    """As the limited child would hand it on, which keeps to its limits."""
    try:
        cleaned = tuple(
            Sheet(
                clean([sheet.name])[0],
                tuple(Row(row.number, clean(list(row.cells[:COLUMNS]))) for row in sheet.rows[:ROWS]),
            )
            for sheet in sheets(book)
        )
    except WorkbookUnreadable as unreadable:
        return Imported(None, (unreadable.problem,))
    return read_questionnaire(cleaned, files=files)


def _drawn(book: Book) -> bytes:
    lines = []
    for name, rows in book:
        lines.append(f"| {name} |")
        lines += [
            "| | " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
        ]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _choices(chance: Random) -> bytes:
    """A file of choices, well-formed or not."""
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, delimiter=chance.choice(",;\t"))
    writer.writerow(["name", "label", *chance.sample(odd.HEADINGS, chance.randint(0, 4))])
    for _ in range(chance.randint(0, 6)):
        writer.writerow([chance.choice(odd.NAMES), chance.choice(odd.TEXTS), chance.choice(odd.NUMBERS)])
    content = memory.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")
    return content[: chance.randint(0, len(content))] if chance.random() < 0.2 else content
