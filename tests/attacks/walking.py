"""A house with two of everything, to walk through: one consultation that accounts reach, and one that they do not."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from sqlalchemy import select

from consultations.analysis.figures.indicators import Indicator, save
from consultations.analysis.models import Quote, Release
from consultations.analysis.open_answers import open_answers
from consultations.analysis.quotes import pick
from consultations.analysis.tables import (
    EVERYBODY,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
    to_json,
)
from consultations.analysis.unlocking import UNLOCK, unlock_for
from consultations.fieldwork import interviews
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import BoxText, case_studies_of, open_case_study, write_box
from consultations.fieldwork.coding import Span
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.passages import mark
from consultations.jobs import board
from consultations.papers import drafting, publishing
from consultations.registry.models import Country, Organisation
from consultations.responses.answering import send
from consultations.responses.epochs import EPOCHS
from consultations.rounds import consultations
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff import links, sessions
from consultations.staff.accounts import create_account
from consultations.staff.keyrings import private_key
from consultations.staff.limits import Limits, Place
from consultations.staff.roles import Limit, Role
from consultations.staff.sessions import SignedIn
from consultations.staff.stretching import stretched, unwrap
from forms.packing import pack
from forms.xlsform.importing import import_file
from translations.languages import OFFICIAL_LANGUAGES

DAY = datetime.datetime.now(datetime.UTC).date()

FORM = """
| survey |
| | type | name | label::{one} | label::{other} | relevant |
| | select_one region | region | Where? | Where? | |
| | text | story | Tell us. | Tell us. | |
| | select_one permission | quote_permission | May we quote you? | May we quote you? | |
| choices |
| | list_name | name | label::{one} | label::{other} |
| | region | africa | Africa | Africa |
| | region | asia-pacific | Asia | Asia |
| | region | europe | Europe | Europe |
| | region | latin-america | Latin America | Latin America |
| | region | north-america-caribbean | North America | North America |
| | permission | yes | Yes | Yes |
| | permission | no | No | No |
| settings |
| | form_title::{one} | form_id | default_language |
| | {slug} | {slug} | {one} |
"""

#: By which accounts of the walk are limited: all of *spring*, and nothing of *autumn*.
GIVEN = {Limit.CONSULTATION: {"spring"}, Limit.COUNTRY: {"KE"}, Limit.REGION: {"africa"}, Limit.LANGUAGE: {"fr"}}


@dataclass(frozen=True, slots=True)
class There:
    """One of the two consultations, with a value for every variable that an address may have."""

    place: Place
    country: str
    region: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at a browser; `role` is '' for nobody."""

    name: str
    role: str = ""
    holds: bool = True
    is_active: bool = True
    token: bytes = b""

    @property
    def limits(self) -> Limits:
        return Limits(self.role, {kind: frozenset(values) for kind, values in GIVEN.items()})


PEOPLE = (
    *(Actor(str(role), str(role)) for role in Role),
    Actor("policy without keys", "policy_staff", holds=False),
    Actor("consultant without keys", "community_consultant", holds=False),
    Actor("deactivated", "policy_staff", is_active=False),
)
NOBODY = Actor("nobody", holds=False, is_active=False)


def build(session, now):
    """(what is reached, what is not, everybody with a session)."""
    session.add_all([Country(code="KE", region="africa"), Country(code="FR", region="europe")])
    session.flush()
    signed_in = {actor: _account(session, actor) for actor in PEOPLE}
    holders = [each for actor, each in signed_in.items() if actor.holds and actor.is_active]
    target = create_account(session, "somebody else", "policy_staff", "en").user
    common = {
        "user_id": target.id,
        "holder_id": holders[-1].user.id,
        "passkey_id": 1,
        "indicator_id": _indicator(session),
    }
    spring = _consultation(session, "spring", "KE", "africa", ("en", "fr"), holders, common)
    autumn = _consultation(session, "autumn", "FR", "europe", ("ru", "es"), holders, common)
    actors = [_with_session(session, actor, each, now) for actor, each in signed_in.items()]
    session.commit()
    return spring, autumn, [NOBODY, *actors]


def _account(session, actor):
    account = create_account(session, actor.name, actor.role, "en", GIVEN)
    user = account.user
    key = stretched(account.passphrase, user.salt).wrapping_key
    return SignedIn(user, unwrap(user.wrapped_private_key, key, user.public_key))


def _with_session(session, actor, who, now):
    token = sessions.begin(session, who.user, who.private_key, now)
    who.user.active = actor.is_active
    return Actor(actor.name, actor.role, actor.holds, actor.is_active, token)


def _consultation(session, slug, country, region, languages, holders, common):
    named = [f"{code} ({code})" for code in languages]
    form = import_file("form.md", FORM.format(one=named[0], other=named[1], slug=slug).encode()).questionnaire
    made = consultations.create(
        session,
        slug=slug,
        questionnaire=store(session, form),
        title={languages[0]: slug},
        asked_by={languages[0]: slug},
        purpose={languages[0]: slug},
        key_holders=[each.user for each in holders],
    )
    made.status, made.opened_on = "open", DAY
    organisation = Organisation(name=f"Union of {slug}", country_code=country, language=languages[0])
    session.add(organisation)
    session.commit()
    _answers(session, made, languages[0])
    made.status, made.closed_on, made.invited = "closed", DAY, True
    session.add(Release(consultation_id=made.id, number=1, released_on=DAY, tables=to_json((_table(slug),))))
    policy = next(each for each in holders if each.user.role == "policy_staff")
    key = private_key(session, made.keyring_id, policy)
    unlock_for(session, made, key, who="walk", today=DAY)
    token = links.invite(session, role="translator", limits=GIVEN, language="fr", days=14, invited_by=slug, today=DAY)
    (link,) = [each for each in links.waiting(session, DAY) if each.invited_by == slug]
    values = {
        **common,
        **_fieldwork(session, made, country, policy),
        **_papers(session, made, policy),
        "slug": slug,
        "name": slug,
        "organisation_id": organisation.id,
        "questionnaire_id": made.questionnaire_id,
        "token": token,
        "link_hash": link.token_hash.hex(),
        "question": "story",
        "file_name": "tables.csv",
        "reference": _quoted(session, made, key),
        "quote_id": session.scalars(select(Quote.id).where(Quote.consultation_id == made.id)).one().hex(),
        "job_id": board.put_up(session, UNLOCK, made.id, day=DAY).id,
    }
    place = Place(slug, frozenset({country}), frozenset(languages))
    return There(place, country, region, values)


def elsewhere(session, by):
    """A case study of another country in the consultation that is reached, with a box for its paper."""
    spring = consultations.by_slug(session, "spring")
    study = open_case_study(session, spring, "FR", by, today=DAY)
    write_box(session, study, {"en": BoxText("Elsewhere", "What happened there.")}, by)
    home = next(each for each in case_studies_of(session, by, spring) if each.country_code == "KE")
    write_box(session, home, {"en": BoxText("At home", "What happened here.")}, by)
    session.commit()
    return study.id


def _table(slug):
    """Where people live, of two regions."""
    columns = tuple(ReleasedColumn(name, {"en": name}) for name in ("africa", "europe"))
    row = ReleasedRow(EVERYBODY, "", (), 100, (ReleasedCell("60", 60), ReleasedCell("40", 40)))
    return ReleasedTable("region", "region", {"en": f"Where, in {slug}?"}, "", {}, "categories", columns, (row,))


def _indicator(session):
    """Of all regions: nobody's in particular."""
    values = {"code": "2.1", "name": {"en": "Safe"}, "question": "region", "options": ["africa"], "region": ""}
    made = Indicator()
    save(session, made, {**values, "direction": "up"}, who="walk", today=DAY)
    return made.id


def _answers(session, consultation, language):
    """Two people, of whom one allows that their words are quoted, twice."""
    layout = layout_of(consultation.questionnaire)
    said = [("They took the phones.", "yes"), ("We waited all night.", "yes"), ("Nothing.", "no")]
    for number, (story, permission) in enumerate(said, 1):
        answers = {"region": "africa", "story": story, "quote_permission": permission}
        packed = pack(layout, answers, language, number * 7919, bytes([number]) * 16)
        send(session, consultation, secrets.token_bytes(16), *packed)
    EPOCHS.stir(consultation.id)


def _quoted(session, consultation, key):
    """Pick one answer as a quote -> the reference of another."""
    first, second = open_answers(session, consultation, key, "story").quotable
    pick(session, consultation, key, first, "law")
    return second.reference


def _fieldwork(session, consultation, country, by):
    study = open_case_study(session, consultation, country, by, today=DAY)
    said = "The officers took my phone. Nobody wrote it down."
    consent = Consent(recorded=True, quoted=True, attribution="role", translated=True)
    body = InterviewBody("outreach_worker", "peer", "en", consent, {}, said)
    interview = logged(interviews.log_interview(session, study, body, by))
    passage = mark(session, interview, said, Span(0, 27), "law", by)
    return {"case_study_id": study.id, "interview_id": interview.id.hex(), "passage_id": passage.id.hex()}


def logged(made):
    """The interview, whether it comes alone or with a slip for whoever was asked."""
    return getattr(made, "interview", made[0] if isinstance(made, tuple) else made)


def _papers(session, consultation, by):
    """A draft, and a paper that is published."""
    texts = dict.fromkeys(OFFICIAL_LANGUAGES, "Words")
    draft = drafting.Draft(title=texts, subtitle={}, blocks=[{"kind": "text", "text": texts}])
    paper, published = (drafting.new_paper(session, consultation, draft) for _ in range(2))
    publishing.publish(session, published, consultation, by, DAY)
    return {"paper_id": paper.id, "published": published.id}
