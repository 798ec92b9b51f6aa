"""Spellings of money that are read, and those that are refused with a reason."""

from __future__ import annotations

import pytest

from orchestration.landing.money import count_decimals, parse_money
from orchestration.landing.refusals import Refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000", "1000"),
        ("1,000", "1000"),
        ("12,345,678", "12345678"),
        ("1000.00", "1000"),
        ("¥1,000", "1000"),
        ("￥1,000", "1000"),
        ("\\1,000", "1000"),
        ("1,000円", "1000"),
        ("1000 円", "1000"),
        ("JPY 1000", "1000"),
        ("1,000(税込)", "1000"),
        ("1,000円（税込）", "1000"),
        ("税込1,000円", "1000"),
        ("１，０００", "1000"),
        ("+1000", "1000"),
        ("0", "0"),
        ("-0", "0"),
        ("000120", "120"),
    ],
)
def test_yen_is_read_in_every_usual_spelling(text: str, expected: str) -> None:
    assert parse_money(text, currency="JPY") == expected


@pytest.mark.parametrize(
    "text", ["-1000", "▲1,000", "△1000", "−1000", "¥-1,000", "-¥1,000", "(1,000)"]
)
def test_minus_is_read_in_every_usual_spelling(text: str) -> None:
    assert parse_money(text, currency="JPY", is_signed=True) == "-1000"
    refused = parse_money(text, currency="JPY")
    assert isinstance(refused, Refused)
    assert refused.rule == "money_negative"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1200.50", "money_fraction"),
        ("0.1", "money_fraction"),
        ("$10", "money_other_currency"),
        ("10 USD", "money_other_currency"),
        ("€10", "money_other_currency"),
        ("無料", "money_not_read"),
        ("1e3", "money_not_read"),
        ("三千円", "money_not_read"),
        ("--5", "money_not_read"),
        ("1,00", "money_grouping"),
        ("1.000,50", "money_grouping"),
        ("1,000(税抜)", "money_tax_excluded"),
        ("9" * 16, "number_too_large"),
        ("NaN", "money_not_read"),
        ("#N/A", "money_not_read"),
    ],
)
def test_other_spellings_are_refused_with_a_reason(text: str, rule: str) -> None:
    refused = parse_money(text, currency="JPY")
    assert isinstance(refused, Refused)
    assert refused.rule == rule


@pytest.mark.parametrize("currency", ["GBP", "EUR", "USD"])
def test_currencies_with_cents_land_in_cents(currency: str) -> None:
    assert parse_money("2.55", currency=currency) == "255"
    assert parse_money("24.9", currency=currency) == "2490"
    assert parse_money("24", currency=currency) == "2400"
    assert parse_money("0.05", currency=currency) == "5"
    assert parse_money("2.550", currency=currency) == "255"
    refused = parse_money("0.001", currency=currency)
    assert isinstance(refused, Refused)
    assert refused.rule == "money_fraction"


def test_a_declared_decimal_comma_is_read() -> None:
    assert parse_money("1.234,56 €", currency="EUR", decimal_mark=",") == "123456"
    assert isinstance(parse_money("1,234.56", currency="EUR", decimal_mark=","), Refused)


def test_decimals_follow_the_currency() -> None:
    assert [count_decimals(c) for c in ("JPY", "EUR", "KWD")] == [0, 2, 3]
    assert parse_money("1.234", currency="KWD") == "1234"


def test_a_dollar_sign_fits_any_dollar() -> None:
    assert parse_money("$5", currency="CAD") == "500"
    assert isinstance(parse_money("US$5", currency="CAD"), Refused)
