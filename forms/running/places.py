"""Every question and group of a form as a tree of places, and the keys under which their answers are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from forms.expressions.context import Positions
from forms.questionnaire import Group, Question, Questionnaire

#: How authors say yes in a setting.
_YES = frozenset({"yes", "true", "true()", "1"})
#: A step of a path from outside: `member[2]`.
_STEP = re.compile(r"([^\[\]]+)(?:\[([0-9]{1,9})\])?")


@dataclass(slots=True, eq=False)
class Place:
    """One row of the survey, wherever it stands in however many repeats."""

    #: The XForm name.
    name: str
    #: What answers are kept under: a question's name, a group's path.
    key: str
    node: Question | Group | None
    parent: Place | None
    #: The repeats around it, outermost first; a repeat is around itself.
    repeats: tuple[Place, ...]
    #: By XForm name.
    children: dict[str, Place] = field(default_factory=dict)
    #: A group that is no step of any path: the setting `flat`.
    is_flat: bool = False

    @property
    def is_repeat(self) -> bool:
        return isinstance(self.node, Group) and self.node.is_repeat

    def around(self) -> Iterator[Place]:
        """The groups around it, innermost first, without the form itself."""
        place = self.parent
        while place is not None and place.node is not None:
            yield place
            place = place.parent

    def above(self) -> Place | None:
        """What `..` leads to; None above the form."""
        place = self.parent
        while place is not None and place.is_flat:
            place = place.parent
        return place

    def child(self, name: str) -> Place | None:
        """What a step of that name leads to; None where there is no such place."""
        found = self.children.get(name)
        if found is not None and not found.is_flat:
            return found
        within = (child.child(name) for child in self.children.values() if child.is_flat)
        return next((place for place in within if place), None)

    def steps_down(self) -> Iterator[Place]:
        """What any step down leads to."""
        for child in self.children.values():
            if child.is_flat:
                yield from child.steps_down()
            else:
                yield child

    def below(self) -> Iterator[Place]:
        """Everything in it, in document order."""
        for child in self.children.values():
            yield child
            yield from child.below()

    def shared_with(self, other: Place) -> int:
        """How many repeats both stand in, counted from the outermost."""
        return sum(1 for one, another in zip(self.repeats, other.repeats, strict=False) if one is another)


@dataclass(frozen=True, slots=True)
class Tree:
    """All places of one form."""

    root: Place
    #: By key, in document order.
    questions: Mapping[str, Place]
    groups: Mapping[str, Place]
    #: By XForm name; what several places are called is no reference.
    named: Mapping[str, tuple[Place, ...]]


def tree_of(questionnaire: Questionnaire) -> Tree:
    """The places of the questionnaire below a root that stands for the form."""
    root = Place("data", "/data", None, None, ())
    is_flat = questionnaire.extra_settings.get("flat", "").casefold() in _YES
    _grow(root, questionnaire.children, is_flat)
    everything = tuple(root.below())
    named: dict[str, tuple[Place, ...]] = {}
    for place in everything:
        named[place.name] = (*named.get(place.name, ()), place)
    return Tree(
        root,
        MappingProxyType({place.key: place for place in everything if isinstance(place.node, Question)}),
        MappingProxyType({place.key: place for place in everything if isinstance(place.node, Group)}),
        MappingProxyType(named),
    )


def instance_key(key: str, positions: Positions) -> str:
    """What the answer of one time of a question is kept under: `age[2]`, `age[1,3]`; outside repeats, its name."""
    return key + _suffix(positions) if positions else key


@lru_cache(maxsize=16_384)
def _suffix(positions: Positions) -> str:
    return f"[{','.join(map(str, positions))}]"


def split_key(key: str) -> tuple[str, Positions]:
    """`age[1,3]` -> (`age`, (1, 3))."""
    if not key.endswith("]"):
        return key, ()
    name, _, positions = key[:-1].rpartition("[")
    return name, tuple(int(position) for position in positions.split(","))


def node_path(place: Place, positions: Positions) -> str:
    """The XForm path of one time of a place: `/data/member[2]/age`."""
    steps = [_step(around, positions) for around in (place, *place.around()) if not around.is_flat]
    return "/data/" + "/".join(reversed(steps))


def place_at(tree: Tree, path: str) -> tuple[Place, Positions]:
    """The place and the times that an XForm path names, a repeat without a number being its first; KeyError if none."""
    place, positions = tree.root, []
    for step in path.removeprefix("/").split("/")[1:]:
        read = _STEP.fullmatch(step)
        found = place.child(read[1]) if read else None
        if read is None or found is None or (read[2] and not found.is_repeat):
            raise KeyError(path)
        place = found
        if place.is_repeat:
            positions.append(int(read[2] or 1))
    return place, tuple(positions)


def _step(place: Place, positions: Positions) -> str:
    return f"{place.name}[{positions[len(place.repeats) - 1]}]" if place.is_repeat else place.name


def _grow(parent: Place, nodes: tuple[Question | Group, ...], is_flat: bool) -> None:
    for node in nodes:
        name = node.path.rsplit("/", 1)[-1] or node.name
        if isinstance(node, Question):
            parent.children[name] = Place(name, node.name, node, parent, parent.repeats)
            continue
        place = parent.children[name] = Place(name, node.path, node, parent, parent.repeats)
        place.is_flat = is_flat and not node.is_repeat
        if node.is_repeat:
            place.repeats = (*parent.repeats, place)
        _grow(place, node.children, is_flat)
