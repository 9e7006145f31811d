"""Which categories share a row or a column because they cannot stand alone: fixed ladders, whatever was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: Places of categories that are counted together.
Group = tuple[int, ...]
Groups = tuple[Group, ...]
Size = Callable[[Group], int]
#: Whether a group may be told of as it is.
Stands = Callable[[Group], bool]


def up_the_ladder(groups: Groups, levels: Sequence[Groups], stands: Stands) -> Groups:
    """Level by level, whole groups of a level for every row of which one member cannot stand.

    Global recoding within a hierarchy (Hundepool et al., Statistical Disclosure Control, 2012): the whole group
    merges, not the small member with one neighbour, so that nobody reckons the member as what is left of the group.
    What cannot stand at the top comes back as it is.
    """
    for level in levels:
        climbed: list[Group] = []
        for group in level:
            members = [one for one in groups if set(one) <= set(group)]
            climbed += members if all(stands(one) for one in members) else [group]
        groups = tuple(sorted(climbed))
    return groups


def others_together(groups: Groups, stands: Stands) -> tuple[Groups, Group]:
    """The ladder of groups without an order, such as regions: (rows, places that no row tells of).

    Every group that cannot stand goes into one; while that cannot stand either, the last one that still stands alone
    joins it. *Last in the questionnaire*, not *smallest*: which one joins shall not say which one is smallest. An empty
    category counts as a small one, or leaving it out would say that it is empty.
    """
    alone = [group for group in groups if stands(group)]
    small = _together([group for group in groups if group not in alone])
    while small and not stands(small) and alone:
        small = _together([small, alone.pop()])
    rows = (*alone, small) if small else tuple(alone)
    # One group of everything would repeat the row of everybody.
    return (rows, ()) if len(rows) > 1 else ((), _together(groups))


def neighbours_together(places: range, size: Size, least: int) -> Groups:
    """The ladder of bands: each takes in the next until it has `least`; what is left over joins the last."""
    groups: list[Group] = []
    rest: Group = ()
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


def _together(groups: Sequence[Group]) -> Group:
    return tuple(sorted(place for group in groups for place in group))
