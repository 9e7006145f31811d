"""Date functions of ODK expressions."""

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from forms.expressions.dates import as_date, as_moment, decimal_days, decimal_time, written_date
from forms.expressions.evaluate import Context, compile_expression

LAGOS = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("%Y-%m-%d", "2024-03-05"),
        ("%e %b %y, %a", "5 Mar 24, Tue"),
        ("%n/%e %H:%M:%S.%3", "3/5 09:07:03.250"),
        ("%h %W %u %% %Q", "9 10 2 % %Q"),
    ],
)
def test_dates_are_written_by_directive(pattern, written):
    assert written_date("2024-03-05T08:07:03.250Z", pattern, LAGOS) == written


def test_what_is_no_date_is_written_as_nothing():
    assert written_date("soon", "%Y", UTC) == ""
    assert as_date("2024-02-30", UTC) == ""
    assert as_moment("", UTC) == ""
    assert math.isnan(decimal_days("soon", UTC))
    assert math.isnan(decimal_time("25:00", UTC))


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Mon 5 Feb"), ("fr", "lun. 5 févr."), ("pt-BR", "seg. 5 fev."), ("zh", "周一 5 2月"), ("qqq", "Mon 5 Feb")],
)
def test_months_and_days_are_named_in_the_language_of_whoever_reads(language, written):
    assert written_date("2024-02-05", "%a %e %b", UTC, language) == written


def test_the_time_of_day_is_read_on_local_clocks():
    assert decimal_time("23:00:00.000+00:00", LAGOS) == 0.0
    assert decimal_time("06:00", LAGOS) == 0.25


def test_a_truth_is_no_date():
    assert as_date(True, UTC) == ""


def test_a_moment_belongs_to_the_day_on_local_clocks():
    assert as_date("2024-03-05T23:30:00Z", LAGOS) == date(2024, 3, 6)
    assert as_date(0.5, UTC) == date(1970, 1, 1)


def test_the_edge_of_the_calendar_does_not_break():
    assert as_date("9999-12-31T23:30:00-05:00", UTC) == date(9999, 12, 31)


def test_a_date_alone_is_its_midnight():
    assert as_moment("2024-03-05", LAGOS) == datetime(2024, 3, 5, tzinfo=LAGOS)
    assert as_moment("2024-03-05T10:00", LAGOS) == datetime(2024, 3, 5, 10, tzinfo=LAGOS)


def test_days_with_fractions_are_counted_in_utc():
    assert decimal_days("2018-04-24T15:30:00.000+06:30", UTC) == 17645.375
    assert decimal_days("1970-01-02", None) == 1.0


@pytest.mark.parametrize(
    ("clock", "share"),
    [("12:00", 0.5), ("06:00:00.000+06:00", 0.0), ("2024-03-05T18:00:00Z", 0.75), (1.5, 0.5), ("00:00:43.2Z", 0.0005)],
)
def test_a_time_is_a_share_of_a_day(clock, share):
    assert decimal_time(clock, UTC) == pytest.approx(share)


def test_expressions_reach_the_date_functions():
    text = (
        "concat(format-date(today(), '%Y'), date-time('1970-01-01') = now(), decimal-date-time(1), decimal-time('6:'))"
    )

    assert compile_expression(text)(Context()) == "1970true1"
