"""Refund liability and cash forecast of past as-of days against what came, in demo shops.

``python -m benchmarks.proof_cash --lines 200000 --seed 3 --scenario flat``
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from benchmarks.cash_floor import Floor, compute_floors
from benchmarks.proof_development import make_shop

WEEK_DAYS: Final = 7
CLOSED_DAYS: Final = 75  # return window, parcel, and the slowest rail
READ_LIABILITY: Final = """
select
    as_of_date,
    sum(refund_liability_amount) as estimated,
    sum(later_refund_amount) as paid,
    sum(still_owed_amount) as owed
from marts.rpt_refund_liability
where not is_current
group by as_of_date
having as_of_date <= (select max(as_of_date) from marts.rpt_refund_liability) - $closed_days
order by as_of_date
"""
READ_DIFFERENCE: Final = """
select
    sum(case when step = 'closing' then amount else -amount end) as difference
from marts.rpt_roll_forward
group by month
order by abs(difference) desc
limit 1
"""
READ_WEEKS: Final = """
select as_of_date, week_number, day_count, forecast_amount as forecast, actual_amount as actual,
    naive_amount as naive, low_amount as low, high_amount as high, low_50_amount as low_50,
    high_50_amount as high_50
from marts.rpt_cash_forecast_weeks
where actual_amount is not null
order by as_of_date, week_number
"""
FORECAST_HEADER: Final = (
    "| scenario | as-of day | 8 weeks, forecast | 8 weeks, paid | error | naive error |"
    " error of who knows the truth | weeks, mean of sizes | naive | weeks inside 95 % |"
    " inside 50 % |"
)
LIABILITY_HEADER: Final = (
    "| scenario | as-of day | liability | paid later | still owed | error |"
    " error of who knows the truth |"
)


def open_shop(shop: Path) -> duckdb.DuckDBPyConnection:
    """Open the published version of a shop."""
    pointer = json.loads((shop / "data" / "serving" / "current.json").read_bytes())
    return duckdb.connect(str(shop / "data" / "serving" / pointer["file"]), read_only=True)


def start_table(header: str) -> list[str]:
    """Return the two lines with which a Markdown table begins."""
    return [header, "|" + "---|" * (header.count("|") - 1)]


def describe_errors(errors: pd.Series) -> str:
    """Say mean, mean of sizes and largest of errors."""
    sizes = errors.abs()
    return f"mean {errors.mean():+.1%}, mean of sizes {sizes.mean():.1%}, largest {sizes.max():.1%}"


def describe_liability(
    frame: pd.DataFrame, floors: Mapping[date, Floor], scenario: str
) -> list[str]:
    """Return the Markdown table of the liability's back-test, one row per closed as-of day."""
    came = frame["paid"] + frame["owed"]
    known = [floors[day.date()].liability for day in frame["as_of_date"]]
    frame = frame.assign(error=frame["estimated"] / came - 1, floor=known / came - 1)
    rows = [
        f"| {scenario} | {row.as_of_date:%Y-%m-%d} | {row.estimated:,.0f} | {row.paid:,.0f} |"
        f" {row.owed:,.0f} | {row.error:+.1%} | {row.floor:+.1%} |"
        for row in frame.itertuples()
    ]
    summary = (
        f"| {scenario} | all {len(frame)} | | | | {describe_errors(frame['error'])} |"
        f" {describe_errors(frame['floor'])} |"
    )
    return [*start_table(LIABILITY_HEADER), *rows, summary]


def describe_roll_forward(connection: duckdb.DuckDBPyConnection) -> str:
    """Say by how much the largest month of the roll-forward misses its closing."""
    found: pd.DataFrame = connection.execute(READ_DIFFERENCE).df()
    difference = int(found["difference"].iloc[0]) if len(found) else None
    return f"Roll-forward: largest difference {difference} yen."


def measure_misses(weeks: pd.DataFrame) -> pd.DataFrame:
    """Add how far forecast and naive lie from what was paid, and whether it lies inside."""
    return weeks.assign(
        error=weeks["forecast"] / weeks["actual"] - 1,
        naive_error=weeks["naive"] / weeks["actual"] - 1,
        is_inside_95=weeks["actual"].between(weeks["low"], weeks["high"]),
        is_inside_50=weeks["actual"].between(weeks["low_50"], weeks["high_50"]),
    )


def describe_weeks(single: pd.DataFrame) -> str:
    """Return the last four cells of a row."""
    return (
        f" {single['error'].abs().mean():.1%} | {single['naive_error'].abs().mean():.1%} |"
        f" {single['is_inside_95'].sum()} of {len(single)} | {single['is_inside_50'].sum()} |"
    )


def describe_forecasts(
    frame: pd.DataFrame, floors: Mapping[date, Floor], scenario: str
) -> list[str]:
    """Return the Markdown table of the forecast's back-test, one row per as-of day known whole."""
    weeks = measure_misses(frame)
    wholes = weeks[weeks["week_number"] == 0]
    known = [floors[day.date()].cash for day in wholes["as_of_date"]]
    wholes = wholes.assign(floor=known / wholes["actual"] - 1)
    is_single = (weeks["week_number"] > 0) & (weeks["day_count"] == WEEK_DAYS)
    single = weeks[is_single & weeks["as_of_date"].isin(wholes["as_of_date"])]
    rows = [
        f"| {scenario} | {row.as_of_date:%Y-%m-%d} | {row.forecast:,} | {row.actual:,.0f} |"
        f" {row.error:+.1%} | {row.naive_error:+.1%} | {row.floor:+.1%} |"
        + describe_weeks(single[single["as_of_date"] == row.as_of_date])
        for row in wholes.itertuples()
    ]
    sizes = wholes[["error", "naive_error", "floor"]].abs()
    better = [int((sizes[name] < sizes["naive_error"]).sum()) for name in ("error", "floor")]
    summary = (
        f"| {scenario} | all {len(wholes)}; better than naive on {better[0]},"
        f" who knows the truth on {better[1]} | | | mean of sizes {sizes['error'].mean():.1%} |"
        f" {sizes['naive_error'].mean():.1%} | {sizes['floor'].mean():.1%} |"
        + describe_weeks(single)
    )
    inside = f"| {scenario} | 8 weeks inside 95 %: {wholes['is_inside_95'].sum()} |" + " |" * 9
    return [*start_table(FORECAST_HEADER), *rows, summary, inside]


def measure_cash(shop: Path, *, scenario: str) -> list[str]:
    """Return every table of a shop that has been run."""
    with open_shop(shop) as connection:
        liability = connection.execute(READ_LIABILITY, {"closed_days": CLOSED_DAYS}).df()
        weeks = connection.execute(READ_WEEKS).df()
        days = sorted({day.date() for day in (*liability["as_of_date"], *weeks["as_of_date"])})
        found = compute_floors(connection, shop / "truth", days)
        floors = {floor.as_of_date: floor for floor in found}
        return [
            *describe_liability(liability, floors, scenario),
            "",
            describe_roll_forward(connection),
            "",
            *describe_forecasts(weeks, floors, scenario),
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--scenario", default="flat")
    parser.add_argument("--shop", type=Path, help="a demo shop that was run already")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shop = chosen.shop or make_shop(
            Path(folder), lines=chosen.lines, seed=chosen.seed, scenario=chosen.scenario
        )
        sys.stdout.write("\n".join(measure_cash(shop, scenario=chosen.scenario)) + "\n")


if __name__ == "__main__":
    main()
