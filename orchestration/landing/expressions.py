"""What a mapping says about one canonical column: where its value comes from, how it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from orchestration.landing.dates import EpochUnit
from orchestration.landing.header_names import HeaderIndex


@dataclass(frozen=True)
class Changes:
    """What happens to a source value before it is read as its canonical type, in this order.

    Attributes
    ----------
    none : frozenset of str
        Folded values that mean "no value".
    unknown : frozenset of str
        (timestamp) folded values that mean "it happened, on a day nobody recorded".
    extract : re.Pattern or None
        The first group (else the whole match) is kept; no match is no value.
    case : {"upper", "lower"} or None
    pad : int
        Numbers shorter than this get zeros in front: a spreadsheet has eaten them.
    values : mapping of str to str
        Folded value to its replacement; a value not named stays.
    is_negated, is_percent : bool
    epoch : {"seconds", "milliseconds"} or None
    """

    none: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    extract: re.Pattern[str] | None = None
    case: Literal["upper", "lower"] | None = None
    pad: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    is_negated: bool = False
    is_percent: bool = False
    epoch: EpochUnit | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether values pass through as they are."""
        return self == Changes()


@dataclass(frozen=True)
class From:
    """The value of the first of these headers that the file has, else another expression."""

    headers: tuple[str, ...]
    otherwise: Expression | None = None


@dataclass(frozen=True)
class Join:
    """All parts with a separator; no value where a part has none."""

    parts: tuple[Expression, ...]
    separator: str


@dataclass(frozen=True)
class Concat:
    """Those parts that have a value, with a separator."""

    parts: tuple[Expression, ...]
    separator: str


@dataclass(frozen=True)
class FirstFilled:
    """The first part that has a value."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Constant:
    """The same value in every record."""

    text: str


@dataclass(frozen=True)
class Identify:
    """A hash of the parts and the number of this occurrence of them within the file."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Number:
    """The running number, from 1, of the record among those of the file with the same parts."""

    within: tuple[Expression, ...]


Source = From | Join | Concat | FirstFilled | Constant | Identify | Number


@dataclass(frozen=True)
class Expression:
    """A source and what happens to its values."""

    source: Source
    changes: Changes = Changes()


def list_parts(expression: Expression) -> tuple[Expression, ...]:
    """List the expressions that stand directly inside another one."""
    source = expression.source
    if isinstance(source, Join | Concat | FirstFilled | Identify):
        return source.parts
    if isinstance(source, Number):
        return source.within
    if isinstance(source, From) and source.otherwise is not None:
        return (source.otherwise,)
    return ()


def iterate_expressions(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything inside it."""
    yield expression
    for part in list_parts(expression):
        yield from iterate_expressions(part)


def find_headers(expression: Expression, *, index: HeaderIndex) -> tuple[str, ...]:
    """Find the headers of a file that feed an expression, as the file spells them."""
    source = expression.source
    if isinstance(source, From):
        found = index.find(source.headers)
        if found is not None:
            return (found,)
    inner = (find_headers(part, index=index) for part in list_parts(expression))
    return tuple(dict.fromkeys(name for names in inner for name in names))


def find_missing(expression: Expression, *, index: HeaderIndex) -> tuple[str, ...]:
    """Find what a file lacks so that the expression could have a value.

    Returns
    -------
    tuple of str
        One entry per missing header, its alternatives joined with `` / ``; empty if none lacks.
    """
    source = expression.source
    if isinstance(source, From):
        if index.find(source.headers) is not None:
            return ()
        if source.otherwise is not None and not find_missing(source.otherwise, index=index):
            return ()
        return (" / ".join(source.headers),)
    missing = [find_missing(part, index=index) for part in list_parts(expression)]
    if isinstance(source, Concat | FirstFilled):
        alternatives = dict.fromkeys(name for names in missing for name in names)
        return (" / ".join(alternatives),) if missing and all(missing) else ()
    return tuple(dict.fromkeys(name for names in missing for name in names))
