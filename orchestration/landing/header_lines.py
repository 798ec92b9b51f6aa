"""Name the columns of a file by its header."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileRefusedError, Problem, ReadOptions
from orchestration.landing.refusals import fold, fold_name


def fold_header(name: str) -> str:
    r"""Bring a header to one width, without line breaks and doubled spaces.

    Examples
    --------
    >>> fold_header("Ｏｒｄｅｒ\n  ID ")
    'Order ID'
    """
    return " ".join(fold(name).split())


def fold_headers(names: Sequence[str], *, line: int | None) -> tuple[str, ...]:
    """Fold the names of a header.

    Parameters
    ----------
    names : sequence of str
        As the file spells them.
    line : int or None
        For the message.

    Returns
    -------
    tuple of str

    Raises
    ------
    FileRefusedError
        ``too_many_columns``.
    """
    if len(names) > rules.MAX_COLUMNS:
        parameters = {"limit": f"{rules.MAX_COLUMNS:,}"}
        raise FileRefusedError(Problem(rules.TOO_MANY_COLUMNS, line=line, parameters=parameters))
    return tuple(fold_header(name) for name in names)


def name_columns(
    header: Sequence[str], *, options: ReadOptions, line: int | None
) -> tuple[str, ...]:
    """Give every column a name of its own.

    A name that occurs twice refuses the file, since nobody can say which column is meant; where
    the mapping says which headers it reads, only if it reads that one. Otherwise the later
    column is called ``name (2)``, and a column without a name ``(3)`` by its place.

    Parameters
    ----------
    header : sequence of str
        Folded.
    options : ReadOptions
    line : int or None

    Returns
    -------
    tuple of str
        As many, all different.

    Raises
    ------
    FileRefusedError
        ``duplicate_header``.
    """
    mapped = None
    if options.mapped_headers is not None:
        mapped = {fold_name(name) for name in options.mapped_headers}
    taken = set(header) | {""}
    seen: set[str] = set()
    names: list[str] = []
    for place, name in enumerate(header, start=1):
        own = name
        if name in seen or not name:
            if name and (mapped is None or fold_name(name) in mapped):
                raise FileRefusedError(Problem(rules.DUPLICATE_HEADER, line=line, column=name))
            numbered = (f"{name} ({n})".strip() for n in count(2 if name else place))
            own = next(candidate for candidate in numbered if candidate not in taken)
            taken.add(own)
        seen.add(own)
        names.append(own)
    return tuple(names)
