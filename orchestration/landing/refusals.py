"""What a parser answers where a value cannot be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# White space of str.strip, then the zero-width marks that web forms leave at the ends of a cell.
_BLANKS: Final = "".join(
    map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680])
) + "".join(map(chr, [*range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF]))


@dataclass(frozen=True)
class Refused:
    """A value that cannot be read.

    Attributes
    ----------
    rule : str
        Name of the broken rule; a key of ``messages.RULES``.
    parameters : mapping of str to str
        What the message needs besides the value.
    """

    rule: str
    parameters: Mapping[str, str] = field(default_factory=dict)


Parsed = str | Refused


def trim(text: str) -> str:
    """Remove white space of any width, and zero-width marks, from both ends.

    Examples
    --------
    >>> trim("　A-1 ")
    'A-1'
    """
    return text.strip(_BLANKS)


def fold(text: str) -> str:
    """Bring a value to one width (NFKC) and trim it: what is compared and read, never landed.

    Examples
    --------
    >>> fold("　￥１，０００ ")
    '¥1,000'
    """
    return trim(unicodedata.normalize("NFKC", text))


def fold_number(text: str) -> str:
    """Fold a value that should be a number; one with ² or ½ stays, so that no parser reads it.

    Examples
    --------
    >>> fold_number("１０"), fold_number("10²")
    ('10', '10²')
    """
    if not text.isascii() and any(unicodedata.category(sign) == "No" for sign in text):
        return trim(text)
    return fold(text)


def fold_name(text: str) -> str:
    """Fold a name for comparison: one width, one case, single spaces.

    Examples
    --------
    >>> fold_name(" Lineitem  SKU ") == fold_name("lineitem sku")
    True
    """
    return " ".join(fold(text).casefold().split())
