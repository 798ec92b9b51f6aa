"""Catalogues of the demo shop with what they sold to whom, and what came back for which reason.

Landing, the reading of notes and the development of returns are left out: every return is there,
and its reason is told. What is merged or weighed in SQL is done here in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from orchestration.demo.catalogue import Catalogue, build_catalogue
from orchestration.demo.failing import FAILING_EXTRA, Failing, draw_failing
from orchestration.demo.lots import LOT_DAYS, Lots, draw_lots
from orchestration.demo.people import ATTRIBUTES, count_customers
from orchestration.demo.returning import SIZED_SHARES, UNSIZED_SHARES
from orchestration.demo.words import BRANDS, CATEGORIES

SAYS_SO: Final = 0.6  # of the returns that a fault brings, as the demo draws them
LOT_COUNT: Final = 5  # as many as the demo's two years hold
FEWEST: Final = 5  # customers of a cell; here every unit is another customer's
PRIOR_UNITS: Final = 5.0
SMALL_SIDE, LARGE_SIDE, REASONS = 0, 1, 4
SIDES: Final = ("small", "large")


@dataclass(frozen=True)
class World:
    """A catalogue with what it sold.

    Attributes
    ----------
    catalogue : Catalogue
    failing : Failing
        Styles that fail some customers.
    lots : Lots
        Styles of which one lot does not fit.
    units : ndarray of shape (n_skus,)
        Delivered units.
    """

    catalogue: Catalogue
    failing: Failing
    lots: Lots
    units: np.ndarray


@dataclass(frozen=True)
class Sold:
    """Units by SKU and attributes of the buyer.

    Attributes
    ----------
    units : ndarray of shape (n_skus, n_heights, n_ages, n_usual_sizes)
    told : ndarray of shape (n_skus, n_heights, n_ages, n_usual_sizes, 4)
        What came back as too small, too large, for size in no direction, for another reason.
    true_size_units : ndarray of shape (n_skus, n_heights, n_ages, n_usual_sizes)
        What is expected to come back for its size.
    lot_units : ndarray of shape (n_skus, n_lots)
    lot_told : ndarray of shape (n_skus, n_lots, 4)
    """

    units: np.ndarray
    told: np.ndarray
    true_size_units: np.ndarray
    lot_units: np.ndarray
    lot_told: np.ndarray


def draw_world(seed: int, *, lines: int) -> World:
    """Draw a catalogue and what each of its SKUs sells, as the demo's orders would."""
    catalogue = build_catalogue(lines, seed=seed)
    failing = draw_failing(catalogue, customers=count_customers(lines), seed=seed)
    is_faulty = (failing.direction != 0) | (catalogue.misfit != 0)
    lots = draw_lots(catalogue, is_faulty=is_faulty, days=LOT_COUNT * LOT_DAYS, seed=seed)
    rng = np.random.default_rng([seed, 77])
    style = rng.choice(
        len(catalogue.popularity), lines, p=catalogue.popularity / catalogue.popularity.sum()
    )
    count = catalogue.size_count[style]
    size = np.clip((rng.normal(0.48, 0.24, lines) * count).astype(np.int64), 0, count - 1)
    colour = (rng.random(lines) ** 1.5 * catalogue.colour_count[style]).astype(np.int64)
    sku = catalogue.first_sku[style] + colour * count + size
    return World(catalogue, failing, lots, np.bincount(sku, minlength=len(catalogue.skus)))


def sell(world: World, *, units: np.ndarray, rng: np.random.Generator) -> Sold:
    """Sell so many units of each SKU to customers of every kind, and draw what comes back."""
    catalogue, failing = world.catalogue, world.failing
    shape = tuple(len(words) for words in ATTRIBUTES.values())
    cells = int(np.prod(shape))
    sold = rng.multinomial(units, np.full(cells, 1 / cells)).reshape(len(units), *shape)
    style = catalogue.sku_style
    values = np.indices(shape)[np.maximum(failing.attribute[style], 0)]
    wanted = np.where(failing.attribute >= 0, failing.value, -1)[style]
    is_failed = values == wanted[:, None, None, None]
    rate = np.minimum(catalogue.true_rate[:, None, None, None] + FAILING_EXTRA * is_failed, 1.0)
    shares = share_reasons(world, is_failed)
    returned = rng.binomial(sold, rate)
    told = rng.multinomial(returned, shares)
    true = sold * rate * shares[..., :3].sum(axis=-1)
    return add_lots(world, Sold(sold, told, true, np.empty(0), np.empty(0)), rng=rng)


def add_lots(world: World, sold: Sold, *, rng: np.random.Generator) -> Sold:
    """Part what was sold into lots, and add what a lot that does not fit sends back."""
    style, even = world.catalogue.sku_style, np.full(LOT_COUNT, 1 / LOT_COUNT)
    axes = (1, 2, 3)
    lot_units = rng.multinomial(sold.units.sum(axis=axes), even)
    lot_told = np.moveaxis(rng.multinomial(sold.told.sum(axis=axes), even), 1, 2)
    is_bad = world.lots.bad_lot[style][:, None] == np.arange(LOT_COUNT)
    left = np.maximum(lot_units - lot_told.sum(axis=2), 0)
    extra = rng.binomial(np.where(is_bad, left, 0), FAILING_EXTRA)
    side = np.where(world.lots.direction < 0, SMALL_SIDE, LARGE_SIDE)[style]
    shape = sold.units.shape[1:]
    cells = int(np.prod(shape))
    spread = rng.multinomial(extra.sum(axis=1), np.full(cells, 1 / cells))
    reason = np.eye(REASONS, dtype=np.int64)[side]
    true = np.where(is_bad, lot_units * FAILING_EXTRA, 0.0).sum(axis=1)
    return replace(
        sold,
        told=sold.told + spread.reshape(-1, *shape, 1) * reason[:, None, None, None, :],
        true_size_units=sold.true_size_units + true[:, None, None, None] / cells,
        lot_units=lot_units,
        lot_told=lot_told + extra[..., None] * reason[:, None, :],
    )


def sum_lots(world: World, sold: Sold) -> pd.DataFrame:
    """Sum what was sold by style and lot where lots are known, as ``estimate_lots`` takes it."""
    names = name_skus(world.catalogue)
    weights = {side: weigh_sizes(sum_sizes(world, sold), names, side=side) for side in SIDES}
    is_known = world.lots.is_known[world.catalogue.sku_style]
    frames = [
        names[["style_id", "category_name"]].assign(
            lot_id=names["style_id"] + f"-L{lot + 1}",
            developed_count=sold.lot_units[:, lot].astype(float),
            small_units=sold.lot_told[:, lot, 0].astype(float),
            large_units=sold.lot_told[:, lot, 1].astype(float),
            size_units=sold.lot_told[:, lot, :3].sum(axis=1).astype(float),
            **{f"{side}_exposure": sold.lot_units[:, lot] * weights[side] for side in SIDES},
        )[is_known]
        for lot in range(LOT_COUNT)
    ]
    sums = pd.concat(frames).groupby(["style_id", "category_name", "lot_id"], as_index=False).sum()
    return sums.assign(delivered_count=sums["developed_count"])


def share_reasons(world: World, is_failed: np.ndarray) -> np.ndarray:
    """Return the shares of too small, too large, other size reasons and the rest, per cell."""
    catalogue = world.catalogue
    style = catalogue.sku_style
    has_sizes = catalogue.size_count[style] > 1
    sized, unsized = (
        np.array([*shares[:3], 1 - sum(shares[:3])]) for shares in (SIZED_SHARES, UNSIZED_SHARES)
    )
    shares = np.where(has_sizes[:, None], sized, unsized)[:, None, None, None, :]
    misfit = catalogue.misfit[style]
    is_misfit = (misfit != 0) & (catalogue.sku_size >= catalogue.misfit_from_size[style])
    direction = np.where(is_misfit, misfit, world.failing.direction[style])
    says = np.eye(REASONS)[np.where(direction < 0, SMALL_SIDE, LARGE_SIDE)][:, None, None, None, :]
    is_afflicted = (is_failed | is_misfit[:, None, None, None])[..., None]
    return np.where(is_afflicted, SAYS_SO * says + (1 - SAYS_SO) * shares, shares)


def sum_sizes(world: World, sold: Sold) -> pd.DataFrame:
    """Sum what was sold by style and size, as ``estimate_fit`` takes it."""
    keys = ["style_id", "size_label", "size_order", "category_name", "brand_name"]
    told, axes = sold.told.sum(axis=(1, 2, 3)), (1, 2, 3)
    frame = name_skus(world.catalogue).assign(
        developed_count=sold.units.sum(axis=axes).astype(float),
        small_units=told[:, 0].astype(float),
        large_units=told[:, 1].astype(float),
        size_units=told[:, :3].sum(axis=1).astype(float),
        other_units=told[:, 3].astype(float),
        true_units=sold.true_size_units.sum(axis=axes),
    )
    sums = frame.groupby(keys, as_index=False).sum()
    return sums.assign(delivered_count=sums["developed_count"])


def name_skus(catalogue: Catalogue) -> pd.DataFrame:
    """Name style, size, category and brand of each SKU."""
    style = catalogue.sku_style
    category = catalogue.category[style]
    return pd.DataFrame(
        {
            "style_id": np.array(catalogue.style_ids)[style],
            "size_label": [
                CATEGORIES[c].sizes[z] for c, z in zip(category, catalogue.sku_size, strict=True)
            ],
            "size_order": catalogue.sku_size,
            "category_name": [CATEGORIES[c].name for c in category],
            "brand_name": [BRANDS[brand] for brand in catalogue.brand[style]],
        }
    )


def sum_segments(world: World, sold: Sold) -> pd.DataFrame:
    """Sum what was sold by style and one attribute, as ``estimate_segments`` takes it."""
    sizes = sum_sizes(world, sold)
    names = name_skus(world.catalogue)
    weights = {side: weigh_sizes(sizes, names, side=side) for side in SIDES}
    frames = []
    for place, (dimension, words) in enumerate(ATTRIBUTES.items()):
        axes = tuple(axis for axis in (1, 2, 3) if axis != place + 1)
        units, told = sold.units.sum(axis=axes), sold.told.sum(axis=axes)
        true = sold.true_size_units.sum(axis=axes)
        for value, word in enumerate(words):
            frames.append(
                names[["style_id", "category_name"]].assign(
                    dimension_code=dimension,
                    segment_label=word,
                    developed_count=units[:, value].astype(float),
                    small_units=told[:, value, 0].astype(float),
                    large_units=told[:, value, 1].astype(float),
                    size_units=told[:, value, :3].sum(axis=1).astype(float),
                    true_units=true[:, value],
                    **{f"{side}_exposure": units[:, value] * weights[side] for side in SIDES},
                )
            )
    keys = ["style_id", "category_name", "dimension_code", "segment_label"]
    return merge_few(pd.concat(frames).groupby(keys, as_index=False).sum())


def weigh_sizes(sizes: pd.DataFrame, names: pd.DataFrame, *, side: str) -> np.ndarray:
    """Weigh each SKU by how much oftener its size is sent back than its style."""
    style = sizes.groupby("style_id")[[f"{side}_units", "developed_count"]].transform("sum")
    rate = style[f"{side}_units"] / np.maximum(style["developed_count"], 1.0)
    due = sizes["developed_count"] * rate + PRIOR_UNITS
    weighed = sizes.assign(weight=(sizes[f"{side}_units"] + PRIOR_UNITS) / due)
    keys = ["style_id", "size_label"]
    return names.merge(weighed[[*keys, "weight"]], how="left", on=keys)["weight"].to_numpy()


def merge_few(rows: pd.DataFrame) -> pd.DataFrame:
    """Merge values with fewer than five customers, and the next smallest until they are five."""
    keys = ["style_id", "dimension_code"]
    ordered = rows.sort_values([*keys, "developed_count", "segment_label"], ignore_index=True)
    units = ordered["developed_count"]
    before = ordered.groupby(keys)["developed_count"].cumsum() - units
    is_merged = (units < FEWEST) | ((before > 0) & (before < FEWEST))
    kind = np.where(is_merged, "other", "named")
    label = ordered["segment_label"].where(~is_merged, "other")
    named = ordered.assign(segment_kind_code=kind, segment_label=label)
    every = ["style_id", "category_name", "dimension_code", "segment_kind_code", "segment_label"]
    sums = named.groupby(every, as_index=False).sum()
    has_named = sums.groupby(keys)["segment_kind_code"].transform("min") == "named"
    kept = sums[has_named]
    return kept.assign(delivered_count=kept["developed_count"])
