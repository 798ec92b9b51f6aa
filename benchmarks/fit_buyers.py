"""Catalogues of the demo shop whose customers have a usual size, and order off it.

Each customer has one usual size in every category. Some styles are bought off it: promoted as
"order one up", or by customers who order small; and some misfits by customers who know of them and
order the size that fits. Who orders a size below usual sends back too small ``OFF_FACTOR`` times as
often, and too large so much more rarely. All other draws are those of ``fit_worlds``; these are of
streams of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.fit_worlds import (
    LARGE_SIDE,
    LOT_COUNT,
    REASONS,
    SMALL_SIDE,
    Sold,
    World,
    name_skus,
    share_reasons,
)
from orchestration.demo.failing import FAILING_EXTRA
from orchestration.demo.people import ATTRIBUTES, count_customers

OFF_FACTOR: Final = 3.0
USUALLY_OFF: Final = 0.08  # of the units of any style, each way
OFF_SHARES: Final = (0.3, 0.8)  # of the units of a style that is bought off usual
OFF_STYLES: Final = 0.15  # of the styles with sizes that fit
KNOWN_MISFITS: Final = 0.3  # of the misfits; bought in the size that fits
HABIT_SPREAD: Final = 0.5  # of the log of how often customers send back for size
MOST: Final = 0.95  # of units may come back
OUTCOMES: Final = ("small", "large", None, "fit", "fit")  # by reason; without a direction: none


@dataclass(frozen=True)
class Buyers:
    """Customers, and how styles are bought.

    Attributes
    ----------
    usual : ndarray of shape (n_customers,)
        In [0, 1): place of the usual size in any range of sizes.
    habit : ndarray of shape (n_customers,)
        What the customer multiplies returns for size by.
    off : ndarray of shape (n_styles, 3)
        Shares of units bought one below, in, and one above the usual size.
    is_off, is_known : ndarray of shape (n_styles,)
        Styles that fit and are bought off usual; misfits that are bought in the size that fits.
    attributes : ndarray of shape (n_attributes, n_customers)
    """

    usual: np.ndarray
    habit: np.ndarray
    off: np.ndarray
    is_off: np.ndarray
    is_known: np.ndarray
    attributes: np.ndarray


def draw_buyers(world: World, *, lines: int, seed: int) -> Buyers:
    """Draw customers and how styles are bought; nothing else depends on these draws."""
    rng = np.random.default_rng([seed, 79])
    count, catalogue = count_customers(lines), world.catalogue
    styles = len(catalogue.style_ids)
    fits = (catalogue.misfit == 0) & (world.lots.direction == 0) & (world.failing.direction == 0)
    is_off = fits & (rng.random(styles) < OFF_STYLES)
    is_known = (catalogue.misfit != 0) & (rng.random(styles) < KNOWN_MISFITS)
    # A style that runs small is bought one above by those who know.
    side = np.where(is_known, -catalogue.misfit, rng.choice([-1, 1], styles))
    share = np.where(is_off | is_known, rng.uniform(*OFF_SHARES, styles), USUALLY_OFF)
    off = np.full((styles, 3), USUALLY_OFF)
    off[np.arange(styles), side + 1] = share
    off[:, 1] = 1 - off[:, 0] - off[:, 2]
    usual = np.clip(rng.normal(0.48, 0.24, count), 0.0, 0.999)
    habit = rng.lognormal(-(HABIT_SPREAD**2) / 2, HABIT_SPREAD, count)
    return Buyers(usual, habit, off, is_off, is_known, world.failing.customers)


def sell_to_buyers(
    world: World, buyers: Buyers, *, units: np.ndarray, rng: np.random.Generator
) -> tuple[Sold, pd.DataFrame]:
    """Sell so many units of each SKU, and draw what comes back.

    Returns
    -------
    tuple of (Sold, DataFrame)
        The second is what ``expect_outcomes`` learns from: a row per unit.
    """
    sku = np.repeat(np.arange(len(units)), units)
    style = world.catalogue.sku_style[sku]
    customer, step = _choose_customers(world, buyers, sku=sku, rng=rng)
    chances = _compute_chances(world, buyers, sku=sku, customer=customer, step=step)
    lot = rng.integers(LOT_COUNT, size=len(sku))
    side = np.where(world.lots.direction[style] < 0, SMALL_SIDE, LARGE_SIDE)
    is_bad = world.lots.bad_lot[style] == lot
    chances[np.arange(len(sku)), side] += np.where(is_bad, FAILING_EXTRA, 0.0)
    chances *= np.minimum(MOST / chances.sum(axis=1), 1.0)[:, None]
    reason = (rng.random(len(sku))[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    drawn = _Drawn(sku, customer, lot, reason, chances[:, :3].sum(axis=1))
    return _sum(world, buyers, drawn), _list_outcomes(world, drawn)


@dataclass(frozen=True)
class _Drawn:
    """Units: what was sold to whom, and why it came back."""

    sku: np.ndarray
    customer: np.ndarray
    lot: np.ndarray
    reason: np.ndarray
    size_chance: np.ndarray


def _choose_customers(
    world: World, buyers: Buyers, *, sku: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Choose who bought each unit: whose usual size is it, or the next one."""
    style, size = world.catalogue.sku_style[sku], world.catalogue.sku_size[sku]
    drawn = (rng.random(len(sku))[:, None] > buyers.off[style].cumsum(axis=1)).sum(axis=1) - 1
    count = world.catalogue.size_count[style]
    wanted = np.clip(size - np.clip(drawn, -1, 1), 0, count - 1)
    customer = np.zeros(len(sku), dtype=np.int64)
    for sizes in np.unique(count):
        usual = (buyers.usual * sizes).astype(np.int64)
        for place in range(sizes):
            units = np.flatnonzero((count == sizes) & (wanted == place))
            customer[units] = rng.choice(np.flatnonzero(usual == place), len(units))
    return customer, size - wanted


def _compute_chances(
    world: World, buyers: Buyers, *, sku: np.ndarray, customer: np.ndarray, step: np.ndarray
) -> np.ndarray:
    """Compute how probably each unit comes back for which reason, of shape (n_units, 4)."""
    style = world.catalogue.sku_style[sku]
    is_failed = world.failing.find(style, customer)
    of_sku = np.stack(
        [
            share_reasons(world, np.full((len(world.units), 1, 1, 1), fails))[:, 0, 0, 0]
            for fails in (False, True)
        ]
    )
    rate = np.minimum(world.catalogue.true_rate[sku] + FAILING_EXTRA * is_failed, MOST)
    chances = rate[:, None] * of_sku[is_failed.astype(np.int64), sku]
    chances[:, SMALL_SIDE] *= buyers.habit[customer] * OFF_FACTOR**-step
    chances[:, LARGE_SIDE] *= buyers.habit[customer] * OFF_FACTOR**step
    result: np.ndarray = chances
    return result


def _sum(world: World, buyers: Buyers, drawn: _Drawn) -> Sold:
    """Sum units by SKU and attributes, and by SKU and lot, as ``fit_worlds`` does."""
    words = tuple(len(some) for some in ATTRIBUTES.values())
    shape = (len(world.units), *words)
    cell = np.ravel_multi_index((drawn.sku, *buyers.attributes[:, drawn.customer]), shape)
    lot = drawn.sku * LOT_COUNT + drawn.lot
    cells, lots = int(np.prod(shape)), len(world.units) * LOT_COUNT
    is_back = drawn.reason < REASONS

    def count(place: np.ndarray, places: int) -> np.ndarray:
        told = place[is_back] * REASONS + drawn.reason[is_back]
        return np.bincount(told, minlength=places * REASONS)

    return Sold(
        units=np.bincount(cell, minlength=cells).reshape(shape),
        told=count(cell, cells).reshape(*shape, REASONS),
        true_size_units=np.bincount(cell, drawn.size_chance, minlength=cells).reshape(shape),
        lot_units=np.bincount(lot, minlength=lots).reshape(-1, LOT_COUNT),
        lot_told=count(lot, lots).reshape(-1, LOT_COUNT, REASONS),
    )


def _list_outcomes(world: World, drawn: _Drawn) -> pd.DataFrame:
    """List what is known of the fit of each unit, as ``expect_outcomes`` takes it."""
    names = name_skus(world.catalogue).drop(columns="size_order")
    outcomes = names.iloc[drawn.sku].reset_index(drop=True)
    outcomes["customer_id"] = drawn.customer.astype(str)
    outcomes["outcome_code"] = np.array(OUTCOMES, dtype=object)[drawn.reason]
    return outcomes[outcomes["outcome_code"].notna()].reset_index(drop=True)
