"""Which categories share a row or a column because they are too small to stand alone: two fixed ladders."""

from __future__ import annotations

from collections.abc import Callable

#: Places of categories that are counted together.
Groups = tuple[tuple[int, ...], ...]
Size = Callable[[tuple[int, ...]], int]


def others_together(places: range, size: Size, least: int) -> tuple[Groups, tuple[int, ...]]:
    """The ladder of categories without an order, such as regions: (rows, places that no row tells of).

    Every category below `least` goes into one group; while that group is below `least` as well, the last category
    that still stands alone joins it. *Last in the questionnaire*, not *smallest*: which one joins shall not say
    which one is smallest. An empty category counts as a small one, or leaving it out would say that it is empty.
    """
    alone = [(place,) for place in places if size((place,)) >= least]
    small = tuple(place for place in places if (place,) not in alone)
    while small and size(small) < least and alone:
        small = tuple(sorted((*small, *alone.pop())))
    if not small or size(small) < least:
        return tuple(alone), small
    # One group of everything would repeat the row of everybody.
    return ((*alone, small), ()) if alone else ((), small)


def neighbours_together(places: range, size: Size, least: int) -> Groups:
    """The ladder of bands: each takes in the next until it has `least`; what is left over joins the last."""
    groups: list[tuple[int, ...]] = []
    rest: tuple[int, ...] = ()
    for place in places:
        rest = (*rest, place)
        if size(rest) >= least:
            groups.append(rest)
            rest = ()
    if rest and groups:
        groups[-1] += rest
    elif rest:
        groups.append(rest)
    return tuple(groups)
