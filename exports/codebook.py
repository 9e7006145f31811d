"""A study, its questions and its tables as a DDI-Codebook 2.5 document: what data archives and librarians read.

DDI Alliance, DDI-Codebook 2.5 (2012-01-17), namespace `ddi:codebook:2_5`; elements stand in the order of its schema.
Questions are `var` with the text as it was asked (`qstn/qstnLit`) and a `catgry` for each answer; tables are `nCube`.
There is no single answer in it, and nothing in it could hold one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

_SPACE = "ddi:codebook:2_5"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

#: BCP 47 -> text.
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Study:
    """What was asked by whom, and when; `rules` say in words how people are protected."""

    id: str
    title: Texts
    asked_by: Texts
    purpose: Texts
    #: ISO 8601 dates.
    opened: str
    closed: str
    released: str
    rules: Texts
    licence: str


@dataclass(frozen=True, slots=True)
class Answer:
    name: str
    label: Texts
    #: No step of a scale: don't know, prefer not to say.
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A question; `nature` is nominal, ordinal, interval or ratio. Numbers and dates have bands as answers."""

    name: str
    label: Texts
    nature: str
    answers: Sequence[Answer]
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Cube:
    """A table: the names of the items that it is laid out along, and in which file its figures stand."""

    name: str
    label: Texts
    items: Sequence[str]
    cells: int
    notes: Sequence[Texts] = ()


def ddi(study: Study, file_name: str, items: Sequence[Item], cubes: Sequence[Cube]) -> bytes:
    """UTF-8 XML, the same bytes for the same values."""
    spaces: Any = {None: _SPACE}  # the stubs know of no default namespace
    root = etree.Element(f"{{{_SPACE}}}codeBook", nsmap=spaces, version="2.5")
    _study(_add(root, "stdyDscr"), study)
    text = _add(_add(root, "fileDscr", ID="F1"), "fileTxt")
    _add(text, "fileName", file_name)
    _add(text, "fileType", "text/csv")
    described = _add(root, "dataDscr")
    ids = {item.name: f"V{number}" for number, item in enumerate(items, 1)}
    for item in items:
        _item(described, ids[item.name], item)
    for number, cube in enumerate(cubes, 1):
        _cube(described, f"N{number}", cube, ids)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _study(parent: Any, study: Study) -> None:
    citation = _add(parent, "citation")
    titles = _add(citation, "titlStmt")
    for place, (language, title) in enumerate(study.title.items()):
        _add(titles, "parTitl" if place else "titl", title, language)
    _add(titles, "IDNo", study.id)
    authors = _add(citation, "rspStmt")
    _each(authors, "AuthEnty", study.asked_by)
    published = _add(citation, "distStmt")
    _add(published, "distDate", study.released, date=study.released)
    about = _add(parent, "stdyInfo")
    _each(about, "abstract", study.purpose)
    summary = _add(about, "sumDscr")
    _add(summary, "collDate", study.opened, date=study.opened, event="start")
    _add(summary, "collDate", study.closed, date=study.closed, event="end")
    _add(summary, "dataKind", "aggregate data", "en")
    _each(_add(parent, "method"), "dataProcessing", study.rules, type="disclosure control")
    _add(_add(_add(parent, "dataAccs"), "useStmt"), "conditions", study.licence)


def _item(parent: Any, number: str, item: Item) -> None:
    place = {"geog": "Y"} if item.is_place else {}
    asked = _add(
        parent, "var", ID=number, name=item.name, files="F1", nature=item.nature, representationType="code", **place
    )
    _each(asked, "labl", item.label)
    question = _add(asked, "qstn")
    _each(question, "qstnLit", item.label)
    for answer in item.answers:
        category = _add(asked, "catgry", **({"missing": "Y"} if answer.missing else {}))
        _add(category, "catValu", answer.name)
        _each(category, "labl", answer.label)


def _cube(parent: Any, number: str, cube: Cube, ids: Mapping[str, str]) -> None:
    described = _add(
        parent, "nCube", ID=number, name=cube.name, dmnsQnty=str(len(cube.items)), cellQnty=str(cube.cells)
    )
    _add(described, "location", fileid="F1")
    _each(described, "labl", cube.label)
    for rank, name in enumerate(cube.items, 1):
        _add(described, "dmns", rank=str(rank), varRef=ids[name])
    _add(described, "measure", aggrMeth="count", additivity="non-additive")
    _add(described, "measure", aggrMeth="percent", additivity="non-additive")
    for note in cube.notes:
        _each(described, "notes", note)


def _each(parent: Any, tag: str, texts: Texts, **attributes: str) -> None:
    for language, text in texts.items():
        _add(parent, tag, text, language, **attributes)


def _add(parent: Any, tag: str, text: str = "", language: str = "", /, **attributes: str) -> Any:
    made = etree.SubElement(parent, f"{{{_SPACE}}}{tag}", attributes)
    if language:
        made.set(_LANGUAGE, language)
    made.text = text or None
    return made
