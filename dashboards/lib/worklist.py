"""The list of what comes back: reads totals, filters, divides, ranks, and writes the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.filters import Filters
from dashboards.lib.questions import Condition, Since
from dashboards.lib.records import list_records
from dashboards.lib.shop import Shop
from dashboards.lib.weeks import SPARK_WEEKS, find_first_week

ATTRIBUTES: Final = ("style_id", "style_name", "category_name", "brand_name", "season_name")
SKU_ATTRIBUTES: Final = ("size_label", "colour_name")
COUNTS: Final = ("delivered_count", "delivered_net_amount", "requested_count")
RETURNS: Final = ("returned_count", "returned_net_amount")
TOP: Final = 10  # rows whose share of the money the answer names
SORTS: Final = {
    "yen": "returned_net_amount",
    "rate": "returned_rate",
    "n": "delivered_count",
    "name": "style_name",
}


@dataclass(frozen=True)
class Grain:
    """A unit in which the list is read.

    Attributes
    ----------
    key : str
        Column that names a row.
    totals, periods : str
        Marts of the whole history and by time.
    time_column : str
        Of ``periods``.
    basis : mapping of str to condition
        What ``periods`` must say beside its time.
    attributes : tuple of str
    """

    key: str
    totals: str
    periods: str
    time_column: str
    basis: Mapping[str, Condition]
    attributes: tuple[str, ...]


GRAINS: Final = {
    "style": Grain(
        key="style_id",
        totals="rpt_style_returns",
        periods="rpt_style_return_weeks",
        time_column="week_start_date",
        basis={},
        attributes=ATTRIBUTES,
    ),
    "sku": Grain(
        key="sku",
        totals="rpt_sku_returns",
        periods="rpt_sku_return_days",
        time_column="calendar_date",
        basis={"date_basis_code": "cohort"},
        attributes=("sku", *ATTRIBUTES, *SKU_ATTRIBUTES),
    ),
}


@dataclass(frozen=True)
class Worklist:
    """What the page shows.

    Attributes
    ----------
    grain : Grain
    rows : DataFrame
        Ranked, from ``add_rates``, with ``category_rate``.
    total : mapping of str to float
        Counts and rates of all rows together.
    shop_row_count : int
        Rows of the shop, before filtering.
    """

    grain: Grain
    rows: pd.DataFrame
    total: Mapping[str, float]
    shop_row_count: int

    @property
    def top_share(self) -> float | None:
        """Return the share of the money in the first rows; None where they are most of the list."""
        ranked = self.rows[~self.rows["is_small"]]
        amount = self.total["returned_net_amount"]
        if len(self.rows) < 2 * TOP or len(ranked) < TOP or amount <= 0:
            return None
        return float(ranked["returned_net_amount"].nlargest(TOP).sum() / amount)


def read_worklist(filters: Filters, *, shop: Shop, sort: str = "yen") -> Worklist:
    """Read the list that the filters ask for.

    Parameters
    ----------
    filters : Filters
    shop : Shop
    sort : {"yen", "rate", "n", "name"}

    Returns
    -------
    Worklist
    """
    grain = GRAINS[filters.grain]
    lines = _read_lines(grain, weeks=filters.weeks, shop=shop)
    reference = _compute_category_rates(_keep_channel(lines, filters=filters))
    kept = filters.keep(lines)
    rows = measures.add_rates(_sum_rows(kept, by=list(grain.attributes)))
    rows = rows[(rows["delivered_count"] > 0) | (rows["returned_count"] > 0)]
    rows = rows.assign(category_rate=rows["category_name"].map(reference))
    ranked = measures.rank_rows(rows, by=SORTS.get(sort, SORTS["yen"]), key=grain.key)
    total = measures.add_rates(kept[[*COUNTS, *RETURNS]].sum().to_frame().T)
    return Worklist(
        grain=grain,
        rows=ranked,
        total=list_records(total)[0],
        shop_row_count=serving.read_mart(grain.totals, columns=[grain.key])[grain.key].nunique(),
    )


def read_weeks(grain: Grain, *, keys: list[str], filters: Filters, shop: Shop) -> pd.DataFrame:
    """Read the last twelve weeks of some rows.

    Returns
    -------
    DataFrame
        The key of the grain, ``week_start_date``, ``delivered_count``, ``returned_count``.
    """
    first = find_first_week(shop.as_of, weeks=SPARK_WEEKS)
    where: dict[str, Condition] = {**grain.basis, grain.key: keys, grain.time_column: Since(first)}
    if "channel_name" in filters.equals:
        where["channel_name"] = filters.equals["channel_name"]
    found = serving.read_totals(grain.periods, by=[grain.key, grain.time_column], where=where)
    days = pd.to_datetime(found[grain.time_column])
    return found.assign(week_start_date=days - pd.to_timedelta(days.dt.day_of_week, unit="D"))


def read_main_reasons(styles: list[str]) -> dict[str, tuple[str, str, float]]:
    """Read the most frequent stated reason of some styles.

    Returns
    -------
    dict of str to (code, system, share)
        Share of all returned units of the style, those without a reason included.
    """
    found = serving.read_mart("rpt_style_reasons", where={"style_id": styles})
    totals = found.groupby("style_id")["returned_count"].sum()
    stated = found[(found["reason_code"] != "not_given") & (found["returned_count"] > 0)]
    first = stated.sort_values(
        ["returned_count", "reason_code", "reason_system"], ascending=[False, True, True]
    ).drop_duplicates("style_id")
    return {
        row["style_id"]: (
            row["reason_code"],
            row["reason_system"],
            float(row["returned_count"]) / float(totals[row["style_id"]]),
        )
        for row in list_records(first)
    }


def _read_lines(grain: Grain, *, weeks: int | None, shop: Shop) -> pd.DataFrame:
    """Read counts per key and channel with their attributes."""
    columns = [*grain.attributes, "channel_name", *COUNTS, *RETURNS]
    totals = serving.read_mart(grain.totals, columns=columns)
    if weeks is None:
        return totals
    first = find_first_week(shop.as_of, weeks=weeks)
    counted = serving.read_totals(
        grain.periods,
        by=[grain.key, "channel_name"],
        where={**grain.basis, grain.time_column: Since(first)},
    )
    attributes = totals[list(grain.attributes)].drop_duplicates(grain.key)
    return counted.merge(attributes, on=grain.key, how="left")


def _sum_rows(lines: pd.DataFrame, *, by: list[str]) -> pd.DataFrame:
    return lines.groupby(by, dropna=False, sort=True)[[*COUNTS, *RETURNS]].sum().reset_index()


def _keep_channel(lines: pd.DataFrame, *, filters: Filters) -> pd.DataFrame:
    channel = filters.equals.get("channel_name")
    return lines if channel is None else lines[lines["channel_name"] == channel]


def _compute_category_rates(lines: pd.DataFrame) -> dict[str, float]:
    """Return the rate of each category that has enough deliveries to be a reference."""
    totals = measures.add_rates(
        lines.groupby("category_name")[["delivered_count", "returned_count"]].sum().reset_index()
    )
    judged = totals[~totals["is_small"]]
    return dict(zip(judged["category_name"], judged["returned_rate"], strict=True))
