"""Demo shops as the money figures see them: built once, what was measured kept: a proof resumes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from benchmarks.built_shops import ShopKey, build_shop
from benchmarks.cash_floor import compute_floors
from orchestration.demo.calendar import DEFAULT_UNTIL, build_calendar

MARTS_READ: Final = (
    *("rpt_refund_liability", "rpt_cash_forecast_weeks", "rpt_roll_forward"),
    *("fct_order_lines", "fct_return_lines", "fct_refunds"),
)
CLOSED_DAYS: Final = 75  # return window, parcel, and the slowest rail
READ_LIABILITY: Final = """
select
    as_of_date,
    sum(refund_liability_amount) as estimated,
    sum(later_refund_amount) as paid,
    sum(still_owed_amount) as owed,
    bool_or(is_policy_change_affected) as is_flagged
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
LIABILITY, WEEKS, FACTS = "liability.parquet", "weeks.parquet", "facts.json"


@dataclass(frozen=True)
class CashShop:
    """What a shop said of money on past days, and what came.

    Attributes
    ----------
    liability : DataFrame
        One row per closed as-of day, with ``known``, what one who knows the truth expected.
    weeks : DataFrame
        One row per as-of day and week that is over (0: all 56 days), with ``known``.
    difference : int
        Of the month of the roll-forward that misses its closing most, in yen.
    """

    liability: pd.DataFrame
    weeks: pd.DataFrame
    difference: int


def load_cash_shop(kept: Path, key: ShopKey) -> CashShop:
    """Read what was measured of a shop, and build and measure it first where it was not.

    Parameters
    ----------
    kept : Path
        Folder outside the repository in which the measures are kept.
    key : ShopKey

    Returns
    -------
    CashShop
    """
    place = kept / f"cash-{key.scenario}-{key.seed}-{key.lines}"
    if not (place / FACTS).exists():
        folder = build_shop(kept / "building", key, marts=MARTS_READ)
        with duckdb.connect(str(folder.serving_database), read_only=True) as marts:
            found = measure_shop(marts, folder.root / "truth", key)
        place.mkdir(parents=True, exist_ok=True)
        found.liability.to_parquet(place / LIABILITY)
        found.weeks.to_parquet(place / WEEKS)
        (place / FACTS).write_text(json.dumps({"difference": found.difference}), encoding="utf-8")
    facts = json.loads((place / FACTS).read_bytes())
    liability, weeks = (pd.read_parquet(place / name) for name in (LIABILITY, WEEKS))
    return CashShop(liability, weeks, facts["difference"])


def measure_shop(marts: duckdb.DuckDBPyConnection, truth: Path, key: ShopKey) -> CashShop:
    """Read what the marts said, and what one who knows the truth would have said."""
    liability = marts.execute(READ_LIABILITY, {"closed_days": CLOSED_DAYS}).df()
    weeks = marts.execute(READ_WEEKS).df()
    found: pd.DataFrame = marts.execute(READ_DIFFERENCE).df()
    calendar = build_calendar(DEFAULT_UNTIL, scenario=key.scenario)
    days = _list_days([liability["as_of_date"], weeks["as_of_date"]])
    floors = compute_floors(marts, truth, days, policy_changed_on=calendar.policy_changed_on)
    of_liability = {pd.Timestamp(floor.as_of_date): floor.liability for floor in floors}
    of_cash = {pd.Timestamp(floor.as_of_date): floor.cash for floor in floors}
    return CashShop(
        liability.assign(known=liability["as_of_date"].map(of_liability)),
        weeks.assign(known=weeks["as_of_date"].map(of_cash)),
        int(found["difference"].iloc[0]),
    )


def _list_days(columns: Iterable[pd.Series]) -> list[date]:
    return sorted({day.date() for column in columns for day in column})
