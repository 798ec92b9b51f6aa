"""A postal code as somebody typed it → seven digits, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from models_ml.addresses.codes import POSTAL_FORMAT, POSTAL_MISSING
from models_ml.addresses.postal_table import CODE_DIGITS

_LEADING: Final = re.compile(
    r"\s*(〒?\s*[0-9０-９]{3}\s*[-‐‑‒–—―−－ーｰ]?\s*[0-9０-９]{4})(?![0-9０-９])[\s,、]*"
)
_MARKS: Final = re.compile(r"[\s〒‐‑‒–—―−ー-]|\.0$")
_LOOK_ALIKE: Final = str.maketrans("OoIl|", "00111")


class PostalText(NamedTuple):
    """A typed postal code.

    Attributes
    ----------
    code : str
        Seven digits, guessed where the typed ones are not; empty where nothing can be guessed.
    fault : str
        ``postal_missing``, ``postal_format`` or nothing.
    """

    code: str
    fault: str


def read_postal(typed: str | None) -> PostalText:
    """Read a postal code.

    Parameters
    ----------
    typed : str, optional

    Returns
    -------
    PostalText

    Examples
    --------
    >>> read_postal("〒１５０－００４３"), read_postal("600041")
    (PostalText(code='1500043', fault=''), PostalText(code='0600041', fault='postal_format'))
    """
    if typed is None:
        return PostalText("", POSTAL_MISSING)
    if len(typed) == CODE_DIGITS and typed.isascii() and typed.isdigit():
        return PostalText(typed, "")
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", typed))
    if not plain:
        return PostalText("", POSTAL_MISSING)
    if len(plain) == CODE_DIGITS and plain.isascii() and plain.isdigit():
        return PostalText(plain, "")
    guess = plain.translate(_LOOK_ALIKE)
    digits = "".join(sign for sign in guess if "0" <= sign <= "9")
    if len(digits) == CODE_DIGITS - 1:
        digits = f"0{digits}"  # spreadsheets eat a leading zero
    return PostalText(digits if len(digits) == CODE_DIGITS else "", POSTAL_FORMAT)


def split_postal(text: str) -> tuple[str | None, str]:
    """Split a postal code off the beginning of an address.

    Examples
    --------
    >>> split_postal("〒100-0001 東京都千代田区千代田1-1")
    ('〒100-0001', '東京都千代田区千代田1-1')
    """
    found = _LEADING.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def write_like(code: str, typed: str | None) -> str:
    """Write a code as the typed one was written: with a hyphen or without.

    Examples
    --------
    >>> write_like("1500043", "150-0044"), write_like("1500043", None)
    ('150-0043', '1500043')
    """
    is_split = typed is not None and any(sign in typed for sign in "-‐‑‒–—―−－ー")
    return f"{code[:3]}-{code[3:]}" if is_split else code
