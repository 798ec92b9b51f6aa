"""Parse what a mapping file says about one canonical column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, cast

from orchestration.landing.canonical import Column
from orchestration.landing.dates import EpochUnit
from orchestration.landing.expressions import (
    Changes,
    Concat,
    Constant,
    Expression,
    FirstFilled,
    From,
    Identify,
    Join,
    Number,
    Source,
    list_parts,
)
from orchestration.landing.mapping_places import Place
from orchestration.landing.refusals import fold

SOURCE_OPTIONS: Final = (
    "from",
    "join",
    "concat",
    "first_filled",
    "constant",
    "identify",
    "number",
)
_COMPANIONS: Final = {"from": ("else",), "join": ("with",), "concat": ("with",)}
CHANGE_OPTIONS: Final = (
    "none",
    "unknown",
    "extract",
    "case",
    "pad",
    "values",
    "negate",
    "percent",
    "epoch",
)
_NUMERIC_TYPES: Final = frozenset(
    {"quantity", "count", "integer", "money", "signed_money", "number"}
)
UNKNOWN: Final = "unknown"


def parse_expression(place: Place) -> Expression:
    """Parse an expression: a header, a list of headers, or a map with exactly one source.

    Parameters
    ----------
    place : Place

    Returns
    -------
    Expression

    Raises
    ------
    MappingError
        If an option is unknown, no source or more than one is named, or a value is of no use.
    """
    if not isinstance(place.node, dict):
        return Expression(From(place.read_texts()))
    known = (*SOURCE_OPTIONS, "else", "with", *CHANGE_OPTIONS)
    options = place.read_options(known)
    sources = [name for name in SOURCE_OPTIONS if name in options]
    if len(sources) != 1:
        found = " + ".join(sources) or ", ".join(options) or "-"
        place.refuse("mapping_bad_value", found=found, expected=" | ".join(SOURCE_OPTIONS))
    allowed = (*sources, *_COMPANIONS.get(sources[0], ()), *CHANGE_OPTIONS)
    place.read_options(allowed)
    return Expression(_parse_source(sources[0], options), _parse_changes(options))


def parse_column_expression(place: Place, *, column: Column) -> Expression:
    """Parse an expression for one canonical column, and refuse changes its type cannot have.

    Raises
    ------
    MappingError
        As ``parse_expression``; also if a change does not fit the column's type.
    """
    expression = parse_expression(place)
    is_unknown = expression.source == Constant(UNKNOWN)
    if is_unknown and column.type == "timestamp":
        return Expression(expression.source, Changes(unknown=frozenset({UNKNOWN})))
    changes = expression.changes
    fits = {
        "unknown": not changes.unknown or column.type == "timestamp",
        "negate": not changes.is_negated or column.type in _NUMERIC_TYPES,
        "percent": not changes.is_percent or column.type == "share",
        "epoch": changes.epoch is None or column.type in {"timestamp", "date"},
    }
    for option, does_fit in fits.items():
        if not does_fit:
            place.refuse("mapping_option_of_other_type", found=option, type=column.type)
    for part in list_parts(expression):
        if part.changes.unknown or part.changes.epoch:
            place.refuse("mapping_option_of_other_type", found="unknown, epoch", type="part")
    return expression


def _parse_source(name: str, options: Mapping[str, Place]) -> Source:
    place = options[name]
    if name == "from":
        otherwise = parse_expression(options["else"]) if "else" in options else None
        return From(place.read_texts(), otherwise)
    if name == "constant":
        return Constant(place.read_text())
    if name == "number":
        within = place.read_options(("within",), needed=("within",))["within"]
        return Number(_parse_parts(within))
    parts = _parse_parts(place)
    if name == "identify":
        return Identify(parts)
    if name == "first_filled":
        return FirstFilled(parts)
    separator = str(options["with"].node) if "with" in options else ""
    return Join(parts, separator) if name == "join" else Concat(parts, separator or " / ")


def _parse_parts(place: Place) -> tuple[Expression, ...]:
    return tuple(parse_expression(part) for part in place.read_list())


def _parse_changes(options: Mapping[str, Place]) -> Changes:
    values: dict[str, str] = {}
    if "values" in options:
        pairs = options["values"].read_map()
        values = {fold(found): place.read_text() for found, place in pairs.items()}
    case = options["case"].read_choice(("upper", "lower")) if "case" in options else None
    epoch = (
        options["epoch"].read_choice(("seconds", "milliseconds")) if "epoch" in options else None
    )
    return Changes(
        none=_parse_words(options, "none"),
        unknown=_parse_words(options, "unknown"),
        extract=options["extract"].read_pattern() if "extract" in options else None,
        case=cast("Literal['upper', 'lower'] | None", case),
        pad=options["pad"].read_whole() if "pad" in options else 0,
        values=values,
        is_negated="negate" in options and options["negate"].read_flag(),
        is_percent="percent" in options and options["percent"].read_flag(),
        epoch=cast("EpochUnit | None", epoch),
    )


def _parse_words(options: Mapping[str, Place], name: str) -> frozenset[str]:
    if name not in options:
        return frozenset()
    return frozenset(fold(word) for word in options[name].read_texts())
