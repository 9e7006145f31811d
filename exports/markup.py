"""Authors' Markdown made into the few HTML elements that a paper uses, and nothing else."""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from translations.phrases import Part, language_attributes, parts_of

#: Our own list: the cleaner's default keeps remote images, and an image is a tracking pixel.
TAGS = frozenset({"p", "br", "em", "strong", "ul", "ol", "li", "a"})
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})

# Headings would break the table of contents, code and tables have no typography in a paper: they stay as typed.
_PARSER = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "heading", "lheading", "hr", "code", "fence", "backticks", "blockquote", "reference"]
)


_WHOLE, _WITHIN = Markup("<div{}>{}</div>"), Markup("<bdi{}>{}</bdi>")
#: Where words in another language go, while those around them are worked on; no text can hold these letters as its own.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


def block(markdown: str) -> Markup:
    """Paragraphs, lists, emphasis and links of `markdown` as safe HTML; whatever else is written stays as text.

    Words in another language (`translations.phrases`) stand in an element that says which; their marks end with them.
    """
    parts = parts_of(markdown)
    if len(parts) == 1:
        html = _clean(_PARSER.render(markdown))
        return _WHOLE.format(language_attributes(parts[0].language), html) if parts[0].language else html
    own = "".join(f"{_OPEN}{place}{_CLOSE}" if part.language else part.text for place, part in enumerate(parts))
    html = _clean(_PARSER.render(own))
    return Markup(_PLACE.sub(lambda found: _apart(parts[int(found[1])]), html))  # noqa: S704 - cleaned above, piece by piece


def _apart(part: Part) -> Markup:
    return _WITHIN.format(language_attributes(part.language), inline(part.text))


def inline(text: str) -> Markup:
    """Emphasis and links of one line of Markdown as safe HTML, without a paragraph around it."""
    return _clean(_PARSER.renderInline(text))


def _clean(html: str) -> Markup:
    return Markup(  # noqa: S704 - cleaned on this line
        nh3.clean(
            html,
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            url_schemes=set(SCHEMES),
            attribute_filter=_absolute_links_only,
            link_rel="noopener noreferrer",
        ).strip()
    )


def _absolute_links_only(_tag: str, attribute: str, value: str) -> str | None:
    """A link without a scheme would point into the reader's own disk or site: dropped, its words stay."""
    if attribute == "href" and value.partition(":")[0].lower() not in SCHEMES:
        return None
    return value
