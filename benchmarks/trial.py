"""Consultations on the sample questionnaire, without the sample's answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultations.analysis.plans.promised import promised
from consultations.database import engine_for, session_maker
from consultations.registry.importing import load_countries
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.sample import material
from consultations.staff import trustees
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import create_account, sign_in, signed_in
from forms.questionnaire import Questionnaire
from forms.xlsform.importing import import_file

SLUG, SLUG_ARABIC = "benchmark", "benchmark-ar"
TODAY = datetime.date(2026, 11, 2)
#: Where members' pages in a language are. The sample has no Arabic texts.
SLUGS = {"en": SLUG, "zh": SLUG, "ru": SLUG, "ar": SLUG_ARABIC}


@dataclass(frozen=True, slots=True)
class Trial:
    """An open consultation, and the key that unlocks it."""

    consultation: Consultation
    private_key: bytes


@contextmanager
def session_on(url: str) -> Iterator[Session]:
    """A session on a database of its own engine; committed at the end."""
    engine = engine_for(url)
    with session_maker(engine)() as session:
        yield session
        session.commit()
    engine.dispose()


def open_trial(session: Session) -> Trial:
    """Two open consultations, `SLUG` and `SLUG_ARABIC`; the first is returned."""
    load_countries(session)
    accounts = [create_account(session, name, "policy_staff", "en") for name in ("one", "two")]
    trustees.rehearse(session, trustees.make(session, TODAY).cards[:2], TODAY)
    opened = []
    for slug, form in ((SLUG, material.questionnaire()), (SLUG_ARABIC, _with_arabic_pages())):
        consultation = consultations.create(
            session,
            slug=slug,
            questionnaire=store(session, form),
            title=dict(form.title.by_language),
            asked_by=_texts("asked_by"),
            purpose=_texts("purpose"),
            key_holders=[account.user for account in accounts],
            synthetic=True,
        )
        consultations.open_to_members(session, consultation, who="one", today=TODAY, further=promised(""))
        opened.append(consultation)
    now = datetime.datetime.now(datetime.UTC)
    holder = signed_in(session, sign_in(session, "one", accounts[0].passphrase, now), now)
    assert holder is not None
    key = private_key(session, opened[0].keyring_id, holder)
    session.commit()
    return Trial(opened[0], key)


def _texts(name: str) -> dict[str, str]:
    texts = dict(material.read("consultation")[name])
    return {**texts, "ar": texts["ru"]}


def _with_arabic_pages() -> Questionnaire:
    """The sample's Russian under the name of Arabic: as many bytes a letter, within an interface that is Arabic."""
    source = (material.FOLDER / "questionnaire.md").read_text("utf-8").replace("русский (ru)", "العربية (ar)")
    form = import_file("questionnaire.md", source.encode()).questionnaire
    assert form is not None
    assert "ar" in form.languages
    return form
