"""Read quantities, numbers, words and ids into canonical text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from orchestration.landing.money import MAX_DIGITS
from orchestration.landing.refusals import Parsed, Refused, fold, fold_name, fold_number, trim

_WHOLE: Final = re.compile(r"([-+−▲△]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
_COUNTERS: Final = re.compile(r"\s*(?:個|コ|点|枚|着|足|本|組|双|pcs?\.?)$", re.IGNORECASE)
_UNITS: Final = re.compile(r"\s*(?:cm|センチ|分)$", re.IGNORECASE)
_SCIENTIFIC: Final = re.compile(r"[-+]?\d(?:\.\d+)?[eE]\+\d{2,3}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_SHEET_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"}
)
_TRUE: Final = frozenset(
    [
        "true",
        "t",
        "yes",
        "y",
        "on",
        "1",
        "1.0",
        "はい",
        "有",
        "有り",
        "あり",
        "する",
        "済",
        "済み",
        "○",
        "〇",
        "◯",
        "✓",
        "✔",
        "可",
        "対象",
        "該当",
    ]
)
_FALSE: Final = frozenset(
    [
        "false",
        "f",
        "no",
        "n",
        "off",
        "0",
        "0.0",
        "いいえ",
        "無",
        "無し",
        "なし",
        "しない",
        "未",
        "×",
        "✕",
        "✗",
        "不可",
        "対象外",
        "非該当",
    ]
)
MAX_CENTIMETRES: Final = 400  # no garment is as long; 725 is 72.5 in millimetres
_NEAR: Final = 0.5  # difflib ratio above which a word is offered as "did you mean"


def parse_id(text: str) -> Parsed:
    """Keep an id as written, without blanks at its ends; refuse what a spreadsheet has broken.

    Examples
    --------
    >>> parse_id(" 00042 "), parse_id("17850.0")
    ('00042', '17850.0')
    >>> parse_id("1.23457E+15").rule
    'id_scientific'
    """
    trimmed = trim(text)
    if _SCIENTIFIC.fullmatch(trimmed):
        return Refused("id_scientific")
    if trimmed.upper() in _SHEET_ERRORS:
        return Refused("id_sheet_error")
    if _CONTROL.search(trimmed):
        return Refused("id_control_character")
    return trimmed


def parse_quantity(text: str) -> Parsed:
    """Read a number of pieces, at least 1.

    Examples
    --------
    >>> parse_quantity("３個"), parse_quantity("1.0")
    ('3', '1')
    >>> parse_quantity("0").rule, parse_quantity("三").rule
    ('quantity_below_one', 'quantity_not_read')
    """
    folded = _COUNTERS.sub("", fold_number(text))
    match = _WHOLE.fullmatch(folded)
    if match is None:
        return Refused("quantity_not_read")
    if (match[3] or "").strip("0"):
        return Refused("quantity_not_whole")
    digits = match[2].replace(",", "").lstrip("0")
    if not digits or match[1] not in {"", "+"}:
        return Refused("quantity_below_one")
    return digits if len(digits) <= MAX_DIGITS else _too_large()


def parse_whole(text: str, *, is_signed: bool) -> Parsed:
    """Read a whole number; below zero only where ``is_signed``.

    Examples
    --------
    >>> parse_whole("1,200", is_signed=False), parse_whole("-3", is_signed=True)
    ('1200', '-3')
    """
    folded = _COUNTERS.sub("", fold_number(text))
    match = _WHOLE.fullmatch(folded)
    if match is None:
        return Refused("number_not_read")
    if (match[3] or "").strip("0"):
        return Refused("number_not_whole")
    digits = match[2].replace(",", "").lstrip("0") or "0"
    if len(digits) > MAX_DIGITS:
        return _too_large()
    is_negative = match[1] not in {"", "+"} and digits != "0"
    if is_negative and not is_signed:
        return Refused("number_negative")
    return f"-{digits}" if is_negative else digits


def parse_number(text: str) -> Parsed:
    """Read a decimal number, with ``cm`` or ``分`` behind it at most.

    Examples
    --------
    >>> parse_number("72.50cm"), parse_number("１，２００")
    ('72.5', '1200')
    """
    match = _WHOLE.fullmatch(_UNITS.sub("", fold_number(text)))
    if match is None:
        return Refused("number_not_read")
    whole = match[2].replace(",", "").lstrip("0") or "0"
    fraction = (match[3] or "").rstrip("0")
    if len(whole) + len(fraction) > MAX_DIGITS:
        return _too_large()
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if match[1] not in {"", "+"} and number != "0" else number


def parse_centimetres(text: str) -> Parsed:
    """Read a length of a garment in centimetres: above 0 and below 400.

    Examples
    --------
    >>> parse_centimetres("72.50cm"), parse_centimetres("２４．５")
    ('72.5', '24.5')
    >>> parse_centimetres("0").rule, parse_centimetres("725").rule
    ('centimetres_out_of_range', 'centimetres_out_of_range')
    """
    number = parse_number(text)
    if isinstance(number, Refused):
        return number
    if not 0 < Decimal(number) < MAX_CENTIMETRES:
        return Refused("centimetres_out_of_range", {"limit": str(MAX_CENTIMETRES)})
    return number


def parse_share(text: str) -> Parsed:
    """Read a share in [0, 1], written as ``0.1`` or ``10%``.

    Examples
    --------
    >>> parse_share("10%"), parse_share("0.08")
    ('0.1', '0.08')
    >>> parse_share("10").rule
    'share_out_of_range'
    """
    folded = fold_number(text)
    is_percent = folded.endswith("%")
    number = parse_number(folded.rstrip("%"))
    if isinstance(number, Refused):
        return number
    value = Decimal(number).scaleb(-2) if is_percent else Decimal(number)
    if not 0 <= value <= 1:
        return Refused("share_out_of_range")
    return _plain(value)


def parse_boolean(text: str) -> Parsed:
    """Read yes or no in English or Japanese.

    Examples
    --------
    >>> parse_boolean("はい"), parse_boolean("FALSE")
    ('true', 'false')
    """
    word = fold_name(text)
    if word in _TRUE:
        return "true"
    return "false" if word in _FALSE else Refused("boolean_not_read")


def build_code_words(values: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Map every folded spelling of a code to its canonical word."""
    words = {_fold_word(word): word for word in values}
    for word, spellings in values.items():
        words.update({_fold_word(spelling): word for spelling in spellings})
    return words


def parse_code(text: str, *, words: Mapping[str, str]) -> Parsed:
    """Read a code word in any known spelling.

    Parameters
    ----------
    text : str
    words : mapping of str to str
        From ``build_code_words``.

    Returns
    -------
    str or Refused
        The canonical word, or ``code_unknown`` with the expected and the nearest words.
    """
    found = words.get(_fold_word(text))
    if found is not None:
        return found
    expected = ", ".join(dict.fromkeys(words.values()))
    near = difflib.get_close_matches(_fold_word(text), words, n=1, cutoff=_NEAR)
    return Refused("code_unknown", {"expected": expected, "nearest": near[0] if near else ""})


def negate(text: str) -> str:
    """Turn the sign of a number that is still text.

    Examples
    --------
    >>> negate("-12"), negate("▲1,000円"), negate("5")
    ('12', '1,000円', '-5')
    """
    folded = fold(text)
    if folded[:1] in set("-−▲△"):
        return folded[1:]
    if folded[:1] == "(" and folded[-1:] == ")":
        return folded[1:-1]
    return f"-{folded.removeprefix('+')}"


def divide_by_hundred(text: str) -> str:
    """Turn ``10`` (meaning 10 %) into ``0.1``; what is no number, or has a %, stays.

    Examples
    --------
    >>> divide_by_hundred("10"), divide_by_hundred("8%")
    ('0.1', '8%')
    """
    number = parse_number(text)
    return text if isinstance(number, Refused) else _plain(Decimal(number).scaleb(-2))


def find_nearest(name: str, *, known: tuple[str, ...], count: int = 3) -> tuple[str, ...]:
    """Find the known names that look most like a misspelt one, best first; may be empty."""
    by_folded = {fold_name(word): word for word in known}
    near = difflib.get_close_matches(fold_name(name), by_folded, n=count, cutoff=_NEAR)
    return tuple(by_folded[word] for word in near)


def _fold_word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", fold_name(text))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _too_large() -> Refused:
    return Refused("number_too_large", {"limit": str(MAX_DIGITS)})
