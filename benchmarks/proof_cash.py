"""Refund liability and cash forecast of past as-of days against what came, in demo shops.

``python -m benchmarks.proof_cash --kept FOLDER --lines 200000 --seeds 3 --scenarios flat growth``
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.built_shops import ShopKey
from benchmarks.cash_shops import CashShop, load_cash_shop
from orchestration.demo.calendar import SCENARIOS, Scenario

WEEK_DAYS: Final = 7
BAR: Final = 0.03  # of the liability, at every close
LIABILITY_HEADER: Final = (
    "| scenario | closes | largest error | closes within 3 % | mean | root mean square |"
    " of who knows the truth: largest | closes within 3 % | root mean square |"
    " closes after a policy change, flagged: errors | who knows the truth | roll-forward |"
)
FORECAST_HEADER: Final = (
    "| scenario | as-of days | better than naive | of who knows the truth | mean of sizes |"
    " naive | who knows the truth | weeks inside 95 % | inside 50 % | 8 weeks inside 95 % |"
)
DAYS_HEADER: Final = (
    "| scenario, seed | as-of day | liability | paid later or owed | error | who knows the truth |"
    " 8 weeks, forecast | paid | error | naive | who knows the truth |"
)


def start_table(header: str) -> list[str]:
    """Return the two lines with which a Markdown table begins."""
    return [header, "|" + "---|" * (header.count("|") - 1)]


def measure_closes(shops: Sequence[CashShop]) -> pd.DataFrame:
    """Return each closed as-of day with its error and that of one who knows the truth."""
    closes = pd.concat([shop.liability for shop in shops], ignore_index=True)
    came = closes["paid"] + closes["owed"]
    return closes.assign(
        came=came, error=closes["estimated"] / came - 1, floor=closes["known"] / came - 1
    )


def measure_weeks(shops: Sequence[CashShop]) -> pd.DataFrame:
    """Return each week that is over with its errors, and whether it lies inside its intervals."""
    weeks = pd.concat([shop.weeks for shop in shops], ignore_index=True)
    actual = weeks["actual"]
    return weeks.assign(
        error=weeks["forecast"] / actual - 1,
        naive_error=weeks["naive"] / actual - 1,
        floor=weeks["known"] / actual - 1,
        is_inside_95=actual.between(weeks["low"], weeks["high"]),
        is_inside_50=actual.between(weeks["low_50"], weeks["high_50"]),
    )


def describe_errors(errors: pd.Series) -> tuple[str, str, str]:
    """Say the largest error, how many keep the bar, and the root of the mean square."""
    sizes = errors.abs()
    return (
        f"{sizes.max():.1%}",
        f"{(sizes <= BAR).sum()} of {len(errors)}",
        f"{np.sqrt((errors**2).mean()):.1%}",
    )


def describe_liability(scenario: str, shops: Sequence[CashShop]) -> str:
    """Return the row of a scenario; closes after a policy change stand apart."""
    all_closes = measure_closes(shops)
    is_flagged = all_closes["is_flagged"].astype(bool)
    closes, flagged = all_closes[~is_flagged], all_closes[is_flagged]
    largest, within, square = describe_errors(closes["error"])
    cells = [
        scenario,
        f"{len(closes)} of {len(shops)} shops",
        *(largest, within, f"{closes['error'].mean():+.1%}", square),
        *describe_errors(closes["floor"]),
        ", ".join(f"{error:+.1%}" for error in flagged["error"]) or "–",
        ", ".join(f"{error:+.1%}" for error in flagged["floor"]) or "–",
        f"{max(abs(shop.difference) for shop in shops)} yen",
    ]
    return "| " + " | ".join(cells) + " |"


def choose_weeks(weeks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sums of 8 weeks, and every single whole week."""
    is_whole = (weeks["week_number"] > 0) & (weeks["day_count"] == WEEK_DAYS)
    return weeks[weeks["week_number"] == 0], weeks[is_whole]


def describe_forecasts(scenario: str, shops: Sequence[CashShop]) -> str:
    """Return the row of a scenario."""
    wholes, single = choose_weeks(measure_weeks(shops))
    sizes = wholes[["error", "naive_error", "floor"]].abs()
    better = [int((sizes[name] < sizes["naive_error"]).sum()) for name in ("error", "floor")]
    cells = [
        scenario,
        f"{len(wholes)} of {len(shops)} shops",
        *(f"{better[0]} of {len(wholes)}", f"{better[1]}"),
        *(f"{sizes[name].mean():.1%}" for name in ("error", "naive_error", "floor")),
        f"{single['is_inside_95'].mean():.1%} of {len(single)}",
        f"{single['is_inside_50'].mean():.1%}",
        f"{wholes['is_inside_95'].sum()} of {len(wholes)}",
    ]
    return "| " + " | ".join(cells) + " |"


def describe_days(key: ShopKey, shop: CashShop) -> list[str]:
    """Return one row per as-of day that has either measure."""
    closes = measure_closes([shop]).set_index("as_of_date")
    wholes = choose_weeks(measure_weeks([shop]))[0].set_index("as_of_date")
    rows = []
    for day in closes.index.union(wholes.index):
        liability = closes.loc[[day]] if day in closes.index else closes.iloc[:0]
        whole = wholes.loc[[day]] if day in wholes.index else wholes.iloc[:0]
        cells = [
            *_describe_cells(liability, ("estimated", "came"), ("error", "floor")),
            *_describe_cells(whole, ("forecast", "actual"), ("error", "naive_error", "floor")),
        ]
        rows.append(f"| {key.scenario}, {key.seed} | {day:%Y-%m-%d} | " + " | ".join(cells) + " |")
    return rows


def _describe_cells(row: pd.DataFrame, amounts: Sequence[str], errors: Sequence[str]) -> list[str]:
    if row.empty:
        return [""] * (len(amounts) + len(errors))
    found = row.iloc[0]
    return [
        *(f"{found[name]:,.0f}" for name in amounts),
        *(f"{found[name]:+.1%}" for name in errors),
    ]


def measure_cash(
    *, kept: Path, lines: int, seeds: Sequence[int], scenarios: Sequence[Scenario]
) -> list[str]:
    """Return the tables of all scenarios.

    Parameters
    ----------
    kept : Path
        Folder outside the repository that keeps what was measured.
    lines : int
    seeds : sequence of int
    scenarios : sequence of str

    Returns
    -------
    list of str
    """
    keys = [ShopKey(scenario, seed, lines) for scenario in scenarios for seed in seeds]
    shops = {key: load_cash_shop(kept, key) for key in keys}
    grouped = {
        scenario: [shop for key, shop in shops.items() if key.scenario == scenario]
        for scenario in scenarios
    }
    return [
        f"Refund liability at month ends, shops of {lines:,} order lines:",
        "",
        *start_table(LIABILITY_HEADER),
        *(describe_liability(scenario, some) for scenario, some in grouped.items()),
        "",
        "Cash that leaves in the next 8 weeks:",
        "",
        *start_table(FORECAST_HEADER),
        *(describe_forecasts(scenario, some) for scenario, some in grouped.items()),
        "",
        "Who knows the truth knows each line's probability, every delay and the orders to come, and"
        " misses what chance does afterwards.",
        "",
        *start_table(DAYS_HEADER),
        *(row for key, shop in shops.items() for row in describe_days(key, shop)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "kaeru-proof")
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[3])
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    chosen = parser.parse_args()
    rows = measure_cash(
        kept=chosen.kept, lines=chosen.lines, seeds=chosen.seeds, scenarios=chosen.scenarios
    )
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
