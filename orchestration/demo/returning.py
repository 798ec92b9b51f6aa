"""Which units of a month come back, when, why, and what is asked for them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import Catalogue, Floats, Ints
from orchestration.demo.delivering import NEVER, MonthOfParcels
from orchestration.demo.failing import FAILING_EXTRA
from orchestration.demo.faults import Faults
from orchestration.demo.fixing import find_stopped
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders
from orchestration.demo.words import CATEGORIES, CHANNEL_LAG

LAG_SIGMA: Final = 0.75  # of the lognormal days from delivery to request
WINDOW_DAYS: Final = 30
LONGER_WINDOW_DAYS: Final = 60  # after the planted policy change
LONGER_LAG_FACTOR: Final = 1.6
BRACKET_RETURN_RATE: Final = 0.62  # of the second size of a pair
DENIED_SHARE: Final = 0.03
SAYS_SO: Final = 0.6  # of the returns of an afflicted size
CODES: Final = (
    "FIT.SMALL",
    "FIT.LARGE",
    "FIT.UNSPEC",
    "LOOK.COLOR",
    "LOOK.DESIGN",
    "LOOK.MATERIAL",
    "QUAL.DEFECT",
    "FULF.WRONG_ITEM",
    "FULF.LATE",
    "CUST.CHANGED_MIND",
    "CUST.MISTAKE",
    "NONE",
)
SMALL, LARGE, UNSPEC, MIND, NO_REASON = 0, 1, 2, 9, 11
SIZED_SHARES: Final = (0.22, 0.15, 0.06, 0.11, 0.13, 0.07, 0.05, 0.03, 0.02, 0.09, 0.04, 0.03)
UNSIZED_SHARES: Final = (0.0, 0.0, 0.0, 0.26, 0.24, 0.14, 0.10, 0.05, 0.04, 0.10, 0.04, 0.03)
# Our codes in Shopify's words: what a part of the requests carries instead.
SHOPIFY_CODES: Final = {
    "FIT.SMALL": "SIZE_TOO_SMALL",
    "FIT.LARGE": "SIZE_TOO_LARGE",
    "LOOK.COLOR": "COLOR",
    "LOOK.DESIGN": "STYLE",
    "QUAL.DEFECT": "DEFECTIVE",
    "FULF.WRONG_ITEM": "WRONG_ITEM",
    "CUST.CHANGED_MIND": "UNWANTED",
}
REFUND, EXCHANGE, CREDIT = 0, 1, 2
RESOLUTIONS: Final = ("refund", "exchange", "credit")


@dataclass(frozen=True)
class MonthOfReturns:
    """Return lines (index r) of a month's order lines, future ones included.

    Attributes
    ----------
    line : Ints of shape (n_returns,)
        Index of the line within the month.
    requested_at, received_at, graded_at, restocked_at : Ints of shape (n_returns,)
        Seconds; ``NEVER`` where it does not happen.
    quantity : Ints of shape (n_returns,)
    reason : Ints of shape (n_returns,)
        Index into ``CODES``.
    zone : list of str
    resolution : Ints of shape (n_returns,)
        Index into ``RESOLUTIONS``.
    is_denied, is_bracket : Bools of shape (n_returns,)
    grade : Ints of shape (n_returns,)
        0 to 3 for A, B, C, X.
    """

    line: Ints
    requested_at: Ints
    received_at: Ints
    graded_at: Ints
    restocked_at: Ints
    quantity: Ints
    reason: Ints
    zone: list[str]
    resolution: Ints
    is_denied: Bools
    is_bracket: Bools
    grade: Ints


def draw_returns(
    calendar: SalesCalendar,
    catalogue: Catalogue,
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    *,
    faults: Faults,
    rng: np.random.Generator,
    fixing: np.random.Generator,
) -> MonthOfReturns:
    """Draw the returns of a month's lines to their end, beyond the last day of the data too.

    A unit of a bracketed pair comes back because the customer keeps the other size; it says
    nothing about the product, and the truth keeps it apart. What a planted action stops is drawn
    like the rest and then left out, by a generator of its own.
    """
    is_delivered = parcels.line_delivered_at < NEVER
    is_failed = faults.find(catalogue, orders)
    rate = np.minimum(catalogue.true_rate[orders.sku] + FAILING_EXTRA * is_failed, 1.0)
    rate = np.where(orders.is_bracket, BRACKET_RETURN_RATE, rate)
    line = np.flatnonzero(is_delivered & (rng.random(len(rate)) < rate))
    lag, window = _draw_lags(calendar, catalogue, orders, line=line, rng=rng)
    line, lag = line[lag <= window], lag[lag <= window]
    requested = parcels.line_delivered_at[line] + (lag * DAY).astype(np.int64)
    reason, zone = _draw_reasons(catalogue, orders, line=line, faults=faults, rng=rng)
    count = len(line)
    is_denied = rng.random(count) < DENIED_SHARE
    received = requested + (rng.gamma(4.0, 1.1, count) * DAY).astype(np.int64)
    received = np.where(is_denied | (rng.random(count) < 0.02), NEVER, received)  # noqa: PLR2004
    graded = _later(received, rng.exponential(0.8, count))
    quantity = np.where(rng.random(count) < 0.5, 1, orders.quantity[line])  # noqa: PLR2004
    drawn = MonthOfReturns(
        line=line,
        requested_at=requested,
        received_at=received,
        graded_at=graded,
        restocked_at=_later(graded, rng.exponential(1.5, count)),
        quantity=quantity.astype(np.int64),
        reason=reason,
        zone=zone,
        resolution=_draw_resolutions(reason, rng=rng),
        is_denied=is_denied,
        is_bracket=orders.is_bracket[line],
        grade=rng.choice(4, count, p=[0.8, 0.12, 0.06, 0.02]),
    )
    is_told, told_share = _find_told(catalogue, orders, line=line, reason=reason)
    is_stopped = find_stopped(
        calendar,
        catalogue,
        orders,
        line=line,
        is_told=is_told,
        told_share=told_share,
        rng=fixing,
    )
    return _keep(drawn, ~is_stopped)


def _keep(returns: MonthOfReturns, is_kept: Bools) -> MonthOfReturns:
    arrays = {
        field.name: getattr(returns, field.name)[is_kept]
        for field in fields(returns)
        if field.name != "zone"
    }
    zone = [zone for zone, stays in zip(returns.zone, is_kept, strict=True) if stays]
    return MonthOfReturns(**arrays, zone=zone)


def _find_told(
    catalogue: Catalogue, orders: MonthOfOrders, *, line: Ints, reason: Ints
) -> tuple[Bools, Floats]:
    """Find the returns that name their style's misfit, and which share of an SKU's does."""
    misfit = catalogue.misfit[catalogue.sku_style[orders.sku[line]]]
    named = np.where(misfit < 0, SMALL, LARGE)
    share = SAYS_SO + (1 - SAYS_SO) * np.array(SIZED_SHARES)[named]
    return (misfit != 0) & (reason == named), share


def _later(moment: Ints, days: Floats) -> Ints:
    return np.where(moment < NEVER, moment + (days * DAY).astype(np.int64), NEVER)


def _draw_lags(
    calendar: SalesCalendar,
    catalogue: Catalogue,
    orders: MonthOfOrders,
    *,
    line: Ints,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    category = catalogue.category[catalogue.sku_style[orders.sku[line]]]
    order = orders.order_of_line[line]
    median = np.array([c.lag_days for c in CATEGORIES])[category]
    median = median * np.array(CHANNEL_LAG)[orders.channel[order]]
    window = np.full(len(line), float(WINDOW_DAYS))
    changed_on = calendar.policy_changed_on
    if changed_on is not None:
        changed = (changed_on - calendar.first_day).days * DAY
        is_longer = orders.ordered_at[order] >= changed
        window = np.where(is_longer, float(LONGER_WINDOW_DAYS), window)
        median = np.where(is_longer, median * LONGER_LAG_FACTOR, median)
    lag = median * np.exp(rng.normal(0.0, LAG_SIGMA, len(line)))
    # The last days of the window are used: who is late hurries.
    return np.where(lag > window, window - rng.random(len(line)) * 2, lag), window


def _draw_reasons(
    catalogue: Catalogue,
    orders: MonthOfOrders,
    *,
    line: Ints,
    faults: Faults,
    rng: np.random.Generator,
) -> tuple[Ints, list[str]]:
    style = catalogue.sku_style[orders.sku[line]]
    size = catalogue.sku_size[orders.sku[line]]
    has_sizes = catalogue.size_count[style] > 1
    reason = np.where(
        has_sizes,
        rng.choice(len(CODES), len(line), p=SIZED_SHARES),
        rng.choice(len(CODES), len(line), p=UNSIZED_SHARES),
    )
    misfit = catalogue.misfit[style]
    is_failed = faults.find(catalogue, orders)[line]
    misfit = np.where(is_failed, faults.direction[style], misfit)
    afflicted = is_failed | ((misfit != 0) & (size >= catalogue.misfit_from_size[style]))
    says_so = afflicted & (rng.random(len(line)) < SAYS_SO)
    reason = np.where(says_so, np.where(misfit < 0, SMALL, LARGE), reason)
    picks = rng.random(len(line))
    planted = [one or other for one, other in zip(catalogue.misfit_zone, faults.zone, strict=True)]
    zone = [
        (planted[s] if p else _pick_zone(catalogue, style=int(s), pick=float(x)))
        if r <= LARGE
        else ""
        for r, s, p, x in zip(reason, style, says_so, picks, strict=True)
    ]
    return reason.astype(np.int64), zone


def _pick_zone(catalogue: Catalogue, *, style: int, pick: float) -> str:
    zones = CATEGORIES[int(catalogue.category[style])].zones
    return zones[int(pick * len(zones))]


def _draw_resolutions(reason: Ints, *, rng: np.random.Generator) -> Ints:
    draw = rng.random(len(reason))
    is_fit = reason <= UNSPEC
    exchange = np.where(is_fit, 0.42, 0.10)
    return np.where(
        draw < exchange, EXCHANGE, np.where(draw < exchange + 0.06, CREDIT, REFUND)
    ).astype(np.int64)
