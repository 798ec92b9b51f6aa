"""Targets a second time: each beside what its month reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record
from tests.warehouse.oracle_cash import OUTSIDE, CashOracle
from tests.warehouse.oracle_episodes import Walk, frame_episode_months
from tests.warehouse.oracle_outcomes import OutcomeOracle

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class TargetOracle:
    """rpt_targets: each target beside what the month reached.

    Parameters
    ----------
    outcomes : OutcomeOracle
    walk : Walk
    cash : CashOracle
        Of the same rows.
    """

    def __init__(self, outcomes: OutcomeOracle, walk: Walk, cash: CashOracle) -> None:
        self.core = outcomes.core
        self.exchanges = outcomes.frame_exchange_days()
        self.episodes = frame_episode_months(walk)
        self.debts = cash.frame_outstanding()
        self.paid = [(f"{day:%Y-%m}", row) for day, row in cash.paid if row["method"] in OUTSIDE]

    def frame(self) -> pd.DataFrame:
        """Targets whose measure is no estimate."""
        estimates = ("refund_liability", "return_asset")
        return pd.DataFrame(
            {
                "metric_name": row["metric"],
                "period_text": row["period"],
                "owner_name": row.get("owner"),
                "target_value": float(row["value"]),
                "is_current_month": row["period"] == f"{AS_OF:%Y-%m}",
            }
            | {"measured_value": self.measure(row["metric"], row["period"])}
            for row in self.core.get("targets")
            if row["metric"] not in estimates
        )

    def measure(self, metric: str, month: str) -> float | None:
        """A measure of a month; None where nothing of it is known."""
        if month > f"{AS_OF:%Y-%m}" or not MONTH.fullmatch(month):
            return None
        if metric == "refund_cash_out":
            if month < min((some for some, _ in self.paid), default=month + "~"):
                return None
            return float(sum(int(row["amount"]) for some, row in self.paid if some == month))
        frames = {
            "exchange_rate": (self.exchanges, "exchanged_line_count", "resolved_line_count"),
            "retained_revenue_gross": (
                *(self.exchanges, "retained_gross_amount", "resolved_net_amount"),
            ),
            "retained_revenue_durable": (
                self.episodes,
                "developed_retained_durable_amount",
                "developed_delivered_net_amount",
            ),
        }
        if metric == "outstanding_refunds":
            rows = list(select_month(self.debts, "as_of_date", month))
            return float(sum(row["outstanding_amount"] for row in rows)) if rows else None
        if metric not in frames:
            return None
        frame, top, bottom = frames[metric]
        day = "calendar_date" if "calendar_date" in frame else "cohort_month_date"
        rows = list(select_month(frame, day, month))
        whole = sum(row[bottom] for row in rows)
        return float(Fraction(sum(int(row[top]) for row in rows), int(whole))) if whole else None


def select_month(frame: pd.DataFrame, column: str, month: str) -> Iterator[Record]:
    for row in frame.to_dict("records"):
        day: date | None = row[column] if not pd.isna(row[column]) else None
        if day and f"{day:%Y-%m}" == month:
            yield row
