"""What the `type` column of a survey row means, in every spelling that real forms use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is: `kind` says what to do with it.

    `kind`: ask, begin, end, drop_identifying, drop_not_collected, drop_setting, attach, no_list, unknown.
    """

    kind: str
    #: A question type; of a row that begins or ends something: group, repeat, loop.
    type: str = ""
    #: A list of the choices sheet, `${name}`, or a file's name; what a loop goes over.
    list_name: str = ""
    or_other: bool = False
    #: sheet; file (`select_one_from_file cities.csv`); external (a list of the sheet external_choices).
    choices_from: str = "sheet"
    #: A condition that comes with the type where the author writes none.
    constraint: str = ""


_DIRECT = {
    "text": ("text", "string", "q string", "add text prompt"),
    "integer": ("integer", "int", "q int", "add integer prompt"),
    "decimal": ("decimal", "q decimal", "add decimal prompt"),
    "range": ("range",),
    "date": ("date", "q date", "add date prompt"),
    "time": ("time", "q time", "add time prompt"),
    "datetime": ("datetime", "date time", "q datetime", "q date time", "add datetime prompt", "add date time prompt"),
    "note": ("note", "q note", "add note prompt"),
    "acknowledge": ("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"),
    "calculate": ("calculate", "q calculate", "add calculate prompt"),
    "hidden": ("hidden",),
}

#: Whole numbers that pyxform keeps within limits.
_LIMITED = {
    "percentage": 100,
    "number of days in last month": 31,
    "number of days in last six months": 183,
    "number of days in last year": 365,
}

#: Would tell who answers, when, or on which device.
_IDENTIFYING = (
    *("start", "end", "today", "deviceid", "device id", "username", "phonenumber", "phone number", "simserial"),
    *("sim id", "subscriberid", "subscriber id", "email", "imei", "uri:deviceid", "uri:username", "uri:email"),
    *("uri:phonenumber", "uri:simserial", "uri:subscriberid", "get start time", "get end time", "get today"),
    *("get device id", "get phone number", "get sim id", "get subscriber id", "start time", "end time", "geopoint"),
    *("geotrace", "geoshape", "start geopoint", "gps", "location", "q geopoint", "q location", "q gps", "audit"),
    *("q geotrace", "q geoshape"),
    *("add location prompt", "background geopoint", "instance name"),
)

#: Files and codes: they carry faces, voices, places and serial numbers.
_NOT_COLLECTED = (
    *("image", "photo", "picture", "q picture", "q image", "add image prompt", "add photo prompt"),
    *("add picture prompt",),
    *("audio", "q audio", "add audio prompt", "video", "q video", "add video prompt", "file", "q file"),
    *("add file prompt", "barcode", "q barcode", "add barcode prompt", "background audio", "annotate", "draw"),
    *("signature", "entity", "osm"),
)

#: Lists for expressions to look things up in.
_ATTACHED = ("csv external", "xml external")

#: Old forms have these in the survey sheet.
_SETTINGS = ("form title", "set form title", "form id", "set form id")


def _table() -> dict[str, RowType]:
    rows = {name: RowType("ask", type) for type, names in _DIRECT.items() for name in names}
    rows |= {name: RowType("ask", "integer", constraint=f"0 <= . and . <= {most}") for name, most in _LIMITED.items()}
    rows |= {name: RowType("drop_identifying") for name in _IDENTIFYING}
    rows |= {name: RowType("drop_not_collected") for name in _NOT_COLLECTED}
    rows |= {name: RowType("drop_setting") for name in _SETTINGS}
    return rows | {name: RowType("attach") for name in _ATTACHED}


ROW_TYPES: Mapping[str, RowType] = MappingProxyType(_table())

_SELECT = re.compile(
    r"^(?:add[ _])?(?P<how>select[ _]?one|select[ _]?1|select[ _]multiple|select[ _]all[ _]that[ _]apply|rank)"
    r"(?:[ _]prompt[ _]using)?(?P<source>[ _]from[ _]file\b|[ _]external\b)?(?P<rest>\s+.*|)$",
    re.IGNORECASE,
)
_SOURCES = {"from file": "file", "external": "external", "": "sheet"}
_OTHER = re.compile(r"\s+(?:or[ _]other|or[ _]specify[ _]other)$", re.IGNORECASE)
_FROM = re.compile(r"^from\s+", re.IGNORECASE)
_GROUP = re.compile(
    r"^(?P<edge>begin|end)[ _]?(?P<what>group|repeat|loop|lgroup|looped[ _]group)(?:\s+(?:over\s+)?(?P<over>\S+))?$",
    re.IGNORECASE,
)
_WHAT = {"group": "group", "loop": "loop"}

#: What authors may write, for suggestions.
SPELLINGS = (
    *("select_one", "select_multiple", "rank", "select_one_from_file", "select_multiple_from_file"),
    *("begin_group", "end_group", "begin_repeat", "end_repeat"),
    *(name for names in _DIRECT.values() for name in names[:2] if "q " not in name),
    *("start", "end", "today", "deviceid", "username", "email", "geopoint", "geotrace", "geoshape", "audit", "barcode"),
    *("image", "audio", "video", "file", "csv-external", "xml-external"),
)


def row_type(written: str) -> RowType:
    """The meaning of a `type` cell; never fails, a type that nobody knows is of the kind `unknown`."""
    squeezed = " ".join(written.split())
    if group := _GROUP.match(squeezed):
        what = _WHAT.get(group["what"].lower(), "repeat")
        return RowType(group["edge"].lower(), what, group["over"] or "")
    if select := _SELECT.match(squeezed):
        return _select(select["how"].lower().replace("_", " "), select["source"] or "", select["rest"])
    plain = " ".join(re.split(r"[\s_-]+", squeezed.casefold()))
    plain = "osm" if plain.startswith("osm ") else plain
    return ROW_TYPES.get(plain, RowType("unknown"))


def _select(how: str, source: str, rest: str) -> RowType:
    list_name, others = _OTHER.subn("", rest)
    list_name = _FROM.sub("", list_name.strip())
    if not list_name:
        return RowType("no_list")
    if how != "rank":
        how = "select_one" if how.replace(" ", "") in ("selectone", "select1") else "select_multiple"
    chosen_from = _SOURCES[source.strip(" _").casefold().replace("_", " ")]
    return RowType("ask", how, list_name, or_other=bool(others), choices_from=chosen_from)
