"""How much of the best 50 SKUs an order can find that knows how the demo draws shops, not what.

``python -m benchmarks.best_order --kept FOLDER --first 301 --seeds 4``: the rates of a style and
its SKUs are integrated over the generator's own distributions, given the counts of the whole style,
and the SKUs are ordered by the expected excess that follows. No estimate from the same counts can
be expected to find much more: the rest is chance in the counts. It is told what no shop can know:
the rates of the categories, how far styles differ, the share and the size of what is planted, and
which sizes a misfit style may hit. The truth of a shop is read to score an order, never to make it.
Left out, as in the estimates: how sure developed units are, which the lag curve says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import logsumexp

from benchmarks.built_shops import ShopKey
from benchmarks.proof_development import (
    LINES,
    TOP,
    compute_share,
    describe_figure,
    estimate_skus,
)
from benchmarks.proof_shops import BuiltShop, load_shop
from orchestration.demo.calendar import SCENARIOS
from orchestration.demo.catalogue import (
    BAD_SKU_FACTOR,
    BAD_SKU_SHARE,
    MAX_TRUE_RATE,
    MIN_TRUE_RATE,
    MISFIT_EXTRA,
    MISFIT_SHARE,
    STYLE_SPREAD,
)
from orchestration.demo.words import CATEGORIES

Floats: TypeAlias = npt.NDArray[np.float64]

NODES: Final = np.linspace(-4.5, 4.5, 91)  # standard deviations of the styles' rates
RATES: Final = {category.name: category.return_rate for category in CATEGORIES}
SIZES: Final = {category.name: category.sizes for category in CATEGORIES}
ARRIVING: Final = np.linspace(0.85, 1.0, 16)  # share of requested units that arrive: the likeliest


def judge_style(style: pd.DataFrame, *, arriving: float) -> tuple[Floats, float]:
    """Compute the expected true rate of each SKU of a style, given the counts of all of them.

    Parameters
    ----------
    style : DataFrame
        Rows of one style: ``category_name``, ``group_id``, ``developed_count``, ``returned_count``.
    arriving : float
        Share of the requested units that arrive.

    Returns
    -------
    tuple of Floats of shape (n_skus,) and float
        The rates, and the log likelihood of the counts up to a constant.
    """
    sizes = SIZES[style["category_name"].iloc[0]]
    size = np.array([sizes.index(sku.rpartition("-")[2]) for sku in style["group_id"]])
    centre = RATES[style["category_name"].iloc[0]] * np.exp(STYLE_SPREAD * NODES)
    developed = style["developed_count"].to_numpy(dtype=np.float64)[:, None]
    returned = style["returned_count"].to_numpy(dtype=np.float64)[:, None]
    misfit = MISFIT_SHARE * (len(sizes) > 1)
    kinds = (
        (1 - misfit, np.zeros(len(size))),
        (misfit / 2, np.ones(len(size))),
        (misfit / 2, (size >= len(sizes) // 2).astype(np.float64)),
    )
    joint, means = [], []
    for share, is_hit in kinds:
        normal = centre + MISFIT_EXTRA * is_hit[:, None]
        rates = [
            np.clip(rate, MIN_TRUE_RATE, MAX_TRUE_RATE)
            for rate in (normal, normal * BAD_SKU_FACTOR)
        ]
        parts = np.stack(
            [
                np.log(weight) + _weigh(rate * arriving, developed, returned)
                for weight, rate in zip((1 - BAD_SKU_SHARE, BAD_SKU_SHARE), rates, strict=True)
            ]
        )
        likelihood = logsumexp(parts, axis=0)  # (n_skus, n_nodes)
        means.append((np.exp(parts - likelihood) * np.stack(rates)).sum(axis=0) * arriving)
        with np.errstate(divide="ignore"):
            joint.append(np.log(share) - 0.5 * NODES**2 + likelihood.sum(axis=0))
    total = logsumexp(np.stack(joint))
    weight = np.exp(np.stack(joint) - total)
    return np.einsum("kg,kng->n", weight, np.stack(means)), float(total)


def judge_shop(skus: pd.DataFrame) -> Floats:
    """Compute the expected true rate of each SKU of a shop, at the likeliest share that arrives."""
    styles = [style for _, style in skus.groupby("style_id")]
    judged = [[judge_style(style, arriving=share) for style in styles] for share in ARRIVING]
    best = judged[int(np.argmax([sum(likelihood for _, likelihood in one) for one in judged]))]
    known = pd.Series(0.0, index=skus.index)
    for style, (rates, _) in zip(styles, best, strict=True):
        known.loc[style.index] = rates
    return known.to_numpy()


def _weigh(rate: Floats, developed: Floats, returned: Floats) -> Floats:
    kept = np.maximum(developed - returned, 0.0)
    likelihood: Floats = returned * np.log(rate) + kept * np.log1p(-rate)
    return likelihood


def count_orders(shop: BuiltShop) -> dict[str, float]:
    """Count the true excess units in the first 50 by each order."""
    skus = estimate_skus(shop)
    skus = skus[skus["is_rankable"]].reset_index(drop=True)
    developed, expected = skus["developed_count"], skus["expected_rate"]
    true = (skus["true_rate"] - expected) * developed
    orders = {
        "known": (judge_shop(skus) - expected) * developed,
        "likely": (skus["posterior_rate"] - expected) * developed,
        "seen": skus["returned_count"] - expected * developed,
    }
    found = {name: float(true[order.nlargest(TOP).index].sum()) for name, order in orders.items()}
    return found | {"best": float(true.nlargest(TOP).sum())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, required=True, help="folder that keeps the shops")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--first", type=int, required=True, help="seed of the first shop")
    parser.add_argument("--seeds", type=int, required=True, help="shops per scenario")
    chosen = parser.parse_args()
    rows = [
        "| scenario | shops | top 50 by one who knows the generator | by likely excess"
        " | by observed excess |",
        "|---|---|---|---|---|",
    ]
    for scenario in SCENARIOS:
        keys = [
            ShopKey(scenario, chosen.first + number, chosen.lines) for number in range(chosen.seeds)
        ]
        counts = pd.DataFrame([count_orders(load_shop(chosen.kept, key)) for key in keys])
        cells = [
            describe_figure(counts, compute_share(name, "best"))
            for name in ("known", "likely", "seen")
        ]
        rows.append("| " + " | ".join([scenario, f"{len(counts)}", *cells]) + " |")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
