"""Spellings of dates and times that are read, and those that are refused with a reason."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from orchestration.landing.dates import DateRules, parse_date, parse_timestamp
from orchestration.landing.refusals import Refused

RULES = DateRules(ZoneInfo("Asia/Tokyo"), latest=date(2027, 12, 29))
MIDNIGHT = "2026-01-04 15:00:00"  # 5 January 2026, 00:00 in Tokyo, in UTC


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",
        "2026/1/5",
        "2026/01/05",
        "2026.1.5",
        "20260105",
        "令和8年1月5日",
        "令和８年１月５日",
        "R8.1.5",
        "2026年1月5日",
        "2026年1月5日(月)",
        "2026年1月5日（月曜日）",
        "2026年 1月 5日",
        "46027",
        "5 Jan 2026",
        "05-Jan-2026",
        "January 5, 2026",
        "Mon, 5 Jan 2026",
        "2026-01-05T00:00",
        "20260105000000",
        "2026-01-04T15:00:00Z",
        "2026-01-05 00:00:00 +0900",
        "2026-01-05 00:00:00+09",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text: str) -> None:
    assert parse_timestamp(text, rules=RULES) == MIDNIGHT
    assert parse_date(text, rules=RULES) == "2026-01-05"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05 15:05", "2026-01-05 06:05:00"),
        ("2026-01-05 15:05:07.123", "2026-01-05 06:05:07"),
        ("2026年1月5日(月) 午後3時05分", "2026-01-05 06:05:00"),
        ("2026年1月5日 15時05分07秒", "2026-01-05 06:05:07"),
        ("2026/1/5 午前0時", MIDNIGHT),
        ("2026/1/5 午後12:30", "2026-01-05 03:30:00"),
        ("2026/1/5 3:05 PM", "2026-01-05 06:05:00"),
        ("2026-01-05 24:00", "2026-01-05 15:00:00"),
        ("2026-01-05 25:30", "2026-01-05 16:30:00"),
        ("2026-01-05 29:59:59", "2026-01-05 20:59:59"),
        ("2026-01-05T15:05:00+09:00", "2026-01-05 06:05:00"),
        ("2026-01-05T15:05:00-08:00", "2026-01-05 23:05:00"),
        ("20260105T150500Z", "2026-01-05 15:05:00"),
        ("2026-01-05 15:05 JST", "2026-01-05 06:05:00"),
        ("46027.5", "2026-01-05 03:00:00"),
        ("令和元年5月1日", "2019-04-30 15:00:00"),
        ("平成31年4月30日", "2019-04-29 15:00:00"),
    ],
)
def test_a_time_is_read_in_every_usual_spelling(text: str, expected: str) -> None:
    assert parse_timestamp(text, rules=RULES) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1月5日", "date_without_year"),
        ("1/5", "date_without_year"),
        ("01/05/2026", "date_order_not_declared"),
        ("13/05/2026", "date_order_not_declared"),
        ("05.01.2026 10:00", "date_order_not_declared"),
        ("26/1/5", "date_two_digit_year"),
        ("2026-02-30", "date_does_not_exist"),
        ("2月30日", "date_without_year"),
        ("2026年2月30日", "date_does_not_exist"),
        ("2026/13/1", "date_does_not_exist"),
        ("0000-00-00", "date_does_not_exist"),
        ("2026-01-05 30:00", "time_does_not_exist"),
        ("2026-01-05 12:61", "time_does_not_exist"),
        ("2026-01-05 午後13時", "time_does_not_exist"),
        ("2026-01-05T00:00:00+19:00", "time_does_not_exist"),
        ("昨日", "date_not_read"),
        ("令和元年", "date_not_read"),
        ("2026-01", "date_not_read"),
        ("2026-01-05 ten", "date_not_read"),
        ("?", "date_not_read"),
        ("1767538800", "epoch_not_declared"),
        ("1767538800000", "epoch_not_declared"),
        ("1990-01-01", "date_too_early"),
        ("昭和64年1月7日", "date_too_early"),
        ("1899-12-30", "date_too_early"),
        ("10000", "date_too_early"),
        ("2027-12-30", "date_too_late"),
        ("9999-12-31", "date_too_late"),
        ("9999-12-31 25:00", "date_too_late"),
    ],
)
def test_other_spellings_are_refused_with_a_reason(text: str, rule: str) -> None:
    for parse in (parse_timestamp, parse_date):
        refused = parse(text, rules=RULES)
        assert isinstance(refused, Refused), refused
        assert refused.rule == rule


def test_the_limits_are_days_of_the_shop() -> None:
    assert parse_timestamp("1990-01-02 00:00", rules=RULES) == "1990-01-01 15:00:00"
    assert parse_timestamp("1990-01-01T15:00:00Z", rules=RULES) == "1990-01-01 15:00:00"
    assert parse_timestamp("2027-12-29 23:59:59", rules=RULES) == "2027-12-29 14:59:59"


def test_a_declared_order_settles_day_and_month() -> None:
    text = "01/05/2026"
    assert (
        parse_date(text, rules=DateRules(RULES.time_zone, RULES.latest, order="dmy"))
        == "2026-05-01"
    )
    assert (
        parse_date(text, rules=DateRules(RULES.time_zone, RULES.latest, order="mdy"))
        == "2026-01-05"
    )


def test_declared_epoch_numbers_are_read() -> None:
    seconds = DateRules(RULES.time_zone, RULES.latest, epoch="seconds")
    thousandths = DateRules(RULES.time_zone, RULES.latest, epoch="milliseconds")
    assert parse_timestamp("1767538800", rules=seconds) == MIDNIGHT
    assert parse_timestamp("1767538800999", rules=thousandths) == MIDNIGHT
    refused = parse_timestamp("2026-01-05", rules=seconds)
    assert isinstance(refused, Refused)
    far = parse_timestamp("9" * 16, rules=seconds)
    assert isinstance(far, Refused)


def test_a_skipped_or_repeated_hour_takes_the_offset_before_the_change() -> None:
    berlin = DateRules(ZoneInfo("Europe/Berlin"), latest=RULES.latest)
    assert parse_timestamp("2026-03-29 02:30", rules=berlin) == "2026-03-29 01:30:00"
    assert parse_timestamp("2026-10-25 02:30", rules=berlin) == "2026-10-25 00:30:00"
