"""Which of several codes of one town is meant, by what the table says in brackets."""

from __future__ import annotations

import re
from typing import Final

from models_ml.addresses.folding import fold
from models_ml.addresses.places import Town

OTHER: Final = "その他"
_NUMBERS: Final = re.compile(r"[0-9〜、]+(丁目|番地?|地割|条)?")
_FIRST_NUMBER: Final = re.compile(r"第?([0-9]+)")
_CHOME: Final = re.compile(r"([0-9]+)丁目")


def narrow_codes(town: Town, *, rest: str, streets: str) -> tuple[str, ...]:
    """Find the codes of a town that fit the rest of an address.

    Parameters
    ----------
    town : Town
    rest : str
        Folded text behind the town.
    streets : str
        Folded text between city and town: Kyoto's streets.

    Returns
    -------
    tuple of str
        One where it is clear, several where it is not.
    """
    codes = tuple(dict.fromkeys(code for code, _ in town.codes))
    if len(codes) == 1:
        return codes
    named = [code for code, note in town.codes if _fits(note, rest=rest, streets=streets)]
    if named:
        return tuple(dict.fromkeys(named))
    others = [code for code, note in town.codes if note in ("", OTHER)]
    has_unreadable = any(
        note not in ("", OTHER) and not _is_readable(note) for _, note in town.codes
    )
    # What is in no bracket is "the others", but only where every bracket could be read.
    return tuple(dict.fromkeys(others)) if others and not has_unreadable else codes


def _is_readable(note: str) -> bool:
    return bool(_NUMBERS.fullmatch(note)) or not re.search(r"[0-9「」を−]", note)


def _fits(note: str, *, rest: str, streets: str) -> bool:
    numbers = _NUMBERS.fullmatch(note)
    if numbers:
        return _holds_number(note, rest=rest, is_chome=numbers[1] == "丁目")
    parts = [fold(part) for part in note.split("、") if part and part != OTHER]
    if streets:
        return any(part in streets for part in parts)
    return any(rest.startswith(part) for part in parts)


def _holds_number(note: str, *, rest: str, is_chome: bool) -> bool:
    found = (_CHOME.match(rest) if is_chome else None) or _FIRST_NUMBER.match(rest)
    if found is None:
        return False
    number = int(found[1][:9])
    for part in re.sub(r"[^0-9〜、]", "", note).split("、"):
        low, _, high = part.partition("〜")
        if low and int(low) <= number <= int(high or low):
            return True
    return False
