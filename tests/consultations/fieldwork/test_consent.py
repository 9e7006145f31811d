import pytest

from consultations.fieldwork.consent import Attribution, Consent, NotToBeKept, attribution, check_kept


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("role_country", Attribution("sex_worker", "KE", "africa")),
        ("role_region", Attribution("sex_worker", "", "africa")),
        ("region", Attribution("", "", "africa")),
        ("none", Attribution()),
        ("something new", Attribution()),
    ],
)
def test_a_quote_says_who_speaks_only_as_far_as_agreed(level: str, expected: Attribution) -> None:
    consent = Consent(recorded=True, quoted=True, attribution=level, translated=True)
    assert attribution(consent, "sex_worker", "KE", "africa") == expected


def test_who_may_not_be_quoted_is_not_attributed_either() -> None:
    consent = Consent(recorded=True, quoted=False, attribution="role_country", translated=True)
    assert attribution(consent, "sex_worker", "KE", "africa") == Attribution()


def test_an_interview_without_consent_to_be_recorded_is_not_kept() -> None:
    check_kept(Consent(recorded=True, quoted=False, attribution="none", translated=False))
    with pytest.raises(NotToBeKept):
        check_kept(Consent(recorded=False, quoted=True, attribution="none", translated=False))
