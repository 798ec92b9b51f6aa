"""Is our back yard earning: conditions, leak, costs and rails as they were read, and what-ifs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.currency import round_half_up
from dashboards.lib.records import is_missing, list_records

MARTS: Final = ("rpt_conditions", "rpt_condition_figures", "rpt_leak_parts", "rpt_leak")
RAILS: Final = "rpt_refund_rails"
STATES: Final = ("pass", "partial", "fail", "not_measurable")
ROLE_EACH, ROLE_RATE = "each", "rate"
PAYOUT_FEE: Final = "digital_payout_fee"
MOST: Final = 1e9  # of a cost that a reader tries
BY_HAND: Final = ("bank_transfer", "atm_cash")


@dataclass(frozen=True)
class Rails:
    """Refunds of the judged months that staff enter by hand.

    Attributes
    ----------
    count : float
        A month, paid or failed.
    month_amount : float
        Their fees and labour a month; NaN where a fee is not known.
    """

    count: float
    month_amount: float

    def compute_change(self, fee: float) -> float:
        """Compute what leaves a month more, or less than 0, when each costs this fee alone."""
        return self.count * fee - self.month_amount

    @property
    def break_even(self) -> float:
        """Return the fee at which nothing changes; NaN where nothing is entered by hand."""
        return self.month_amount / self.count if self.count else float("nan")


@dataclass(frozen=True)
class Yard:
    """What the page shows.

    Attributes
    ----------
    conditions : sequence of dict
        The five, in order.
    figures : mapping of str to dict
        What they are judged by, by figure.
    parts : DataFrame
        Of the leak, in the order of the waterfall.
    costs : DataFrame
        One row per part and cost.
    rails : DataFrame
        One row per rail of the judged months.
    first, last : date or None
        Of the judged months.
    month_count : int
    is_whole : bool
        False where less than a whole month was seen.
    """

    conditions: Sequence[dict[str, Any]]
    figures: Mapping[str, dict[str, Any]]
    parts: pd.DataFrame
    costs: pd.DataFrame
    rails: pd.DataFrame
    first: date | None
    last: date | None
    month_count: int
    is_whole: bool

    def count(self, state: str) -> int:
        """Count the conditions in a state."""
        return sum(one["state_code"] == state for one in self.conditions)

    @property
    def is_known(self) -> bool:
        """Say whether any part of the leak is measured."""
        return bool(self.parts["month_amount"].notna().any())

    @property
    def total(self) -> int:
        """Return what leaks a month, of the measured parts."""
        return int(self.parts["month_amount"].sum())

    @property
    def payout_fee(self) -> float | None:
        """Return what the shop says of its digital payouts; None where it does not."""
        told = self.costs.loc[self.costs["parameter_name"] == PAYOUT_FEE, "parameter_value"]
        known = told.dropna()
        return float(known.iloc[0]) if len(known) else None

    @property
    def by_hand(self) -> Rails:
        """Sum the rails that staff enter by hand."""
        mine = self.rails[self.rails["method_code"].isin(BY_HAND)]
        names = ("fee_amount", "entry_labour_amount", "second_check_amount")
        months = self.month_count or 1
        amount = sum(float(mine[name].sum(skipna=False)) for name in names)
        return Rails(float(mine["entered_count"].sum()) / months, amount / months)


def read_yard() -> Yard:
    """Read what the published version holds on the back yard."""
    conditions = list_records(serving.read_mart("rpt_conditions").sort_values("condition_number"))
    figures = list_records(serving.read_mart("rpt_condition_figures"))
    parts = serving.read_mart("rpt_leak_parts").sort_values("part_number")
    days = [pd.to_datetime(parts[name]).dropna() for name in ("first_date", "last_date")]
    first, last = (some.iloc[0].date() if len(some) else None for some in days)
    months = parts["month_count"].dropna()
    return Yard(
        conditions=conditions,
        figures={row["figure_code"]: row for row in figures},
        parts=parts,
        costs=serving.read_mart("rpt_leak").sort_values(["part_number", "role_code"]),
        rails=serving.read_mart(RAILS, where={"span_code": "period"}),
        first=first,
        last=last,
        month_count=int(months.iloc[0]) if len(months) else 0,
        is_whole=bool(parts["is_whole_months"].all()),
    )


def list_costs(costs: pd.DataFrame) -> list[dict[str, Any]]:
    """List the costs, each once, in the order of the parts that they make."""
    return list_records(costs.drop_duplicates("parameter_name"))


def change_costs(costs: pd.DataFrame, own: Mapping[str, float]) -> pd.DataFrame:
    """Lay a reader's own values over the costs."""
    return costs.assign(
        parameter_value=costs["parameter_name"].map(own).fillna(costs["parameter_value"])
    )


def compute_parts(parts: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Compute what leaks a month under other costs, as the mart says how.

    Examples
    --------
    >>> part = {"part_code": "looks", "case_count": 2, "recorded_quantity": 30.0}
    >>> parts = pd.DataFrame([part | {"month_count": 2, "missing_name": None}])
    >>> costs = pd.DataFrame({"part_code": "looks", "parameter_name": ["minutes", "wage"]})
    >>> costs = costs.assign(role_code=["each", "rate"], divisor_count=[1, 60])
    >>> told = costs.assign(parameter_value=[15.0, 1600.0])
    >>> compute_parts(parts, told)["month_amount"].tolist()
    [800.0]
    """
    amounts = [
        _compute_part(row, costs[costs["part_code"] == row["part_code"]])
        for row in list_records(parts)
    ]
    return parts.assign(month_amount=pd.Series(amounts, index=parts.index, dtype="float64"))


def _compute_part(part: Mapping[str, Any], costs: pd.DataFrame) -> float:
    """Compute rate × (recorded + cases × each) ÷ months; NaN where something is missing."""
    missing = part["missing_name"]
    is_asked = isinstance(missing, str) and missing.startswith("costs.")
    if (isinstance(missing, str) and not is_asked) or is_missing(part["month_count"]):
        return float("nan")
    factors: dict[str, list[float]] = {ROLE_EACH: [], ROLE_RATE: []}
    for row in list_records(costs):
        factors[row["role_code"]].append(row["parameter_value"] / row["divisor_count"])
    each = prod(factors[ROLE_EACH]) if factors[ROLE_EACH] and part["case_count"] else 0.0
    leaked = prod(factors[ROLE_RATE]) * (part["recorded_quantity"] + part["case_count"] * each)
    if is_missing(leaked):
        return float("nan")
    return round_half_up(round(leaked / part["month_count"], 3))


def read_own(texts: Mapping[str, str]) -> dict[str, float]:
    """Read what a reader typed; what is no number ≥ 0 is left out.

    Examples
    --------
    >>> read_own({"hourly_wage": "1,800", "disposal": "-1", "redelivery": "abc", "repack": ""})
    {'hourly_wage': 1800.0}
    """
    found = {}
    for name, text in texts.items():
        try:
            value = float(text.replace(",", "").strip())
        except ValueError:
            continue
        if 0 <= value < MOST:
            found[name] = value
    return found


def find_largest(parts: pd.DataFrame) -> tuple[str, float] | None:
    """Find the hole through which most leaks, and its share of the whole; None without a leak."""
    holes = parts.groupby("hole_code")["month_amount"].sum()
    total = float(holes.sum())
    if total <= 0:
        return None
    return str(holes.idxmax()), float(holes.max()) / total
