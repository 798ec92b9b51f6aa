"""Encodings that a mapping may declare."""

from __future__ import annotations

import codecs
from typing import Final

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileRefusedError, Problem

_LINE_BY_LINE: Final = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "euc_jp": "euc_jp",
    "iso8859-1": "iso8859-1",
    "cp1252": "cp1252",
    "ascii": "ascii",
}
# A byte of these may look like a line end or a delimiter: they are turned into UTF-8 as they come.
_AS_A_STREAM: Final = frozenset({"utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"})


def find_line_encoding(declared: str | None) -> str | None:
    """Name the codec of the lines of a file, after ``find_stream_encoding`` has done its part.

    Parameters
    ----------
    declared : str or None
        As the mapping spells it.

    Returns
    -------
    str or None
        None where nothing is declared.

    Raises
    ------
    FileRefusedError
        ``encoding_unsupported``.
    """
    if declared is None:
        return None
    name = _find_codec(declared)
    return "utf-8" if name in _AS_A_STREAM else _LINE_BY_LINE[name]


def find_stream_encoding(declared: str | None) -> str | None:
    """Name the codec that the whole stream passes before it has lines; None for most encodings.

    Raises
    ------
    FileRefusedError
        ``encoding_unsupported``.
    """
    if declared is None:
        return None
    name = _find_codec(declared)
    return name if name in _AS_A_STREAM else None


def _find_codec(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if name not in _LINE_BY_LINE and name not in _AS_A_STREAM:
        problem = Problem(rules.ENCODING_UNSUPPORTED, parameters={"encoding": declared})
        raise FileRefusedError(problem)
    return name
