"""What a file's name says: its canonical entity, and the day it was made."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

_CANONICAL: Final = r"(?P<entity>{entities})(?:[-_].*)?\.(?:(?:csv|tsv|jsonl)(?:\.gz)?|parquet)"
_DIGITS: Final = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}


def find_entity(file_name: str, *, entities: Iterable[str]) -> str | None:
    """Find the canonical entity that a file's name begins with; the longest name wins.

    Examples
    --------
    >>> find_entity("Order_Lines_2026.csv.gz", entities=["orders", "order_lines"])
    'order_lines'
    >>> find_entity("ordersheet.csv", entities=["orders"]) is None
    True
    """
    names = sorted(entities, key=len, reverse=True)
    pattern = _CANONICAL.format(entities="|".join(map(re.escape, names)))
    match = re.fullmatch(pattern, file_name.lower(), flags=re.DOTALL)
    return match["entity"] if match else None


def matches_glob(file_name: str, *, globs: tuple[str, ...]) -> bool:
    """Tell whether a name fits any of the globs, case ignored."""
    return any(fnmatch.fnmatchcase(file_name.lower(), glob.lower()) for glob in globs)


def parse_file_moment(file_name: str, *, template: str) -> datetime | None:
    """Read the moment a file's name carries.

    Parameters
    ----------
    file_name : str
    template : str
        Of ``%Y %m %d %H %M %S`` and literal text; may stand anywhere in the name.

    Returns
    -------
    datetime or None
        Naive; None if the name carries no such moment.

    Examples
    --------
    >>> parse_file_moment("returns-20260105.csv", template="%Y%m%d")
    datetime.datetime(2026, 1, 5, 0, 0)
    """
    parts = re.split(r"%([YmdHMS])", template)
    pattern = "".join(
        rf"(\d{{{_DIGITS[part]}}})" if number % 2 else re.escape(part)
        for number, part in enumerate(parts)
    )
    letters = parts[1::2]
    for match in re.finditer(rf"(?<!\d){pattern}(?!\d)", file_name):
        try:
            text = " ".join(match.groups())
            return datetime.strptime(text, " ".join(f"%{letter}" for letter in letters))  # noqa: DTZ007
        except ValueError:
            continue
    return None
