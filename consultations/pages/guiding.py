"""The guided page from *close* to *released tables*; who holds no key sees where it stands and who can go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import get_locale, gettext

from consultations.analysis.attacks.findings import Report, from_json
from consultations.analysis.models import GateRun, Release
from consultations.analysis.releases.gate import hidden_rows, to_release
from consultations.analysis.releases.releasing import (
    NoMoreReleases,
    NothingToShow,
    TooFewNewAnswers,
    newest,
    prepared,
    refusal,
)
from consultations.analysis.releases.standing import Grid, grid
from consultations.analysis.releases.trying import TRY
from consultations.analysis.shown.presenting import asked, caption
from consultations.analysis.tables import Label, ReleasedTable
from consultations.analysis.unlocking import UNLOCK
from consultations.audit import last_day
from consultations.errors import Problem
from consultations.jobs import board
from consultations.pages.attack_words import TRIED
from consultations.pages.switching import Shown, shown
from consultations.pages.way import NAMES, SEE, Facts, way
from consultations.pages.web import database, staff, today
from consultations.papers.withdrawing import key_for_work
from consultations.responses.counting import answer_count, unopened
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import questionnaire_of
from consultations.staff.keyrings import holders, holds
from consultations.staff.roles import Permission, may
from forms.questionnaire import Questionnaire
from translations.phrases import UNNAMED, filled, foreign

#: While a consultation is open its total is rounded down: who opens the page again and again, and sees a member pick up
#: a phone, would otherwise see that this person answered.
STEP = 5
#: One finding is enough to refuse a release; a page of them is enough to see why.
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What a key holder sees of a release before it is made."""

    tables: tuple[ReleasedTable, ...]
    #: The last attack was on these very tables, and found nothing.
    has_passed: bool = False
    refused: Problem | None = None


def guide(consultation: Consultation, rules: Mapping[str, int]) -> str:
    session, is_holder = database(), holds_key(consultation)
    seen = _seen(consultation) if is_holder and consultation.status == "unlocked" else None
    release, run = newest(session, consultation), session.get(GateRun, consultation.id)
    found = way(_facts(consultation, release, run, seen))
    wanted = request.args.get("step", "")
    step = wanted if wanted in found.open and is_holder else found.current or ""
    report = from_json(run.report) if run else None
    chosen, picture = _picture(consultation, seen.tables) if seen and step == SEE else (None, None)
    return render_template(
        "responses/guide.html",
        consultation=consultation,
        names=NAMES,
        way=found,
        step=step,
        can_close=may(staff().user.role, Permission.RUN_CONSULTATIONS),
        is_holder=is_holder,
        holders=holders(session, consultation.keyring_id),
        jobs={kind: board.unfinished(session, kind, consultation.id) for kind in (UNLOCK, TRY)} if is_holder else {},
        answers=answer_count(session, consultation),
        rounded_to=STEP,
        unopened=unopened(session, consultation),
        release=release,
        run=run,
        tried=[(gettext(TRIED.get(each.what, each.what)), each.times) for each in report.tried] if report else [],
        found=_found(report, seen) if report else [],
        taken_out=_taken_out(consultation, run, seen) if run and seen else {},
        tables={table.id: table for table in seen.tables} if seen else {},
        chosen=chosen,
        grid=picture,
        refused=gettext(seen.refused.message) % seen.refused.values if seen and seen.refused else "",
        asked=asked,
        rules=rules,
    )


def holds_key(consultation: Consultation) -> bool:
    """Whether the account may unlock and release, and can."""
    who = staff().user
    return may(who.role, Permission.UNLOCK) and holds(database(), consultation.keyring_id, who)


def _seen(consultation: Consultation) -> Seen:
    session = database()
    key = key_for_work(session, consultation, staff(), today())
    try:
        passed = to_release(session, consultation, key)
    except (NoMoreReleases, NothingToShow, TooFewNewAnswers) as problem:
        return Seen((), refused=problem)
    if passed is not None:
        return Seen(passed, has_passed=True)
    tables = prepared(session, consultation, key)
    return Seen(tables, refused=refusal(session, consultation, tables))


def _facts(consultation: Consultation, release: Release | None, run: GateRun | None, seen: Seen | None) -> Facts:
    goes_on = seen is not None and seen.refused is None
    # Without a key nobody knows whether the tables are still those that were attacked: the last outcome stands.
    passed = run.passed if run else None
    if seen and passed and not seen.has_passed:
        passed = None
    return Facts(
        status=consultation.status,
        closed_on=consultation.closed_on,
        unlocked_on=last_day(database(), "unlocked", consultation.slug),
        tried_on=run.day if run else None,
        passed=passed,
        released_on=release.released_on if release else None,
        goes_on=goes_on,
    )


def _found(report: Report, seen: Seen | None) -> list[str]:
    """What an attack found, as sentences; tables are called by their captions, which only a key holder has here."""
    language = str(get_locale() or "en")
    captions = {table.id: caption(table, language) for table in seen.tables} if seen else {}

    def named(values: Mapping[str, str]) -> dict[str, str]:
        return {key: foreign(name, UNNAMED, language) for key, name in values.items()}

    return [
        filled(gettext(found.sentence), {**named(found.values), "table": captions.get(found.table, found.table)})
        for found in report.findings[:MOST_FOUND]
    ]


def _taken_out(consultation: Consultation, run: GateRun, seen: Seen) -> dict[str, list[list[Label]]]:
    """Table -> the groups of people whose rows the attack took out; no label is everybody."""
    questionnaire, tables = questionnaire_of(consultation.questionnaire), {table.id: table for table in seen.tables}
    taken: dict[str, list[list[Label]]] = {}
    for hidden in hidden_rows(run):
        if hidden.table in tables:
            names = hidden.row.rpartition("/")[2].split("+")
            groups = choices_of(questionnaire, tables[hidden.table].breakdown)
            taken.setdefault(hidden.table, []).append([groups[name] for name in names if name in groups])
    return taken


def _picture(consultation: Consultation, tables: tuple[ReleasedTable, ...]) -> tuple[Shown, Grid]:
    """The tables of one breakdown against its groups."""
    questionnaire = questionnaire_of(consultation.questionnaire)
    chosen = shown(tables, questionnaire, request.args)
    return chosen, grid(chosen.of_all, choices_of(questionnaire, chosen.by).values())


def choices_of(questionnaire: Questionnaire, breakdown: str) -> dict[str, Label]:
    """Name -> label of a breakdown's choices, in the author's order."""
    lists = {question.name: question.list_name for question in questionnaire.questions()}
    return {choice.name: choice.label.by_language for choice in questionnaire.choices.get(lists.get(breakdown, ""), ())}
