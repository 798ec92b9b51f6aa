"""The list of what comes back: reads the worklist, says where each row stands, filters, ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.filters import ALL_STATES, STATES, Filters
from dashboards.lib.questions import Condition, Since
from dashboards.lib.records import is_missing
from dashboards.lib.shop import Shop
from dashboards.lib.weeks import SPARK_WEEKS, find_first_week

KEYS: Final = {"style": "style_id", "sku": "sku"}  # column that names a row, by grain
SORTS: Final = {
    "yen": "likely_excess_amount",
    "rate": "developed_rate",
    "n": "delivered_count",
    "name": "style_name",
}
# What every row is filtered, marked and ranked by; the rest is read for the rows of a page alone.
LISTED: Final = (
    *("style_id", "sku", "style_name", "category_name", "season_name", "brand_name"),
    *("delivered_count", "developed_share", "developed_rate", "low", "expected_rate"),
    *("excess_amount", "likely_excess_amount", "is_alarm", "is_rankable", "since_date"),
)
LEAST_WEEK: Final = 5.0  # developed units of a week that a sparkline may show
FEW_KEYS: Final = 100  # rows that are asked for by name; of more, the whole list is read
LEAST_POINTS: Final = 2  # weeks of a sparkline


@dataclass(frozen=True)
class Weeks:
    """Rates of a style by week of delivery, oldest first; NaN where there is too little.

    Attributes
    ----------
    rates, before : list of float
        Of this year as they are expected to end, and of the same weeks of the year before.
    """

    rates: list[float]
    before: list[float]


@dataclass(frozen=True)
class Comparison:
    """The last twelve weeks beside the same weeks of the year before.

    Attributes
    ----------
    rate, before : float
        Expected final rate, and what the year before ended with.
    n, before_n : int
        Units delivered.
    """

    rate: float
    before: float
    n: int
    before_n: int


@dataclass(frozen=True)
class Worklist:
    """What the page shows.

    Attributes
    ----------
    grain : {"style", "sku"}
    rows : DataFrame
        Ranked, from ``mark_rows``, under every filter.
    kept : DataFrame
        The same under every filter but the state: what the answer speaks of.
    shop_row_count : int
        Rows of the shop, before filtering.
    """

    grain: str
    rows: pd.DataFrame
    kept: pd.DataFrame
    shop_row_count: int

    @property
    def key(self) -> str:
        """Return the column that names a row."""
        return KEYS[self.grain]

    @property
    def beyond(self) -> pd.DataFrame:
        """Return the rows of which one can say that they come back more than expected."""
        return self.kept[self.kept["is_beyond"]]


def read_rows(grain: str) -> pd.DataFrame:
    """Read every row of a grain, marked: the columns that a list is filtered and ranked by."""
    found = serving.read_mart("rpt_worklist", where={"level_code": grain}, columns=LISTED)
    return mark_rows(found)


def read_whole_rows(rows: pd.DataFrame, *, grain: str) -> pd.DataFrame:
    """Read every column of some rows.

    Parameters
    ----------
    rows : DataFrame
        Of ``read_rows``.
    grain : {"style", "sku"}

    Returns
    -------
    DataFrame
        Marked, in the order of ``rows``.
    """
    key = KEYS[grain]
    keys = rows[key].tolist()
    where: dict[str, Condition] = {"level_code": grain}
    if len(keys) <= FEW_KEYS:
        where[key] = keys
    found = serving.read_mart("rpt_worklist", where=where)
    return mark_rows(found.set_index(key, drop=False).loc[keys].reset_index(drop=True))


def mark_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Say where each row stands.

    Parameters
    ----------
    rows : DataFrame
        Of ``rpt_worklist``.

    Returns
    -------
    DataFrame
        Plus ``is_small`` (grey, range only, unranked: too early, or fewer than 30 delivered and no
        alarm), ``is_beyond`` (an alarm, or an interval that lies above expectation) and
        ``standing``: ``alarm``, ``changed``, ``watch`` (beyond, without an alarm), ``early``, or
        empty.
    """
    is_alarm = rows["is_alarm"].fillna(value=False).astype(bool)
    is_ready = rows["is_rankable"].fillna(value=False).astype(bool)
    is_few = (rows["delivered_count"] < measures.SMALL_N) & ~is_alarm
    is_known = rows["low"].notna() & rows["excess_amount"].notna()
    is_judged = is_ready & ~is_few & is_known
    is_beyond = is_alarm | (is_judged & (rows["low"] > rows["expected_rate"]))
    standing = np.select(
        [is_alarm, ~is_ready, is_judged & rows["since_date"].notna(), is_beyond],
        ["alarm", "early", "changed", "watch"],
        default="",
    )
    return rows.assign(is_small=~is_judged & ~is_alarm, is_beyond=is_beyond, standing=standing)


def read_worklist(filters: Filters, *, sort: str = "yen") -> Worklist:
    """Read the list that the filters ask for.

    Parameters
    ----------
    filters : Filters
    sort : {"yen", "rate", "n", "name"}
    """
    rows = read_rows(filters.grain)
    kept = filters.keep(rows)
    shown = kept if filters.state == ALL_STATES else kept[kept["standing"] == filters.state]
    ranked = measures.rank_rows(shown, by=SORTS.get(sort, SORTS["yen"]), key=KEYS[filters.grain])
    return Worklist(grain=filters.grain, rows=ranked, kept=kept, shop_row_count=len(rows))


def count_states(rows: pd.DataFrame, *, filters: Filters) -> Mapping[str, int]:
    """Count the rows of each state under the other filters.

    Parameters
    ----------
    rows : DataFrame
        From ``read_rows``.
    filters : Filters
    """
    kept = filters.keep(rows)
    counts = kept["standing"].value_counts().to_dict()
    return {state: len(kept) if state == ALL_STATES else counts.get(state, 0) for state in STATES}


def read_weekly_rates(styles: list[str], *, shop: Shop) -> dict[str, Weeks]:
    """Read the rates of the last twelve weeks of delivery, and of the year before, by style."""
    first = find_first_week(shop.as_of, weeks=SPARK_WEEKS)
    found = serving.read_mart(
        "rpt_style_weeks", where={"style_id": styles, "week_start_date": Since(first)}
    )
    mondays = pd.date_range(first, periods=SPARK_WEEKS, freq="7D")
    delivered = found["delivered_count"].where(found["developed_exposure"] >= LEAST_WEEK)
    before = found["year_ago_delivered_count"].where(
        found["year_ago_delivered_count"] >= LEAST_WEEK
    )
    rated = found.assign(
        week=pd.to_datetime(found["week_start_date"]),
        rate=(found["returned_count"] + found["further_returns"]) / delivered,
        before=found["year_ago_returned_count"] / before,
    )
    laid = {
        style: rated[rated["style_id"] == style].set_index("week").reindex(mondays)
        for style in styles
    }
    return {
        style: Weeks(rows["rate"].tolist(), rows["before"].tolist()) for style, rows in laid.items()
    }


def compare_with_year_ago(styles: Sequence[str], *, shop: Shop) -> Comparison | None:
    """Compare the last twelve weeks of styles with the same weeks of the year before.

    Returns
    -------
    Comparison or None
        None where either year has fewer than 30 deliveries.
    """
    first = find_first_week(shop.as_of, weeks=SPARK_WEEKS)
    found = serving.read_mart("rpt_style_weeks", where={"week_start_date": Since(first)})
    weeks = found[found["style_id"].isin(styles)]
    now = measures.sum_rates(weeks)
    before = measures.sum_rates(
        weeks[["year_ago_delivered_count", "year_ago_returned_count"]].rename(
            columns=lambda name: name.removeprefix("year_ago_")
        )
    )
    if now["is_small"] or before["is_small"]:
        return None
    return Comparison(
        rate=now["returned_rate"],
        n=int(now["delivered_count"]),
        before=before["returned_rate"],
        before_n=int(before["delivered_count"]),
    )


def has_line(rates: Sequence[float]) -> bool:
    """Say whether weekly rates are enough for a line.

    Examples
    --------
    >>> has_line([0.1, float("nan"), 0.2]), has_line([0.1, float("nan")])
    (True, False)
    """
    return sum(not is_missing(rate) for rate in rates) >= LEAST_POINTS
