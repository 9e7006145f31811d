"""What must hold of every import, whatever was imported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from random import Random

from forms.builder import Wording, answer_words, page_fields, page_headings
from forms.checking.problems import Problem, is_usable
from forms.packing import AnswerDoesNotFit, Layout, layout, pack, unpack
from forms.questionnaire import Questionnaire
from forms.running.answers import final_answers, first_wrong_page, read_page
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot, State
from forms.storing import from_json, to_json, version_of
from forms.strings import strings
from forms.xlsform import limited
from forms.xlsform.child import as_sheets
from forms.xlsform.importing import Imported, read_questionnaire
from forms.xlsform.writing import write_xlsx
from tests.fuzz.limits import within
from tests.fuzz.typing import typed

TODAY = date(2026, 11, 22)
#: Questions of one form that are asked for their options and rules, and pages that are filled in.
LOOKED_AT, PAGES = 300, 2
#: One usable form in so many is written out and read again, which takes longer than all the rest.
WRITTEN = 12


def hold(found: Imported, chance: Random, rows: int) -> None:
    """Raises what goes wrong with an import of a form of so many rows: AssertionError, TooSlow or whatever it is."""
    with within("problems", rows):
        for problem in found.problems:
            _can_be_told(problem)
    form = found.questionnaire
    assert (form is not None) == is_usable(found.problems)
    if form is None:
        return
    with within("storing", rows):
        stored = json.loads(json.dumps(to_json(form)))
        assert from_json(stored) == form
        assert len(version_of(stored)) == 64
        identities = [identity for identity, _ in strings(form)]
        assert len(set(identities)) == len(identities)
    with within("compiling", rows):
        flow = Flow(form)
    _can_be_answered(flow, chance, rows)
    # A form whose rows were all dropped has nothing to write, and a workbook with nothing in it is refused.
    if form.questions() and chance.randrange(WRITTEN) == 0:
        with within("writing", 3 * rows):
            _comes_back(form)


def _can_be_told(problem: Problem) -> None:
    written = json.dumps(problem.as_json(), ensure_ascii=False).encode()
    assert written
    assert problem.text.strip()
    assert problem.row >= 0
    assert isinstance(problem.place + problem.remedy, str)
    assert all(isinstance(value, str) for value in problem.values.values())


def _can_be_answered(flow: Flow, chance: Random, rows: int) -> None:
    form = flow.questionnaire
    filling = Filling(flow, TODAY, chance.choice(form.languages), str(chance.random()))
    with within("beginning", rows):
        answers = filling.begun()
        state = filling.state(answers)
        spots = flow.spots(state)
    with within("asking", rows):
        _is_known(state, chance)
    for spot in chance.sample(spots, min(PAGES, len(spots))):
        if not flow.is_spot(state, spot):  # its time of a repeat was taken away with the page before
            continue
        with within("a page", rows):
            answers = _after_page(filling, spot, answers, chance)
            state = filling.state(answers)
    with within("sending", rows):
        first_wrong_page(flow, state)
        _can_be_packed(layout(form), final_answers(state), form)


def _is_known(state: State, chance: Random) -> None:
    names = list(state.names())
    for name in chance.sample(names, min(LOOKED_AT, len(names))):
        assert all(choice.name for choice in state.options(name))
        assert isinstance(state.value(name), str)
        _ = (state.required(name), state.violates(name), state.read_only(name), state.relevant(name))


def _after_page(filling: Filling, spot: Spot, answers: Mapping[str, str], chance: Random) -> Mapping[str, str]:
    """A page filled in with anything, shown in two languages, and what can be added after it or taken away."""
    flow, state = filling.flow, filling.state(answers)
    raw = typed(flow.questions(spot), state, chance)
    result = read_page(filling, spot, raw, answers)
    now = filling.state(result.answers)
    assert flow.is_spot(state, spot)
    for language in (flow.questionnaire.default_language, flow.questionnaire.languages[-1]):
        wording = Wording(now, language, chance.choice(("en", "ar", "zh")))
        errors = {problem.question: wording.problem(problem) for problem in result.problems}
        page_fields(flow, spot, wording, raw, errors)
        page_headings(flow, spot, wording)
        for name, _ in flow.questions(spot):
            if name in now.values:
                answer_words(name, wording)
    return _grown(filling, spot, result.answers, now, chance)


def _grown(filling: Filling, spot: Spot, answers: Mapping[str, str], state: State, chance: Random) -> Mapping[str, str]:
    flow = filling.flow
    if spot not in flow.spots(state):
        return answers
    done, of = flow.progress(state, spot)
    assert 1 <= done <= of
    for repeat in flow.may_add(state, spot):
        depth = flow.pages[spot.page].repeats.index(repeat)
        answers = filling.with_another(answers, repeat.path, spot.positions[:depth], chance.randint(1, 3))
    state = filling.state(answers)
    going = flow.may_remove(state, spot) if chance.random() < 0.3 else None
    return filling.without(answers, going.path, spot.positions) if going else answers


def _can_be_packed(layout: Layout, answers: Mapping[str, str], form: Questionnaire) -> None:
    """What is kept comes back: the same names, and packed again the same bytes."""
    for name, answer in answers.items():
        assert isinstance(name, str)
        assert isinstance(answer, str)
    while True:
        try:
            packed = pack(layout, answers, form.default_language, 7)
            break
        except AnswerDoesNotFit as unfit:  # a form's own calculation can come to half a person
            answers = {name: answer for name, answer in answers.items() if name != str(unfit)}
    found = unpack(layout, *packed)
    assert set(found.answers) == {name for name, answer in answers.items() if answer}
    assert all(found.answers[name] == answer for name, answer in answers.items() if answer and name not in layout.coded)
    ticked_nothing = {name: "" for name, answer in answers.items() if not answer}
    assert pack(layout, {**found.answers, **ticked_nothing}, form.default_language, 7) == packed


def _comes_back(form: Questionnaire) -> None:
    """Import, export, import: the same. In this process; the child is for files."""
    again = read_questionnaire(as_sheets(limited.answer("xlsx", write_xlsx(form))), name=form.form_id)
    refused = "; ".join(f"{p.code} {p.place}: {p.text[:200]}" for p in again.problems if p.level == "error")
    assert again.questionnaire is not None, f"what we write is refused: {refused}"
    for part in (
        "title",
        "form_id",
        "version",
        "languages",
        "default_language",
        "choices",
        "extra_settings",
        "children",
    ):
        assert getattr(again.questionnaire, part) == getattr(form, part), f"{part} comes back changed"
