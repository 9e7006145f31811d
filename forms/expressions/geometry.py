"""Whether a place lies inside a shape, for `geofence()`."""

from __future__ import annotations

from itertools import pairwise


def is_inside(place: str, shape: str) -> bool:
    """Whether an ODK geopoint lies inside a closed geoshape, by the even-odd rule; False where either is unreadable."""
    points = _points(place)
    corners = _points(shape)
    if len(points) != 1 or len(corners) < 4:
        return False
    ((x, y),) = points
    inside = False
    for (ax, ay), (bx, by) in pairwise(corners):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _points(text: str) -> list[tuple[float, float]]:
    """`latitude longitude altitude accuracy; ...` as pairs."""
    try:
        rows = [part.split() for part in text.split(";") if part.strip()]
        return [(float(row[0]), float(row[1])) for row in rows]
    except (ValueError, IndexError):
        return []
