"""From places in a redacted text to places in the text before its redaction."""

from __future__ import annotations

import re
from typing import Final

from models_ml.reasons.redact import MARKS

_MARK: Final = re.compile("|".join(re.escape(mark) for mark in MARKS))
_MOST_MARKS: Final = 40  # more hidden parts than any note holds; a search over them takes too long


def align_redacted(original: str, *, redacted: str) -> list[int] | None:
    """Find where every character of a redacted text stood.

    Parameters
    ----------
    original, redacted : str
        A text and ``redact_text`` of it: the same but for marks in the place of hidden parts.

    Returns
    -------
    list of int, optional
        ``len(redacted) + 1`` places in ``original``; a mark's characters stand where the hidden
        part begins. None where the two cannot be laid over each other.

    Examples
    --------
    >>> align_redacted("山田です", redacted="[name]です")[-3:]
    [2, 3, 4]
    """
    if original == redacted:
        return list(range(len(original) + 1))
    marks = list(_MARK.finditer(redacted))
    if len(marks) > _MOST_MARKS:
        return None
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(redacted)]
    kept = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    pattern = "(.+?)".join(f"({re.escape(redacted[start:end])})" for start, end in kept)
    found = re.fullmatch(pattern, original, re.DOTALL)
    if not found:
        return None
    places: list[int] = []
    for number, (start, end) in enumerate(kept):
        first = found.start(2 * number + 1)
        places += range(first, first + end - start)
        if number < len(marks):
            places += [found.start(2 * number + 2)] * len(marks[number][0])
    return [*places, len(original)]
