"""The styles and SKUs of the synthetic shop, with the faults that are planted in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from orchestration.demo.words import (
    BRANDS,
    CATEGORIES,
    COLOURS,
    FACTORIES,
    MATERIALS,
    SEASONS,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LINES_PER_STYLE: Final = 400
MIN_STYLES: Final = 32
MAX_STYLES: Final = 3000
MISFIT_SHARE: Final = 0.12  # of the styles with sizes
BAD_SKU_SHARE: Final = 0.05  # SKUs whose true rate is BAD_SKU_FACTOR times as high
BAD_SKU_FACTOR: Final = 2.5
STYLE_SPREAD: Final = 0.18  # of the log of a style's true rate around its category's
MIN_TRUE_RATE: Final = 0.01
MAX_TRUE_RATE: Final = 0.85
GRADING_ERROR: Final = 0.4  # of a step, missing or too much where the grading is the fault
MISFIT_EXTRA: Final = 0.16  # added to the true rate of a misfit style's afflicted sizes
# Season index to first and last month (0 = January 2025) in which it sells at full weight.
SEASON_MONTHS: Final = ((0, 8), (6, 14), (12, 20), (18, 26))


@dataclass(frozen=True)
class Catalogue:
    """Styles (index s) and SKUs (index k) as arrays.

    Attributes
    ----------
    style_ids, style_names : list of str, length n_styles
    category, season, brand, factory, material : Ints of shape (n_styles,)
        Indexes into ``words``.
    list_price, unit_cost : Ints of shape (n_styles,)
        Yen, tax included.
    misfit : Ints of shape (n_styles,)
        -1 runs small, 1 runs large, 0 true to size.
    misfit_zone : list of str
        Part of the body or shoe; empty where there is none.
    misfit_from_size : Ints of shape (n_styles,)
        First size index that is afflicted: 0 is the whole range, a block problem.
    popularity : Floats of shape (n_styles,)
    skus : list of str, length n_skus
    sku_style, sku_size, sku_colour : Ints of shape (n_skus,)
    is_bad : bool array of shape (n_skus,)
    true_rate : Floats of shape (n_skus,)
        Final return probability of a unit, bracketing apart.
    first_sku, colour_count, size_count : Ints of shape (n_styles,)
        SKU of (style, colour, size) is first_sku + colour * size_count + size.
    """

    style_ids: list[str]
    style_names: list[str]
    category: Ints
    season: Ints
    brand: Ints
    factory: Ints
    material: Ints
    list_price: Ints
    unit_cost: Ints
    misfit: Ints
    misfit_zone: list[str]
    misfit_from_size: Ints
    popularity: Floats
    skus: list[str]
    sku_style: Ints
    sku_size: Ints
    sku_colour: Ints
    is_bad: npt.NDArray[np.bool_]
    true_rate: Floats
    first_sku: Ints
    colour_count: Ints
    size_count: Ints


def build_catalogue(lines: int, *, seed: int) -> Catalogue:
    """Draw the catalogue of a shop that sells ``lines`` order lines.

    Parameters
    ----------
    lines : int
        Order lines, at least 1; more lines, more styles.
    seed : int

    Returns
    -------
    Catalogue
    """
    rng = np.random.default_rng([seed, 1])
    count = int(np.clip(lines // LINES_PER_STYLE, MIN_STYLES, MAX_STYLES))
    category = np.arange(count, dtype=np.int64) % len(CATEGORIES)
    rng.shuffle(category)
    size_count = np.array([len(CATEGORIES[c].sizes) for c in category], dtype=np.int64)
    colour_count = rng.integers(2, 5, count)
    list_price = _draw_prices(category, rng)
    misfit = rng.choice([-1, 0, 1], count, p=[0.08, 0.88, 0.04])
    misfit[size_count == 1] = 0
    misfit_from = np.where(rng.random(count) < 0.5, 0, size_count // 2)  # noqa: PLR2004
    first_sku = np.concatenate([[0], np.cumsum(size_count * colour_count)[:-1]])
    sku_style = np.repeat(np.arange(count), size_count * colour_count)
    inside = np.arange(len(sku_style)) - first_sku[sku_style]
    sku_size = inside % size_count[sku_style]
    is_bad = rng.random(len(sku_style)) < BAD_SKU_SHARE
    draft = _Draft(category, size_count, misfit, misfit_from, sku_style, sku_size, is_bad)
    return Catalogue(
        style_ids=[str(1000 + 7 * s) for s in range(count)],
        style_names=_name_styles(category, rng),
        category=category,
        season=rng.integers(0, len(SEASONS), count),
        brand=rng.integers(0, len(BRANDS), count),
        factory=rng.integers(0, len(FACTORIES), count),
        material=rng.integers(0, len(MATERIALS), count),
        list_price=list_price,
        unit_cost=(list_price * rng.uniform(0.28, 0.45, count)).astype(np.int64),
        misfit=misfit,
        misfit_zone=_draw_zones(category, misfit, rng),
        misfit_from_size=misfit_from,
        popularity=_draw_popularity(count, rng),
        skus=_name_skus(sku_style, sku_size, inside // size_count[sku_style], category),
        sku_style=sku_style,
        sku_size=sku_size,
        sku_colour=inside // size_count[sku_style],
        is_bad=is_bad,
        true_rate=_compute_true_rates(draft, rng),
        first_sku=first_sku,
        colour_count=colour_count,
        size_count=size_count,
    )


@dataclass(frozen=True)
class _Draft:
    category: Ints
    size_count: Ints
    misfit: Ints
    misfit_from: Ints
    sku_style: Ints
    sku_size: Ints
    is_bad: npt.NDArray[np.bool_]


def _draw_prices(category: Ints, rng: np.random.Generator) -> Ints:
    low, high = np.array([CATEGORIES[c].price_range for c in category]).T
    return np.asarray(
        ((low + rng.random(len(category)) * (high - low)) // 1000).astype(np.int64) * 1000 + 900
    )


def _draw_zones(category: Ints, misfit: Ints, rng: np.random.Generator) -> list[str]:
    return [
        str(rng.choice(CATEGORIES[c].zones)) if m else ""
        for c, m in zip(category, misfit, strict=True)
    ]


def _draw_popularity(count: int, rng: np.random.Generator) -> Floats:
    weights = np.arange(1, count + 1, dtype=np.float64) ** -0.7
    rng.shuffle(weights)
    return weights


def _name_styles(category: Ints, rng: np.random.Generator) -> list[str]:
    return [str(rng.choice(CATEGORIES[c].nouns)) for c in category]


def _name_skus(style: Ints, size: Ints, colour: Ints, category: Ints) -> list[str]:
    return [
        f"{1000 + 7 * s}-{COLOURS[(c + s) % len(COLOURS)][1]}-{CATEGORIES[category[s]].sizes[z]}"
        for s, z, c in zip(style, size, colour, strict=True)
    ]


def _compute_true_rates(draft: _Draft, rng: np.random.Generator) -> Floats:
    base = np.array([CATEGORIES[c].return_rate for c in draft.category])
    style_rate = base * rng.lognormal(0.0, STYLE_SPREAD, len(base))
    rate = style_rate[draft.sku_style]
    afflicted = (draft.misfit[draft.sku_style] != 0) & (
        draft.sku_size >= draft.misfit_from[draft.sku_style]
    )
    rate = rate + np.where(afflicted, MISFIT_EXTRA, 0.0)
    rate = np.where(draft.is_bad, rate * BAD_SKU_FACTOR, rate)
    return np.clip(rate, MIN_TRUE_RATE, MAX_TRUE_RATE)


def build_products(catalogue: Catalogue) -> pa.Table:
    """Build the products file: one row per SKU, canonical headers."""
    style, size = catalogue.sku_style, catalogue.sku_size
    category = catalogue.category[style]
    columns: dict[str, list[object]] = {
        "sku": list(catalogue.skus),
        "style_id": [catalogue.style_ids[s] for s in style],
        "style_name": [catalogue.style_names[s] for s in style],
        "category": [CATEGORIES[c].name for c in category],
        "brand": [BRANDS[b] for b in catalogue.brand[style]],
        "season": [SEASONS[x] for x in catalogue.season[style]],
        "size_label": [CATEGORIES[c].sizes[z] for c, z in zip(category, size, strict=True)],
        "size_order": list(size),
        "colour_name": [
            COLOURS[(c + s) % len(COLOURS)][0]
            for c, s in zip(catalogue.sku_colour, style, strict=True)
        ],
        "list_price": list(catalogue.list_price[style]),
        "unit_cost": list(catalogue.unit_cost[style]),
        "factory": [FACTORIES[f] for f in catalogue.factory[style]],
        "material": [MATERIALS[m] for m in catalogue.material[style]],
    }
    for name in sorted({m[0] for c in CATEGORIES for m in c.measures}):
        columns[name] = [
            _measure(name, category=int(c), size=int(z), catalogue=catalogue, style=int(s))
            for c, z, s in zip(category, size, style, strict=True)
        ]
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def _measure(
    name: str, *, category: int, size: int, catalogue: Catalogue, style: int
) -> float | None:
    """Measure a size; where the grading is the fault, the step into it shows in one measurement."""
    measures = CATEGORIES[category].measures
    for column, start, step in measures:
        if column == name:
            first = int(catalogue.misfit_from_size[style])
            is_off = bool(catalogue.misfit[style]) and 0 < first <= size
            off = int(catalogue.misfit[style]) * GRADING_ERROR * step
            return round(start + step * size + off * (is_off and column == measures[0][0]), 2)
    return None
