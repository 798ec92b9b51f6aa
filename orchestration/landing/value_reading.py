"""Build, for one column of a mapping, the function that reads a source value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, Literal
from zoneinfo import ZoneInfo

from models_ml.reasons.redact import Redactor
from orchestration.landing.canonical import Column
from orchestration.landing.customers import hash_customer
from orchestration.landing.dates import DateOrder, DateRules, parse_date, parse_timestamp
from orchestration.landing.distinct import FastRead, Read
from orchestration.landing.expressions import Changes
from orchestration.landing.fast_reading import build_fast_read
from orchestration.landing.money import parse_money
from orchestration.landing.refusals import Parsed, Refused, fold, trim
from orchestration.landing.values import (
    build_code_words,
    divide_by_hundred,
    negate,
    parse_boolean,
    parse_centimetres,
    parse_code,
    parse_id,
    parse_number,
    parse_quantity,
    parse_share,
    parse_whole,
)

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class ReadingSettings:
    """What of the shop and of the mapping decides how values are read.

    Attributes
    ----------
    time_zone : ZoneInfo
    latest : date
    date_order : {"ymd", "dmy", "mdy"}
    currency : str
    decimal_mark : {".", ","}
    hash_key : bytes
    """

    time_zone: ZoneInfo
    latest: date
    date_order: DateOrder
    currency: str
    decimal_mark: Literal[".", ","]
    hash_key: bytes

    def build_date_rules(self, changes: Changes) -> DateRules:
        """Return the rules of a date column with these changes."""
        return DateRules(
            time_zone=self.time_zone,
            latest=self.latest,
            order=self.date_order,
            epoch=changes.epoch,
        )


def build_read(column: Column, *, changes: Changes, settings: ReadingSettings) -> Read:
    """Build the reader of a canonical column.

    Parameters
    ----------
    column : Column
    changes : Changes
        Applied before the value is read as the column's type.
    settings : ReadingSettings

    Returns
    -------
    callable
        Source text to canonical text, None for no value, or ``Refused``.
    """
    parse = _build_parser(column, changes=changes, settings=settings)
    if changes.is_empty:
        return lambda text: ((trimmed := trim(text)) and parse(trimmed)) or None

    def read(text: str) -> Parsed | None:
        if changes.unknown and fold(text) in changes.unknown:
            return UNKNOWN
        changed = change_text(text, changes=changes)
        return None if changed is None else parse(changed) or None

    return read


def build_fast(column: Column, *, changes: Changes, settings: ReadingSettings) -> FastRead | None:
    """Build the reader of many plain values; None where the column's values are changed first."""
    if not replace(changes, epoch=None).is_empty:
        return None
    return build_fast_read(
        column.type,
        currency=settings.currency,
        rules=settings.build_date_rules(changes),
        decimal_mark=settings.decimal_mark,
    )


def change_text(text: str, *, changes: Changes) -> str | None:
    """Apply the changes that are made to text; None means no value.

    Examples
    --------
    >>> change_text("S ", changes=Changes(values={"S": "small"}))
    'small'
    """
    trimmed = trim(text)
    if not trimmed or (changes.none and fold(trimmed) in changes.none):
        return None
    if changes.is_empty:
        return trimmed
    if changes.extract is not None:
        match = changes.extract.search(trimmed)
        if match is None:
            return None
        trimmed = trim((match[1] if match.re.groups else match[0]) or "")
    if changes.case is not None:
        trimmed = trimmed.upper() if changes.case == "upper" else trimmed.lower()
    if changes.pad and trimmed.isascii() and trimmed.isdigit():
        trimmed = trimmed.zfill(changes.pad)
    trimmed = changes.values.get(fold(trimmed), trimmed)
    if changes.is_negated and trimmed:
        trimmed = negate(trimmed)
    if changes.is_percent:
        trimmed = divide_by_hundred(trimmed)
    return trimmed or None


def _build_parser(
    column: Column, *, changes: Changes, settings: ReadingSettings
) -> Callable[[str], Parsed]:
    rules = settings.build_date_rules(changes)
    money = partial(parse_money, currency=settings.currency, decimal_mark=settings.decimal_mark)
    parsers: dict[str, Callable[[str], Parsed]] = {
        "id": parse_id,
        "text": trim,
        "address": trim,
        "free_text": Redactor().redact,
        "customer": partial(_read_customer, key=settings.hash_key),
        "code": partial(parse_code, words=build_code_words(column.values)),
        "quantity": parse_quantity,
        "count": partial(parse_whole, is_signed=False),
        "integer": partial(parse_whole, is_signed=True),
        "money": money,
        "signed_money": partial(money, is_signed=True),
        "number": parse_number,
        "centimetres": parse_centimetres,
        "share": parse_share,
        "boolean": parse_boolean,
        "timestamp": partial(parse_timestamp, rules=rules),
        "date": partial(parse_date, rules=rules),
    }
    return parsers[column.type]


def _read_customer(text: str, *, key: bytes) -> Parsed:
    checked = parse_id(text)
    return checked if isinstance(checked, Refused) else hash_customer(checked, key=key)
