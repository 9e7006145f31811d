"""Countries and member organisations from CSV into the registry: all of a file, or nothing of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.registry.models import Country, Organisation
from translations.languages import code_of

COUNTRIES = Path(__file__).with_name("countries.csv")
COLUMNS = ("name", "country", "language")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to mend: the line of the file (its heading is line 1), the column, and what to do; N_ marked."""

    line: int
    column: str
    message: str
    values: Mapping[str, str]


class RowsRefused(Problem):
    """Nothing was imported; `problems` says what to mend."""

    status = 422
    message = N_("Nothing was imported. Mend these lines and import the file again.")

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file; `cells` by column, without white space around them."""

    line: int
    cells: Mapping[str, str]


def load_countries(session: Session) -> int:
    """Make the registry's countries those of `countries.csv` -> how many were new or moved to another region."""
    changed = 0
    known = {country.code: country for country in session.scalars(select(Country))}
    for row in rows_of(COUNTRIES.read_text("utf-8")):
        code, region = row.cells["code"], row.cells["region"]
        if code not in known:
            session.add(Country(code=code, region=region))
        elif known[code].region != region:
            known[code].region = region
        else:
            continue
        changed += 1
    session.flush()
    return changed


def rows_of(text: str) -> tuple[Row, ...]:
    """The lines of a CSV file with a heading; columns compare without case, lines that are empty are passed over."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    heading = [column.strip().casefold() for column in next(reader, [])]
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(heading)]
            rows.append(Row(reader.line_num, {column: padded[at].strip() for at, column in enumerate(heading)}))
    return tuple(rows)


def import_organisations(session: Session, rows: Iterable[Row]) -> int:
    """Add the organisations of `rows` (columns name, country, language) -> how many; raises RowsRefused."""
    rows = tuple(rows)
    countries = set(session.scalars(select(Country.code)))
    names = {name.casefold() for name in session.scalars(select(Organisation.name))}
    problems: list[RowProblem] = []
    for row in rows:
        problems += _problems(row, names, countries)
        names.add(row.cells.get("name", "").casefold())
    if problems:
        raise RowsRefused(tuple(problems))
    for row in rows:
        language = code_of(row.cells["language"])
        country = row.cells["country"].upper()
        session.add(Organisation(name=row.cells["name"], country_code=country, language=language))
    session.flush()
    return len(rows)


def _problems(row: Row, names: set[str], countries: set[str]) -> Iterator[RowProblem]:
    tests: Mapping[str, Callable[[str], bool]] = {
        "name": lambda name: name.casefold() not in names,
        "country": lambda country: country.upper() in countries,
        "language": lambda language: code_of(language) is not None,
    }
    for column in COLUMNS:
        if column not in row.cells:
            yield RowProblem(row.line, column, N_("Add a column named “%(column)s”."), {"column": column})
        elif not row.cells[column]:
            yield RowProblem(row.line, column, _EMPTY[column], {})
        elif not tests[column](row.cells[column]):
            yield RowProblem(row.line, column, _REFUSED[column], {"value": row.cells[column]})


_EMPTY = MappingProxyType(
    {
        "name": N_("Enter the organisation’s name."),
        "country": N_("Enter the country as its two-letter code, such as KE."),
        "language": N_("Enter the language that the organisation is written to in, such as fr."),
    }
)
_REFUSED = MappingProxyType(
    {
        "name": N_("“%(value)s” is there already. Remove the line, or tell the two apart by their names."),
        "country": N_("“%(value)s” is not the two-letter code of a country. Enter one such as KE."),
        "language": N_("“%(value)s” is not a language that we know. Enter a code such as fr."),
    }
)
