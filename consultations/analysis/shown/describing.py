"""A chart in words, for those who do not see it: its kind and its main figures, in whole sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import ceil
from types import MappingProxyType

from consultations.errors import N_
from exports.document import Chart, Series
from exports.numerals import written
from exports.scripts import quoted
from translations.catalogues import words
from translations.formats import joined
from translations.phrases import filled

#: More would be a table read aloud, and the table is there.
MOST_SENTENCES = 12

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "bars": N_("Bars show the share of people for each answer."),
        "stacked": N_("Each bar is a group of people, divided by answer from %(first)s to %(last)s."),
        "places": N_("Each bar is divided by place, from %(first)s to %(last)s."),
        "dots": N_("Dots show the share of each group, answer by answer."),
        "multiples": N_("Small charts on one scale, one for each group of people."),
        "tiles": N_("Each tile is a region, darker where the share is greater."),
    }
)
LINES = N_("Lines show what a share may really be.")
BETWEEN = N_("The greatest share is %(greatest)s (%(most)s), the smallest that is shown is %(least)s (%(fewest)s).")
ONLY = N_("The only share that is shown is %(share)s (%(name)s).")
NONE = N_("No share is shown.")
SIDES = N_("%(group)s: %(low)s towards %(first)s, %(high)s towards %(last)s.")
MOST_OFTEN = N_("%(group)s: most often %(answer)s (%(share)s).")
SPAN = N_("%(answer)s: from %(least)s (%(fewest)s) to %(greatest)s (%(most)s).")
ONE_GROUP = N_("%(answer)s: %(share)s (%(group)s).")
SHARE_OF = N_("%(name)s: %(share)s.")
NOTHING = N_("%(name)s: no share is shown.")
REMARK = N_("%(name)s: %(remark)s")
IN_SECTION = N_("%(group)s (%(section)s)")
REST = N_("The table has all figures.")


def described(chart: Chart, language: str) -> Chart:
    """The chart with its words in `language`; at most `MOST_SENTENCES` of them are about figures."""
    said = _Said(chart, language)
    ends = {"first": said.end(0), "last": said.end(-1)}
    kind = "places" if chart.kind == "stacked" and chart.middle is None else chart.kind
    sentences = [said.words(KINDS[kind], **ends)]
    sentences += [said.words(LINES)] if any(series.intervals for series in chart.series) else []
    figures = list(_FIGURES[chart.kind](said))
    sentences += figures[:MOST_SENTENCES] + [said.words(REST)] * (len(figures) > MOST_SENTENCES)
    return replace(chart, alternative=joined(sentences, language))


class _Said:
    """A chart and the language that it is described in."""

    def __init__(self, chart: Chart, language: str) -> None:
        self.chart = chart
        self._language = language

    def words(self, message: str, **values: str) -> str:
        return filled(words(self._language).gettext(message), values)

    def share(self, value: float) -> str:
        return written(value, self.chart.unit, self._language)

    def answer(self, name: str) -> str:
        return quoted(name, self._language)

    def end(self, place: int) -> str:
        return self.answer(self.chart.series[place].name)

    def groups(self, names: tuple[str, ...]) -> list[str]:
        """The names of rows or panels, each with the heading that it stands under."""
        headings = [heading for heading, count in self.chart.sections for _ in range(count)]
        if not headings:
            return list(names)
        return [
            self.words(IN_SECTION, group=name, section=heading) for name, heading in zip(names, headings, strict=True)
        ]


def _bars(said: _Said) -> Iterator[str]:
    series = said.chart.series[0]
    known = _known(said.chart.categories, series)
    if not known:
        yield said.words(NONE)
    elif len(known) == 1:
        yield said.words(ONLY, share=said.share(known[0][0]), name=said.answer(known[0][1]))
    else:
        (least, fewest), (greatest, most) = known[0], known[-1]
        yield said.words(
            BETWEEN,
            greatest=said.share(greatest),
            most=said.answer(most),
            least=said.share(least),
            fewest=said.answer(fewest),
        )


def _stacked(said: _Said) -> Iterator[str]:
    chart = said.chart
    for index, group in enumerate(said.groups(chart.categories)):
        row = [series.values[index] for series in chart.series]
        shares = [value for value in row if value is not None]
        if chart.middle is None or len(shares) < len(row):
            # With a share that is not shown a side has no sum.
            yield _most_often(said, group, tuple(series.name for series in chart.series), Series(group, tuple(row)))
            continue
        low, high = sum(shares[: ceil(chart.middle)]), sum(shares[int(chart.middle) + 1 :])
        yield said.words(
            SIDES, group=group, low=said.share(low), high=said.share(high), first=said.end(0), last=said.end(-1)
        )


def _dots(said: _Said) -> Iterator[str]:
    for index, category in enumerate(said.chart.categories):
        answer = said.answer(category)
        known = sorted(
            (value, series.name) for series in said.chart.series if (value := series.values[index]) is not None
        )
        if not known:
            yield said.words(NOTHING, name=answer)
        elif len(known) == 1:
            yield said.words(ONE_GROUP, answer=answer, share=said.share(known[0][0]), group=known[0][1])
        else:
            (least, fewest), (greatest, most) = known[0], known[-1]
            ends = {"least": said.share(least), "greatest": said.share(greatest)}
            yield said.words(SPAN, answer=answer, fewest=fewest, most=most, **ends)


def _multiples(said: _Said) -> Iterator[str]:
    names = said.groups(tuple(series.name for series in said.chart.series))
    for name, series in zip(names, said.chart.series, strict=True):
        yield _most_often(said, name, said.chart.categories, series)


def _tiles(said: _Said) -> Iterator[str]:
    chart = said.chart
    for index, (region, value) in enumerate(zip(chart.categories, chart.series[0].values, strict=True)):
        if value is not None:
            yield said.words(SHARE_OF, name=region, share=said.share(value))
        remark = chart.remarks[index] if chart.remarks else ""
        if remark:
            yield said.words(REMARK, name=region, remark=remark)
        elif value is None:
            yield said.words(NOTHING, name=region)


_FIGURES: Mapping[str, Callable[[_Said], Iterator[str]]] = MappingProxyType(
    {"bars": _bars, "stacked": _stacked, "dots": _dots, "multiples": _multiples, "tiles": _tiles}
)


def _most_often(said: _Said, group: str, answers: tuple[str, ...], series: Series) -> str:
    known = _known(answers, series)
    if not known:
        return said.words(NOTHING, name=group)
    share, answer = known[-1]
    return said.words(MOST_OFTEN, group=group, answer=said.answer(answer), share=said.share(share))


def _known(answers: tuple[str, ...], series: Series) -> list[tuple[float, str]]:
    """Shown shares with their answers, the least first; of equal ones the first answer comes last, as the greatest."""
    found = [(value, answer) for value, answer in zip(series.values, answers, strict=True) if value is not None]
    found.reverse()
    return sorted(found, key=lambda pair: pair[0])
