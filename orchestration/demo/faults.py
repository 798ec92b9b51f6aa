"""What is wrong with a style for some of its sales alone: certain customers, or one lot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.demo.catalogue import Catalogue, Floats, Ints
from orchestration.demo.failing import FAILING_EXTRA, Failing, draw_failing
from orchestration.demo.lots import Lots, draw_lots
from orchestration.demo.ordering import Bools, MonthOfOrders


@dataclass(frozen=True)
class Faults:
    """Faults of parts of styles; a style has one at most.

    Attributes
    ----------
    failing : Failing
    lots : Lots
    """

    failing: Failing
    lots: Lots

    @property
    def direction(self) -> Ints:
        """Return -1 where the part runs small, 1 large, by style."""
        return np.asarray(self.failing.direction + self.lots.direction)

    @property
    def zone(self) -> list[str]:
        """Return the part of the garment, by style."""
        return [one or other for one, other in zip(self.failing.zone, self.lots.zone, strict=True)]

    def find(self, catalogue: Catalogue, orders: MonthOfOrders) -> Bools:
        """Find the lines that a fault afflicts."""
        style = catalogue.sku_style[orders.sku]
        customer = orders.customer[orders.order_of_line]
        ordered_at = orders.ordered_at[orders.order_of_line]
        return np.asarray(self.failing.find(style, customer) | self.lots.find(style, ordered_at))

    def count(self, catalogue: Catalogue, orders: MonthOfOrders) -> Ints:
        """Count by SKU: units, lines that are no pair, and those of them that are afflicted."""
        skus = len(catalogue.skus)
        single = ~orders.is_bracket
        return np.array(
            [
                np.bincount(orders.sku, orders.quantity, skus),
                np.bincount(orders.sku, single, skus),
                np.bincount(orders.sku, single & self.find(catalogue, orders), skus),
            ]
        ).astype(np.int64)


def draw_faults(catalogue: Catalogue, *, customers: int, days: int, seed: int) -> Faults:
    """Draw what is wrong with parts of styles."""
    failing = draw_failing(catalogue, customers=customers, seed=seed)
    is_faulty = (failing.direction != 0) | (catalogue.misfit != 0)
    return Faults(failing, draw_lots(catalogue, is_faulty=is_faulty, days=days, seed=seed))


def compute_true_rates(catalogue: Catalogue, sold: Ints) -> Floats:
    """Compute the return probability of each SKU over all that was sold (of ``Faults.count``)."""
    rate = catalogue.true_rate
    share = sold[2] / np.maximum(sold[1], 1)
    return np.asarray(rate + share * (np.minimum(rate + FAILING_EXTRA, 1.0) - rate))
