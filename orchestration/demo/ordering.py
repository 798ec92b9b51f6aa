"""Orders and order lines of one month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import SEASON_MONTHS, Catalogue, Floats, Ints
from orchestration.demo.words import (
    CAMPAIGNS,
    CHANNEL_SHARES,
    PAYMENT_SHARES,
    TIERS,
)

Bools = npt.NDArray[np.bool_]

ORDER_SIZE_SHARES: Final = (0.62, 0.24, 0.09, 0.05)  # orders with 1, 2, 3, 4 lines
BRACKET_SHARE: Final = 0.14  # of the lines behind the first: the same style in the next size
SALE_SHARE: Final = 0.22
POINTS_SHARE: Final = 0.12
DISCOUNT_SHARE: Final = 0.15
CANCELLED_SHARE: Final = 0.015
DAY: Final = 86_400  # seconds
# Orders by hour of the day, 0 to 23.
HOUR_WEIGHTS: Final = np.array(
    [3, 2, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4, 6, 5, 4, 4, 4, 5, 6, 7, 8, 9, 8, 6], dtype=np.float64
)


@dataclass(frozen=True)
class MonthOfOrders:
    """Orders (index o) and lines (index l) of a month.

    Attributes
    ----------
    first_order, first_line : int
        Running numbers before this month.
    ordered_at : Ints of shape (n_orders,)
        Shop-local seconds since the calendar's first midnight.
    customer, channel, payment, tier, campaign : Ints of shape (n_orders,)
    is_cancelled, is_policy_shown : Bools of shape (n_orders,)
    discount, points, shipping_fee, subtotal : Ints of shape (n_orders,)
        Yen.
    order_of_line, sku, quantity, unit_price : Ints of shape (n_lines,)
    is_sale, is_gift, is_bracket : Bools of shape (n_lines,)
        ``is_bracket``: a second size of the style in the same order.
    """

    first_order: int
    first_line: int
    ordered_at: Ints
    customer: Ints
    channel: Ints
    payment: Ints
    tier: Ints
    campaign: Ints
    is_cancelled: Bools
    is_policy_shown: Bools
    discount: Ints
    points: Ints
    shipping_fee: Ints
    subtotal: Ints
    order_of_line: Ints
    sku: Ints
    quantity: Ints
    unit_price: Ints
    is_sale: Bools
    is_gift: Bools
    is_bracket: Bools


def draw_order_sizes(lines: int, rng: np.random.Generator) -> Ints:
    """Draw lines per order that sum to ``lines``."""
    sizes = rng.choice(len(ORDER_SIZE_SHARES), lines, p=ORDER_SIZE_SHARES) + 1
    ends = np.cumsum(sizes)
    count = int(np.searchsorted(ends, lines)) + 1
    sizes = sizes[:count].astype(np.int64)
    sizes[-1] -= int(ends[count - 1]) - lines
    return sizes


def draw_days(calendar: SalesCalendar, days: Ints, *, count: int, rng: np.random.Generator) -> Ints:
    """Draw sorted moments within the days, in seconds since the calendar's first midnight."""
    weights = calendar.weights[days]
    day = rng.choice(days, count, p=weights / weights.sum())
    hour = rng.choice(24, count, p=HOUR_WEIGHTS / HOUR_WEIGHTS.sum())
    return np.sort(day * DAY + hour * 3600 + rng.integers(0, 3600, count))


def draw_month(
    calendar: SalesCalendar,
    catalogue: Catalogue,
    *,
    days: Ints,
    lines: int,
    month: int,
    customers: int,
    first: tuple[int, int],
    rng: np.random.Generator,
) -> MonthOfOrders:
    """Draw a month of orders.

    Parameters
    ----------
    calendar, catalogue
    days : Ints
        Indexes of the month's days.
    lines : int
        Lines of the month, at least 1.
    month : int
        From 0; decides which seasons sell.
    customers : int
        How many there are.
    first : (int, int)
        Running numbers of orders and lines before this month.
    rng : Generator
    """
    sizes = draw_order_sizes(lines, rng)
    count = len(sizes)
    order_of_line = np.repeat(np.arange(count), sizes)
    sku, is_bracket = _draw_skus(catalogue, order_of_line, month=month, rng=rng)
    is_sale = rng.random(lines) < SALE_SHARE
    list_price = catalogue.list_price[catalogue.sku_style[sku]]
    unit_price = np.where(is_sale, (list_price * 8 // 10) // 10 * 10, list_price)
    quantity = np.where(rng.random(lines) < 0.04, 2, 1).astype(np.int64)  # noqa: PLR2004
    subtotal = np.bincount(order_of_line, unit_price * quantity, count).astype(np.int64)
    is_discounted = rng.random(count) < DISCOUNT_SHARE
    discount = np.where(is_discounted, np.minimum(subtotal // 10, 3000), 0)
    has_points = rng.random(count) < POINTS_SHARE
    points = np.where(has_points, np.minimum(rng.integers(50, 1500, count), subtotal // 5), 0)
    popular = rng.beta(0.8, 1.6, count)  # few customers order often
    return MonthOfOrders(
        first_order=first[0],
        first_line=first[1],
        ordered_at=draw_days(calendar, days, count=count, rng=rng),
        customer=np.minimum((popular * customers).astype(np.int64), customers - 1),
        channel=rng.choice(len(CHANNEL_SHARES), count, p=CHANNEL_SHARES),
        payment=rng.choice(len(PAYMENT_SHARES), count, p=PAYMENT_SHARES),
        tier=rng.choice(len(TIERS), count, p=[0.7, 0.22, 0.08]),
        campaign=np.where(is_discounted, rng.integers(1, len(CAMPAIGNS), count), 0),
        is_cancelled=rng.random(count) < CANCELLED_SHARE,
        is_policy_shown=rng.random(count) < 0.98,  # noqa: PLR2004
        discount=discount,
        points=points,
        shipping_fee=np.where(subtotal >= 8000, 0, 550).astype(np.int64),  # noqa: PLR2004
        subtotal=subtotal,
        order_of_line=order_of_line,
        sku=sku,
        quantity=quantity,
        unit_price=unit_price.astype(np.int64),
        is_sale=is_sale,
        is_gift=rng.random(lines) < 0.03,  # noqa: PLR2004
        is_bracket=is_bracket,
    )


def _weigh_styles(catalogue: Catalogue, *, month: int) -> Floats:
    begin = np.array([first for first, _ in SEASON_MONTHS])[catalogue.season]
    end = np.array([last for _, last in SEASON_MONTHS])[catalogue.season]
    in_season = (month >= begin) & (month <= end)
    weights = catalogue.popularity * np.where(in_season, 1.0, 0.04)
    return np.asarray(weights / weights.sum())


def _draw_skus(
    catalogue: Catalogue, order_of_line: Ints, *, month: int, rng: np.random.Generator
) -> tuple[Ints, Bools]:
    lines = len(order_of_line)
    style = rng.choice(len(catalogue.popularity), lines, p=_weigh_styles(catalogue, month=month))
    size_count = catalogue.size_count[style]
    middle = rng.normal(0.48, 0.24, lines)
    size = np.clip((middle * size_count).astype(np.int64), 0, size_count - 1)
    colour = (rng.random(lines) ** 1.5 * catalogue.colour_count[style]).astype(np.int64)
    follows = np.zeros(lines, dtype=bool)
    follows[1:] = order_of_line[1:] == order_of_line[:-1]
    is_bracket = follows & (rng.random(lines) < BRACKET_SHARE)
    is_bracket[1:] &= ~is_bracket[:-1]  # at most a pair, so that the line before is a draw
    before = np.maximum(np.arange(lines) - 1, 0)
    is_bracket &= size_count[before] > 1
    style = np.where(is_bracket, style[before], style)
    colour = np.where(is_bracket, colour[before], colour)
    other = np.where(size[before] + 1 < size_count[before], size[before] + 1, size[before] - 1)
    size = np.where(is_bracket, other, size)
    sku = catalogue.first_sku[style] + colour * catalogue.size_count[style] + size
    return sku.astype(np.int64), is_bracket
