"""Free text → the same text without phone, mail, postcode, address, name and card number.

Redaction happens before a text is landed, so what is missed here stays in the store: where a rule
must choose, it prefers to hide. Sizes, prices, dates, quantities and order numbers stay, because
the reasons are read from the same text afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from models_ml.reasons import redact_addresses, redact_names, redact_shapes
from models_ml.reasons.prefilter import Sieve
from models_ml.reasons.redact_addresses import hide_addresses
from models_ml.reasons.redact_names import hide_names
from models_ml.reasons.redact_shapes import hide_mails, hide_numbers

MARKS: Final = ("[mail]", "[card]", "[phone]", "[postcode]", "[address]", "[name]")

_HAS_DIGIT: Final = re.compile(r"\d")
_HAS_KANJI_LOT: Final = re.compile(r"丁目|番地")


def redact_text(text: str) -> str:
    """Replace personal data in one text by fixed marks.

    The marks are those of ``MARKS``: short, bracketed, the same in every language. A text without
    personal data comes back unchanged, and so does one that was redacted before.

    Parameters
    ----------
    text : str
        A reason, a note, a comment: Japanese, English or mixed, any length.

    Returns
    -------
    str
        The text with every mail address, card number, phone number, postcode, street address and
        person's name replaced.

    Examples
    --------
    >>> redact_text("山田です。24.5cmがきつい。090-1234-5678まで")
    '[name]です。24.5cmがきつい。[phone]まで'
    """
    # One hidden part can lay open the shape of the next, so the rules run until nothing changes;
    # every round replaces characters that no rule matches again, so this ends.
    while (redacted := _redact_once(text)) != text:
        text = redacted
    return text


def redact_texts(texts: Iterable[str | None]) -> list[str | None]:
    """Redact many texts, each distinct one once.

    Parameters
    ----------
    texts : iterable of str or None
        Values of a column; None stays None.

    Returns
    -------
    list of str or None
        Redacted texts in input order.
    """
    known: dict[str, str] = {}
    redacted: list[str | None] = []
    for text in texts:
        if text is not None and text not in known:
            known[text] = redact_text(text)
        redacted.append(None if text is None else known[text])
    return redacted


def _redact_once(text: str) -> str:
    sieve = _load_sieve()
    text = hide_mails(text, sieve=sieve)
    if _HAS_DIGIT.search(text):
        text = hide_addresses(hide_numbers(text), sieve=sieve)
    elif _HAS_KANJI_LOT.search(text):
        text = hide_addresses(text, sieve=sieve)
    return hide_names(text, sieve=sieve)


@lru_cache(maxsize=1)
def _load_sieve() -> Sieve:
    return Sieve((*redact_shapes.PATTERNS, *redact_addresses.PATTERNS, *redact_names.PATTERNS))
