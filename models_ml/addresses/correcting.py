"""Corrections that rewrite the faulty part and nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence

from models_ml.addresses.folding import fold_with_places
from models_ml.addresses.judgement import Edit


def apply_edits(address: str, edits: Sequence[Edit]) -> str:
    """Write the edits into the address as it was typed.

    Parameters
    ----------
    address : str
    edits : sequence of Edit
        Of the folded address; they do not overlap.

    Returns
    -------
    str
        Outside the edits every character is the typed one.
    """
    folded = fold_with_places(address)
    for edit in sorted(edits, key=lambda one: (-one.start, -one.end)):
        start, end, text = _trim(folded.text, edit)
        first, last = folded.find_span(start, end)
        address = address[:first] + text + address[last:]
    return address


def _trim(folded: str, edit: Edit) -> tuple[int, int, str]:
    """Leave out of an edit what is the same at its beginning and end."""
    new = fold_with_places(edit.text)
    old = folded[edit.start : edit.end]
    room = min(len(old), len(new.text))
    head = 0
    while head < room and old[head] == new.text[head]:
        head += 1
    tail = 0
    while tail < room - head and old[-1 - tail] == new.text[-1 - tail]:
        tail += 1
    first, last = new.find_span(head, len(new.text) - tail)
    return edit.start + head, edit.end - tail, edit.text[first:last]
