"""Work that a page hands to a worker: the page that says how far it is, without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Blueprint, current_app, redirect, render_template, url_for
from huey import Huey
from werkzeug.wrappers import Response

from consultations.errors import NotFound
from consultations.jobs import board
from consultations.jobs.models import DONE, FAILED, KEY_LOST, Job
from consultations.jobs.queue import progress_of, queue_at, ringing
from consultations.pages.reached import consultation_for
from consultations.pages.web import database, needs, now, settings, staff, today
from consultations.pages.work import WORK, said
from consultations.rounds.models import Consultation
from consultations.staff.job_keys import give_key
from consultations.staff.roles import Permission

T = TypeVar("T")
pages = Blueprint("progress", __name__, url_prefix="/staff/consultations/<slug>/jobs")

#: The page asks again after so long.
REFRESH_SECONDS = 2


def handed_over(kind: str, consultation: Consultation, private_key: bytes) -> Job | None:
    """The job that a worker will do with this key; None where no worker is alive. What runs already is not doubled."""
    someone = _somebody_is_alive()
    there = board.unfinished(database(), kind, consultation.id)
    if there is not None:
        return there
    if not someone:
        return None
    job = board.put_up(database(), kind, consultation.id, day=today(), asked_by=staff().user.name, needs_key=True)
    give_key(database(), job, private_key, now())
    database().commit()  # before a worker looks for it
    _asked(lambda: _ring(job.id), None)
    return job


def queue() -> Huey:
    """The process's connection to the queue, made at its first use."""
    if "job_queue" not in current_app.extensions:
        made = queue_at(settings().jobs_url, settings().instance)
        current_app.extensions["job_ring"] = ringing(made)
        current_app.extensions["job_queue"] = made
    return cast(Huey, current_app.extensions["job_queue"])


def _somebody_is_alive() -> bool:
    """Where no worker is, nobody else would notice what is lost."""
    if board.alive(database(), now()):
        return True
    board.look_after(database(), now())
    return False


def _ring(job_id: str) -> None:
    queue()
    current_app.extensions["job_ring"](job_id)


def _asked(question: Callable[[], T], otherwise: T) -> T:
    """What the queue says. It may be out of reach: workers find jobs without it, and the page says less."""
    try:
        return question()
    except Exception as failure:
        current_app.logger.warning("The queue of jobs could not be asked: %s", type(failure).__name__)
        return otherwise


@pages.get("/<job_id>")
@needs(Permission.UNLOCK)
def job_page(slug: str, job_id: str) -> Response | tuple[str, int, dict[str, str]]:
    consultation = consultation_for(slug)
    _somebody_is_alive()
    job = database().get(Job, job_id)
    if job is None or job.kind not in WORK or job.subject != consultation.id:
        raise NotFound
    if job.state == DONE:
        return redirect(url_for("responses.before_release", slug=slug), 303)
    ended = job.state in (FAILED, KEY_LOST)
    done, total = _asked(lambda: progress_of(queue(), job_id), (0, 0))
    page = render_template(
        "responses/progress.html",
        consultation=consultation,
        job=job,
        work=WORK[job.kind],
        said=said(job, min(done, total), total),
        done=min(done, total),
        total=total,
    )
    return page, 200, {} if ended else {"Refresh": str(REFRESH_SECONDS)}
