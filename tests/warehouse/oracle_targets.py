"""Targets a second time: each beside what its month reached, as the catalogue defines it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record
from tests.warehouse.landed_shop import PROJECT
from tests.warehouse.oracle_cash import OUTSIDE, CashOracle
from tests.warehouse.recomputation import Recomputation

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
AT_MONTH_ENDS: Final = ("outstanding_refunds", "refund_liability", "return_asset")
# Of weeks, of days to come, a median, a ratio of minutes: no month of it is a sum of counts.
NOT_BY_MONTH: Final = (
    *("enquiries_per_100_orders", "cash_out_forecast", "waiting_time"),
    "review_minutes_per_request",
)


@cache
def read_catalogue() -> Mapping[str, Mapping[str, str]]:
    """The metric catalogue by name."""
    path = PROJECT / "seeds" / "metric_catalogue.csv"
    with path.open(encoding="utf-8") as file:
        return {row["metric_name"]: row for row in csv.DictReader(file)}


def has_months(metric: str) -> bool:
    """Whether the catalogue gives the metric a day, and one figure without a forecast."""
    row = read_catalogue()[metric]
    is_one = not row["whole_dimension"] and not row["expected_column"]
    return metric in AT_MONTH_ENDS or (
        metric not in NOT_BY_MONTH and is_one and bool(row["date_column"])
    )


class TargetOracle:
    """rpt_targets: each target beside what the month reached.

    Parameters
    ----------
    core : Recomputation
    cash : CashOracle
        Of the same rows.
    frames : mapping of str to DataFrame
        What the oracles of the other marts say, by mart.
    """

    def __init__(
        self, core: Recomputation, cash: CashOracle, frames: Mapping[str, pd.DataFrame]
    ) -> None:
        self.core, self.frames = core, frames
        self.debts = cash.frame_outstanding()
        self.paid = [(f"{day:%Y-%m}", row) for day, row in cash.paid if row["method"] in OUTSIDE]
        gaps = frames["rpt_metric_gaps"].to_dict("records")
        self.gaps = [
            (gap["metric_name"], gap["missing_name"]) for gap in gaps if gap["part_code"] == "whole"
        ]

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
            | self.judge(row["metric"], row["period"])
            for row in self.core.get("targets")
            if row["metric"] not in estimates
        )

    def judge(self, metric: str, month: str) -> Record:
        """A measure of a month, or why there is none."""
        value, lack, state = self.measure(metric, month), None, "measured"
        if metric not in read_catalogue():
            state = "unknown_metric"
        elif not has_months(metric):
            state = "not_by_month"
        elif not MONTH.fullmatch(month):
            state = "not_a_month"
        elif month > f"{AS_OF:%Y-%m}":
            state = "to_come"
        elif value is None:
            lack = min(self.list_missing(metric), default=None)
            state = "not_measurable" if lack else "nothing_known"
        return {"measured_value": value, "missing_name": lack, "measure_state_code": state}

    def list_missing(self, metric: str) -> Iterator[str]:
        """Files that did not come, and columns that they leave out."""
        needed = read_catalogue()[metric]["required_entities"].split(";")
        yield from (name for name in needed if not self.core.get(name))
        yield from (missing for name, missing in self.gaps if name == metric)

    def measure(self, metric: str, month: str) -> float | None:
        """A measure of a month; None where nothing of it is known."""
        is_past = bool(MONTH.fullmatch(month)) and month <= f"{AS_OF:%Y-%m}"
        if not is_past or metric not in read_catalogue() or not has_months(metric):
            return None
        if metric == "refund_cash_out":
            if month < min((some for some, _ in self.paid), default=month + "~"):
                return None
            return float(sum(int(row["amount"]) for some, row in self.paid if some == month))
        if metric == "outstanding_refunds":
            rows = list(select_month(self.debts, "as_of_date", month))
            return float(sum(row["outstanding_amount"] for row in rows)) if rows else None
        if any(self.list_missing(metric)):
            return None
        return self.divide(read_catalogue()[metric], month)

    def divide(self, metric: Mapping[str, str], month: str) -> float | None:
        """The figure as the catalogue defines it, of the rows of a month."""
        mart, day = metric["mart_name"], metric["date_column"]
        top = self.sum_rows(mart, day, metric["numerator_column"], month, metric["filter"])
        if not metric["denominator_column"]:
            return None if top is None else float(top)
        if metric["denominator_mart_name"]:
            mart, day = metric["denominator_mart_name"], metric["denominator_date_column"]
            top = top or 0
        bottom = self.sum_rows(mart, day, metric["denominator_column"], month, metric["filter"])
        return float(Fraction(top) / bottom) if top is not None and bottom else None

    def sum_rows(
        self, mart: str, day: str, columns: str, month: str, conditions: str
    ) -> Fraction | None:
        """A sum of columns, ``a+b`` or ``a-b``; None without a row, or where a row is not known."""
        wanted = dict(part.split("=") for part in conditions.split(";") if part)
        frame = self.frames[mart]
        terms = re.findall(r"([+-]?)(\w+)", columns)
        values = [
            [-row[name] if sign == "-" else row[name] for sign, name in terms]
            for row in select_month(frame, day, month)
            if all(str(row[name]).lower() == wanted[name] for name in wanted.keys() & row.keys())
        ]
        if not values or any(pd.isna(value) for some in values for value in some):
            return None
        return sum((Fraction(int(value)) for some in values for value in some), Fraction(0))


def select_month(frame: pd.DataFrame, column: str, month: str) -> Iterator[Record]:
    for row in frame.to_dict("records"):
        day: date | None = row[column] if not pd.isna(row[column]) else None
        if day and f"{day:%Y-%m}" == month:
            yield row
