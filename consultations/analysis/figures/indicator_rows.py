"""Indicators with their values as rows of a file: figures with a full stop, days as ISO 8601."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consultations.analysis.figures.indicators import Indicator, Point
from forms.questionnaire import Text
from translations.catalogues import words

HEAD = (
    *("code", "name", "question", "answers", "region", "consultation", "day", "percent", "low", "high", "people"),
    *("percent_every_region_the_same", "baseline", "baseline_day", "target", "target_day", "way_percent", "note"),
    "synthetic",
)


def rows(indicators: Iterable[Indicator], points: Mapping[int, list[Point]], language: str) -> list[tuple[str, ...]]:
    """The heading, then a row for each indicator and consultation; names and notes in `language`."""
    return [HEAD, *(_row(each, point, language) for each in indicators for point in points[each.id])]


def _row(indicator: Indicator, point: Point, language: str) -> tuple[str, ...]:
    reading, found = point.reading, indicator.progress(point.reading)
    is_there = reading.percent is not None
    figures = (reading.percent, *((reading.low, reading.high) if is_there else (None, None)))
    return (
        *(indicator.code, Text(indicator.name).in_language(language), indicator.question),
        *(" ".join(indicator.options), indicator.region, point.consultation.slug, point.day.isoformat()),
        *(_number(figure) for figure in figures),
        *(str(reading.people or ""), _number(reading.equal_voice)),
        *(_number(indicator.baseline), str(indicator.baseline_on or "")),
        *(_number(indicator.target), str(indicator.target_on or "")),
        _number(found.way if found else None),
        words(language).gettext(reading.why_not) if reading.why_not else "",
        "yes" if point.consultation.synthetic else "no",
    )


def _number(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.1f}"
