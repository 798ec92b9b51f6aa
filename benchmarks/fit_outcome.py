"""What the fit outcome model is worth on published data; writes the figures into its card.

``python -m benchmarks.fit_outcome`` learns from the train part of RentTheRunway and judges on its
validation part, beside the share of each item and size, and beside latent factors as published.
The test part is not beside the repository; whoever has it gives it with ``--judged``. Seconds are
written where the machine does nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.fit_outcome_baselines import Floats, predict_popularity
from benchmarks.fit_outcome_latent import predict_ordinal, predict_two_sums
from benchmarks.fit_verdicts import CARD
from benchmarks.reasons_data import SHARED
from benchmarks.written_parts import write_part
from models_ml.fit.outcome import fit_outcome_model, predict_outcomes
from models_ml.fit.outcome_columns import IDS, OUTCOME, SIZE
from models_ml.fit.outcome_scores import TAILS, draw_mean_areas, score_outcomes
from orchestration.fit_outcomes import SEED
from orchestration.outcome_files import read_outcomes

DATA: Final = SHARED / "rtr_fit"
PARTS: Final = ("outcome",)
STRICT: Final = (OUTCOME, *IDS, SIZE)
QUIET: Final = 1.5  # load of a machine that does nothing else
HEADER: Final = (
    "| model | told of a row | bar | mean AUC | 95 % | small | fit | large | log loss "
    "| calibration error | seconds |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
)


def predict_ours(train: pd.DataFrame, test: pd.DataFrame, *, has_body: bool) -> Floats:
    return predict_outcomes(fit_outcome_model(train, has_body=has_body, seed=SEED), test)


def judge(
    told: str,
    predict: Callable[[pd.DataFrame, pd.DataFrame], Floats],
    *,
    train: pd.DataFrame,
    test: pd.DataFrame,
) -> tuple[str, Floats]:
    """Learn, judge, and set one row of ``HEADER``; return it with the mean areas of draws."""
    is_quiet = os.getloadavg()[0] < QUIET
    started = time.perf_counter()
    probabilities = predict(train, test)
    seconds = f"{time.perf_counter() - started:.0f}" if is_quiet else "–"
    truth = {"outcomes": test[OUTCOME], "customers": test["user_id"], "seed": SEED}
    found = score_outcomes(probabilities, **truth)
    each = " | ".join(f"{area:.3f}" for area in found.auc.values())
    row = (
        f"| {told} | {found.mean_auc:.4f} | {found.mean_auc_low:.3f}–{found.mean_auc_high:.3f} "
        f"| {each} | {found.log_loss:.4f} | {found.ece:.4f} | {seconds} |"
    )
    sys.stderr.write(f"{row}\n")
    return row, draw_mean_areas(probabilities, **truth)


def measure(train_path: Path, test_path: Path) -> list[str]:
    """Judge all models on one split."""
    train, test = (read_outcomes(path, has_body=True) for path in (train_path, test_path))
    strict = {"train": train[[*STRICT]], "test": test[[*STRICT]]}
    whole = {"train": train, "test": test}
    ids = "customer, style, size"

    def ours(one: pd.DataFrame, other: pd.DataFrame) -> Floats:
        return predict_ours(one, other, has_body=False)

    def ours_with_body(one: pd.DataFrame, other: pd.DataFrame) -> Floats:
        return predict_ours(one, other, has_body=True)

    shares, _ = judge(f"shares of the style and size | {ids} | –", predict_popularity, **strict)
    ordinal, _ = judge(f"K-LF-LR, two thresholds | {ids} | –", predict_ordinal, **strict)
    latent, theirs = judge(f"K-LF, two sums | {ids} | –", predict_two_sums, **strict)
    strictly, mine = judge(f"this model | {ids} | ≥ 0.751", ours, **strict)
    rows = [shares, ordinal, latent, strictly]
    rows += [
        judge(told, predict, **whole)[0]
        for told, predict in (
            ("this model | … and category | –", ours),
            ("this model | … and the body | ≥ 0.775", ours_with_body),
        )
    ]
    low, high = np.nanquantile(mine - theirs, TAILS)
    paired = (
        f"With {ids} alone this model's mean AUC is {float(np.nanmean(mine - theirs)):+.4f} beside "
        f"that of two sums, 95 % {low:+.4f} to {high:+.4f}, by drawing the same customers for both."
    )
    counts = f"{len(train):,} rows learned from, {len(test):,} rows of `{test_path.stem}` judged."
    return [*HEADER, *rows, "", paired, "", counts]


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_outcome")
    parser.add_argument("--judged", type=Path, help="rows to judge on; else the validation part")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; write the card where the validation part was judged."""
    judged: Path | None = parse_arguments(arguments).judged
    if not DATA.is_dir():
        sys.stderr.write("The published fit data are not on this machine: nothing is measured.\n")
        return 1
    rows = measure(DATA / "train.parquet", judged or DATA / "validation.parquet")
    sys.stdout.write("\n".join([*rows, ""]))
    if judged is None:
        write_part(CARD, "outcome", rows, command="python -m benchmarks.fit_outcome")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
