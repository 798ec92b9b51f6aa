"""What the rates of small SKUs are worth on a real shop: BADS 2017/18, split by time.

``python -m benchmarks.proof_bads``. The data are not ours and stay outside the repository
(``shared/data/bads_ws1718`` beside it). They are artificially balanced, 48 % of the lines came
back, so no rate here is the shop's own; calibration and comparisons hold. The file has no category:
the brand stands in. Whether a line came back is final, so every exposure is fully developed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.rates.parts import MAX_RATE, MIN_RATE
from models_ml.rates.posterior import Posterior, compute_mean, compute_posterior
from models_ml.rates.prior import fit_priors, lay_out_priors

Floats: TypeAlias = npt.NDArray[np.float64]

FOLDER: Final = Path(__file__).parents[1].parent / "shared" / "data" / "bads_ws1718"
TRAIN_SHARE: Final = 0.7  # of the delivered lines, by order date
FEW: Final = 10  # deliveries in training; a group with more is not small
DRAWS: Final = 2_000  # of the posterior prediction per group
RAW_MARGIN: Final = 0.01  # a raw rate of 0 or 1 would have an infinite loss
LEVELS: Final = {"style": ["item_id"], "SKU": ["item_id", "item_size", "item_color"]}


def measure_small_skus(folder: Path = FOLDER) -> list[str]:
    """Train on the first orders, test on the rest, for groups with few deliveries in training.

    Parameters
    ----------
    folder : Path
        Holds ``order_items.csv.gz``.

    Returns
    -------
    list of str
        Rows of a Markdown table, or one line that says that the data are not here.
    """
    path = folder / "order_items.csv.gz"
    if not path.exists():
        return [f"skipped: {path.name} of {folder.name} is not here"]
    lines = pd.read_csv(path, parse_dates=["order_date"])
    lines = lines[lines["delivery_date"] != "?"].sort_values("order_date", kind="stable")
    lines["item_size"] = lines["item_size"].str.upper()
    split = lines["order_date"].iloc[int(TRAIN_SHARE * len(lines))]
    is_train = lines["order_date"] < split
    rows = [
        f"| trained on orders before {split:%Y-%m-%d} | small groups, test lines "
        "| test counts inside the 95 % predictive interval | same, randomised at its ends "
        "| log loss: raw | brand | shrunk |",
        "|---|---|---|---|---|---|---|",
    ]
    for level, keys in LEVELS.items():
        rows.append(_measure_level(level, keys, train=lines[is_train], test=lines[~is_train]))
    return rows


def _measure_level(level: str, keys: list[str], *, train: pd.DataFrame, test: pd.DataFrame) -> str:
    groups = train.groupby(keys)["return"].agg(n="size", y="sum")
    groups = groups.join(train.groupby(keys)["brand_id"].first())
    brands = groups.groupby("brand_id")[["n", "y"]].transform("sum")
    groups["brand_rate"] = (brands["y"] / brands["n"]).clip(MIN_RATE, MAX_RATE)
    posterior = _believe(groups)
    groups["shrunk_rate"] = compute_mean(posterior)
    groups["place"] = np.arange(len(groups))
    small = groups[groups["n"] <= FEW].join(
        test.groupby(keys)["return"].agg(test_n="size", test_y="sum"), how="inner"
    )
    is_inside, is_inside_randomised = _predict(posterior, small)
    raw = (small["y"] / small["n"]).clip(RAW_MARGIN, 1 - RAW_MARGIN)
    losses = [_compute_loss(small, r) for r in (raw, small["brand_rate"], small["shrunk_rate"])]
    cells = [
        f"{level}, 1 to {FEW} deliveries",
        f"{len(small):,}, {small['test_n'].sum():,}",
        f"{is_inside.mean():.1%}",
        f"{is_inside_randomised.mean():.1%}",
        *[f"{loss:.4f}" for loss in losses],
    ]
    return "| " + " | ".join(cells) + " |"


def _believe(groups: pd.DataFrame) -> Posterior:
    counts = groups["n"].to_numpy(np.float64), groups["y"].to_numpy(np.float64)
    expected = groups["brand_rate"].to_numpy(np.float64)
    brand = pd.factorize(groups["brand_id"], sort=True)[0].astype(np.int64)
    priors = fit_priors(*counts, expected, category=brand)
    return compute_posterior(
        counts[0],
        returned_count=counts[1],
        expected_rate=expected,
        prior=lay_out_priors(priors, category=brand),
    )


def _predict(
    posterior: Posterior, small: pd.DataFrame
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Tell which test counts lie inside: as they are, and with ties cut by chance (95 %)."""
    rng = np.random.default_rng(0)
    place, shape = small["place"].to_numpy(), (DRAWS, len(small))
    part = (rng.random(shape) < posterior.weight[-1, place]).astype(np.int64)
    rate = rng.beta(posterior.alpha[part, place], posterior.beta[part, place])
    drawn = rng.binomial(small["test_n"].to_numpy(), rate)
    seen = small["test_y"].to_numpy()
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0, method="inverted_cdf")
    below, equal = (drawn < seen).mean(axis=0), (drawn == seen).mean(axis=0)
    place_of_seen = below + equal * rng.random(len(small))
    return (low <= seen) & (seen <= high), np.abs(place_of_seen - 0.5) <= 0.475  # noqa: PLR2004


def _compute_loss(small: pd.DataFrame, rate: pd.Series) -> float:
    """Compute the mean log loss per test line, in nats."""
    kept = small["test_n"] - small["test_y"]
    loss = -(small["test_y"] * np.log(rate) + kept * np.log1p(-rate)).sum()
    return float(loss / small["test_n"].sum())


def main() -> None:
    for row in measure_small_skus():
        print(row, flush=True)  # noqa: T201 - a command that answers on its terminal


if __name__ == "__main__":
    main()
