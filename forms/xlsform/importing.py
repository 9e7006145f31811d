"""An XLSForm workbook -> a questionnaire, with everything that its author should know, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import MappingProxyType

from forms.checking.checks import check
from forms.checking.problems import Problem, is_usable
from forms.questionnaire import UNNAMED, Questionnaire, Text
from forms.xlsform.cells import is_name, is_yes, without_dropped
from forms.xlsform.choice_files import take_over_looked_up
from forms.xlsform.choice_lists import has_repeated_names, read_choices
from forms.xlsform.columns import TRANSLATED
from forms.xlsform.headers import Record, Table, named, named_text, read_table
from forms.xlsform.sheets import Sheet, WorkbookUnreadable, clean
from forms.xlsform.survey import dropped_names, read_survey
from forms.xlsform.survey_reading import Reading
from forms.xlsform.workbook import read_workbook
from translations.languages import autonym, code_of

#: Read by canonical column from the settings sheet; the others are kept as they are.
_OUR_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language", "instance_name"})
#: Problems of one kind that are told one by one; an author mends the rest with them or sees them next time.
LISTED = 200
_SHEET_ORDER = {"survey": 1, "choices": 2, "external_choices": 3, "settings": 4}
_SHEETS = (*_SHEET_ORDER, "entities")
_NEEDED = {"survey": ("type",), "choices": ("list_name", "name")}
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a workbook: a questionnaire when there is no error among the problems."""

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """The sheets as tables, and the languages that they speak."""

    survey: Table
    choices: Table
    external: Table
    settings: Record
    languages: tuple[str, ...]
    default: str


def import_file(filename: str, content: bytes, files: Mapping[str, bytes] = _NO_FILES) -> Imported:
    """Reads a workbook of any supported kind; never raises for bad content. Its name stands in for a title.

    `files` are those that came with it, by bare name (`fruits.csv`): choices are taken over from them.
    """
    try:
        sheets = read_workbook(content)
        (name,) = clean([PurePath(filename).stem])
    except WorkbookUnreadable as unreadable:
        return Imported(None, (unreadable.problem,))
    return read_questionnaire(sheets, name=name or "form", files=files)


def read_questionnaire(
    sheets: tuple[Sheet, ...], name: str = "form", files: Mapping[str, bytes] = _NO_FILES
) -> Imported:
    """Reads the sheets of an XLSForm; `name` stands in for the title and id of a form that has none."""
    problems: list[Problem] = []
    found = {kind: _only(kind, sheets, problems) for kind in _SHEETS}
    if found["survey"] is None:
        listed = ", ".join(sheet.name for sheet in sheets)
        return Imported(None, (*problems, Problem("sheet.no_survey", values={"found": listed})))
    problems.extend(_not_read(sheets, found["entities"]))
    settings = _first_record(found["settings"], problems)
    default = code_of(settings.cell("default_language")) or ""
    survey = _table("survey", found["survey"], default, problems)
    choices, external = (_table("choices", found[kind], default, problems) for kind in ("choices", "external_choices"))
    read = _Read(survey, choices, external, settings, *_languages(survey, (choices, external), settings, problems))
    questionnaire = _questionnaire(read, name, files, problems)
    problems.extend(check(questionnaire, survey, choices))
    result = _in_order(problems)
    return Imported(questionnaire if is_usable(result) else None, result)


def _not_read(sheets: tuple[Sheet, ...], entities: Sheet | None) -> Iterator[Problem]:
    """Notices about the sheets that a form may have and that we leave out."""
    if entities and entities.rows:
        yield Problem("sheet.entities", entities.name, values={"name": entities.name})
    others = [sheet.name for sheet in sheets if sheet.name.strip().casefold() not in _SHEETS]
    if others:
        yield Problem("sheet.not_read", values={"names": ", ".join(others)})


def _only(kind: str, sheets: tuple[Sheet, ...], problems: list[Problem]) -> Sheet | None:
    """The sheet of that name, in any spelling of it; an exact `survey` goes before a `Survey` beside it."""
    found = [sheet for sheet in sheets if sheet.name.strip().casefold() == kind]
    exact = [sheet for sheet in found if sheet.name == kind]
    if len(exact or found) > 1:
        problems.append(Problem("sheet.twice", kind, values={"name": kind}))
    return next(iter(exact or found), None)


def _first_record(sheet: Sheet | None, problems: list[Problem]) -> Record:
    table = read_table("settings", sheet, problems) if sheet else Table("settings")
    return table.records[0] if table.records else Record("settings", 0)


def _table(kind: str, sheet: Sheet | None, default: str, problems: list[Problem]) -> Table:
    """The sheet as a table; columns that name no language are in the default language, where the form says which."""
    if sheet is None:
        return Table(kind)
    table = read_table(kind, sheet, problems)
    if not table.records and kind == "choices":
        return table
    columns = {heading.column for heading in table.headings}
    for needed in _NEEDED[kind]:
        if needed not in columns:
            row = sheet.rows[0].number if sheet.rows else 0
            problems.append(Problem("sheet.no_column", table.name, row, values={"name": needed}))
    return named(table, default) if default else table


def _languages(
    survey: Table, lists: tuple[Table, ...], settings: Record, problems: list[Problem]
) -> tuple[tuple[str, ...], str]:
    """The form's languages in the order of its columns, and the default one; reports what does not fit together."""
    tables = (survey, *lists)
    written = tuple(dict.fromkeys(language for table in tables for language in table.languages()))
    wanted = settings.cell("default_language")
    default = code_of(wanted) if wanted else None
    if not written:
        code = default or UNNAMED
        return (code,), code
    if wanted and default not in written:
        values = {"name": wanted, "used": autonym(written[0])}
        problems.append(Problem("settings.language_unknown", settings.sheet, settings.row, "default_language", values))
    for table in tables:
        unnamed = next(
            (h for h in table.headings if h.column in TRANSLATED and h.language == UNNAMED and not h.asks), None
        )
        if unnamed:
            values = {"column": unnamed.column, "example": f"{autonym(written[0])} ({written[0]})"}
            problems.append(Problem("column.no_language", table.name, 1, unnamed.written, values))
    return written, default if default in written else written[0]


def _questionnaire(read: _Read, name: str, files: Mapping[str, bytes], problems: list[Problem]) -> Questionnaire:
    settings = read.settings
    dropped = dict(dropped_names(read.survey, files))
    survey, choices, external = (
        replace(table, records=tuple(without_dropped(record, dropped, problems) for record in table.records))
        for table in (read.survey, read.choices, read.external)
    )
    may_repeat = is_yes(settings.cell("allow_choice_duplicates"))
    reading = Reading(
        read.languages,
        read_choices(choices, problems, may_repeat=may_repeat),
        problems,
        default_language=read.default,
        files=files,
        # Cascading lists repeat names by their nature, and pyxform lets them.
        external=read_choices(external, problems, may_repeat=True),
    )
    children = read_survey(survey, reading)
    take_over_looked_up(reading, survey.records)
    _check_settings(settings, problems)
    return Questionnaire(
        title=named_text(settings.text("form_title"), read.default) or Text({read.default: name}),
        form_id=settings.cell("form_id") or name,
        version=settings.cell("version"),
        languages=read.languages,
        default_language=read.default,
        children=children,
        choices=reading.choices,
        extra_settings={**settings.extra, **_other_settings(settings, reading)},
    )


def _other_settings(settings: Record, reading: Reading) -> dict[str, str]:
    others = {column: cell for column, cell in settings.cells.items() if column not in _OUR_SETTINGS}
    # Files and the sheet external_choices may repeat names; the choices sheet that they go to must say that it does.
    return others | ({"allow_choice_duplicates": "yes"} if has_repeated_names(reading.choices) else {})


def _check_settings(settings: Record, problems: list[Problem]) -> None:
    if settings.cell("instance_name"):
        place = (settings.sheet, settings.row, "instance_name")
        problems.append(Problem("settings.instance_name", *place, {"name": "instance_name"}))
    if settings.cell("name") and not is_name(settings.cell("name")):
        place = (settings.sheet, settings.row, "name")
        problems.append(Problem("settings.name_invalid", *place, {"name": settings.cell("name")}))


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Each problem once, as an author works: the whole first, then sheet by sheet from the top; not endlessly many."""
    seen: set[tuple[object, ...]] = set()
    counts: Counter[str] = Counter()
    listed = []
    for problem in sorted(problems, key=_place):
        key = (problem.code, *_place(problem), problem.column, *sorted(problem.values.items()))
        if key not in seen:
            seen.add(key)
            counts[problem.code] += 1
            if counts[problem.code] <= LISTED:
                listed.append(problem)
    more = {code: count - LISTED for code, count in counts.items() if count > LISTED}
    rest = (Problem("problems.more", values={"count": str(count), "code": code}) for code, count in more.items())
    return (*listed, *rest)


def _place(problem: Problem) -> tuple[int, int]:
    return _SHEET_ORDER.get(problem.sheet.strip().casefold(), 0), problem.row
