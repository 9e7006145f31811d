"""A workbook's bytes -> the same with something the matter: bits, the archive, the XML in it, sizes that hurt."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from random import Random

from tests.fuzz import odd
from tests.fuzz.bombs import BOMBS
from tests.fuzz.seeds import DRAWN, workbooks

#: Names and contents of a zip archive; a name may stand in it twice.
Entries = list[tuple[str, bytes]]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE a PUBLIC "-//x" "http://127.0.0.1:9/x.dtd">',
    b'<?xml version="1.0" encoding="UTF-16"?>',
    b'<?xml version="1.1" encoding="nowhere" standalone="maybe"?>',
    b"\xef\xbb\xbf\xef\xbb\xbf",
    b"\xff\xfe<\x00",
    b"<a>" * 20_000,
)
#: What is written in attributes and between tags: references, types, styles, sizes, targets.
_VALUES = (
    *(b"", b"-1", b"0", b"1", b"99999999999999999999", b"1e308", b"1e999", b"NaN", b"4294967296", b"A0", b"XFE1"),
    *(
        b"ZZZZZZZ99999999",
        b"A1:XFD1048576",
        b"\xd8\x00",
        b"&b;",
        b"&#0;",
        b"&#x110000;",
        b"&amp;lt;",
        b"s",
        b"inlineStr",
    ),
    *(
        b"str",
        b"e",
        b"b",
        b"d",
        b"n",
        b"hidden",
        b"../../../etc/passwd",
        b"file:///etc/passwd",
        b"rId99",
        b"rId1",
        b"/",
    ),
    *(b"survey", b"choices", b"settings", b"SURVEY", b"_x0000__x000D_", b"1900-02-29", b"-657435", b"2958466", b"60"),
)
_FILENAMES = (
    "form.xlsx",
    "form.xls",
    "form.md",
    "form.csv",
    "",
    "../../form",
    "con\x00.xlsx",
    "\ud800.xls",
    "a" * 5000,
    ".xlsx",
    "%s",
    "中.xlsx",
)


def mutated_file(chance: Random) -> tuple[str, bytes]:
    """A file's name and content."""
    name = chance.choice(_FILENAMES)
    roll = chance.random()
    if roll < 0.02:
        return name, chance.choice(BOMBS)(chance)
    if roll < 0.07:
        return name, _no_workbook(chance)
    content = chance.choice(workbooks())
    if content.startswith(b"PK") and chance.random() < 0.8:
        entries = _opened(content)
        for _ in range(chance.randint(1, 3)):
            chance.choices(_CHANGES, _WEIGHTS)[0](chance, entries)
        content = _archive(entries, chance)
        return name, _declared(chance, content) if chance.random() < 0.15 else content
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(_BYTES)(chance, content)
    return name, content


def _no_workbook(chance: Random) -> bytes:
    """Other things that people choose by mistake, or in order to see what happens."""
    table = chance.choice(DRAWN).read_bytes()
    given = (
        *(b"", b" \n", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), _OLE, _OLE + bytes(504), _OLE + b"\xff" * 4096),
        *(b"type,name,label\ntext,a,A\n", b"%PDF-1.7\n", b"<html><table><tr><td>type</td></tr></table>", b'{"a": 1}'),
        *(b"\x00" * 100_000, chance.randbytes(5_000), b"PK" + chance.randbytes(5_000), _OLE + chance.randbytes(9_000)),
        *(
            table.decode().encode("utf-16"),
            table[: chance.randint(0, len(table))],
            _flipped(chance, table),
            b"|" * 50_000,
        ),
        *(
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
            b"| survey |\n" * 40_000,
        ),
    )
    return chance.choice(given)


def _opened(content: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def _archive(entries: Entries, chance: Random) -> bytes:
    memory = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(memory, "w") as archive:  # of names that stand twice
        for name, content in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = chance.choice((*(zipfile.ZIP_DEFLATED,) * 9, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
            archive.writestr(entry, content)
    return memory.getvalue()


def _without(chance: Random, entries: Entries) -> None:
    del entries[chance.randrange(len(entries))]


def _again(chance: Random, entries: Entries) -> None:
    entries.append((chance.choice(entries)[0], chance.choice(entries)[1]))


def _exchanged(chance: Random, entries: Entries) -> None:
    at, to = chance.randrange(len(entries)), chance.randrange(len(entries))
    (name, content), (other, others) = entries[at], entries[to]
    entries[at], entries[to] = (name, others), (other, content)


def _renamed(chance: Random, entries: Entries) -> None:
    at = chance.randrange(len(entries))
    name, content = entries[at]
    names = (
        name.upper(),
        f"../{name}",
        f"/{name}",
        f"{name}/",
        name.replace("/", "\\"),
        "xl/workbook.xml",
        "a" * 9_000,
    )
    entries[at] = (chance.choice(names), content)


def _many(chance: Random, entries: Entries) -> None:
    entries.extend((f"xl/worksheets/more{number}.xml", b"") for number in range(chance.choice((10, 500, 1_100))))


def _in_entry(change: Callable[[Random, bytes], bytes]) -> Callable[[Random, Entries], None]:
    def changed(chance: Random, entries: Entries) -> None:
        if entries:
            at = chance.choices(range(len(entries)), [_interest(name) for name, _ in entries])[0]
            name, content = entries[at]
            entries[at] = (name, change(chance, content))

    return changed


def _interest(name: str) -> int:
    """Sheets, strings, styles and the workbook itself are what readers trip over."""
    return 6 if re.search("sheet|strings|styles|workbook|rels|Types", name, re.IGNORECASE) else 1


def _value(chance: Random, content: bytes) -> bytes:
    """Something else in an attribute, or in many of one name."""
    found = list(re.finditer(rb'([\w:]+)="([^"]*)"', content))
    if not found:
        return content
    one, value = chance.choice(found), chance.choice((*_VALUES, chance.choice(found)[2]))
    if chance.random() < 0.3:
        return content.replace(one[0], one[1] + b'="' + value + b'"')
    return content[: one.start(2)] + value + content[one.end(2) :]


def _words(chance: Random, content: bytes) -> bytes:
    """Something else between two tags."""
    found = list(re.finditer(rb">([^<>]+)<", content))
    if not found:
        return content
    one = chance.choice(found)
    value = chance.choice(
        (*_VALUES, *(word.encode("utf-8", "surrogatepass") for word in (*odd.CHARACTERS, *odd.NUMBERS)))
    )
    return content[: one.start(1)] + value + content[one.end(1) :]


def _tags(chance: Random, content: bytes) -> bytes:
    """An element gone, twice, renamed, or many times within itself."""
    found = list(re.finditer(rb"<([\w:]+)([^<>]*)>", content))
    if not found:
        return content
    one, depth = chance.choice(found), chance.choice((2, 200, 5_000))
    deep = one[0] * depth + (b"</" + one[1] + b">") * depth
    instead = chance.choice(
        (b"", one[0] * 2, b"<x" + one[2] + b">", deep, one[0].rstrip(b"/>") + b' xmlns:q="q" q:z="1">')
    )
    return content[: one.start()] + instead + content[one.end() :]


def _entity(chance: Random, content: bytes) -> bytes:
    head = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    where = chance.choice((0, head, head, len(content)))
    return (
        content[:where] + chance.choice(_ENTITIES) + content[where:].replace(b"</", b"&c;</", chance.choice((0, 1, 50)))
    )


def _flipped(chance: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: Random, content: bytes) -> bytes:
    start, end = sorted(chance.randint(0, len(content)) for _ in range(2))
    return chance.choice(
        (content[:end], content[start:], content[:start] + content[end:], content + content[start:end])
    )


def _moved(chance: Random, content: bytes) -> bytes:
    """Sectors of an OLE file, or whatever stands there, in each other's place."""
    if len(content) < 2_048:
        return content[::-1]
    changed, size = bytearray(content), 512
    at, to = (chance.randrange(len(content) // size) * size for _ in range(2))
    changed[at : at + size], changed[to : to + size] = content[to : to + size], content[at : at + size]
    return bytes(changed)


def _numbers(chance: Random, content: bytes) -> bytes:
    """Lengths, offsets and counts: a 16- or 32-bit number of the file is another one."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 10))):
        form = chance.choice(("<H", "<I"))
        at = chance.choice((chance.randrange(512), chance.randrange(max(1, len(content)))))
        if at + 4 <= len(changed):
            largest = 0xFFFF if form == "<H" else 0xFFFFFFFF
            struct.pack_into(
                form, changed, at, chance.choice((0, 1, 0x7FFF, largest, largest - 1, chance.randint(0, largest)))
            )
    return bytes(changed)


def _declared(chance: Random, content: bytes) -> bytes:
    """The archive's directory tells other sizes, methods or flags than there are (APPNOTE 4.3.12)."""
    changed = bytearray(content)
    found = [match.start() for match in re.finditer(b"PK\x01\x02", content)]
    for at in chance.sample(found, min(len(found), chance.choice((1, 1, 5)))):
        form, offset = chance.choice(
            (("<H", 8), ("<H", 10), ("<I", 16), ("<I", 20), ("<I", 24), ("<H", 28), ("<I", 42))
        )
        if at + offset + 4 <= len(changed):
            struct.pack_into(form, changed, at + offset, chance.choice((0, 1, 9, 0xFFFF, chance.randrange(0x10000))))
    return bytes(changed)


_BYTES = (_flipped, _cut, _moved, _numbers)
_WEIGHTED: dict[Callable[[Random, Entries], None], int] = {
    _in_entry(_value): 12,
    _in_entry(_words): 8,
    _in_entry(_tags): 8,
    _in_entry(_entity): 4,
    _in_entry(_flipped): 4,
    _in_entry(_cut): 4,
    _without: 2,
    _again: 2,
    _exchanged: 2,
    _renamed: 2,
    _many: 1,
}
_CHANGES, _WEIGHTS = tuple(_WEIGHTED), tuple(_WEIGHTED.values())
