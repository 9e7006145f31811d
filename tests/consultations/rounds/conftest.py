"""A small questionnaire and people who hold keys."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keys import new_key_pair
from consultations.staff.models import User
from forms.questionnaire import Questionnaire
from forms.xlsform.importing import import_file

FORM = """
| survey |
| | type | name | label::English (en) | label::français (fr) | disaggregation | calculation |
| | select_one region | region | Where do you live? | Où vivez-vous ? | yes | |
| | select_one region | country | Which country? | Quel pays ? | | |
| | select_one setting | setting | Where do you work? | Où travaillez-vous ? | | |
| | select_multiple setting | places | Where else? | Où encore ? | | |
| | text | story | What happened? | Que s’est-il passé ? | | |
| | note | thanks | Thank you. | Merci. | | |
| choices |
| | list_name | name | label::English (en) | label::français (fr) |
| | region | africa | Africa | Afrique |
| | region | europe | Europe | Europe |
| | setting | outdoors | Outdoors | Dehors |
| | setting | venue | Indoors | Dedans |
| settings |
| | form_title::English (en) | form_title::français (fr) | form_id | default_language |
| | Our rights | Nos droits | rights | English (en) |
"""


@pytest.fixture
def form() -> Questionnaire:
    questionnaire = import_file("form.md", FORM.encode()).questionnaire
    assert questionnaire is not None
    return questionnaire


@pytest.fixture
def person(session: Session) -> Callable[[str], User]:
    """Makes an account without the passphrase that takes Argon2id its time."""

    def make(name: str) -> User:
        user = User(
            name=name,
            role="policy_staff",
            language="en",
            salt=b"",
            auth_hash=b"",
            public_key=new_key_pair().public,
            wrapped_private_key=b"",
            recovery_wrapped_private_key=b"",
        )
        session.add(user)
        session.flush()
        return user

    return make


@pytest.fixture
def created(
    session: Session,
    form: Questionnaire,
    person: Callable[[str], User],
    hold_ceremony: Callable[[Session], tuple[str, ...]],
) -> Callable[..., Consultation]:
    """Creates a consultation; what a test does not name has a value that fits."""
    hold_ceremony(session)
    numbers = itertools.count()

    def make(**wanted: object) -> Consultation:
        values: dict[str, object] = {
            "slug": "spring",
            "questionnaire": store(session, form),
            "title": {"en": "Spring"},
            "asked_by": {"en": "The network"},
            "purpose": {"en": "To learn."},
        }
        if "key_holders" not in wanted:
            values["key_holders"] = [person(f"{name}-{next(numbers)}") for name in ("ana", "ben")]
        return consultations.create(session, **(values | wanted))

    return make
