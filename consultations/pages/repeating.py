"""What a respondent may do about a repeat: begin it once more, or come back to one time of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.builder import Wording, Words
from forms.running.flow import Flow, Spot

_NAMED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3}){0,30}")


@dataclass(frozen=True, slots=True)
class More:
    """A button that begins a repeat once more."""

    path: str
    label: Words
    #: It is not there at all yet.
    is_first: bool


def repeats_to_add(flow: Flow, spot: Spot, wording: Wording) -> tuple[More, ...]:
    """The buttons of a page that a repeat ends with, innermost repeat first."""
    innermost = flow.pages[spot.page].repeats[-1:]
    return tuple(
        More(group.path, wording.of(group.label), is_first=spot.is_empty and group.path == innermost[0].path)
        for group in flow.may_add(wording.state, spot)
    )


def named(spot: Spot) -> str:
    """A page's name in a button: `3`, or within repeats `3.2`."""
    return ".".join(map(str, (spot.page, *spot.positions)))


def spot_named(name: str) -> Spot | None:
    """The page of that name; None where it names none."""
    if not _NAMED.fullmatch(name):
        return None
    page, *positions = (int(part) for part in name.split("."))
    return Spot(page, tuple(positions))
