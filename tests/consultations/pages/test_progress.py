"""An unlock is handed to a worker where one is alive; the page of its job belongs to the consultation."""

from __future__ import annotations

import datetime

import pytest

from app import create_app
from consultations.analysis.releases.trying import TRY
from consultations.jobs import board
from consultations.jobs.models import Job, JobKey, Worker
from consultations.pages import progress
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import stretching
from consultations.staff.keyrings import new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.sign_in import create_account, sign_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HOME = "/staff/consultations/spring"


def now():
    """At this moment: the whole run may take longer than a worker or a session is waited for."""
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    if "job_queue" in made.extensions:
        made.extensions["job_queue"].storage.close()
    made.extensions["engine"].dispose()


@pytest.fixture
def desk(app):
    """A key holder's browser; the consultation is closed and has no answers."""
    with app.extensions["sessions"]() as session:
        account = create_account(session, "ana", "policy_staff", "en")
        form = StoredQuestionnaire(version="f" * 64, name="Spring", content={})
        texts = {"title": {"en": "Spring"}, "asked_by": {"en": "Us"}, "purpose": {"en": "A paper"}}
        days = {"opened_on": now().date(), "closed_on": now().date()}
        ring = new_keyring(session, [account.user]).id
        session.add(
            Consultation(
                slug="spring", status="closed", questionnaire=form, keyring_id=ring, languages=["en"], **texts, **days
            )
        )
        token = sign_in(session, "ana", account.passphrase, now())
        session.commit()
    client = app.test_client()
    with client.session_transaction("/staff/") as cookie:
        cookie["token"] = token
    return client


@pytest.fixture
def worker(app):
    with app.extensions["sessions"]() as session:
        session.add(Worker(id="one", public_key=new_key_pair().public, seen_at=board.coarse(now())))
        session.commit()


def only_job(app):
    with app.extensions["sessions"]() as session:
        return session.query(Job).one()


def test_pressing_twice_makes_one_job_with_one_key(app, desk, worker):
    first, second = (desk.post(f"{HOME}/unlock").location for _ in range(2))
    assert first == second == f"{HOME}/jobs/{only_job(app).id}"
    with app.extensions["sessions"]() as session:
        assert session.query(JobKey).count() == 1


def test_the_page_asks_again_by_itself_until_the_job_has_ended(app, desk, worker):
    address = desk.post(f"{HOME}/unlock").location
    assert desk.get(address).headers["Refresh"] == "2"
    with app.extensions["sessions"]() as session:
        board.end(session, only_job(app).id, "WrongKey")
        session.commit()
    ended = desk.get(address)
    assert "Refresh" not in ended.headers
    assert "No answer was lost" in ended.text


def test_a_job_of_another_consultation_is_not_there(app, desk, worker):
    job = desk.post(f"{HOME}/unlock").location.rpartition("/")[2]
    with app.extensions["sessions"]() as session:
        session.get(Job, job).subject += 1
        session.commit()
    assert desk.get(f"{HOME}/jobs/{job}").status_code == 404
    assert desk.get(f"{HOME}/jobs/nothing").status_code == 404


def test_the_last_worker_s_death_is_noticed_by_the_page_itself(app, desk, worker):
    address = desk.post(f"{HOME}/unlock").location
    with app.extensions["sessions"]() as session:
        session.get(Worker, "one").seen_at = now() - 2 * board.GONE_AFTER
        session.commit()
    assert "your key went with it" in desk.get(address).text


def test_a_queue_out_of_reach_stops_nobody(app, desk, worker, monkeypatch, caplog):
    def away(*_):
        raise ConnectionError("of a server's address")

    monkeypatch.setattr(progress, "queue_at", away)
    assert desk.get(desk.post(f"{HOME}/unlock").location).status_code == 200
    assert only_job(app).state == "waiting"
    assert "ConnectionError" in caplog.text
    assert "address" not in caplog.text


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("TooFewNewAnswers", "only when every row has at least 10 new answers"),
        ("NoMoreReleases", "were released three times"),
        ("DoesNotOpen", "nothing is known and nothing was released"),
    ],
)
def test_an_attack_that_breaks_off_says_why_and_leads_back_to_the_steps(app, desk, problem, said):
    with app.extensions["sessions"]() as session:
        job = board.put_up(session, TRY, session.query(Consultation).one().id, day=now().date()).id
        board.end(session, job, problem)
        session.commit()
    page = desk.get(f"{HOME}/jobs/{job}")
    assert said in page.text
    assert f'href="{HOME}/release"' in page.text
    assert f'action="{HOME}/release/try"' in page.text


def test_an_attack_whose_worker_died_released_nothing_and_can_begin_again(app, desk, worker):
    with app.extensions["sessions"]() as session:
        session.query(Consultation).one().status = "unlocked"
        session.commit()
    address = desk.post(f"{HOME}/release/try").location
    with app.extensions["sessions"]() as session:
        session.get(Worker, "one").seen_at = now() - 2 * board.GONE_AFTER
        session.commit()
    page = desk.get(address)
    assert "Nothing was released. A key holder has to start it again." in " ".join(page.text.split())
    assert "Refresh" not in page.headers
