"""What becomes of a month's parcels: shipped, delivered, brought back, on their way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from orchestration.demo.catalogue import Ints
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders

SPLIT_SHARE: Final = 0.03  # orders of two and more lines that go in two parcels
BRING_BACK_SHARE: Final = 0.006
ABSENT_SHARE: Final = 0.06  # first attempt fails, redelivered the next day
NEVER: Final = np.int64(2**62)  # seconds: does not happen


@dataclass(frozen=True)
class MonthOfParcels:
    """First parcels by order, second parcels by split order, delivery by line.

    Attributes
    ----------
    shipped_at, delivered_at : Ints of shape (n_orders,)
        Seconds; ``NEVER`` where it does not happen.
    is_brought_back, is_address_fault, is_absent : Bools of shape (n_orders,)
    is_split : Bools of shape (n_orders,)
    second_shipped_at, second_delivered_at : Ints of shape (n_orders,)
    is_second : Bools of shape (n_lines,)
        The line travels in the second parcel.
    line_delivered_at : Ints of shape (n_lines,)
    freight : Ints of shape (n_orders,)
        Yen.
    """

    shipped_at: Ints
    delivered_at: Ints
    is_brought_back: Bools
    is_address_fault: Bools
    is_absent: Bools
    is_split: Bools
    second_shipped_at: Ints
    second_delivered_at: Ints
    is_second: Bools
    line_delivered_at: Ints
    freight: Ints


def draw_parcels(
    orders: MonthOfOrders, *, has_address_fault: Bools, rng: np.random.Generator
) -> MonthOfParcels:
    """Draw what becomes of the parcels.

    Parameters
    ----------
    orders : MonthOfOrders
    has_address_fault : Bools of shape (n_orders,)
        Planted: such parcels are brought back half of the time.
    rng : Generator
    """
    count = len(orders.ordered_at)
    shipped = orders.ordered_at + rng.integers(4 * 3600, 2 * DAY, count)
    travel = rng.choice([1, 2, 3, 4], count, p=[0.45, 0.35, 0.15, 0.05]) * DAY
    is_absent = rng.random(count) < ABSENT_SHARE
    delivered = (
        shipped + travel + np.where(is_absent, DAY, 0) + rng.integers(-3600, 5 * 3600, count)
    )
    is_fault = has_address_fault & (rng.random(count) < 0.5)  # noqa: PLR2004
    is_back = (rng.random(count) < BRING_BACK_SHARE) | is_fault
    shipped = np.where(orders.is_cancelled, NEVER, shipped)
    delivered = np.where(orders.is_cancelled | is_back, NEVER, delivered)
    lines_of_order = np.bincount(orders.order_of_line, minlength=count)
    is_split = (lines_of_order > 1) & (rng.random(count) < SPLIT_SHARE) & ~orders.is_cancelled
    is_split &= ~is_back
    last_of_order = np.append(orders.order_of_line[1:] != orders.order_of_line[:-1], True)
    is_second = is_split[orders.order_of_line] & last_of_order
    second_shipped = np.where(is_split, shipped + 2 * DAY, NEVER)
    second_delivered = np.where(is_split, delivered + 2 * DAY, NEVER)
    return MonthOfParcels(
        shipped_at=shipped,
        delivered_at=delivered,
        is_brought_back=is_back & ~orders.is_cancelled,
        is_address_fault=is_fault & ~orders.is_cancelled,
        is_absent=is_absent & ~orders.is_cancelled & ~is_back,
        is_split=is_split,
        second_shipped_at=second_shipped,
        second_delivered_at=second_delivered,
        is_second=is_second,
        line_delivered_at=np.where(
            is_second,
            second_delivered[orders.order_of_line],
            delivered[orders.order_of_line],
        ),
        freight=rng.choice([520, 680, 850], count),
    )
