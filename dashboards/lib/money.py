"""What is known about money that leaves: reads the marts of the page, and sums them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from dashboards.lib import measures_money, serving
from dashboards.lib.measures_money import Share, Sum
from dashboards.lib.questions import Since
from dashboards.lib.shop import Shop

FORECAST: Final = "rpt_cash_forecast_weeks"
MARTS: Final = (
    "rpt_refund_days",
    "rpt_refund_liability",
    "rpt_roll_forward",
    "rpt_outstanding_refunds",
    "rpt_episode_months",
    "rpt_exchange_days",
    "rpt_closings",
    "rpt_targets",
    "rpt_bank_reconciliation",
    FORECAST,
)
SHOWN_CLOSINGS: Final = 6


@dataclass(frozen=True)
class Roll:
    """How the refund liability moved in the newest month.

    Attributes
    ----------
    first, last : date
        The last day before it began, and its last day so far.
    steps : DataFrame
        From ``lay_waterfall``.
    difference : int
        What the steps lead to, less the liability as the ledger has it on that day.
    is_closed : bool
    """

    first: date
    last: date
    steps: pd.DataFrame
    difference: int
    is_closed: bool

    @property
    def change(self) -> int:
        """Return by how much the liability moved."""
        return int(self.steps["amount"].iloc[-1] - self.steps["amount"].iloc[0])


@dataclass(frozen=True)
class Money:
    """Everything that the page shows; None and no rows where it cannot be measured.

    Attributes
    ----------
    month, last_days : Sum or None
        Refunds that left as cash.
    weeks, fan : DataFrame
    has_forecast : bool
        The published version holds a forecast.
    exchange : Share or None
        Exchanged of the returns resolved in the month.
    retained : DataFrame
        From ``sum_retained``.
    liability : int or None
    roll : Roll or None
    ages : DataFrame or None
    targets : mapping of str to float
        Of the current month, by measure.
    closings : DataFrame
        One row per closed month, newest first.
    bank : mapping of str to int
        Counts by state of the reconciliation.
    """

    month: Sum | None
    last_days: Sum | None
    weeks: pd.DataFrame
    fan: pd.DataFrame
    has_forecast: bool
    exchange: Share | None
    retained: pd.DataFrame
    liability: int | None
    roll: Roll | None
    ages: pd.DataFrame | None
    targets: Mapping[str, float]
    closings: pd.DataFrame
    bank: Mapping[str, int]

    @property
    def outstanding(self) -> int:
        """Return what is accepted and unpaid."""
        return 0 if self.ages is None else int(self.ages["amount"].sum())

    @property
    def late(self) -> tuple[int, int]:
        """Return amount and cases that wait for more than two weeks."""
        if self.ages is None:
            return 0, 0
        late = self.ages[self.ages["is_late"]]
        return int(late["amount"].sum()), int(late["count"].sum())

    @property
    def judged(self) -> pd.DataFrame:
        """Return the months whose durable value may be judged."""
        return self.retained[self.retained["is_judged"]]


def read_money(*, shop: Shop) -> Money:
    """Read the marts of the page."""
    as_of = shop.as_of
    days = serving.read_mart("rpt_refund_days", where={"is_outside_cash": True})
    days = days[days["calendar_date"].notna()]
    entities = serving.read_mart("rpt_entities", columns=["entity_name", "is_landed"])
    landed = set(entities.loc[entities["is_landed"], "entity_name"])
    is_paid = "refunds" in landed or len(days) > 0
    has_forecast = serving.has_mart(FORECAST)
    fan = measures_money.lay_fan(_read_forecast())
    ahead = len(fan)
    return Money(
        month=measures_money.sum_month(days, as_of=as_of) if is_paid else None,
        last_days=measures_money.sum_last_days(days, as_of=as_of) if is_paid else None,
        weeks=measures_money.lay_weeks(days, as_of=as_of, ahead=ahead),
        fan=fan,
        has_forecast=has_forecast and ahead > 0,
        exchange=_read_exchange(as_of) if landed & {"exchanges", "refunds"} else None,
        retained=measures_money.sum_retained(serving.read_mart("rpt_episode_months")),
        liability=_read_liability(),
        roll=_read_roll(as_of),
        ages=_read_ages(),
        targets=_read_targets(),
        closings=_read_closings(),
        bank=_read_bank(),
    )


def _read_forecast() -> pd.DataFrame:
    """Read the weeks of the newest forecast."""
    names = [f"{name}_amount" for name in ("paid", *measures_money.FAN)]
    columns = ["week_start_date", "is_whole_week", *names]
    if not serving.has_mart(FORECAST):
        return pd.DataFrame(columns=columns)
    return serving.read_mart(FORECAST, where={"is_current": True}, columns=columns)


def _read_exchange(as_of: date) -> Share:
    counts = ["exchanged_line_count", "resolved_line_count"]
    days = serving.read_mart(
        "rpt_exchange_days",
        where={"calendar_date": Since(as_of.replace(day=1))},
        columns=["calendar_date", *counts],
    )
    month = days[pd.to_datetime(days["calendar_date"]) <= pd.Timestamp(as_of)]
    return measures_money.compute_share(
        month["exchanged_line_count"].sum(), month["resolved_line_count"].sum()
    )


def _read_liability() -> int | None:
    rows = serving.read_mart("rpt_refund_liability", where={"is_current": True})
    known = rows["refund_liability_amount"].dropna()
    return int(known.sum()) if len(known) else None


def _read_roll(as_of: date) -> Roll | None:
    moves = serving.read_mart("rpt_roll_forward")
    if moves.empty:
        return None
    month = str(moves["month"].max())
    steps = moves[moves["month"] == month]
    first = date.fromisoformat(f"{month}-01")
    last = min(as_of, (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date())
    laid = measures_money.lay_waterfall(steps)
    ledger = serving.read_mart("rpt_refund_liability", where={"as_of_date": last})
    booked = int(ledger["refund_liability_amount"].fillna(0).sum())
    return Roll(
        first=(pd.Timestamp(first) - pd.Timedelta(days=1)).date(),
        last=last,
        steps=laid,
        difference=int(laid["amount"].iloc[-1]) - booked,
        is_closed=bool(steps["is_closed"].all()),
    )


def _read_ages() -> pd.DataFrame | None:
    rows = serving.read_mart("rpt_outstanding_refunds", where={"is_current": True})
    return None if rows.empty else measures_money.sum_ages(rows)


def _read_targets() -> dict[str, float]:
    rows = serving.read_mart("rpt_targets", where={"is_current_month": True})
    return dict(zip(rows["metric_name"], rows["target_value"].astype(float), strict=True))


def _read_closings() -> pd.DataFrame:
    rows = serving.read_mart("rpt_closings")
    wide = rows.pivot_table(index="month", columns="metric", values="amount", aggfunc="max")
    wide["closed_at"] = rows.groupby("month")["closed_at"].max()
    return wide.sort_index(ascending=False).head(SHOWN_CLOSINGS).reset_index()


def _read_bank() -> dict[str, int]:
    states = serving.read_mart("rpt_bank_reconciliation", columns=["reconciliation_state_code"])
    counts = states["reconciliation_state_code"].value_counts()
    return {str(state): int(count) for state, count in counts.items()}
