"""Small files that grow large where they are read: within the size that we take, and often within every ratio."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OF_DOCUMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KINDS}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>'
)
_BOOK = (
    f'<workbook {_MAIN} xmlns:r="{_OF_DOCUMENTS}"><sheets>'
    '<sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_LARGE = 9_000_000


def _rels(*targets: tuple[str, str]) -> str:
    rows = (
        f'<Relationship Id="rId{number}" Type="{_OF_DOCUMENTS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _book(sheet: str, strings: str = "", styles: str = "", method: int = zipfile.ZIP_STORED) -> bytes:
    entries = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _rels(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>",
    }
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return memory.getvalue()


def _filled(unit: str) -> str:
    return unit * (_LARGE // len(unit))


def _blank_rows(chance: Random) -> bytes:
    return _book(_filled("<row/>"))


def _cells(chance: Random) -> bytes:
    return _book("<row>" + _filled("<c><v>1</v></c>") + "</row>")


def _last_cell(chance: Random) -> bytes:
    last = '<row r="1048576"><c r="XFD1048576" t="str"><v>text</v></c></row>'
    return _book('<row r="1"><c r="A1" t="str"><v>type</v></c></row>' + last * chance.choice((1, 2, 1_000)))


def _wide_rows(chance: Random) -> bytes:
    rows = chance.choice((10, 2_000, 60_000))
    return _book("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, rows)))


def _empty_strings(chance: Random) -> bytes:
    return _book("", _filled("<si/>"))


def _one_string_often(chance: Random) -> bytes:
    """Each cell takes thirty bytes and stands for ten thousand characters."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 300 + "</row>"
    return _book(row * 200, f"<si><t>{'x' * 10_000}</t></si>")


def _styles(chance: Random) -> bytes:
    return _book("", "", f"<cellXfs>{_filled('<xf/>')}</cellXfs>")


def _deep(chance: Random) -> bytes:
    return _book(chance.choice(("<row>", "<c>", "<is>", "<a>")) * 1_000_000)


def _attributes(chance: Random) -> bytes:
    return _book("<row " + " ".join(f'a{number}="1"' for number in range(400_000)) + "/>")


def _zeros(chance: Random) -> bytes:
    return _book(" " * chance.choice((1_000_000, 50_000_000, 70_000_000)), method=zipfile.ZIP_DEFLATED)


def _inline(chance: Random) -> bytes:
    return _book("<row>" + '<c t="inlineStr"><is><t>' + "x" * _LARGE + "</t></is></c></row>")


#: Each makes one.
BOMBS: tuple[Callable[[Random], bytes], ...] = (
    *(_blank_rows, _cells, _last_cell, _wide_rows, _empty_strings, _one_string_often, _styles, _deep, _attributes),
    *(_zeros, _inline),
)
