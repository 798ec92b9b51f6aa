"""Free text → the same text without phone, mail, postcode, address, name and card number.

Redaction happens before a text is landed, so what is missed here stays in the store: where a rule
must choose, it prefers to hide. Sizes, prices, dates, quantities and order numbers stay, because
the reasons are read from the same text afterwards.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final

from models_ml.reasons import redact_addresses, redact_names, redact_shapes
from models_ml.reasons.prefilter import Sieve
from models_ml.reasons.redact_addresses import hide_addresses
from models_ml.reasons.redact_names import hide_names
from models_ml.reasons.redact_shapes import hide_mails, hide_numbers

MARKS: Final = ("[mail]", "[card]", "[phone]", "[postcode]", "[address]", "[name]")

_KEY_BYTES: Final = 16
_MOST_REMEMBERED: Final = 2**20  # texts: about 100 MB
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


class Redactor:
    """Redacts the texts of a file, most of which come again and hold nothing personal.

    A text that came back unchanged is remembered by its hash, so that what is remembered is small,
    and holds no text.
    """

    def __init__(self) -> None:
        self._clean: set[bytes] = set()

    def redact(self, text: str) -> str:
        """Replace personal data in one text, as ``redact_text`` does."""
        encoded = text.encode("utf-8", "surrogatepass")
        key = hashlib.blake2b(encoded, digest_size=_KEY_BYTES).digest()
        if key in self._clean:
            return text
        redacted = redact_text(text)
        if redacted == text and len(self._clean) < _MOST_REMEMBERED:
            self._clean.add(key)
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
