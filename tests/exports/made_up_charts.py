"""A chart of every kind in one of six languages, with labels as long as questionnaires have them; nothing is real."""

from __future__ import annotations

from exports.document import Chart, Series
from tests.exports.made_up_words import TEXTS

#: A remark of a tile, as long as they come.
_TOGETHER = {
    "en": "Too few people answered alone: counted together with Europe.",
    "fr": "Trop peu de personnes pour une région seule : comptées avec l’Europe.",
    "ru": "Ответов слишком мало, чтобы показать их отдельно: посчитано вместе с регионом «Европа».",
    "es": "Respondieron muy pocas personas: se cuentan junto con Europa.",
    "zh": "回答人数过少，与欧洲合并计算。",
    "ar": "أجاب عدد قليل جدًا من الأشخاص، فحُسبوا مع أوروبا.",
}
_SCALE_SHARES = (
    (4.0, 11.0, 18.0, 42.0, 25.0),
    (31.0, 28.0, 16.0, 17.0, 8.0),
    (None, 30.0, 21.0, 19.0, None),
    (None, None, None, None, None),
    (0.0, 1.0, 0.0, 2.0, 97.0),
)
_REGION_SHARES = (
    (62.0, 48.0, 55.0, 41.0, 51.0),
    (58.0, 60.0, 57.0, 61.0, None),
    (35.0, 71.0, 52.0, 38.0, 12.0),
    (44.0, 45.0, 46.0, 44.0, 45.0),
    (0.0, 100.0, 24.0, None, None),
)


def every_chart(language: str) -> dict[str, Chart]:
    """By name: the five kinds, a scale without a middle, and multiples in sections."""
    texts = TEXTS[language]
    return {
        "bars": Chart("bars", texts.captions[0], texts.rights, (Series("", (64.0, 25.0, 8.4, None, 100.0)),)),
        "stacked": _scale(language, 5),
        "even": _scale(language, 4),
        "dots": Chart("dots", texts.captions[2], texts.rights, _regions(language)),
        "multiples": _multiples(language, 6),
        "sections": _sections(language),
        "tiles": _tiles(language),
    }


def around(value: float | None) -> tuple[float, float] | None:
    return None if value is None else (max(value - 9.5, 0.0), min(value + 7.5, 100.0))


def _scale(language: str, steps: int) -> Chart:
    texts = TEXTS[language]
    kept = (0, 1, 2, 3, 4) if steps == 5 else (0, 1, 3, 4)
    series = tuple(Series(texts.scale[i], tuple(row[i] for row in _SCALE_SHARES)) for i in kept)
    return Chart("stacked", texts.captions[1], texts.rights, series, middle=(steps - 1) / 2)


def _regions(language: str) -> tuple[Series, ...]:
    return tuple(
        Series(name, values, tuple(around(value) for value in values))
        for name, values in (
            (name, tuple(row[place] for row in _REGION_SHARES)) for place, name in enumerate(TEXTS[language].regions)
        )
    )


def _multiples(language: str, panels: int) -> Chart:
    texts = TEXTS[language]
    series = tuple(
        Series(f"{name} {number + 1}", values, tuple(around(value) for value in values))
        for number in range(panels)
        for name, values in [(texts.rights[number % 5], _REGION_SHARES[number % 5])]
    )
    return Chart("multiples", texts.captions[0], texts.rights, series)


def _sections(language: str) -> Chart:
    texts = TEXTS[language]
    chart = _multiples(language, 12)
    return Chart(
        "multiples",
        texts.captions[0],
        chart.categories,
        chart.series,
        sections=tuple((region, 4) for region in texts.regions[:3]),
    )


def _tiles(language: str) -> Chart:
    texts = TEXTS[language]
    return Chart(
        "tiles",
        texts.captions[0],
        texts.regions,
        (Series("", (62.0, 91.0, 8.0, None, 8.0)),),
        places=((1, 1), (2, 0.5), (1, 0), (0, 1), (0, 0)),
        remarks=("", "", "", texts.not_shown, _TOGETHER[language]),
    )
