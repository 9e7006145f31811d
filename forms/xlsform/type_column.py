"""What the `type` column of a survey row means, in every spelling that real forms use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is: `kind` says what to do with it, `type` which question type it is asked as.

    `kind`: ask, begin, end, drop_identifying, drop_not_collected, unsupported, unknown.
    """

    kind: str
    type: str = ""
    list_name: str = ""
    or_other: bool = False
    #: The author's type when it is asked as another one (`time` is asked as text), else ''.
    read_from: str = ""


_DIRECT = {
    "text": ("text", "string", "q string", "add text prompt"),
    "integer": ("integer", "int", "q int", "add integer prompt", "percentage"),
    "decimal": ("decimal", "q decimal", "add decimal prompt"),
    "date": ("date", "q date", "add date prompt"),
    "note": ("note", "q note", "add note prompt"),
    "calculate": ("calculate", "q calculate", "add calculate prompt"),
}

#: Asked as the nearest type that we have, with a notice. `range` becomes integer when all its bounds are whole.
_NEAREST = {
    "text": ("time", "q time", "add time prompt", "datetime", "q date time", "add date time prompt", "xml external"),
    "decimal": ("range",),
    "select_one": ("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"),
    "calculate": ("hidden",),
}

#: Would tell who answers, when, or on which device.
_IDENTIFYING = (
    *("start", "end", "today", "deviceid", "device id", "username", "phonenumber", "phone number", "simserial"),
    *("sim id", "subscriberid", "subscriber id", "email", "imei", "uri:deviceid", "uri:username", "uri:email"),
    *("uri:phonenumber", "uri:simserial", "uri:subscriberid", "get start time", "get end time", "get today"),
    *("get device id", "get phone number", "get sim id", "get subscriber id", "start time", "end time", "geopoint"),
    *("geotrace", "geoshape", "start geopoint", "gps", "location", "q geopoint", "q location", "q gps", "audit"),
    *("add location prompt", "background geopoint", "instance name"),
)

#: Files and codes: they carry faces, voices, places and serial numbers.
_NOT_COLLECTED = (
    *(
        "image",
        "photo",
        "picture",
        "q picture",
        "q image",
        "add image prompt",
        "add photo prompt",
        "add picture prompt",
    ),
    *("audio", "q audio", "add audio prompt", "video", "q video", "add video prompt", "file", "q file"),
    *("add file prompt", "barcode", "q barcode", "add barcode prompt", "background audio", "annotate", "draw"),
    *("signature", "entity"),
)

_UNSUPPORTED = ("csv external", "osm", "select one external", "select one from file", "select multiple from file")


def _table() -> dict[str, RowType]:
    rows = {name: RowType("ask", type) for type, names in _DIRECT.items() for name in names}
    rows |= {name: RowType("ask", type, read_from=name) for type, names in _NEAREST.items() for name in names}
    rows |= {name: RowType("drop_identifying") for name in _IDENTIFYING}
    rows |= {name: RowType("drop_not_collected") for name in _NOT_COLLECTED}
    return rows | {name: RowType("unsupported") for name in _UNSUPPORTED}


ROW_TYPES: Mapping[str, RowType] = MappingProxyType(_table())

_SELECT = re.compile(
    r"^(?:add[ _])?(?P<how>select[ _]?one|select[ _]?1|select[ _]multiple|select[ _]all[ _]that[ _]apply|rank)"
    r"(?:[ _]prompt[ _]using)?(?P<rest>(?:[ _]from[ _]file|[ _]external)\b.*|\s+.*|)$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\s+(?:or[ _]other|or[ _]specify[ _]other)$", re.IGNORECASE)
_FROM = re.compile(r"^from\s+", re.IGNORECASE)
_GROUP = re.compile(
    r"^(?P<edge>begin|end)[ _]?(?P<what>group|repeat|loop|lgroup|looped[ _]group)(?:\s+over\s.*)?$", re.I
)
_REPEATS = frozenset({"repeat", "loop", "lgroup", "looped group"})


def row_type(written: str) -> RowType:
    """The meaning of a `type` cell; never fails, a type that nobody knows is of the kind `unknown`."""
    squeezed = " ".join(written.split())
    if group := _GROUP.match(squeezed):
        what = "repeat" if group["what"].lower().replace("_", " ") in _REPEATS else "group"
        return RowType(group["edge"].lower(), what)
    if select := _SELECT.match(squeezed):
        return _select(select["how"].lower().replace("_", " "), select["rest"])
    plain = " ".join(re.split(r"[\s_-]+", squeezed.casefold()))
    return ROW_TYPES.get(plain, RowType("unknown"))


def _select(how: str, rest: str) -> RowType:
    if re.match(r"[ _](from[ _]file|external)\b", rest, re.IGNORECASE) or "${" in rest:
        return RowType("unsupported")
    type = "select_one" if how.replace(" ", "") in ("selectone", "select1") else "select_multiple"
    list_name, others = _OTHER.subn("", rest)
    list_name = _FROM.sub("", list_name.strip())
    if not list_name:
        return RowType("unknown")
    return RowType("ask", type, list_name, or_other=bool(others), read_from="rank" if how == "rank" else "")
