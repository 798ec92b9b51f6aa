"""What was planted in a world, and how much of it verdicts, lots, customers and intervals tell."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.fit_buyers import Buyers
from benchmarks.fit_worlds import World
from models_ml.fit.patterns import BLOCK, GRADING, LARGE, LOT, SMALL, SWAP
from models_ml.fit.verdicts import UNKNOWN
from orchestration.demo.failing import build_failing_truth
from orchestration.demo.lots import build_lot_truth

MANY: Final = 100  # deliveries to customers whom a style fails
MISFITS: Final = {-1: SMALL, 1: LARGE}
GIVEN: Final = (SMALL, LARGE, SWAP)


def read_truth(world: World, buyers: Buyers | None = None) -> pd.DataFrame:
    """Read what was planted, by style: the verdict and the diagnosis that are right, who buys."""
    catalogue = world.catalogue
    direction = np.where(catalogue.misfit != 0, catalogue.misfit, world.lots.direction)
    of_sizes = np.where(catalogue.misfit_from_size == 0, BLOCK, GRADING)
    return pd.DataFrame(
        {
            "true_verdict": [MISFITS.get(int(one), "") for one in direction],
            "true_diagnosis": np.where(world.lots.direction != 0, LOT, of_sizes),
            "is_off": False if buyers is None else buyers.is_off,
            "is_known": False if buyers is None else buyers.is_known,
        },
        index=catalogue.style_ids,
    )


def count_verdicts(rows: pd.DataFrame) -> Counter[str]:
    """Count verdicts that are given, right and due."""
    is_given = rows["verdict_code"].isin(GIVEN)
    is_right = is_given & (rows["verdict_code"] == rows["true_verdict"])
    is_misfit = rows["true_verdict"] != ""
    is_lot = rows["true_diagnosis"] == LOT
    is_due = is_misfit & ~is_lot & (rows["developed"] >= rows["needed_count"].astype(float))
    is_diagnosed = is_right & (rows["diagnosis_code"] == rows["true_diagnosis"])
    return Counter(
        styles=len(rows),
        misfits=int((is_misfit & ~is_lot).sum()),
        misfits_right=int((is_right & ~is_lot).sum()),
        bad_lots=int(is_lot.sum()),
        bad_lots_right=int((is_lot & is_diagnosed).sum()),
        given=int(is_given.sum()),
        right=int(is_right.sum()),
        due=int(is_due.sum()),
        found=int((is_due & is_right).sum()),
        diagnosed=int(is_diagnosed.sum()),
        open=int((rows["verdict_code"] == UNKNOWN).sum()),
        off=int(rows["is_off"].sum()),
        off_given=int((is_given & rows["is_off"]).sum()),
        known=int(rows["is_known"].sum()),
        known_right=int((is_right & rows["is_known"]).sum()),
    )


def count_intervals(evidence: pd.DataFrame, sizes: pd.DataFrame) -> Counter[str]:
    """Count sizes that can come back, and those whose true rate lies in its interval."""
    joined = evidence.merge(sizes, on=["style_id", "size_label"])
    # One size for all is never sent back for its size in the demo: no interval holds exactly 0.
    joined = joined[(joined["developed_count"] > 0) & (joined["true_units"] > 0)]
    rate = joined["true_units"] / joined["developed_count"]
    is_inside = (rate >= joined["low_rate"]) & (rate <= joined["high_rate"])
    return Counter(sizes=len(joined), inside=int(is_inside.sum()))


def count_lots(world: World, lots: pd.DataFrame) -> Counter[str]:
    """Count lots that are said not to fit, and rightly."""
    truth = build_lot_truth(world.catalogue, world.lots).to_pandas()
    rows = lots.merge(truth, how="left", on=["style_id", "lot_id"])
    is_given = rows["finding_code"].notna()
    is_right = is_given & (rows["finding_code"] == rows["direction"])
    return Counter(lots_given=int(is_given.sum()), lots_right=int(is_right.sum()))


def count_segments(world: World, evidence: pd.DataFrame, segments: pd.DataFrame) -> Counter[str]:
    """Count customers whom a style is said to fail, is rightly said to fail, and fails."""
    keys = ["style_id", "dimension_code", "segment_label"]
    truth = build_failing_truth(world.catalogue, world.failing).to_pandas()
    truth = truth.rename(columns={"dimension": "dimension_code", "value": "segment_label"})
    rows = segments.merge(truth, how="left", on=keys)
    rows = rows.merge(evidence, on=[*keys, "segment_kind_code"])
    is_given, is_failed = rows["finding_code"].notna(), rows["direction"].notna()
    is_right = is_given & (rows["finding_code"] == rows["direction"])
    is_many = is_failed & (rows["developed_count"] >= MANY)
    rate = rows["true_units"] / rows["developed_count"]
    is_inside = (rate >= rows["low_rate"]) & (rate <= rows["high_rate"])
    is_sold = rows["true_units"] > 0
    return Counter(
        segments_given=int(is_given.sum()),
        segments_right=int(is_right.sum()),
        segments_failed=len(truth),
        segments_many=int(is_many.sum()),
        segments_many_found=int((is_many & is_right).sum()),
        segment_rates=int(is_sold.sum()),
        segment_rates_inside=int((is_inside & is_sold).sum()),
    )
