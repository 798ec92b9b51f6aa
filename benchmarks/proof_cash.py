"""Refund liability and cash forecast of past as-of days against what came, in demo shops.

``python -m benchmarks.proof_cash --lines 200000 --seed 3 --scenario flat``
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from benchmarks.proof_development import make_shop

CLOSED_DAYS: Final = 75  # return window, parcel, and the slowest rail
# Noise: what returns of these values, each coming or not, would leave to a perfect estimate.
READ_LIABILITY: Final = """
with liabilities as (
    select
        as_of_date,
        sum(refund_liability_amount) as estimated,
        sum(later_refund_amount) as paid,
        sum(still_owed_amount) as owed,
        avg(refunded_rate) as refunded_rate
    from marts.rpt_refund_liability
    where not is_current
    group by as_of_date
),

came as (
    select
        liabilities.as_of_date,
        sum(power(return_lines.returned_net_amount::double, 2)) as squared
    from liabilities
    inner join marts.fct_return_lines as return_lines
        on return_lines.cohort_date <= liabilities.as_of_date
        and return_lines.returned_date > liabilities.as_of_date
    where return_lines.is_counted_in_cohort
    group by liabilities.as_of_date
)

select liabilities.*, refunded_rate * sqrt(squared) / estimated as noise
from liabilities
left join came using (as_of_date)
where as_of_date <= (select max(as_of_date) from marts.rpt_refund_liability) - $closed_days
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
select as_of_date, week_number, forecast_amount as forecast, actual_amount as actual,
    naive_amount as naive, low_amount as low, high_amount as high, low_50_amount as low_50,
    high_50_amount as high_50
from marts.rpt_cash_forecast_weeks
where actual_amount is not null
order by as_of_date, week_number
"""
FORECAST_HEADER: Final = (
    "| scenario | as-of day | 8 weeks, forecast | 8 weeks, paid | error | naive error |"
    " weeks, mean of sizes | naive | weeks inside 95 % | inside 50 % |"
)
LIABILITY_HEADER: Final = (
    "| scenario | as-of day | liability | paid later | still owed | error | error, paid alone |"
    " noise of a perfect estimate |"
)


def open_shop(shop: Path) -> duckdb.DuckDBPyConnection:
    """Open the published version of a shop."""
    pointer = json.loads((shop / "data" / "serving" / "current.json").read_bytes())
    return duckdb.connect(str(shop / "data" / "serving" / pointer["file"]), read_only=True)


def start_table(header: str) -> list[str]:
    """Return the two lines with which a Markdown table begins."""
    return [header, "|" + "---|" * (header.count("|") - 1)]


def describe_liability(connection: duckdb.DuckDBPyConnection, scenario: str) -> list[str]:
    """Return the Markdown table of the liability's back-test, one row per closed as-of day."""
    frame = connection.execute(READ_LIABILITY, {"closed_days": CLOSED_DAYS}).df()
    frame["error"] = frame["estimated"] / (frame["paid"] + frame["owed"]) - 1
    frame["paid_error"] = frame["estimated"] / frame["paid"] - 1
    rows = [
        f"| {scenario} | {row.as_of_date:%Y-%m-%d} | {row.estimated:,.0f} | {row.paid:,.0f} |"
        f" {row.owed:,.0f} | {row.error:+.1%} | {row.paid_error:+.1%} | {row.noise:.1%} |"
        for row in frame.itertuples()
    ]
    errors = frame["error"]
    summary = (
        f"| {scenario} | all {len(frame)} | | | | mean {errors.mean():+.1%},"
        f" mean of sizes {errors.abs().mean():.1%}, largest {errors.abs().max():.1%} | |"
        f" {frame['noise'].mean():.1%} |"
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


def describe_forecasts(connection: duckdb.DuckDBPyConnection, scenario: str) -> list[str]:
    """Return the Markdown table of the forecast's back-test, one row per as-of day known whole."""
    weeks = measure_misses(connection.execute(READ_WEEKS).df())
    wholes = weeks[weeks["week_number"] == 0]
    single = weeks[(weeks["week_number"] > 0) & weeks["as_of_date"].isin(wholes["as_of_date"])]
    rows = [
        f"| {scenario} | {row.as_of_date:%Y-%m-%d} | {row.forecast:,} | {row.actual:,.0f} |"
        f" {row.error:+.1%} | {row.naive_error:+.1%} |"
        + describe_weeks(single[single["as_of_date"] == row.as_of_date])
        for row in wholes.itertuples()
    ]
    errors, naive_errors = wholes["error"].abs(), wholes["naive_error"].abs()
    summary = (
        f"| {scenario} | all {len(wholes)}, better on {(errors < naive_errors).sum()} | | |"
        f" mean of sizes {errors.mean():.1%} | {naive_errors.mean():.1%} |" + describe_weeks(single)
    )
    inside = f"| {scenario} | 8 weeks inside 95 %: {wholes['is_inside_95'].sum()} |" + " |" * 8
    return [*start_table(FORECAST_HEADER), *rows, summary, inside]


def measure_cash(shop: Path, *, scenario: str) -> list[str]:
    """Return every table of a shop that has been run."""
    with open_shop(shop) as connection:
        return [
            *describe_liability(connection, scenario),
            "",
            describe_roll_forward(connection),
            "",
            *describe_forecasts(connection, scenario),
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
