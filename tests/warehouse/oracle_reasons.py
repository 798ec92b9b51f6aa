"""Frames of the marts that count reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import Record
from tests.warehouse.oracle_sales import to_monday
from tests.warehouse.recounted_reasons import ReasonRecount

COUNTS = (
    *("requested_count", "returned_count", "returned_net_amount", "unvalued_returned_count"),
    *("size_bracketed_returned_count", "size_bracketed_returned_net_amount"),
    *("small_returned_count", "large_returned_count", "ambiguous_returned_count"),
    *("told_returned_count", "expected_returned_units"),
    *("size_bracketed_expected_returned_units", "returned_units_variance"),
)
TOTALS = (
    *("requested_count", "returned_count", "returned_net_amount", "unvalued_returned_count"),
    *("coded_returned_count", "other_returned_count", "unmapped_returned_count"),
    *("none_returned_count", "ambiguous_returned_count", "controllable_returned_count"),
    *("size_returned_count", "bracketed_size_returned_count", "small_returned_count"),
    *("large_returned_count", "expectation_gap_returned_count", "told_returned_count"),
)
SAYS = (
    *("group_code", "size_direction_code", "reason_state_code", "is_reason_mapped"),
    *("is_controllable", "is_size_reason", "is_expectation_gap"),
)
ATTRIBUTES = ("category_name", "brand_name", "season_name")
KEYS = ("channel_name", "reason_source_code", "date_basis_code", "reason_code", "reason_system")


def to_month(day: date) -> date:
    return day.replace(day=1)


class ReasonOracle(ReasonRecount):
    """Frames of the marts that count reasons."""

    def frame_facts(self) -> pd.DataFrame:
        """fct_return_reasons."""
        return pd.DataFrame(self.facts).drop(columns="order_line_id", errors="ignore")

    def frame_skus(self) -> pd.DataFrame:
        return self.sum_reasons("sku", to_month, "month_start_date", COUNTS)

    def frame_style_weeks(self) -> pd.DataFrame:
        # Weeks are read without the direction of sizes.
        names = tuple(name for name in COUNTS if name not in COUNTS[6:8])
        return self.sum_reasons("style_id", to_monday, "week_start_date", names)

    def frame_category_weeks(self) -> pd.DataFrame:
        """rpt_category_reason_weeks: the smallest word of a style's SKUs stands for the style."""
        weeks = self.frame_style_weeks()
        if weeks.empty:
            return weeks
        for name in ATTRIBUTES:
            words = self.name_styles(name.removesuffix("_name"))
            weeks[name] = [words.get(style) for style in weeks["style_id"]]
        keys = [*ATTRIBUTES, *KEYS[1:], "week_start_date"]
        grouped = weeks.groupby(keys, dropna=False)
        counts = [*COUNTS[:3], COUNTS[4], *COUNTS[9:11]]
        says = grouped[["reason_state_code", "is_size_reason"]].first()
        return grouped[counts].sum().join(says).reset_index()

    def name_styles(self, column: str) -> dict[str, str]:
        """What the products file says of each style that was sold or came back."""
        words: dict[str, str] = {}
        for sku in {*self.returns.frame_skus().get("sku", ())}:
            word = self.returns.developed.products.get(sku, {}).get(column)
            if word:
                style = self.returns.developed.style_of(sku)
                words[style] = min(word, words.get(style, word))
        return words

    def sum_reasons(
        self, key: str, period: Callable[[date], date], name: str, counts: tuple[str, ...]
    ) -> pd.DataFrame:
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        says: dict[tuple[Any, ...], Record] = {}
        for row in self.dated:
            if row[key] is None:
                continue
            place = (row[key], *(row[one] for one in KEYS), row["day"] and period(row["day"]))
            sums[place].update({one: row.get(one, 0) for one in counts})
            says[place] = {one: row[one] for one in SAYS}
        return pd.DataFrame(
            dict(zip((key, *KEYS, name), place, strict=True))
            | {one: total[one] for one in counts}
            | says[place]
            for place, total in sums.items()
        )

    def frame_totals(self) -> pd.DataFrame:
        """rpt_reason_totals: a month of deliveries stands there though nothing came back."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.dated:
            place = (
                row["channel_name"],
                row["date_basis_code"],
                row["day"] and to_month(row["day"]),
            )
            sums[row["reason_source_code"], *place].update({one: row.get(one, 0) for one in TOTALS})
        for source in {place[0] for place in sums}:
            for line in self.returns.sold:
                if line["is_arrived"]:
                    day = line["delivered_date"]
                    for basis in ("cohort", "event"):
                        place = (source, line["channel_name"], basis, day and to_month(day))
                        sums[place]["delivered_count"] += line["delivered_count"]
        names = ("reason_source_code", "channel_name", "date_basis_code", "month_start_date")
        return pd.DataFrame(
            dict(zip(names, place, strict=True))
            | {one: total[one] for one in (*TOTALS, "delivered_count")}
            for place, total in sums.items()
        )

    def frame_gaps(self) -> pd.DataFrame:
        """rpt_expectation_gaps: deliveries by what the customer had seen, and the gaps of them."""
        back: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.dated:
            if (row["reason_source_code"], row["date_basis_code"]) == ("stated", "cohort"):
                back[row["order_line_id"]].update(
                    returned_count=row["returned_count"],
                    expectation_gap_returned_count=row["expectation_gap_returned_count"],
                )
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for line in self.returns.sold:
            if not line["is_arrived"]:
                continue
            order = self.core.orders.get(line["order_id"], {})
            day = line["delivered_date"]
            place = (line["style_id"], order.get("campaign_code"), order.get("page_version"))
            total = sums[*place, line["channel_name"], day and to_month(day)]
            total["delivered_count"] += line["delivered_count"]
            total.update(back[line["order_line_id"]])
        names = ("style_id", "campaign_code", "page_version_code", "channel_name")
        counts = ("delivered_count", "returned_count", "expectation_gap_returned_count")
        return pd.DataFrame(
            dict(zip((*names, "cohort_month_date"), place, strict=True))
            | {one: total[one] for one in counts}
            for place, total in sums.items()
        )

    def frame_style_reasons(self) -> pd.DataFrame:
        """rpt_style_reasons: codes as they were stated."""
        sums: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for row in self.dated:
            if row["date_basis_code"] == "event" and row["reason_source_code"] == "stated":
                code, system = row["source_reason_code"], row["source_reason_system"]
                if row["style_id"]:
                    place = row["style_id"], code or "not_given", system or "not_given"
                    sums[place].update({name: row[name] for name in COUNTS[:5]})
        return pd.DataFrame(
            {"style_id": style, "reason_code": code, "reason_system": system}
            | {name: total[name] for name in COUNTS[:5]}
            for (style, code, system), total in sums.items()
        )
