"""What pages say of each kind of job that a worker does with a holder's key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import format_decimal, get_locale, gettext, ngettext

from consultations.analysis.disclosure import LEAST_BASE
from consultations.analysis.releases.releasing import NoMoreReleases, NothingToShow, TooFewNewAnswers
from consultations.analysis.releases.trying import TRY
from consultations.analysis.unlocking import UNLOCK
from consultations.errors import N_, Problem
from consultations.jobs.models import FAILED, KEY_LOST, WAITING, Job
from translations.formats import joined


@dataclass(frozen=True, slots=True)
class Work:
    """What the page says of one kind of job."""

    title: str
    #: (how many are done, of how many; both as the reader's language writes them, how many of all) -> a sentence.
    counted: Callable[[str, str, int], str]
    #: Before anything is known of how far it is, and once everything is counted.
    beginning: str
    ending: str
    lost: str
    failed: str
    #: The button that starts it again, and where it leads.
    again: str
    endpoint: str


def _opened(done: str, number: str, total: int) -> str:
    said = ngettext(
        "%(done)s of %(number)s answer is open.",
        "%(done)s of %(number)s answers are open.",
        total,
        done=done,
        number=number,
    )
    return str(said)


def _attacked(done: str, number: str, total: int) -> str:
    said = ngettext(
        "%(done)s of %(number)s question is attacked.",
        "%(done)s of %(number)s questions are attacked.",
        total,
        done=done,
        number=number,
    )
    return str(said)


WORK: Mapping[str, Work] = MappingProxyType(
    {
        UNLOCK: Work(
            title=N_("Unlocking the answers"),
            counted=_opened,
            beginning=N_("The answers are being opened."),
            ending=N_("They are being mixed and sealed again."),
            lost=N_(
                "The process that was unlocking ended, and your key went with it. No answer was lost. A key holder has"
                " to start it again."
            ),
            failed=N_(
                "Unlocking did not succeed. No answer was lost. Try again; if it fails again, tell whoever looks after"
                " the server."
            ),
            again=N_("Unlock the answers"),
            endpoint="responses.unlock_it",
        ),
        TRY: Work(
            title=N_("Attacking the tables"),
            counted=_attacked,
            beginning=N_("The tables are being made."),
            ending=N_("What was found is being written down."),
            lost=N_(
                "The process that attacked the tables ended, and your key went with it. Nothing was released. A key"
                " holder has to start it again."
            ),
            failed=N_(
                "The attack did not come to an end, so nothing is known and nothing was released. Try again; if it"
                " fails again, tell whoever looks after the server."
            ),
            again=N_("Attack the tables"),
            endpoint="responses.try_it",
        ),
    }
)
#: What can end a job and has words of its own, by the name that the job keeps of it.
PROBLEMS: Mapping[str, type[Problem]] = MappingProxyType(
    {each.__name__: each for each in (NoMoreReleases, NothingToShow, TooFewNewAnswers)}
)


def said(job: Job, done: int, total: int) -> str:
    """Where the job is, as whole sentences."""
    work = WORK[job.kind]
    if job.state == KEY_LOST:
        return str(gettext(work.lost))
    if job.state == FAILED:
        problem = PROBLEMS.get(job.problem)
        return str(gettext(problem.message) % {"least": LEAST_BASE} if problem else gettext(work.failed))
    if job.state == WAITING:
        return str(gettext("Your request waits for its turn."))
    if not total:
        return str(gettext(work.beginning))
    counted = work.counted(format_decimal(done), format_decimal(total), total)
    return joined((counted, str(gettext(work.ending))), str(get_locale())) if done == total else counted
