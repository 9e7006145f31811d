"""Questionnaires in the store: put in once by version, taken out ready to be walked."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound
from consultations.rounds.models import StoredQuestionnaire
from forms.packing import Layout, layout
from forms.questionnaire import Questionnaire
from forms.running.flow import Flow
from forms.storing import from_json, to_json, version_of


class QuestionnaireNotFound(NotFound):
    message = N_("There is no questionnaire at this address.")


def store(session: Session, questionnaire: Questionnaire, *, region_from_code: bool = False) -> StoredQuestionnaire:
    """The stored form of `questionnaire`; the same content is stored once."""
    content = to_json(questionnaire)
    version = version_of(content)
    stored = session.scalars(select(StoredQuestionnaire).where(StoredQuestionnaire.version == version)).first()
    if stored is None:
        name = questionnaire.title.in_language("en") or questionnaire.form_id
        stored = StoredQuestionnaire(version=version, name=name, content=content, region_from_code=region_from_code)
        session.add(stored)
        session.flush()
    return stored


def by_id(session: Session, questionnaire_id: int) -> StoredQuestionnaire:
    """Raises QuestionnaireNotFound."""
    # Larger numbers are an error of the database's driver.
    stored = session.get(StoredQuestionnaire, questionnaire_id) if 0 <= questionnaire_id < 2**31 else None
    if stored is None:
        raise QuestionnaireNotFound
    return stored


def newest_first(session: Session) -> list[StoredQuestionnaire]:
    """Those that staff imported."""
    imported = select(StoredQuestionnaire).where(StoredQuestionnaire.region_from_code.is_(False))
    return list(session.scalars(imported.order_by(StoredQuestionnaire.id.desc())))


def questionnaire_of(stored: StoredQuestionnaire) -> Questionnaire:
    return flow_of(stored).questionnaire


def flow_of(stored: StoredQuestionnaire) -> Flow:
    """The questionnaire with its expressions compiled; kept in memory by version."""
    known = _FLOWS.get(stored.version)
    if known is None:
        known = _FLOWS[stored.version] = Flow(from_json(stored.content))
        while len(_FLOWS) > _FLOWS_KEPT:
            _FLOWS.pop(next(iter(_FLOWS)))
    return known


def layout_of(stored: StoredQuestionnaire) -> Layout:
    """How its answers are packed."""
    return _layout(flow_of(stored))


#: Compiled forms by version, oldest first: every process has few consultations open at a time.
_FLOWS: dict[str, Flow] = {}
_FLOWS_KEPT = 64


@lru_cache(maxsize=_FLOWS_KEPT)
def _layout(flow: Flow) -> Layout:
    return layout(flow.questionnaire)
