"""What the fit outcome model is worth on published data; writes the figures into its card.

``python -m benchmarks.fit_outcome`` learns from the train part of RentTheRunway and judges on its
validation part, beside the share of each item and size. The test part is not
beside the repository; whoever has it gives it with ``--judged``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.fit_outcome_baselines import Floats, predict_popularity
from benchmarks.fit_verdicts import CARD
from benchmarks.reasons_data import SHARED
from benchmarks.written_parts import write_part
from models_ml.fit.outcome import fit_outcome_model, predict_outcomes
from models_ml.fit.outcome_columns import IDS, OUTCOME, SIZE
from models_ml.fit.outcome_scores import score_outcomes
from orchestration.fit_outcomes import SEED
from orchestration.outcome_files import read_outcomes

DATA: Final = SHARED / "rtr_fit"
PARTS: Final = ("outcome",)
STRICT: Final = (OUTCOME, *IDS, SIZE)
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
) -> str:
    """Learn, judge, and set one row of ``HEADER``."""
    started = time.perf_counter()
    probabilities = predict(train, test)
    seconds = time.perf_counter() - started
    found = score_outcomes(
        probabilities, outcomes=test[OUTCOME], customers=test["user_id"], seed=SEED
    )
    each = " | ".join(f"{area:.3f}" for area in found.auc.values())
    return (
        f"| {told} | {found.mean_auc:.4f} | {found.mean_auc_low:.3f}–{found.mean_auc_high:.3f} "
        f"| {each} | {found.log_loss:.4f} | {found.ece:.4f} | {seconds:.0f} |"
    )


def measure(train_path: Path, test_path: Path) -> list[str]:
    """Judge all models on one split."""
    train, test = (read_outcomes(path, has_body=True) for path in (train_path, test_path))
    strict = {"train": train[[*STRICT]], "test": test[[*STRICT]]}
    ids = "customer, style, size"
    rows = [
        judge(f"shares of the style and size | {ids} | –", predict_popularity, **strict),
    ]
    for told, has_body, parts in (
        (f"this model | {ids} | ≥ 0.751", False, strict),
        ("this model | … and category | –", False, {"train": train, "test": test}),
        ("this model | … and the body | ≥ 0.775", True, {"train": train, "test": test}),
    ):

        def predict(one: pd.DataFrame, other: pd.DataFrame, has_body: bool = has_body) -> Floats:  # noqa: FBT001
            return predict_ours(one, other, has_body=has_body)

        rows.append(judge(told, predict, **parts))
    counts = f"{len(train):,} rows learned from, {len(test):,} rows of `{test_path.stem}` judged."
    return [*HEADER, *rows, "", counts]


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
