"""The only way a name gets into SQL text; values travel as parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Template
from typing import Final

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def quote_name(name: str) -> str:
    """Quote an identifier after checking that it is a plain lower-case name.

    Parameters
    ----------
    name : str
        From an allow-list: the canonical model or a catalogue.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the name holds anything but a-z, 0-9 and _, or begins otherwise than with a letter.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"not a plain name: {name!r}")
    return f'"{name}"'


def compose(statement: str, **names: str | Iterable[str]) -> str:
    """Put quoted names into the ``$places`` of a statement.

    Parameters
    ----------
    statement : str
        SQL with ``$name`` where an identifier, or a list of them, belongs.
    **names : str or iterable of str
        One identifier, or several to be joined with commas.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If an identifier is no plain name.
    """
    quoted = {
        place: quote_name(value)
        if isinstance(value, str)
        else ", ".join(quote_name(one) for one in value)
        for place, value in names.items()
    }
    return Template(statement).substitute(quoted)
