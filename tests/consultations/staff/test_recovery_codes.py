"""Ten codes on paper, each of which helps once."""

import datetime

import pytest
from sqlalchemy import select

from consultations.staff import recovery_codes
from consultations.staff.accounts import create_account
from consultations.staff.factors_models import RecoveryCode
from consultations.staff.passphrases import LETTERS
from consultations.staff.recovery_codes import RecoveryCodeRefused, codes_of, new_codes, use

#: `test_second_factors.py` does the same on both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DAY = datetime.date(2026, 12, 17)


@pytest.fixture
def user(session):
    return create_account(session, "maria", "policy_staff", "es").user


def test_there_are_ten_codes_of_eighty_bits(session, user):
    codes = new_codes(session, user)
    assert len(set(codes)) == 10
    for code in codes:
        letters = code.replace("-", "")
        assert len(letters) * 5 == 80
        assert set(letters) <= set(LETTERS)


def test_a_code_helps_once_and_is_then_struck_out(session, user):
    codes = new_codes(session, user)
    assert use(session, user, codes[3], DAY) == 9
    with pytest.raises(RecoveryCodeRefused):
        use(session, user, codes[3], DAY)
    assert [(code.number, code.used_on) for code in codes_of(session, user) if code.used_on] == [(4, DAY)]


def test_a_code_may_be_typed_untidily(session, user):
    code = new_codes(session, user)[0]
    assert use(session, user, f" {code.lower().replace('-', ' ').replace('0', 'o')} ", DAY) == 9


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000", "x" * 40, "é"])
def test_what_is_no_code_is_refused(session, user, typed):
    new_codes(session, user)
    with pytest.raises(RecoveryCodeRefused):
        use(session, user, typed, DAY)


def test_somebody_else_s_code_is_refused(session, user):
    other = create_account(session, "amina", "policy_staff", "fr").user
    theirs = new_codes(session, other)
    new_codes(session, user)
    with pytest.raises(RecoveryCodeRefused):
        use(session, user, theirs[0], DAY)


def test_new_codes_make_the_old_sheet_void(session, user):
    old, new = new_codes(session, user), new_codes(session, user)
    with pytest.raises(RecoveryCodeRefused):
        use(session, user, old[0], DAY)
    assert use(session, user, new[0], DAY) == 9


def test_codes_are_not_stored(session, user):
    codes = new_codes(session, user)
    stored = b"".join(code.hash for code in session.scalars(select(RecoveryCode)))
    assert not any(code.encode() in stored or code.replace("-", "").encode() in stored for code in codes)


def test_codes_can_be_taken_away(session, user):
    new_codes(session, user)
    recovery_codes.remove(session, user)
    assert codes_of(session, user) == []
