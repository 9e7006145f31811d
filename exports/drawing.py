"""SVG marks with presentation attributes only: our pages' policy forbids inline style, and print ignores page CSS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from exports import palette
from exports.scripts import html_language
from translations.phrases import FIGURES, Part, isolated_part, parts_of

WIDTH = 640.0
SIZE = 13.0
LEADING = 16.0
#: A family whose name has a number in it is no name in CSS without quotation marks, and the whole list is passed over.
FAMILY = {
    "zh": "Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
    "ar": "Noto Sans Arabic, 'Source Sans 3', Noto Sans SC, sans-serif",
}
_FAMILY_ELSEWHERE = "'Source Sans 3', Noto Sans, Noto Sans SC, Noto Sans Arabic, sans-serif"


def number(value: float) -> str:
    """A coordinate with one decimal at most, so that files stay small."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its upper corner on the side that reading starts from, in units of the sheet."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ink:
    """How outlines are filled and drawn; `none` leaves either out."""

    fill: str
    stroke: str
    width: float = 1


#: There is a figure, and it is not shown.
_HATCH = Ink("none", palette.MUTED, 0.7)


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a line is set; `anchor` is start, middle or end, where start is the side that reading starts from."""

    anchor: str = "start"
    fill: str = palette.INK
    size: float = SIZE
    weight: int = 400


PLAIN = Lettering()


@dataclass(slots=True)
class Sheet:
    """A sheet drawn from left to right; `mirrored` lays everything from right to left when it is put down.

    Marks in one ink are one `<path>`, in the order in which inks were first used; lines of the grid lie below them,
    and letters, which share a `<g>` where they are set alike, above: half of the bytes, and less for WeasyPrint to
    walk through.
    """

    mirrored: bool
    grid: dict[Ink, list[str]] = field(default_factory=dict)
    paths: dict[Ink, list[str]] = field(default_factory=dict)
    texts: dict[Lettering, list[str]] = field(default_factory=dict)

    def _x(self, x: float, width: float = 0.0) -> float:
        return WIDTH - x - width if self.mirrored else x

    def _path(self, data: str, ink: Ink) -> None:
        self.paths.setdefault(ink, []).append(data)

    def rectangle(self, box: Box, fill: str, stroke: str = "none") -> None:
        self._path(self._outline(box), Ink(fill, stroke, 0.7 if stroke != "none" else 0))

    def _outline(self, box: Box) -> str:
        x = number(self._x(box.x, box.width))
        return f"M{x} {number(box.y)}h{number(box.width)}v{number(box.height)}h{number(-box.width)}z"

    def hatched(self, box: Box) -> None:
        """An empty frame with slanting lines: there is a figure, and it is not shown."""
        left = self._x(box.x, box.width)
        lines = [self._outline(box)]
        start = 5 - box.height
        while start < box.width:
            low, high = max(start, 0.0), min(start + box.height, box.width)
            lines.append(
                f"M{number(left + low)} {number(box.y + box.height + start - low)}"
                f"l{number(high - low)} {number(low - high)}"
            )
            start += 5
        self._path("".join(lines), _HATCH)

    def line(self, x: float, y: float, to_x: float, to_y: float, stroke: str = palette.RULE, width: float = 1) -> None:
        """A line of the grid, below all else, so that it crosses out no figure."""
        start = f"M{number(self._x(x))} {number(y)}"
        end = f"V{number(to_y)}" if x == to_x else f"L{number(self._x(to_x))} {number(to_y)}"
        self.grid.setdefault(Ink("none", stroke, width), []).append(start + end)

    def whisker(self, low: float, high: float, y: float) -> None:
        """A line from `low` to `high` with an end on either side."""
        start, end = number(self._x(low)), number(self._x(high))
        self._path(f"M{start} {number(y - 3)}v6m0-3H{end}m0-3v6", Ink("none", palette.INK, 1.2))

    def arrow(self, x: float, y: float, to_x: float) -> None:
        """A line to `to_x` with a point there."""
        back = 4 if self._x(to_x) < self._x(x) else -4
        tip = f"M{number(self._x(to_x) + back)} {number(y - 4)}l{-back} 4l{back} 4"
        self._path(f"M{number(self._x(x))} {number(y)}H{number(self._x(to_x))}{tip}", Ink("none", palette.MUTED, 1.2))

    def shape(self, kind: int, x: float, y: float, fill: str, stroke: str) -> None:
        """One of five shapes about 11 units wide around (x, y), so that series differ without colour too."""
        self._path(f"M{number(self._x(x))} {number(y)}{_SHAPES[kind % len(_SHAPES)]}", Ink(fill, stroke, 1.4))

    def text(self, x: float, y: float, text: str, lettering: Lettering = PLAIN) -> None:
        """One line with its baseline at `y`; words in another language say which, and keep their direction."""
        attributes, content = _worded(text, "rtl" if self.mirrored else "ltr")
        line = f'<text x="{number(self._x(x))}" y="{number(y)}"{attributes}>{content}</text>'
        self.texts.setdefault(lettering, []).append(line)

    def lines(
        self, x: float, middle: float, lines: tuple[str, ...], lettering: Lettering = PLAIN, leading: float = LEADING
    ) -> None:
        """Several lines, centred on the height `middle`."""
        first = middle - (len(lines) - 1) * leading / 2 + lettering.size * 0.35
        for index, line in enumerate(lines):
            self.text(x, first + index * leading, line, lettering)

    def svg(self, height: float, language: str, title: str, description: str) -> str:
        """The finished picture; its direction is its own, so that the page around cannot turn anchors over."""
        family = FAMILY.get(language.split("-")[0], _FAMILY_ELSEWHERE)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {number(WIDTH)} {number(height)}" '
            f'width="{number(WIDTH)}" height="{number(height)}" direction="{"rtl" if self.mirrored else "ltr"}" '
            f'font-family="{family}" font-size="{number(SIZE)}" fill="{palette.INK}"><title>{escape(title)}</title>'
            f"<desc>{escape(description)}</desc>{''.join(_drawn(self.grid))}{''.join(_drawn(self.paths))}{''.join(_set(self.texts))}</svg>"
        )


def _worded(text: str, around: str) -> tuple[str, str]:
    """What says a line's language, and its words as XML; several languages are told apart in it."""
    parts = [(_language(part), escape(isolated_part(part, around), quote=False)) for part in parts_of(text)]
    if len(parts) == 1:
        return parts[0]
    return "", "".join(f"<tspan{language}>{words}</tspan>" if language else words for language, words in parts)


def _language(part: Part) -> str:
    return "" if part.language in ("", FIGURES) else f' lang="{html_language(part.language)}"'


def _drawn(paths: dict[Ink, list[str]]) -> Iterable[str]:
    for ink, data in paths.items():
        stroke = f' stroke="{ink.stroke}" stroke-width="{number(ink.width)}"' if ink.stroke != "none" else ""
        yield f'<path d="{"".join(data)}" fill="{ink.fill}"{stroke}/>'


def _set(texts: dict[Lettering, list[str]]) -> Iterable[str]:
    for lettering, lines in texts.items():
        given = {
            "text-anchor": (lettering.anchor, PLAIN.anchor),
            "fill": (lettering.fill, PLAIN.fill),
            "font-size": (number(lettering.size), number(PLAIN.size)),
            "font-weight": (str(lettering.weight), str(PLAIN.weight)),
        }
        more = "".join(f' {name}="{value}"' for name, (value, usual) in given.items() if value != usual)
        yield f"<g{more}>{''.join(lines)}</g>"


_SHAPES = (
    "m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z",
    "m-4.8 -4.8h9.6v9.6h-9.6z",
    "m0 -6.4l6.4 6.4l-6.4 6.4l-6.4 -6.4z",
    "m0 -6l6 10.4h-12z",
    "m0 6l6 -10.4h-12z",
)
