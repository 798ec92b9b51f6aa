"""Read the plain spellings of many values at once; null means "not plain: ask the parser"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.landing.canonical import ColumnType
from orchestration.landing.dates import FIRST_DATE, DateRules
from orchestration.landing.distinct import FastRead
from orchestration.landing.money import count_decimals
from orchestration.landing.text_arrays import NULL, build_nulls

_POSITIVE: Final = "^[1-9][0-9]{0,11}$"
_NOT_NEGATIVE: Final = "^(?:0|[1-9][0-9]{0,11})$"
_ID: Final = "^(?:#[0-9]|[0-9A-Za-z_.:-])[0-9A-Za-z_./:-]*$"
_PATTERNS: Final[dict[str, str]] = {
    "id": _ID,
    "quantity": _POSITIVE,
    "count": _NOT_NEGATIVE,
    "integer": _NOT_NEGATIVE,
}
_NAIVE: Final = r"^[12]\d{3}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)?$"
_ZONED: Final = r"^[12]\d{3}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$"
_FRACTION: Final = r"\.\d+"  # seconds are what lands
_DAY: Final = r"^[12]\d{3}-\d{2}-\d{2}$"
_UTC_SECONDS: Final = pa.timestamp("s", tz="UTC")

# Bytes that ask for a closer look at an id: blanks and controls, the signs of broken numbers and
# of spreadsheet errors (+ ! #), and the lead bytes of every non-ASCII blank in UTF-8.
_ASKS: Final = np.zeros(256, dtype=bool)
_ASKS[:0x21] = True
_ASKS[[0x21, 0x23, 0x2B, 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF]] = True


def is_plain(texts: pa.StringArray) -> bool:
    """Tell from the bytes alone that no value of a column needs trimming or a closer look.

    An empty text does: it is no value.
    """
    if texts.null_count == len(texts):
        return True
    _, offsets, data = texts.buffers()
    if offsets is None or data is None:
        return False
    ends = np.frombuffer(memoryview(offsets), dtype=np.int32)
    ends = ends[texts.offset : texts.offset + len(texts) + 1]
    if _ASKS[np.frombuffer(memoryview(data), dtype=np.uint8)[ends[0] : ends[-1]]].any():
        return False
    return bool(np.count_nonzero(np.diff(ends) == 0) <= texts.null_count)


def build_fast_read(
    column_type: ColumnType, *, currency: str, rules: DateRules, decimal_mark: str
) -> FastRead | None:
    """Choose the fast reader of a column type; None where there is none.

    Parameters
    ----------
    column_type : ColumnType
    currency : str
        ISO 4217 code of the shop.
    rules : DateRules
    decimal_mark : {".", ","}
    """
    if column_type in _PATTERNS:
        return partial(_keep_matching, pattern=_PATTERNS[column_type])
    if column_type in {"money", "signed_money"} and decimal_mark == ".":
        return partial(_read_money, decimals=count_decimals(currency))
    if rules.epoch is None and column_type in {"timestamp", "date"}:
        read = _read_timestamps if column_type == "timestamp" else _read_dates
        return partial(read, rules=rules)
    return None


def _keep_matching(texts: pa.StringArray, *, pattern: str) -> pa.StringArray:
    is_match = pc.match_substring_regex(texts, pattern)
    return cast("pa.StringArray", pc.if_else(is_match, texts, NULL))


def _read_money(texts: pa.StringArray, *, decimals: int) -> pa.StringArray:
    if decimals == 0:
        return _keep_matching(texts, pattern=_NOT_NEGATIVE)
    pattern = rf"^(?:0|[1-9][0-9]{{0,8}})\.[0-9]{{{decimals}}}$"
    plain = _keep_matching(texts, pattern=pattern)
    minor = pc.replace_substring(plain, pattern=".", replacement="")
    return cast("pa.StringArray", minor.cast(pa.int64()).cast(pa.string()))


def _read_timestamps(texts: pa.StringArray, *, rules: DateRules) -> pa.StringArray:
    naive = _read_utc(texts, pattern=_NAIVE, rules=rules)
    if not naive.null_count:
        return naive
    zoned = _read_utc(texts, pattern=_ZONED, rules=rules)
    return pc.coalesce(naive, zoned)


def _read_utc(texts: pa.StringArray, *, pattern: str, rules: DateRules) -> pa.StringArray:
    matching = _keep_matching(texts, pattern=pattern)
    if matching.null_count == len(matching):
        return matching
    matching = pc.replace_substring_regex(matching, pattern=_FRACTION, replacement="")
    try:
        if pattern == _ZONED:
            moments = matching.cast(_UTC_SECONDS).cast(pa.timestamp("s"))
        else:
            local = pc.assume_timezone(
                matching.cast(pa.timestamp("s")),
                timezone=rules.time_zone.key,
                ambiguous="earliest",
                nonexistent="raise",
            )
            moments = local.cast(pa.timestamp("s"))
    except pa.ArrowInvalid:  # 30 February, 24:30, a skipped hour: let the parser find which
        return build_nulls(len(texts))
    # A day's margin keeps the limits, which are days of the shop, out of the zone's arithmetic.
    first = pa.scalar(_to_moment(FIRST_DATE + timedelta(days=1)), pa.timestamp("s"))
    last = pa.scalar(_to_moment(rules.latest - timedelta(days=1)), pa.timestamp("s"))
    is_inside = pc.and_(pc.greater_equal(moments, first), pc.less(moments, last))
    return cast("pa.StringArray", pc.if_else(is_inside, moments.cast(pa.string()), NULL))


def _read_dates(texts: pa.StringArray, *, rules: DateRules) -> pa.StringArray:
    matching = _keep_matching(texts, pattern=_DAY)
    try:
        days = matching.cast(pa.date32())
    except pa.ArrowInvalid:
        return build_nulls(len(texts))
    is_inside = pc.and_(
        pc.greater_equal(days, pa.scalar(FIRST_DATE, pa.date32())),
        pc.less_equal(days, pa.scalar(rules.latest, pa.date32())),
    )
    return cast("pa.StringArray", pc.if_else(is_inside, matching, NULL))


def _to_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001
