"""Replace a shop's customer ids by keyed hashes."""

from __future__ import annotations

import hmac
from typing import Final

from orchestration.landing.refusals import fold

_PREFIX: Final = "k1:"  # first generation of the key: a rotation chains to k2:


def normalise_customer(text: str) -> str:
    """Bring an id to one spelling: one width, no blanks around it, mails in lower case.

    Examples
    --------
    >>> normalise_customer(" Ｔaro@Example.JP "), normalise_customer("C-001")
    ('taro@example.jp', 'C-001')
    """
    folded = fold(text)
    return folded.casefold() if "@" in folded else folded


def hash_customer(text: str, *, key: bytes) -> str:
    """Hash a customer id with the shop's secret key.

    Parameters
    ----------
    text : str
        As the shop writes it: any width, mails in any case.
    key : bytes

    Returns
    -------
    str
        ``k1:`` and 64 hex digits of HMAC-SHA256.

    Examples
    --------
    >>> hash_customer("A@b.jp", key=b"k") == hash_customer("a@B.jp ", key=b"k")
    True
    """
    digest = hmac.digest(key, normalise_customer(text).encode(), "sha256")
    return f"{_PREFIX}{digest.hex()}"
