"""Developed rates, intervals, alarms and the worklist against the truth planted in demo shops.

``python -m benchmarks.proof_development --lines 100000 --seeds 3 --scenarios flat,growth``
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pandas as pd

from benchmarks.measuring import measure_command
from benchmarks.shops import clean_environment, find_command

SCENARIOS: Final = ("flat", "growth", "promotion", "policy_change")
RECENT_DAYS: Final = 30
ALARM_RATIO: Final = 1.5
TOP: Final = 50
POWER_EXPECTED: Final = 10.0  # returns that a planted SKU must be expected to have
READ_LINES: Final = """
select order_line_id, sku, ordered_count, delivered_count, delivered_date, returned_count,
    is_size_bracketed
from marts.fct_order_lines
where not is_exchange_leg and delivered_date is not null and delivered_count > 0
"""
READ_WORKLIST: Final = """
select sku, excess_amount, delivered_count, returned_count, expected_rate, developed_share, low,
    high, is_alarm, is_rankable
from marts.rpt_worklist where level_code = 'sku'
"""
READ_RECENT: Final = """
select sum(recent_delivered_count) as delivered, sum(recent_returned_count) as seen,
    sum(recent_expected_returns) as expected, bool_or(is_policy_change_affected) as is_flagged
from marts.rpt_category_development where is_current
"""


@dataclass(frozen=True)
class Shop:
    """A published demo shop and its truth.

    Attributes
    ----------
    lines : DataFrame
        Delivered order lines with ``final_count``, the units that come back in the end.
    worklist : DataFrame
        SKU rows with ``true_rate`` and ``is_planted_bad``.
    recent : Series
    """

    lines: pd.DataFrame
    worklist: pd.DataFrame
    recent: pd.Series


def make_shop(folder: Path, *, lines: int, seed: int, scenario: str) -> Path:
    """Generate a shop and run the whole job on it."""
    shop = folder / f"{scenario}-{seed}"
    demo = [find_command("kaeru"), "demo", str(shop), "--lines", str(lines), "--seed", str(seed)]
    measure_command([*demo, "--scenario", scenario], environment=clean_environment())
    measure_command(
        [find_command("kaeru"), "run", "--shop", str(shop)], environment=clean_environment()
    )
    return shop


def read_shop(shop: Path) -> Shop:
    """Read what was published beside what was planted."""
    pointer = json.loads((shop / "data" / "serving" / "current.json").read_bytes())
    path = shop / "data" / "serving" / pointer["file"]
    with duckdb.connect(str(path), read_only=True) as connection:
        lines = connection.execute(READ_LINES).df()
        worklist = connection.execute(READ_WORKLIST).df()
        recent = connection.execute(READ_RECENT).df().iloc[0]
    truth = shop / "truth"
    returns = pd.concat(pd.read_parquet(one) for one in sorted(truth.glob("returns-*.parquet")))
    final = returns[returns["received_second"].notna()].groupby("order_line_id")["quantity"].sum()
    lines["final_count"] = lines["order_line_id"].map(final).fillna(0)
    lines["delivered_date"] = pd.to_datetime(lines["delivered_date"])
    skus = pd.read_parquet(truth / "skus.parquet").set_index("sku")
    single = lines[~lines["is_size_bracketed"]]
    # A planted probability is of a line's request; what arrives of its units is less.
    planted = single["sku"].map(skus["true_return_probability"]) * single["delivered_count"]
    arriving = single["final_count"].sum() / planted.sum()
    worklist["true_rate"] = worklist["sku"].map(skus["true_return_probability"]) * arriving
    worklist["is_planted_bad"] = worklist["sku"].map(skus["is_planted_bad"])
    return Shop(lines, worklist, recent)


def measure_bias(shop: Shop) -> tuple[float, float, float]:
    """Return units that come back in the end of the last 30 days, as expected, and as seen."""
    last = shop.lines["delivered_date"].max()
    fresh = shop.lines[shop.lines["delivered_date"] > last - pd.Timedelta(days=RECENT_DAYS)]
    return float(fresh["final_count"].sum()), shop.recent["expected"], shop.recent["seen"]


def measure_intervals(shop: Shop) -> tuple[int, int]:
    """Return how many rankable SKUs' intervals hold their true rate, and how many there are."""
    rows = shop.worklist[shop.worklist["is_rankable"]]
    held = (rows["low"] <= rows["true_rate"]) & (rows["true_rate"] <= rows["high"])
    return int(held.sum()), len(rows)


def measure_alarms(shop: Shop) -> tuple[int, int, int, int]:
    """Return alarms, false ones, planted SKUs with enough expected returns, those found."""
    rows = shop.worklist
    is_bad = rows["true_rate"] > ALARM_RATIO * rows["expected_rate"]
    exposure = rows["delivered_count"] * rows["developed_share"]
    is_visible = rows["is_planted_bad"] & (exposure * rows["true_rate"] >= POWER_EXPECTED)
    return (
        int(rows["is_alarm"].sum()),
        int((rows["is_alarm"] & ~is_bad).sum()),
        int(is_visible.sum()),
        int((is_visible & rows["is_alarm"]).sum()),
    )


def measure_ranking(shop: Shop) -> float:
    """Return true excess units in our first 50 SKUs ÷ those in the 50 that truth would choose.

    Our order is by excess units seen; the worklist's own, by yen, answers another question.
    """
    rows = shop.worklist[shop.worklist["is_rankable"]]
    exposure = rows["delivered_count"] * rows["developed_share"]
    seen = rows["returned_count"] - rows["expected_rate"] * exposure
    true = (rows["true_rate"] - rows["expected_rate"]) * exposure
    return float(true[seen.nlargest(TOP).index].sum() / true.nlargest(TOP).sum())


def describe_scenario(scenario: str, shops: list[Shop]) -> str:
    """Return one Markdown row."""
    came, expected, seen = np.sum([measure_bias(shop) for shop in shops], axis=0)
    held, intervals = np.sum([measure_intervals(shop) for shop in shops], axis=0)
    alarms, wrong, visible, found = np.sum([measure_alarms(shop) for shop in shops], axis=0)
    ranking = np.mean([measure_ranking(shop) for shop in shops])
    flagged = sum(bool(shop.recent["is_flagged"]) for shop in shops)
    false_share = f"{wrong / alarms:.1%}" if alarms else "–"
    power = f"{found / visible:.0%} of {visible}" if visible else "–"
    return (
        f"| {scenario} | {len(shops)} | {seen / came - 1:+.1%} | {expected / came - 1:+.1%} |"
        f" {flagged} | {held / intervals:.1%} of {intervals:,} | {alarms} | {false_share} |"
        f" {power} | {ranking:.1%} |"
    )


HEADER: Final = (
    "| scenario | shops | seen, last 30 days | developed, last 30 days | flagged |"
    " true rate inside 95 % | alarms | false | planted found | top 50 |"
)


def measure_development(*, lines: int, seeds: int, scenarios: list[str]) -> list[str]:
    """Return the Markdown table; one row per scenario."""
    rows = [HEADER, "|" + "---|" * HEADER.count(" | ") + "---|"]
    for scenario in scenarios:
        shops = []
        for seed in range(1, seeds + 1):
            with tempfile.TemporaryDirectory() as folder:
                made = make_shop(Path(folder), lines=lines, seed=seed, scenario=scenario)
                shops.append(read_shop(made))
        rows.append(describe_scenario(scenario, shops))
        sys.stdout.write(rows[-1] + "\n")
        sys.stdout.flush()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    chosen = parser.parse_args()
    measure_development(
        lines=chosen.lines, seeds=chosen.seeds, scenarios=chosen.scenarios.split(",")
    )


if __name__ == "__main__":
    main()
