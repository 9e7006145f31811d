"""SVG marks with presentation attributes only: our pages' policy forbids inline style, and print ignores page CSS."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from exports import palette

WIDTH = 640.0
SIZE = 13.0
LEADING = 16.0
FAMILY = {
    "zh": "Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
    "ar": "Noto Sans Arabic, Source Sans 3, Noto Sans SC, sans-serif",
}
_FAMILY_ELSEWHERE = "Source Sans 3, Noto Sans, Noto Sans SC, Noto Sans Arabic, sans-serif"


def number(value: float) -> str:
    """A coordinate with one decimal at most, so that files stay small."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(slots=True)
class Sheet:
    """A sheet drawn from left to right; `mirrored` lays everything from right to left when it is put down."""

    mirrored: bool
    marks: list[str] = field(default_factory=list)

    def _x(self, x: float, width: float = 0.0) -> float:
        return WIDTH - x - width if self.mirrored else x

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.marks.append(
            f'<rect x="{number(self._x(x, width))}" y="{number(y)}" width="{number(width)}" '
            f'height="{number(height)}" fill="{fill}"/>'
        )

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """An empty frame with slanting lines: there is a figure, and it is not shown."""
        left = self._x(x, width)
        lines = [f"M{number(left)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"]
        start = -height + 3
        while start < width:
            low, high = max(start, 0.0), min(start + height, width)
            lines.append(
                f"M{number(left + low)} {number(y + height - (low - start))}"
                f"L{number(left + high)} {number(y + height - (high - start))}"
            )
            start += 5
        self.path("".join(lines), "none", palette.MUTED, 0.7)

    def line(self, x: float, y: float, to_x: float, to_y: float, stroke: str = palette.RULE, width: float = 1) -> None:
        self.path(f"M{number(self._x(x))} {number(y)}L{number(self._x(to_x))} {number(to_y)}", "none", stroke, width)

    def path(self, data: str, fill: str, stroke: str, width: float = 1) -> None:
        self.marks.append(f'<path d="{data}" fill="{fill}" stroke="{stroke}" stroke-width="{number(width)}"/>')

    def shape(self, kind: int, x: float, y: float, fill: str, stroke: str) -> None:
        """One of four shapes about 11 units wide around (x, y), so that series differ without colour too."""
        at = self._x(x)
        self.path(_SHAPES[kind % len(_SHAPES)].format(x=number(at), y=number(y)), fill, stroke, 1.4)

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", fill: str = palette.INK, weight: int = 400
    ) -> None:
        """One line with its baseline at `y`; `start` is the side that reading starts from."""
        more = ' direction="rtl"' if self.mirrored else ""
        more += f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += f' fill="{fill}"' if fill != palette.INK else ""
        more += f' font-weight="{weight}"' if weight != 400 else ""
        self.marks.append(f'<text x="{number(self._x(x))}" y="{number(y)}"{more}>{escape(text)}</text>')

    def lines(self, x: float, middle: float, lines: tuple[str, ...], *, anchor: str = "start") -> None:
        """Several lines, centred on the height `middle`."""
        first = middle - (len(lines) - 1) * LEADING / 2 + SIZE * 0.35
        for index, line in enumerate(lines):
            self.text(x, first + index * LEADING, line, anchor=anchor)

    def svg(self, height: float, language: str, title: str, description: str) -> str:
        """The finished picture; direction is per text, so that the page around cannot turn anchors over."""
        family = FAMILY.get(language.split("-")[0], _FAMILY_ELSEWHERE)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {number(WIDTH)} {number(height)}" '
            f'width="{number(WIDTH)}" height="{number(height)}" direction="ltr" font-family="{family}" '
            f'font-size="{number(SIZE)}" fill="{palette.INK}"><title>{escape(title)}</title>'
            f"<desc>{escape(description)}</desc>{''.join(self.marks)}</svg>"
        )


_SHAPES = (
    "M{x} {y}m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z",
    "M{x} {y}m-4.8 -4.8h9.6v9.6h-9.6z",
    "M{x} {y}m0 -6.4l6.4 6.4l-6.4 6.4l-6.4 -6.4z",
    "M{x} {y}m0 -6l6 10.4h-12z",
    "M{x} {y}m0 6l6 -10.4h-12z",
)
