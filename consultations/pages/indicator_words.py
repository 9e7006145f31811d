"""Indicators in words: values, progress and the picture over time, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from consultations.analysis.figures.indicators import Indicator, Point
from consultations.analysis.figures.readings import Progress, Reading, is_clear_of
from consultations.analysis.releases.earlier import Asked
from consultations.analysis.shown.presenting import EQUAL_VOICE
from consultations.analysis.shown.presenting_changes import title_and_month
from exports.document import Chart, Series
from forms.questionnaire import Text
from translations import phrases
from translations.formats import joined, written_number, written_share

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Shown:
    """A point as a page shows it."""

    consultation: str
    value: str
    interval: str
    equal_voice: str
    people: str
    #: No real person answered.
    synthetic: bool
    #: Per cent of the way to the target, and the same in whole sentences.
    way: str
    progress: str


def shown(indicator: Indicator, point: Point, language: str) -> Shown:
    reading = point.reading
    is_there = reading.percent is not None
    return Shown(
        consultation=title_and_month(Asked(point.consultation.title, point.day), language),
        value=written_share(round(reading.percent or 0), language) if is_there else gettext(reading.why_not),
        interval=_interval(reading, language) if is_there else NOTHING,
        equal_voice=NOTHING if reading.equal_voice is None else written_share(round(reading.equal_voice), language),
        people=written_number(reading.people, language) if reading.people else NOTHING,
        synthetic=point.consultation.synthetic,
        way=_per_cent(indicator, reading, language),
        progress=progress_words(indicator, reading, language),
    )


def progress_words(indicator: Indicator, reading: Reading, language: str) -> str:
    """Whole sentences; '' where there is nothing to say."""
    if reading.percent is None:
        return ""
    found = indicator.progress(reading)
    said = [_way(found, language)] if found else []
    if indicator.baseline is not None and not is_clear_of(reading, indicator.baseline):
        said.append(gettext("No clear change since the baseline."))
    return joined(said, language)


def over_time(indicator: Indicator, points: list[Point], language: str) -> Chart:
    """A row for each consultation, oldest first: the share with what it may be, the equal voice, the target."""
    readings = [point.reading for point in points]
    intervals = tuple((each.low, each.high) if each.percent is not None else None for each in readings)
    series = [Series(gettext("By response"), tuple(each.percent for each in readings), intervals)]
    if any(each.equal_voice is not None for each in readings):
        series.append(Series(gettext(EQUAL_VOICE), tuple(each.equal_voice for each in readings)))
    if indicator.target is not None:
        series.append(Series(gettext("Target"), (indicator.target,) * len(readings)))
    return Chart(
        kind="dots",
        caption=phrases.joined(" ", (indicator.code, Text(indicator.name).told_to(language))),
        categories=tuple(title_and_month(Asked(each.consultation.title, each.day), language) for each in points),
        series=tuple(series),
    )


def _interval(reading: Reading, language: str) -> str:
    values = {name: written_share(round(end), language) for name, end in (("low", reading.low), ("high", reading.high))}
    return str(gettext("%(low)s to %(high)s", **values))


def _per_cent(indicator: Indicator, reading: Reading, language: str) -> str:
    found = indicator.progress(reading)
    return NOTHING if found is None or found.way is None else written_share(round(found.way), language)


def _way(found: Progress, language: str) -> str:
    if found.reached:
        return str(gettext("The target is reached."))
    if found.way is None:
        return str(gettext("The target is not reached yet."))
    if found.way <= 0:
        return str(gettext("It is no nearer to the target than at the baseline."))
    return str(gettext("It has come %(share)s of the way.", share=written_share(round(found.way), language)))
