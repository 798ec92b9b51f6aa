"""What follows a return: money on its rail, or a replacement on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.delivering import NEVER
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders
from orchestration.demo.returning import (
    CREDIT,
    EXCHANGE,
    LARGE,
    SMALL,
    MonthOfReturns,
)

METHODS: Final = ("original_payment", "deferred_cancel", "bank_transfer", "wallet", "credit")
CREDIT_METHOD: Final = 4
# Payment method index (words.PAYMENTS) to refund method index.
METHOD_OF_PAYMENT: Final = np.array([0, 1, 2, 3, 2])
PAYING_DAYS: Final = np.array([3.0, 1.0, 10.0, 0.1, 0.05])  # mean days from start to payment
FEES: Final = np.array([0, 0, 220, 100, 0])  # yen
FAILED_SHARE: Final = 0.03  # of bank transfers: wrong account
AGAIN_SHARE: Final = 0.08  # of replacements that come back as well
X_GRADE: Final = 3


@dataclass(frozen=True)
class MonthOfSettlements:
    """Refunds and exchanges of a month's returns.

    Attributes
    ----------
    refunded : Ints of shape (n_refunds,)
        Index of the return.
    method, amount, fee, initiated_at, paid_at, failed_at : Ints of shape (n_refunds,)
    exchanged : Ints of shape (n_exchanges,)
        Index of the return.
    replacement_sku, shipped_at, delivered_at : Ints of shape (n_exchanges,)
    is_returned_again : Bools of shape (n_exchanges,)
    """

    refunded: Ints
    method: Ints
    amount: Ints
    fee: Ints
    initiated_at: Ints
    paid_at: Ints
    failed_at: Ints
    exchanged: Ints
    replacement_sku: Ints
    shipped_at: Ints
    delivered_at: Ints
    is_returned_again: Bools


def compute_net(orders: MonthOfOrders) -> Ints:
    """Compute each line's share of what the customer paid for the goods, rounded down.

    Returns
    -------
    Ints of shape (n_lines,)
        Yen.
    """
    order = orders.order_of_line
    gross = orders.unit_price * orders.quantity
    kept = orders.subtotal - orders.discount - orders.points
    return np.asarray(gross * kept[order] // np.maximum(orders.subtotal[order], 1))


def draw_settlements(
    catalogue: Catalogue,
    orders: MonthOfOrders,
    returns: MonthOfReturns,
    *,
    rng: np.random.Generator,
) -> MonthOfSettlements:
    """Draw refunds and exchanges; a return that never arrives gets neither."""
    has_arrived = returns.graded_at < NEVER
    is_exchange = has_arrived & (returns.resolution == EXCHANGE) & (returns.grade < X_GRADE)
    exchanged = np.flatnonzero(is_exchange)
    refunds = draw_refunds(
        orders, returns, refunded=np.flatnonzero(has_arrived & ~is_exchange), rng=rng
    )
    shipped = returns.graded_at[exchanged] + rng.integers(3600, DAY, len(exchanged))
    return MonthOfSettlements(
        **refunds,
        exchanged=exchanged,
        replacement_sku=choose_replacements(catalogue, orders, returns, exchanged=exchanged),
        shipped_at=shipped,
        delivered_at=shipped + rng.integers(DAY, 3 * DAY, len(exchanged)),
        is_returned_again=rng.random(len(exchanged)) < AGAIN_SHARE,
    )


def draw_refunds(
    orders: MonthOfOrders, returns: MonthOfReturns, *, refunded: Ints, rng: np.random.Generator
) -> dict[str, Ints]:
    """Draw the refunds of some returns, by the fields of ``MonthOfSettlements``."""
    line = returns.line[refunded]
    method = np.where(
        returns.resolution[refunded] == CREDIT,
        CREDIT_METHOD,
        METHOD_OF_PAYMENT[orders.payment[orders.order_of_line[line]]],
    )
    initiated = returns.graded_at[refunded] + rng.integers(600, 2 * DAY, len(refunded))
    paid = initiated + (rng.exponential(PAYING_DAYS[method]) * DAY).astype(np.int64)
    is_failed = (METHODS.index("bank_transfer") == method) & (
        rng.random(len(refunded)) < FAILED_SHARE
    )
    return {
        "refunded": refunded,
        "method": method,
        "amount": compute_net(orders)[line] * returns.quantity[refunded] // orders.quantity[line],
        "fee": FEES[method],
        "initiated_at": initiated,
        "paid_at": np.where(is_failed, NEVER, paid),
        "failed_at": np.where(is_failed, paid, NEVER),
    }


def choose_replacements(
    catalogue: Catalogue, orders: MonthOfOrders, returns: MonthOfReturns, *, exchanged: Ints
) -> Ints:
    """Choose the next size in the reason's direction, else the same size in another colour."""
    sku = orders.sku[returns.line[exchanged]]
    style, size = catalogue.sku_style[sku], catalogue.sku_size[sku]
    colour, sizes = catalogue.sku_colour[sku], catalogue.size_count[style]
    reason = returns.reason[exchanged]
    step = np.where(reason == SMALL, 1, np.where(reason == LARGE, -1, 0))
    other_size = np.clip(size + step, 0, sizes - 1)
    other_colour = (colour + 1) % catalogue.colour_count[style]
    stays = other_size == size
    return np.asarray(
        catalogue.first_sku[style]
        + np.where(stays, other_colour, colour) * sizes
        + np.where(stays, size, other_size)
    )
