"""What the rates of small SKUs are worth, in worlds whose true rates are known.

``python -m benchmarks.proof --parts worlds changes``: 3,000 SKUs in four categories, long-tailed
exposures, with and without 5 % of SKUs that are 2.5 times as bad, in worlds where normal SKUs share
one rate or differ, alone or with their styles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.rates.changes import detect_changes
from models_ml.rates.estimate import BUDGET, KNOB, estimate_rates

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int64]

SKUS: Final = 3_000
FIRST_SEED: Final = 1_000  # smaller seeds served to choose between methods
BAD_SHARE: Final = 0.05
BAD_FACTOR: Final = 2.5
MEDIAN_COUNT: Final = 25.0  # units delivered; mean 67, largest in the thousands
COUNT_SPREAD: Final = 1.4  # of the log of the count
TOP: Final = 50
ENOUGH_RETURNS: Final = 10.0  # expected returns from which power is asked for
MAX_RATE: Final = 0.95
RATES: Final = (0.06, 0.10, 0.15, 0.22)
HIGH_RATES: Final = (0.40, 0.50)
STYLE_SIZE: Final = 12  # SKUs of a style, on average
MISFIT_EXTRA: Final = 0.16  # of the rate
STYLES, WEEKS = 600, 40  # of the changes


@dataclass(frozen=True)
class World:
    """A world to draw shops from.

    Attributes
    ----------
    name : str
    variation : float
        Coefficient of variation of the normal SKUs' rates in a category; 0: all the same.
    bad_share : float
    rates : tuple of float
        Of the categories.
    developed_from : float
        Developed shares are drawn from here to 1.
    style_variation : float
        Spread of the log by which the rates of styles differ; 0: every SKU is its own style.
    misfit_share : float
        Share of styles of which about half the SKUs come back more often by ``MISFIT_EXTRA``.
    """

    name: str
    variation: float
    bad_share: float
    rates: tuple[float, ...] = RATES
    developed_from: float = 1.0
    style_variation: float = 0.0
    misfit_share: float = 0.0


WORLDS: Final = (
    World("one rate", 0.0, 0.0),
    World("one rate, 5 % bad", 0.0, BAD_SHARE),
    World("rates differ by 18 %", 0.18, 0.0),
    World("rates differ by 18 %, 5 % bad", 0.18, BAD_SHARE),
    World("rates differ by 35 %", 0.35, 0.0),
    World("rates differ by 35 %, 5 % bad", 0.35, BAD_SHARE),
    World("18 %, 5 % bad, 30–100 % developed", 0.18, BAD_SHARE, RATES, 0.3),
    World("18 %, rates of 40–50 %, 30–100 % developed", 0.18, 0.0, HIGH_RATES, 0.3),
    World("styles differ by 18 %", 0.0, 0.0, style_variation=0.18),
    World("styles differ by 18 %, 5 % bad", 0.0, BAD_SHARE, style_variation=0.18),
    World("styles by 35 %, their SKUs by 18 %", 0.18, 0.0, style_variation=0.35),
    World("styles by 35 %, their SKUs by 18 %, 5 % bad", 0.18, BAD_SHARE, style_variation=0.35),
    World("styles by 18 %, a tenth misfit", 0.0, 0.0, style_variation=0.18, misfit_share=0.1),
    World(
        "styles by 18 %, a tenth misfit, 5 % bad, 30–100 % developed",
        *(0.0, BAD_SHARE, RATES, 0.3, 0.18, 0.1),
    ),
)


@dataclass(frozen=True)
class Draw:
    """A drawn shop: what is seen of it, and what is true.

    Attributes
    ----------
    evidence : DataFrame
        As ``estimate_rates`` takes it.
    rate, category_rate : Floats of shape (n_skus,)
        True rate, and true rate of the category over its exposure.
    is_bad : bool array of shape (n_skus,)
    """

    evidence: pd.DataFrame
    rate: Floats
    category_rate: Floats
    is_bad: npt.NDArray[np.bool_]


def draw_shop(world: World, *, seed: int) -> Draw:
    """Draw a shop of a world."""
    rng = np.random.default_rng(seed)
    style, category, rate = _draw_styles(world, rng)
    if world.variation > 0:
        strength = (1 - rate) / rate / world.variation**2 - 1
        rate = rng.beta(rate * strength, (1 - rate) * strength)
    is_bad = rng.random(SKUS) < world.bad_share
    rate = np.where(is_bad, np.minimum(rate * BAD_FACTOR, MAX_RATE), rate)
    delivered = np.exp(rng.normal(np.log(MEDIAN_COUNT), COUNT_SPREAD, SKUS))
    delivered = np.maximum(np.round(delivered), 1).astype(np.int64)
    share = rng.uniform(world.developed_from, 1.0, SKUS)
    returned = rng.binomial(delivered, rate * share)
    developed = delivered * share
    totals = pd.DataFrame({"y": returned, "m": developed, "true": rate * developed})
    totals = totals.groupby(category).transform("sum")
    evidence = pd.DataFrame(
        {
            "level_code": "sku",
            "group_id": np.arange(SKUS).astype(str),
            "style_id": style.astype(str),
            "category_name": category.astype(str),
            "delivered_count": delivered,
            "developed_count": developed,
            "returned_count": returned,
            "expected_rate": totals["y"] / totals["m"],
        }
    )
    return Draw(evidence, rate, (totals["true"] / totals["m"]).to_numpy(), is_bad)


def _draw_styles(world: World, rng: np.random.Generator) -> tuple[Labels, Labels, Floats]:
    """Draw style, category and centre of each SKU."""
    rates = np.array(world.rates)
    if world.style_variation == 0:
        category = rng.integers(0, len(rates), SKUS)
        return np.arange(SKUS), category, rates[category]
    count = SKUS // STYLE_SIZE
    style = rng.integers(0, count, SKUS)
    category = rng.integers(0, len(rates), count)
    centre = rates[category] * np.exp(rng.normal(0.0, world.style_variation, count))
    is_misfit = (rng.random(count) < world.misfit_share)[style] & (rng.random(SKUS) < 0.5)  # noqa: PLR2004
    rate = np.minimum(centre[style] + MISFIT_EXTRA * is_misfit, MAX_RATE)
    return style, category[style], rate


def measure_draw(draw: Draw) -> dict[str, float]:
    """Count what the estimates of one shop got right."""
    rates = estimate_rates(draw.evidence, knob=KNOB, budget=BUDGET)
    developed = draw.evidence["developed_count"].to_numpy()
    returned = draw.evidence["returned_count"].to_numpy()
    expected = draw.evidence["expected_rate"].to_numpy()
    is_covered = (rates["low_rate"] <= draw.rate) & (draw.rate <= rates["high_rate"])
    is_alarm = rates["is_alarm"].to_numpy()
    is_false = is_alarm & (draw.rate <= KNOB * draw.category_rate)
    is_asked = draw.is_bad & (draw.category_rate * developed >= ENOUGH_RETURNS)
    excess = (draw.rate - draw.category_rate) * developed
    best = np.sort(excess)[::-1][:TOP].sum()
    observed = np.argsort(expected * developed - returned)[:TOP]
    believed = np.argsort((expected - rates["posterior_rate"].to_numpy()) * developed)[:TOP]
    return {
        "coverage": float(is_covered.mean()),
        "alarms": float(is_alarm.sum()),
        "false_share": float(is_false.sum() / max(is_alarm.sum(), 1)),
        "has_false": float(is_false.any()),
        "asked": float(is_asked.sum()),
        "found": float((is_asked & is_alarm).sum()),
        "best": float(best),
        "observed": float(excess[observed].sum()),
        "believed": float(excess[believed].sum()),
    }


def measure_rates(seeds: int) -> list[str]:
    """Measure every world and return one row of a Markdown table for each.

    Parameters
    ----------
    seeds : int
        Shops drawn per world, ≥ 1.

    Returns
    -------
    list of str
    """
    rows = [
        "| world | coverage (lowest–highest shop) | alarms per shop | false share, mean of shops "
        "| shops with a false alarm | power | top 50: observed excess | top 50: posterior excess |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for world in WORLDS:
        drawn = [
            measure_draw(draw_shop(world, seed=FIRST_SEED + number)) for number in range(seeds)
        ]
        rows.append(_describe(world.name, pd.DataFrame(drawn)))
    return rows


def _describe(name: str, figures: pd.DataFrame) -> str:
    total = figures.sum()
    asked = total["asked"]
    has_excess = total["best"] > 1
    cells = [
        name,
        f"{figures['coverage'].mean():.1%} "
        f"({figures['coverage'].min():.1%}–{figures['coverage'].max():.1%})",
        f"{figures['alarms'].mean():.1f}",
        f"{figures['false_share'].mean():.1%}",
        f"{total['has_false']:.0f} of {len(figures)}",
        f"{total['found'] / asked:.1%} of {asked:.0f}" if asked else "none planted",
        f"{total['observed'] / total['best']:.1%}" if has_excess else "no excess",
        f"{total['believed'] / total['best']:.1%}" if has_excess else "no excess",
    ]
    return "| " + " | ".join(cells) + " |"


def measure_changes(seeds: int) -> list[str]:
    """Measure change detection in a world without and one with 5 % of styles that rise 2.5 times.

    Parameters
    ----------
    seeds : int
        Shops of 600 styles × 40 weeks drawn per world, ≥ 1.

    Returns
    -------
    list of str
        Rows of a Markdown table.
    """
    rows = [
        "| world of 600 styles × 40 weeks | changes found per shop | false share, mean of shops "
        "| shops with a false one | power | weeks off, median |",
        "|---|---|---|---|---|---|",
    ]
    for share in (0.0, BAD_SHARE):
        drawn = [_measure_change_draw(FIRST_SEED + number, share=share) for number in range(seeds)]
        found = np.array([(d["found"], d["false"], d["asked"], d["hits"]) for d in drawn])
        off = np.concatenate([np.atleast_1d(d["off"]) for d in drawn])
        false_share = (found[:, 1] / np.maximum(found[:, 0], 1)).mean()
        asked = found[:, 2].sum()
        rows.append(
            f"| {share:.0%} rise | {found[:, 0].mean():.1f} | {false_share:.1%} "
            f"| {(found[:, 1] > 0).sum()} of {len(found)} "
            f"| {f'{found[:, 3].sum() / asked:.1%} of {asked:.0f}' if asked else 'none planted'} "
            f"| {f'{np.median(off):.0f}' if len(off) else '–'} |"
        )
    return rows


def _measure_change_draw(seed: int, *, share: float) -> dict[str, float | Floats]:
    rng = np.random.default_rng(seed)
    rate = 0.12 * np.exp(rng.normal(0, 0.3, STYLES))[:, None]
    size = np.exp(rng.normal(np.log(8), 1.0, STYLES))[:, None]
    delivered = rng.poisson(size * rng.gamma(3, 1 / 3, (STYLES, WEEKS)))
    is_changed = rng.random(STYLES) < share
    start = rng.integers(5, WEEKS - 5, STYLES)
    is_after = is_changed[:, None] & (np.arange(WEEKS)[None, :] >= start[:, None])
    returned = rng.binomial(delivered, np.minimum(rate * np.where(is_after, BAD_FACTOR, 1), 0.95))
    dates = pd.date_range("2026-01-05", periods=WEEKS, freq="7D")
    weeks = pd.DataFrame(
        {
            "group_id": np.repeat([f"{number:05d}" for number in range(STYLES)], WEEKS),
            "week_start_date": np.tile(dates, STYLES),
            "developed_count": delivered.ravel().astype(np.float64),
            "returned_count": returned.ravel(),
            "expected_rate": 0.12,
        }
    )
    since = detect_changes(weeks, budget=BUDGET)["since_date"]
    is_found = since.notna().to_numpy()
    is_asked = is_changed & ((delivered * rate * is_after).sum(axis=1) >= ENOUGH_RETURNS)
    right = np.flatnonzero(is_found & is_changed)
    off = np.abs(since.iloc[right].to_numpy() - dates[start[right]].to_numpy())
    return {
        "found": float(is_found.sum()),
        "false": float((is_found & ~is_changed).sum()),
        "asked": float(is_asked.sum()),
        "hits": float((is_found & is_asked).sum()),
        "off": off / np.timedelta64(7, "D"),
    }
