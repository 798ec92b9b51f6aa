"""Returns by SKU, style, category and reason a second time, from metrics.md in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import ARRIVED, UNKNOWN, to_day, was_paid
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_sales import to_monday
from tests.warehouse.recomputation import Recomputation

Record = dict[str, Any]
DELIVERED = ("delivered_count", "delivered_net_amount")
RETURNED = ("requested_count", "returned_count", "returned_net_amount")
MEASURES = (*DELIVERED, *RETURNED)


class ReturnOracle:
    """Frames of the reports that sum order lines and return lines.

    Parameters
    ----------
    core : Recomputation
    developed : Development
        Of the same rows.
    """

    def __init__(self, core: Recomputation, developed: Development) -> None:
        self.core = core
        self.developed = developed
        self.lines = [self.describe(line) for line in core.list_order_lines()]
        self.sold = [line for line in self.lines if not line["is_exchange_leg"]]
        self.returns = [row for row in core.return_lines if row["is_product_return"]]

    def describe(self, line: Record) -> Record:
        """An order line under the names of the reports; returns count of what arrived alone."""
        sku = line["sku"]
        product = self.developed.products.get(sku, {})
        arrived = line["delivery_state_code"] in ARRIVED
        return line | {
            "style_id": self.developed.style_of(sku),
            "category_name": self.developed.category_of(sku),
            "size_label": product.get("size_label") or UNKNOWN,
            "colour_name": product.get("colour_name") or UNKNOWN,
            "is_arrived": arrived,
            **{name: line[name] if arrived else 0 for name in RETURNED},
        }

    def sum_sold(
        self, keys: tuple[str, ...], *, day: Callable[[date], date] | None = None, name: str = ""
    ) -> pd.DataFrame:
        """Measures of what was sold by these keys; with a day, of what arrived by day."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for line in self.sold:
            place = tuple(line[key] for key in keys)
            if day:
                if not line["is_arrived"]:
                    continue
                arrived = line["delivered_date"]
                place = (*place, arrived and day(arrived))
            sums[place].update({measure: line[measure] for measure in MEASURES})
        names = (*keys, name) if day else keys
        return pd.DataFrame(
            dict(zip(names, place, strict=True)) | {measure: total[measure] for measure in MEASURES}
            for place, total in sums.items()
        )

    def frame_sku_days(self) -> pd.DataFrame:
        """rpt_sku_return_days by event: deliveries by their day, returns by the request's."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for line in self.sold:
            if line["is_arrived"]:
                place = line["sku"], line["channel_name"], line["delivered_date"]
                sums[place].update({name: line[name] for name in DELIVERED})
        for row in self.returns:
            if row["sku"] is not None:
                place = row["sku"], row["channel_name"], row["event_date"]
                sums[place].update({name: row[name] or 0 for name in RETURNED})
        return pd.DataFrame(
            {"sku": sku, "channel_name": channel, "calendar_date": day}
            | {name: total[name] for name in MEASURES}
            for (sku, channel, day), total in sums.items()
        )

    def frame_skus(self) -> pd.DataFrame:
        """rpt_sku_returns: more returned than sold stays, and is flagged."""
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for line in self.sold:
            sums[line["sku"], line["channel_name"]].update(
                {name: line[name] for name in (*MEASURES, "in_transit_count")}
            )
        for row in self.returns:
            if row["sku"] is not None:
                sums[row["sku"], row["channel_name"]].update(
                    event_returned_count=row["returned_count"],
                    unmatched_returned_count=0 if row["is_matched"] else row["returned_count"],
                )
        of_sku: dict[str, Counter[str]] = defaultdict(Counter)
        for (sku, _), total in sums.items():
            of_sku[sku].update(total)
        names = (*MEASURES, "in_transit_count", "event_returned_count", "unmatched_returned_count")
        return pd.DataFrame(
            {"sku": sku, "channel_name": channel}
            | {name: total[name] for name in names}
            | {
                "is_over_returned": of_sku[sku]["event_returned_count"]
                > of_sku[sku]["delivered_count"]
            }
            for (sku, channel), total in sums.items()
        )

    def frame_styles(self) -> pd.DataFrame:
        """rpt_style_returns: the SKUs of a style, all of them in each channel."""
        skus = self.frame_skus()
        if skus.empty:
            return skus
        skus["style_id"] = [self.developed.style_of(sku) for sku in skus["sku"]]
        names = (*MEASURES, "in_transit_count", "event_returned_count", "unmatched_returned_count")
        sums = skus.groupby(["style_id", "channel_name"])[list(names)].sum()
        sums["sku_count"] = skus.groupby(["style_id", "channel_name"])["sku"].count()
        whole = skus.groupby("style_id")[["event_returned_count", "delivered_count"]].sum()
        over = whole["event_returned_count"] > whole["delivered_count"]
        styles = sums.reset_index()
        return styles.assign(is_over_returned=[over[style] for style in styles["style_id"]])

    def frame_bridge(self) -> pd.DataFrame:
        """rpt_return_bridge: every returned unit has one place on either basis."""
        steps: Counter[str] = Counter()
        for line, full in zip(self.lines, self.core.list_order_lines(), strict=True):
            if line["is_exchange_leg"]:
                continue
            state = line["delivery_state_code"]
            names = {ARRIVED[0]: "cohort_dated", ARRIVED[1]: "cohort_unknown_day"}
            steps[names.get(state, "not_delivered")] += full["returned_count"]
        for row in self.returns:
            units = row["returned_count"]
            if not row["is_matched"]:
                steps["unmatched" if row["sku"] else "unmatched_without_sku"] += units
            steps["event_dated" if row["event_date"] else "event_unknown_day"] += units
        cohort = ("cohort_dated", "cohort_unknown_day", "not_delivered", "unmatched")
        steps["total_cohort"] = sum(steps[name] for name in (*cohort, "unmatched_without_sku"))
        steps["total_event"] = steps["event_dated"] + steps["event_unknown_day"]
        steps["difference"] = steps["total_cohort"] - steps["total_event"]
        names = (*cohort, "unmatched_without_sku", "total_cohort", "event_dated")
        return pd.DataFrame(
            {"bridge_step_code": name, "returned_count": steps[name]}
            for name in (*names, "event_unknown_day", "total_event", "difference")
        )

    def frame_bracketing(self) -> pd.DataFrame:
        """rpt_bracketing: pairs of order and style, and those with two sizes or colours."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for style, prefix, lines in self.list_pairs():
            name = prefix or "order_style_"
            counts[style][f"{name}pair_count"] += 1
            for what in ("size", "colour"):
                key = "size_label" if what == "size" else "colour_name"
                several = len({line[key] for line in lines} - {UNKNOWN}) > 1
                counts[style][f"{prefix}{what}_bracketed_pair_count"] += several
        names = ("pair_count", "size_bracketed_pair_count", "colour_bracketed_pair_count")
        columns = ["order_style_pair_count", *names[1:], *(f"delivered_{name}" for name in names)]
        return pd.DataFrame(
            {"style_id": style} | {name: total[name] for name in columns}
            for style, total in counts.items()
        )

    def list_pairs(self) -> Iterator[tuple[str, str, list[Record]]]:
        for prefix, is_counted in (
            ("", lambda line: line["delivery_state_code"] != "cancelled"),
            ("delivered_", lambda line: line["delivered_count"] > 0),
        ):
            pairs: dict[tuple[str, str], list[Record]] = defaultdict(list)
            for line in filter(is_counted, self.sold):
                pairs[line["style_id"], line["order_id"]].append(line)
            for (style, _), lines in pairs.items():
                yield style, prefix, lines

    def frame_refund_days(self) -> pd.DataFrame:
        """rpt_refund_days: refunds with or without a return, by payout day and rail."""
        sums: dict[tuple[date | None, str], Counter[str]] = defaultdict(Counter)
        for row in self.core.get("refunds"):
            if was_paid(row):
                sums[to_day(row["paid_at"]), row["method"]].update(
                    refund_count=1, refund_amount=int(row["amount"])
                )
        return pd.DataFrame(
            {"calendar_date": day, "method_code": method, **total}
            for (day, method), total in sums.items()
        )

    def frame_sizes(self) -> pd.DataFrame:
        return self.sum_sold(("style_id", "size_label", "colour_name"))

    def frame_cohort_days(self) -> pd.DataFrame:
        return self.sum_sold(("sku", "channel_name"), day=lambda day: day, name="calendar_date")

    def frame_categories(self) -> pd.DataFrame:
        keys = ("category_name", "channel_name")
        return self.sum_sold(keys, day=lambda day: day, name="calendar_date")

    def frame_weeks(self) -> pd.DataFrame:
        return self.sum_sold(("style_id", "channel_name"), day=to_monday, name="week_start_date")
