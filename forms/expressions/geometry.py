"""The functions of ODK expressions that measure places: points, and shapes made of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from types import MappingProxyType

from forms.expressions.context import Context
from forms.expressions.values import Value, flat, to_text

#: Latitude and longitude in degrees.
Point = tuple[float, float]

_EARTH_RADIUS_METRES = 6_378_100


def is_inside(place: str, shape: str) -> bool:
    """Whether an ODK geopoint lies inside a closed geoshape, by the even-odd rule; False where either is unreadable."""
    points, corners = _points(place), _points(shape)
    if len(points) != 1 or len(corners) < 2 or corners[0] != corners[-1]:
        return False
    ((x, y),) = points
    inside = False
    for (ax, ay), (bx, by) in pairwise(corners):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def distance(points: list[Point]) -> float:
    """Metres along great circles from point to point, to the centimetre; NaN for fewer than two points."""
    if len(points) < 2:
        return math.nan
    return _to_the_centimetre(sum(_angle(*pair) for pair in pairwise(points)) * _EARTH_RADIUS_METRES)


def area(points: list[Point]) -> float:
    """Square metres of the ground within the points; 0 for fewer than three.

    Chamberlain and Duquette, "Some algorithms for polygons on a sphere", JPL Publication 07-03 (2007).
    """
    if len(points) < 3:
        return 0.0
    closed = points if points[0] == points[-1] else [*points, points[0]]
    total = sum(
        math.radians(east - west) * (2 + math.sin(math.radians(north)) + math.sin(math.radians(south)))
        for (south, west), (north, east) in pairwise(closed)
    )
    return _to_the_centimetre(abs(total * _EARTH_RADIUS_METRES**2 / 2))


def _angle(start: Point, end: Point) -> float:
    """Between two points as seen from the middle of the earth, by the law of cosines as ODK has it."""
    (south, north), turn = (math.radians(start[0]), math.radians(end[0])), math.radians(start[1] - end[1])
    cosine = math.sin(south) * math.sin(north) + math.cos(south) * math.cos(north) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine)))


def _to_the_centimetre(number: float) -> float:
    return math.floor(number * 100 + 0.5) / 100


def _points(text: str) -> list[Point]:
    """`latitude longitude altitude accuracy; ...` as pairs; [] where a part is no point on the earth."""
    try:
        rows = [part.split() for part in text.split(";") if part.strip()]
        found = [(float(row[0]), float(row[1])) for row in rows]
    except (ValueError, IndexError):
        return []
    return found if all(abs(south) <= 90 and abs(west) <= 180 for south, west in found) else []


def _all_points(given: list[Value]) -> list[Point]:
    """The points of one shape, or of as many single points as there are values."""
    found = [_points(to_text(part)) for part in flat(given)]
    return [point for points in found for point in points] if all(found) else []


#: Name -> work.
PLACE_FUNCTIONS: MappingProxyType[str, Callable[[Context, list[Value]], Value]] = MappingProxyType(
    {
        "area": lambda _, given: area(_all_points(given)),
        "distance": lambda _, given: distance(_all_points(given)),
        "geofence": lambda _, given: is_inside(to_text(given[0]), to_text(given[1])),
    }
)
