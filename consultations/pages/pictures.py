"""Charts on pages, as finished SVG in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import get_locale, gettext
from markupsafe import Markup

from exports.charts import svg
from exports.document import Chart
from translations.languages import direction
from translations.phrases import marked_up

_CAPTION, _NOTE = Markup('<p class="marked">{}</p>'), Markup('<p class="small">{}</p>')


def picture(chart: Chart) -> Markup:
    """Finished SVG: `exports.charts` escapes every text that it draws."""
    language = str(get_locale() or "en")
    drawn = svg(chart, language, direction(language), gettext("not shown"))
    return Markup(drawn)  # noqa: S704 - drawn and escaped by exports.charts


def pictures(charts: Sequence[Chart]) -> Markup:
    """Several pictures of one thing, whose heading names the first; the others bring their captions, each its note."""
    drawn = Markup("")
    for number, chart in enumerate(charts):
        drawn += _CAPTION.format(marked_up(chart.caption)) if number else ""
        drawn += picture(chart)
        drawn += _NOTE.format(marked_up(chart.note)) if chart.note else ""
    return drawn
