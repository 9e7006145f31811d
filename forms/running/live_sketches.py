"""The conditions of one page's questions, with what no answer of that page changes set aside for the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from types import MappingProxyType

from forms.bands import MOST_STEPS
from forms.control_kinds import kind_of
from forms.expressions.evaluate import compile_tree
from forms.expressions.in_place import Asked, Folded, NotInPlace, Sketch, constant, is_closed, is_still, sketched
from forms.expressions.parsing import parse
from forms.expressions.syntax import Literal, Path, Reference, Tree
from forms.number_lines import number_line
from forms.question_types import is_asked
from forms.questionnaire import Page, Question, Text
from forms.running.compiled import Compiled
from forms.running.dependencies import followers, used_by
from forms.running.places import Place
from forms.running.rules import COMPUTED, GroupRules, Rules
from forms.running.scopes import FormScope
from forms.running.state import INSERTED

#: Kind of control -> how the script reads it, just as `canonical` does; the others only the server can read.
_READ: Mapping[str, str] = MappingProxyType(
    {
        "radios": "$",
        "list": "$",
        "steps": "$",
        "checkboxes": "$",
        "folded": "$m",
        "acknowledge": "$",
        "line": "$t",
        "lines": "$t",
        "numbers": "$t",
        "integer": "$i",
        "decimal": "$n",
        "date": "$d",
    }
)
#: Choices whose order a page says at most.
_MOST_NAMES = 100


class Sketches:
    """One page of a form; looked at once for a form version."""

    def __init__(self, form: Compiled, page: Page) -> None:
        self.form = form
        self.headed = frozenset(group.path for group in page.groups)
        self.here = {form.tree.questions[question.name]: form.rules[question.name] for question in page.questions}
        #: What may change while the page is filled in, besides what is typed itself.
        self.following = _following(form, tuple(place for place, rules in self.here.items() if _is_typed(rules)))
        self._found: dict[Place, Sketch | NotInPlace | None] = {}

    def conditions(self) -> Mapping[str, Sketch]:
        """By question name; only of the questions that the script can follow."""
        found = {}
        for place in self.here if self.following else ():
            try:
                condition = self._condition(place)
            except NotInPlace:
                continue
            if condition is not None:
                found[place.key] = condition
        return MappingProxyType(found)

    def _condition(self, place: Place) -> Sketch | None:
        """When a question of the page is relevant; None where that does not follow from the page. Raises NotInPlace."""
        if place not in self._found:
            try:
                self._found[place] = self._of_page(place)
            except NotInPlace as problem:
                self._found[place] = problem
        found = self._found[place]
        if isinstance(found, NotInPlace):
            raise found
        return found

    def _of_page(self, place: Place) -> Sketch | None:
        conditions = self._conditions(place)
        if all(isinstance(condition, Folded) for condition in conditions):
            return None
        if any(self._moves(used) for used in self._decide_looks(place)):
            raise NotInPlace("it would not look the same")
        return ("and", *conditions)

    def _conditions(self, place: Place) -> tuple[Sketch, ...]:
        """Those of the groups around a question, outermost first, and its own."""
        found = []
        for one in (*reversed(list(place.around())), place):
            rules: Rules | GroupRules = self.form.groups.get(one.key) or self.form.rules[one.key]
            if rules.relevant is None:
                continue
            text = one.node.relevant if one.node else ""
            moves = any(map(self._moves, used_by(self.form.tree, one, [text])))
            found.append(self._sketch(text, one) if moves else Folded(rules.relevant, len(one.repeats)))
        return tuple(found)

    def _sketch(self, text: str, place: Place) -> Sketch:
        return sketched(parse(text), partial(self._known, place))

    def _known(self, place: Place, tree: Tree) -> Sketch | None:
        """What is to be said of a part of an expression that stands at `place`; None where its own parts say it."""
        if isinstance(tree, Literal):
            return None
        scope = FormScope(self.form.tree, place)
        run = compile_tree(tree, scope)
        if any(map(self._moves, scope.uses)):
            return self._answer(scope, tree) if isinstance(tree, Reference | Path) else None
        if is_closed(tree):
            return constant(tree)
        if not is_still(tree):
            raise NotInPlace("by chance, or of itself")
        return Folded(run, len(place.repeats))

    def _answer(self, scope: FormScope, tree: Reference | Path) -> Sketch:
        """The value of one question of this page, or one that is computed from them."""
        if isinstance(tree, Path) and not isinstance(tree.root, str | Reference):
            raise NotInPlace("a list")
        routes, _ = scope.nodes(tree)
        if len(routes) != 1 or not routes[0].is_single:
            raise NotInPlace("several nodes")
        place = routes[0].place
        if place in self.here and _is_typed(self.here[place]):
            return self._typed(place, self.here[place])
        rules = self.form.rules.get(place.key)
        if rules is None or not _is_computed(rules) or place.key in self.form.kept:
            raise NotInPlace("kept or elsewhere")
        value: Sketch = ("string", self._sketch(rules.question.calculation, place))
        conditions = self._conditions(place)
        return ("|", ("if", ("and", *conditions), value, "") if conditions else value)

    def _typed(self, place: Place, rules: Rules) -> Sketch:
        question = rules.question
        locks = [rules.read_only, *(self.form.groups[group.key].read_only for group in place.around())]
        offers = used_by(self.form.tree, place, [question.choice_filter])
        if rules.calculation or question.trigger or any(locks) or rules.answers or any(map(self._moves, offers)):
            raise NotInPlace("only the server knows what becomes of what is typed")
        self._condition(place)
        return _asked(question, tuple(choice.name for choice, _ in rules.choices))

    def _moves(self, used: Place) -> bool:
        """Whether it may change while the page is filled in; the text of a group is that of all that is in it."""
        is_one = used in self.following or (used in self.here and _is_typed(self.here[used]))
        return is_one or any(map(self._moves, used.below()))

    def _decide_looks(self, place: Place) -> Iterator[Place]:
        """What decides how a question of the page looks once it is open."""
        tree, question = self.form.tree, self.here[place].question
        seed, texts = question.parameters.get("seed", ""), [question.label, question.hint, question.guidance_hint]
        texts += [choice.label for choice, _ in self.here[place].choices]
        rules = (question.required, question.read_only, question.calculation, question.choice_filter, question.default)
        yield from used_by(tree, place, (*rules, seed))
        for around in place.around():
            group = self.form.groups[around.key].group
            yield from used_by(tree, around, [group.read_only])
            texts += [] if group.path in self.headed else [group.label]
        yield from (tree.named[name][0] for name in _quoted(texts) if name in tree.named)
        yield from (tree.questions[name] for name in question.trigger)
        yield from (answers for answers in [self.here[place].answers] if answers)


def _asked(question: Question, names: tuple[str, ...]) -> Asked:
    """How the script reads a control. A long list is not in its own order, as a shuffled one is not."""
    kind = kind_of(question, number_line(question).points <= MOST_STEPS if question.type == "range" else len(names))
    if kind not in _READ or len(set(names)) < len(names):
        raise NotInPlace("read by the server alone")
    is_in_order = kind == "checkboxes" and not question.parameters.get("randomize")
    if question.type != "select_multiple" or is_in_order:
        return Asked(_READ[kind], question.name)
    if len(names) > _MOST_NAMES:
        raise NotInPlace("too many names")
    return Asked("$m", question.name, names)


def _quoted(texts: list[Text]) -> Iterator[str]:
    for text in texts:
        for written in text.by_language.values():
            yield from INSERTED.findall(written)


def _is_typed(rules: Rules) -> bool:
    return is_asked(rules.question) and rules.read_only is not True


def _is_computed(rules: Rules) -> bool:
    question: Question = rules.question
    return question.type in COMPUTED and rules.calculation is not None and not question.trigger


def _following(form: Compiled, sources: tuple[Place, ...]) -> frozenset[Place]:
    """Every place whose value or relevance may change when one of the sources does."""
    directly, found = _followers(form), set[Place]()
    waiting = [place for source in sources for place in directly.get(source, ())]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(directly.get(place, ()))
    return frozenset(found)


@lru_cache(maxsize=64)
def _followers(form: Compiled) -> Mapping[Place, frozenset[Place]]:
    return followers(form.tree)
