"""True return probabilities of order lines of the demo shop, on the day of their order."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def map_true_rates(lines: pd.DataFrame, truth: Path) -> pd.Series:
    """Map each line to the planted probability of its SKU, before or after it was mended.

    Parameters
    ----------
    lines : DataFrame
        ``sku`` and ``ordered_date``.
    truth : Path
        The folder that the generator wrote.
    """
    skus = pd.read_parquet(truth / "skus.parquet").set_index("sku")
    before = lines["sku"].map(skus["true_return_probability"])
    fixed_from = pd.to_datetime(lines["sku"].map(skus["fixed_from"]))
    is_fixed = pd.to_datetime(lines["ordered_date"]) >= fixed_from
    return before.where(~is_fixed, lines["sku"].map(skus["fixed_return_probability"]))
