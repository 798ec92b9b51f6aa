"""Developed rates, intervals, alarms and the worklist against the truth planted in demo shops.

``python -m benchmarks.proof_development --kept FOLDER --seeds 3 --scenarios flat,growth``
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import duckdb
import numpy as np
import pandas as pd

from benchmarks.built_shops import ShopKey
from benchmarks.measuring import measure_command
from benchmarks.proof_shops import BuiltShop, load_shop
from benchmarks.shops import clean_environment, find_command
from orchestration.demo.calendar import SCENARIOS, Scenario
from orchestration.fingerprint import hash_dbt_project
from orchestration.scoring import compute_scores
from orchestration.settings_values import AlarmSettings

LINES: Final = 60_000  # order lines of a shop: 150 styles, about 1,750 SKUs
TOP: Final = 50
POWER_EXPECTED: Final = 10.0  # returns that a planted SKU must be expected to have
RESAMPLES: Final = 2_000  # of the shops, for the interval of a figure
READ_WORKLIST: Final = """
select sku as group_id, low as low_rate, high as high_rate, is_alarm, is_rankable
from marts.rpt_worklist
where level_code = 'sku'
order by sku
"""
COMPARED: Final = ("low_rate", "high_rate", "is_alarm", "is_rankable")
Ratio: TypeAlias = Callable[[pd.DataFrame], float]


def make_shop(folder: Path, *, lines: int, seed: int, scenario: str) -> Path:
    """Generate a shop and run the whole job on it."""
    shop = folder / f"{scenario}-{seed}"
    demo = [find_command("kaeru"), "demo", str(shop), "--lines", str(lines), "--seed", str(seed)]
    measure_command([*demo, "--scenario", scenario], environment=clean_environment())
    measure_command(
        [find_command("kaeru"), "run", "--shop", str(shop)], environment=clean_environment()
    )
    return shop


def estimate_skus(shop: BuiltShop) -> pd.DataFrame:
    """Estimate as the job does, and lay the truth beside it; one row per delivered SKU."""
    scores = compute_scores(shop.evidence, shop.weeks, alarms=AlarmSettings())
    rows = shop.evidence.merge(scores.rate_estimates, on=["level_code", "group_id"])
    return rows[(rows["level_code"] == "sku") & (rows["delivered_count"] > 0)]


def count_shop(shop: BuiltShop) -> dict[str, float]:
    """Count what the estimates of one shop got right.

    A planted SKU of a style that hardly comes back need not be bad; it is asked for all the same.
    Both orders are by units; the worklist's, by yen, weighs them with the price. The list shows the
    order by likely excess; that by the excess seen stands beside it.
    """
    rows = estimate_skus(shop)
    rankable = rows[rows["is_rankable"]]
    is_held = rankable["true_rate"].between(rankable["low_rate"], rankable["high_rate"])
    developed, expected = rows["developed_count"], rows["expected_rate"]
    is_bad = rows["true_rate"] > AlarmSettings().ratio * expected
    is_planted = rows["is_planted_bad"].astype(bool)
    is_asked = is_planted & (developed * rows["true_rate"] >= POWER_EXPECTED)
    is_plain = is_planted & (developed * expected >= POWER_EXPECTED)
    seen = (rows["returned_count"] - expected * developed).where(rows["is_rankable"], -np.inf)
    likely = ((rows["posterior_rate"] - expected) * developed).where(rows["is_rankable"], -np.inf)
    true = ((rows["true_rate"] - expected) * developed).where(rows["is_rankable"], 0.0)
    counted = {
        "held": is_held.sum(),
        "intervals": len(rankable),
        "alarms": rows["is_alarm"].sum(),
        "false": (rows["is_alarm"] & ~is_bad).sum(),
        "asked": is_asked.sum(),
        "found": (is_asked & rows["is_alarm"]).sum(),
        "asked_plainly": is_plain.sum(),
        "found_plainly": (is_plain & rows["is_alarm"]).sum(),
        "top": true[likely.nlargest(TOP).index].sum(),
        "seen_top": true[seen.nlargest(TOP).index].sum(),
        "best_top": true.nlargest(TOP).sum(),
    }
    kept = ("came_count", "seen_count", "expected_count", "is_flagged")
    return {name: float(value) for name, value in counted.items()} | {
        name: float(shop.facts[name]) for name in kept
    }


def compute_share(part: str, whole: str) -> Ratio:
    """Return a figure of several shops: the sum of a count over the sum of another."""
    return lambda counts: float(counts[part].sum() / counts[whole].sum())


def describe_figure(counts: pd.DataFrame, ratio: Ratio, *, sign: str = "", less: float = 0) -> str:
    """Write a figure with its 95 % interval, from shops drawn anew: SKUs of a shop move together.

    Parameters
    ----------
    counts : DataFrame
        One row per shop.
    ratio : callable
        The figure of several shops.
    sign : str
        ``+`` shows the sign.
    less : float
        Taken off the figure.

    Returns
    -------
    str
        A dash where there is nothing to divide by.
    """
    rng = np.random.default_rng(0)
    picks = rng.integers(0, len(counts), (RESAMPLES, len(counts)))
    with np.errstate(invalid="ignore", divide="ignore"):
        figure = ratio(counts) - less
        drawn = np.array([ratio(counts.iloc[pick]) for pick in picks]) - less
    if not np.isfinite(figure):
        return "–"
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return f"{figure:{sign}.1%} ({low:{sign}.1%} to {high:{sign}.1%})"


def describe_scenario(scenario: str, counts: pd.DataFrame) -> str:
    """Return one Markdown row for the shops of a scenario."""
    total = counts.sum()
    share = compute_share
    cells = [
        scenario,
        f"{len(counts)}",
        describe_figure(counts, share("seen_count", "came_count"), sign="+", less=1),
        describe_figure(counts, share("expected_count", "came_count"), sign="+", less=1),
        f"{total['is_flagged']:.0f} of {len(counts)}",
        f"{describe_figure(counts, share('held', 'intervals'))} of {total['intervals']:,.0f}",
        f"{describe_figure(counts, share('false', 'alarms'))} of {total['alarms']:,.0f}",
        f"{describe_figure(counts, share('found', 'asked'))} of {total['asked']:,.0f}",
        f"{describe_figure(counts, share('found_plainly', 'asked_plainly'))}"
        f" of {total['asked_plainly']:,.0f}",
        describe_figure(counts, share("top", "best_top")),
        describe_figure(counts, share("seen_top", "best_top")),
    ]
    return "| " + " | ".join(cells) + " |"


HEADER: Final = (
    "| scenario | shops | last 30 days as seen | last 30 days developed | flagged |"
    " true rate inside 95 % | false alarms | planted found, own expected returns ≥ 10 |"
    " planted found, category's expected returns ≥ 10 |"
    " top 50 by likely excess | top 50 by observed excess |"
)
NOTES: Final = (
    "In brackets: 95 % interval, shops drawn anew (the SKUs of a shop share its styles and curves)."
    " Last 30 days: error of the returns that come in the end. Top 50: true excess units in the"
    " first 50 of an order ÷ those in the 50 that the truth would choose; the worklist's order is"
    " by likely excess. What is in reach of any order: ``python -m benchmarks.best_order``."
)


def measure_development(
    *, kept: Path, lines: int, seeds: int, scenarios: tuple[Scenario, ...]
) -> list[str]:
    """Measure every shop, building those that are not kept; one row of the table per scenario.

    Parameters
    ----------
    kept : Path
        Folder outside the repository in which shops are kept.
    lines, seeds : int
        Order lines of a shop, and shops per scenario (seeds from 1).
    scenarios : tuple of str

    Returns
    -------
    list of str
        A Markdown table and what its columns mean.
    """
    keys = [
        ShopKey(scenario, seed, lines) for seed in range(1, seeds + 1) for scenario in scenarios
    ]
    counts: dict[str, list[dict[str, float]]] = {scenario: [] for scenario in scenarios}
    states = set()
    for key in keys:
        shop = load_shop(kept, key)
        states.add(shop.facts["models_sha256"])
        counts[key.scenario].append(count_shop(shop))
    rows = [describe_scenario(name, pd.DataFrame(counted)) for name, counted in counts.items()]
    built = (
        "the models as they are"
        if states == {hash_dbt_project()}
        else "an earlier state of the models"
    )
    return [
        HEADER,
        "|" + "---|" * (HEADER.count("|") - 1),
        *rows,
        "",
        NOTES,
        "",
        f"The evidence was built by {built}, the statistics are computed anew.",
    ]


def compare_with_job(shop: Path, built: BuiltShop) -> str:
    """Compare the estimates with the worklist that the whole job published for the same shop.

    Raises
    ------
    AssertionError
        If a SKU of the worklist says anything else.
    """
    pointer = json.loads((shop / "data" / "serving" / "current.json").read_bytes())
    path = shop / "data" / "serving" / pointer["file"]
    with duckdb.connect(str(path), read_only=True) as connection:
        worklist = connection.execute(READ_WORKLIST).df().set_index("group_id")
    ours = estimate_skus(built).set_index("group_id").sort_index()
    pd.testing.assert_frame_equal(
        worklist[list(COMPARED)], ours[list(COMPARED)], check_dtype=False, rtol=1e-9
    )
    name = f"{built.key.scenario}, seed {built.key.seed}"
    return f"{name}: the whole job's worklist says the same of all {len(worklist):,} SKUs."


def compare_jobs(*, kept: Path, lines: int, scenarios: tuple[Scenario, ...]) -> list[str]:
    """Run the whole job on the first shop of each scenario and compare."""
    said = []
    for scenario in scenarios:
        with tempfile.TemporaryDirectory() as folder:
            shop = make_shop(Path(folder), lines=lines, seed=1, scenario=scenario)
            said.append(f"- {compare_with_job(shop, load_shop(kept, ShopKey(scenario, 1, lines)))}")
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, required=True, help="folder that keeps the shops")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--compare", action="store_true", help="run the whole job too, and compare")
    chosen = parser.parse_args()
    wanted = chosen.scenarios.split(",")
    scenarios = tuple(name for name in SCENARIOS if name in wanted)
    rows = measure_development(
        kept=chosen.kept, lines=chosen.lines, seeds=chosen.seeds, scenarios=scenarios
    )
    if chosen.compare:
        rows += ["", *compare_jobs(kept=chosen.kept, lines=chosen.lines, scenarios=scenarios)]
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
