"""Currencies: how many digits an amount has, and how it is signed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

SIGNIFICANT_DIGITS: Final = 3  # of a number in a sentence


@dataclass(frozen=True)
class Currency:
    """A currency of a shop.

    Attributes
    ----------
    code : str
        ISO 4217.
    sign : str
    exponent : int
        Digits of the minor unit; marts hold whole minor units.
    """

    code: str
    sign: str
    exponent: int

    def to_major(self, amount: float) -> float:
        """Return an amount of minor units in whole units."""
        scale: float = 10**self.exponent
        return amount / scale


@dataclass(frozen=True)
class MoneyUnit:
    """The unit of a money column.

    Attributes
    ----------
    label : str
        What the head of the column says.
    size : int
        Whole units of the currency per unit of the column.
    decimals : int
        The same in every cell.
    """

    label: str
    size: int
    decimals: int


CURRENCIES: Final = {
    currency.code: currency
    for currency in (
        Currency("JPY", "¥", 0),
        Currency("EUR", "€", 2),
        Currency("GBP", "£", 2),
        Currency("USD", "$", 2),
        Currency("KRW", "₩", 0),
        Currency("CNY", "CN¥", 2),
        Currency("TWD", "NT$", 2),
        Currency("HKD", "HK$", 2),
    )
}


def find_currency(code: str) -> Currency:
    """Return a currency by its code; one without a sign of its own shows its code.

    Examples
    --------
    >>> find_currency("GBP").to_major(123456)
    1234.56
    >>> find_currency("SEK").sign
    'SEK '
    """
    return CURRENCIES.get(code, Currency(code, f"{code} ", 2))


def round_half_up(value: float, *, digits: int = 0) -> float:
    """Round a magnitude half up, as people do.

    Examples
    --------
    >>> round_half_up(2.5), round_half_up(0.125, digits=2)
    (3.0, 0.13)
    """
    scale = 10**digits
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


def round_for_sentence(value: float) -> float:
    """Keep three significant digits.

    Examples
    --------
    >>> round_for_sentence(15344), round_for_sentence(0.0), round_for_sentence(-987)
    (15300.0, 0.0, -987.0)
    """
    if value == 0:
        return 0.0
    digits = SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(abs(value)))
    return round_half_up(value, digits=digits) if digits >= 0 else _round_left(value, -digits)


def _round_left(value: float, places: int) -> float:
    scale = 10**places
    return math.copysign(math.floor(abs(value) / scale + 0.5) * scale, value)
