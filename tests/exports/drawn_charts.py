"""What stands where in a drawn chart, read back from its SVG: for tests of geometry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from exports.charts import svg
from exports.document import Chart
from exports.lettering import width

SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"(-?[\d.]+)"
_RECTANGLE = re.compile(rf"M{_NUMBER} {_NUMBER}h{_NUMBER}v{_NUMBER}h-{_NUMBER}z")
_WHISKER = re.compile(rf"M{_NUMBER} {_NUMBER}v6m0-3H{_NUMBER}m0-3v6")


@dataclass(frozen=True)
class Area:
    """A rectangle, and what it is: a text, or a fill."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def overlaps(self, other: Area) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


def drawn(chart: Chart, language: str = "en", direction: str = "ltr") -> ET.Element:
    return ET.fromstring(svg(chart, language, direction, "not shown"))  # noqa: S314 - our own


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def lettering(root: ET.Element) -> Iterator[tuple[Area, str]]:
    """Every line of text with the fill it is written in."""
    mirrored = root.get("direction") == "rtl"
    for group in root.iter(f"{SVG}g"):
        size = float(group.get("font-size", "13"))
        anchor = group.get("text-anchor", "start")
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        for element in group:
            text = element.text or ""
            wide = width(text, size)
            left = float(element.get("x", "")) - wide * (1 - before if mirrored else before)
            y = float(element.get("y", ""))
            yield Area(left, y - 0.75 * size, left + wide, y + 0.25 * size, text), group.get("fill", "#1f2a2a")


def rectangles(root: ET.Element) -> list[Area]:
    """Filled rectangles in the order in which their fills were first used."""
    found = []
    for path in root.iter(f"{SVG}path"):
        if path.get("fill") != "none":
            for x, y, wide, high, _ in _RECTANGLE.findall(path.get("d", "")):
                left, top = float(x), float(y)
                found.append(Area(left, top, left + float(wide), top + float(high), path.get("fill", "")))
    return found


def whiskers(root: ET.Element) -> list[tuple[float, float]]:
    """From and to of every line of uncertainty, from left to right."""
    found = [match for path in root.iter(f"{SVG}path") for match in _WHISKER.findall(path.get("d", ""))]
    return [(min(float(m[0]), float(m[2])), max(float(m[0]), float(m[2]))) for m in found]


def upright(root: ET.Element) -> list[float]:
    """Where the vertical lines of the grid stand."""
    data = " ".join(path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("fill") == "none")
    return sorted({float(x) for x in re.findall(rf"M{_NUMBER} [\d.]+V", data)})


def collisions(root: ET.Element) -> list[tuple[str, str]]:
    """Pairs of lines of text that lie over each other."""
    areas = [area for area, _ in lettering(root)]
    return [(one.what, other.what) for one, other in combinations(areas, 2) if one.overlaps(other)]


def outside(root: ET.Element) -> list[str]:
    """What reaches beyond the view box."""
    wide, high = float(root.get("width", "")), float(root.get("height", ""))
    areas = [*(area for area, _ in lettering(root)), *rectangles(root)]
    return [
        area.what
        for area in areas
        if area.left < -0.6 or area.top < -0.6 or area.right > wide + 0.6 or area.bottom > high + 0.6
    ]
