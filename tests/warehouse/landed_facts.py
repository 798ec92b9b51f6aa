"""The few words that every oracle reads landed text with: days, payments, rounding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from tests.warehouse.landed_shop import Row

TOKYO = ZoneInfo("Asia/Tokyo")
UTC = ZoneInfo("UTC")
AS_OF = date(2026, 10, 31)
ARRIVED = ("delivered", "delivered_unknown_day")
UNKNOWN = "unknown"
Record = dict[str, Any]


def to_day(moment: str | None) -> date | None:
    """The shop's day of a landed time; None for none and for the word unknown."""
    if moment is None or moment == UNKNOWN:
        return None
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(TOKYO).date()


def is_known(moment: str | None) -> bool:
    """Whether something had happened by the end of the as-of day."""
    day = to_day(moment)
    return moment == UNKNOWN or (day is not None and day <= AS_OF)


def was_paid(refund: Row) -> bool:
    """Paid by the as-of day, and not failed after that; what is begun later is not paid yet."""
    paid, failed = refund.get("paid_at"), refund.get("failed_at")
    if not is_known(paid) or (paid == UNKNOWN and not is_known(refund["initiated_at"])):
        return False
    return not is_known(failed) or (UNKNOWN not in (paid, failed) and str(paid) > str(failed))


def round_half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def spread(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split an amount by largest remainder; ties by key."""
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    total = sum(weights.values())
    shares = {key: Fraction(amount * weight, total) for key, weight in weights.items()}
    result = {key: floor(share) for key, share in shares.items()}
    ranked = sorted(shares, key=lambda key: (floor(shares[key]) - shares[key], key))
    for key in ranked[: amount - sum(result.values())]:
        result[key] += 1
    return result


def grade_of(receipt: Row) -> str | None:
    """The grade of an arrival, if it was given by the as-of day."""
    graded = receipt.get("graded_at")
    return receipt.get("grade") if graded is None or is_known(graded) else None


def was_begun(refund: Row) -> bool:
    """Begun by the as-of day; what is begun later was not paid before, on whatever unknown day."""
    ends = [refund.get("paid_at"), refund.get("failed_at")]
    return is_known(refund["initiated_at"]) or any(is_known(end) and end != UNKNOWN for end in ends)
