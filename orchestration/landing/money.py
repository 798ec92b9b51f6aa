"""Read amounts of money into minor units of the shop's currency."""

from __future__ import annotations

import re
from typing import Final

from orchestration.landing.refusals import Parsed, Refused, fold_number

# ISO 4217: currencies whose minor unit is not 1/100.
_DECIMALS: Final = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
_DOLLARS: Final = frozenset(["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN"])
_SIGNS: Final[dict[str, frozenset[str]]] = {
    "¥": frozenset({"JPY", "CNY"}),
    "\\": frozenset({"JPY"}),  # half-width yen sign of CP932 and of many UTF-8 exports made from it
    "円": frozenset({"JPY"}),
    "元": frozenset({"CNY"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "US$": frozenset({"USD"}),
    "$": _DOLLARS,
    "₩": frozenset({"KRW"}),
}
_SIGN: Final = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_MINUS: Final = "-−‐‑–▲△"
_AMOUNT: Final = re.compile(
    rf"(?P<before>(?:[{_MINUS}+]|{_SIGN}|[A-Za-z]{{3}}|\s)*)"
    r"(?P<number>\d[\d.,]*)"
    rf"(?P<after>(?:{_SIGN}|[A-Za-z]{{3}}|\s)*)",
    re.ASCII,
)
_TOKEN: Final = re.compile(rf"{_SIGN}|[A-Za-z]{{3}}|[{_MINUS}+]")
_TAX_INCLUDED: Final = re.compile(r"[\[(]?税込(?:み|価格)?[\])]?")
_TAX_EXCLUDED: Final = re.compile(r"税抜|税別|外税")
_PLAIN: Final = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
MAX_DIGITS: Final = 15  # digits of minor units that stay exact in every engine's bigint and double


def count_decimals(currency: str) -> int:
    """Count the decimals of a currency's minor unit.

    Parameters
    ----------
    currency : str
        ISO 4217 code.

    Returns
    -------
    int
        0 for JPY, 2 for most, 3 for some.
    """
    return _DECIMALS.get(currency, 2)


def parse_money(
    text: str, *, currency: str, is_signed: bool = False, decimal_mark: str = "."
) -> Parsed:
    r"""Read an amount into minor units.

    Accepts currency signs and codes of the shop's currency (``¥ ￥ \ 円 JPY``), ``▲ △ -`` and
    brackets as minus, ``(税込)``, thousands commas, any width.

    Parameters
    ----------
    text : str
    currency : str
        ISO 4217 code of the shop.
    is_signed : bool
        Whether an amount below zero is legal.
    decimal_mark : {".", ","}
        With ``","`` the dot separates thousands.

    Returns
    -------
    str or Refused
        Whole minor units; or ``money_not_read``, ``money_grouping``, ``money_fraction``,
        ``money_negative``, ``money_other_currency``, ``money_tax_excluded``, ``number_too_large``.

    Examples
    --------
    >>> parse_money("￥１，２００(税込)", currency="JPY")
    '1200'
    >>> parse_money("2.55", currency="GBP")
    '255'
    >>> parse_money("1200.50", currency="JPY").rule
    'money_fraction'
    """
    folded = fold_number(text)
    if _TAX_EXCLUDED.search(folded):
        return Refused("money_tax_excluded")
    folded = _TAX_INCLUDED.sub("", folded).strip()
    bracketed = len(folded) > 2 and folded[0] == "(" and folded[-1] == ")"  # noqa: PLR2004
    match = _AMOUNT.fullmatch(folded[1:-1] if bracketed else folded)
    if match is None:
        return Refused("money_not_read", {"currency": currency})
    tokens = _TOKEN.findall(match["before"]) + _TOKEN.findall(match["after"])
    signs = [token for token in tokens if token in f"{_MINUS}+"]
    if other := _find_other_currency(tokens, currency=currency):
        return Refused("money_other_currency", {"currency": currency, "found": other})
    if len(signs) + bracketed > 1:
        return Refused("money_not_read", {"currency": currency})
    is_negative = bracketed or bool(signs and signs[0] != "+")
    minor = _parse_minor_units(match["number"], currency=currency, decimal_mark=decimal_mark)
    if isinstance(minor, Refused) or minor == "0" or not is_negative:
        return minor
    return f"-{minor}" if is_signed else Refused("money_negative")


def _find_other_currency(tokens: list[str], *, currency: str) -> str | None:
    for token in tokens:
        if token in f"{_MINUS}+":
            continue
        allowed = _SIGNS.get(token) or ({"JPY"} if token.upper() == "YEN" else {token.upper()})
        if currency not in allowed:
            return token
    return None


def _parse_minor_units(number: str, *, currency: str, decimal_mark: str) -> Parsed:
    if decimal_mark == ",":
        number = number.translate(str.maketrans(",.", ".,"))
    match = _PLAIN.fullmatch(number)
    if match is None:
        return Refused("money_grouping", {"decimal_mark": decimal_mark})
    decimals = count_decimals(currency)
    fraction = (match[2] or "").rstrip("0")
    if len(fraction) > decimals:
        return Refused("money_fraction", {"currency": currency, "decimals": str(decimals)})
    minor = (match[1].replace(",", "") + fraction.ljust(decimals, "0")).lstrip("0") or "0"
    if len(minor) > MAX_DIGITS:
        return Refused("number_too_large", {"limit": str(MAX_DIGITS)})
    return minor
