"""Charts on pages, as finished SVG in the reader's language."""

from __future__ import annotations

from flask_babel import get_locale, gettext
from markupsafe import Markup

from exports.charts import svg
from exports.document import Chart
from translations.languages import direction


def picture(chart: Chart) -> Markup:
    """Finished SVG: `exports.charts` escapes every text that it draws."""
    language = str(get_locale() or "en")
    drawn = svg(chart, language, direction(language), gettext("not shown"))
    return Markup(drawn)  # noqa: S704 - drawn and escaped by exports.charts
