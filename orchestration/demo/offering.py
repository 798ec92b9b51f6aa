"""What is offered instead of money, and the requests that are offered nothing: planted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.columns import blank_where, pick_words, write_flags
from orchestration.demo.delivering import NEVER
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders
from orchestration.demo.returning import EXCHANGE, REFUND, MonthOfReturns
from orchestration.demo.selling_files import Span
from orchestration.demo.settling import MonthOfSettlements, choose_replacements, draw_refunds

HOLDOUT_SHARE: Final = 0.1  # of all requests
KEPT_WITHOUT_OFFER: Final = 0.6  # of the exchanges of requests that may be offered one
OFFER_SECONDS: Final = 60  # the page offers at once
EXCHANGE_FIELDS: Final = (
    *("exchanged", "replacement_sku", "shipped_at", "delivered_at", "is_returned_again"),
)


@dataclass(frozen=True)
class MonthOfOffers:
    """What the returns of a month are offered (index r).

    Attributes
    ----------
    is_holdout : Bools of shape (n_returns,)
        By lot: such a request is offered nothing.
    is_second_holdout : Bools of shape (n_returns,)
        The same of the return of the replacement, where there is one.
    offered_sku : pyarrow.Array of shape (n_returns,)
    offered_at : Ints of shape (n_returns,)
        Seconds; ``NEVER`` where there is nothing to offer, or nothing may be offered.
    """

    is_holdout: Bools
    is_second_holdout: Bools
    offered_sku: pa.Array
    offered_at: Ints

    def write(self, *, is_web: Bools, span: Span) -> dict[str, pa.Array]:
        """Write the columns of ``return_requests``; offers by mail and phone are not recorded."""
        moment = np.where(is_web, self.offered_at, NEVER)
        return {
            "exchange_offered_at": span.write(moment),
            "offered_sku": blank_where(moment >= span.horizon, self.offered_sku),
            "is_holdout": write_flags(self.is_holdout),
        }


@dataclass
class OfferTruth:
    """Counts what would have been exchanged had every request been offered something.

    Attributes
    ----------
    requests : int
        Not denied, up to the last day; those of replacements included.
    exchanges : int
        Begun up to the last day.
    """

    requests: int = 0
    exchanges: int = 0

    def count(self, returns: MonthOfReturns, settled: MonthOfSettlements, *, span: Span) -> None:
        """Add a month, as it was drawn before anything was withheld."""
        second = settled.delivered_at[settled.is_returned_again] + 6 * DAY
        is_asked = ~returns.is_denied & (returns.requested_at < span.horizon)
        self.requests += int(is_asked.sum()) + int((second < span.horizon).sum())
        self.exchanges += int((returns.graded_at[settled.exchanged] < span.horizon).sum())

    def describe(self) -> dict[str, Any]:
        """Describe what was planted."""
        share = self.exchanges / max(self.requests, 1)
        return {
            "holdout_share": HOLDOUT_SHARE,
            "offered": "every other request on the web that is not denied and has another variant",
            "kept_without_offer": KEPT_WITHOUT_OFFER,
            "exchange_share_with_offers": share,
            "lift_of_exchange_share": share * (1 - KEPT_WITHOUT_OFFER),
        }


def draw_offers(
    catalogue: Catalogue,
    orders: MonthOfOrders,
    returns: MonthOfReturns,
    *,
    rng: np.random.Generator,
) -> MonthOfOffers:
    """Draw who is offered nothing; everybody else is offered what an exchange would bring."""
    count = len(returns.line)
    offered = choose_replacements(catalogue, orders, returns, exchanged=np.arange(count))
    is_holdout, is_second_holdout = rng.random((2, count)) < HOLDOUT_SHARE
    is_offered = ~is_holdout & ~returns.is_denied & (offered != orders.sku[returns.line])
    moment = returns.requested_at + rng.integers(1, OFFER_SECONDS, count)
    return MonthOfOffers(
        is_holdout=is_holdout,
        is_second_holdout=is_second_holdout,
        offered_sku=pick_words(catalogue.skus, offered),
        offered_at=np.where(is_offered, moment, NEVER),
    )


def withhold_offers(
    orders: MonthOfOrders,
    returns: MonthOfReturns,
    settled: MonthOfSettlements,
    offers: MonthOfOffers,
    *,
    rng: np.random.Generator,
) -> tuple[MonthOfReturns, MonthOfSettlements]:
    """Refund what the control group would have exchanged only because it was offered.

    Drawn like the rest and then changed, so that no other row of the shop differs.
    """
    is_lost = rng.random(len(returns.line)) >= KEPT_WITHOUT_OFFER
    is_withheld = offers.is_holdout & (returns.resolution == EXCHANGE) & is_lost
    returns = replace(returns, resolution=np.where(is_withheld, REFUND, returns.resolution))
    is_kept = ~is_withheld[settled.exchanged]
    refunds = draw_refunds(orders, returns, refunded=settled.exchanged[~is_kept], rng=rng)
    place = np.argsort(np.append(settled.refunded, refunds["refunded"]), kind="stable")
    changed: dict[str, Any] = {
        name: np.append(getattr(settled, name), values)[place] for name, values in refunds.items()
    }
    changed |= {name: getattr(settled, name)[is_kept] for name in EXCHANGE_FIELDS}
    return returns, replace(settled, **changed)
