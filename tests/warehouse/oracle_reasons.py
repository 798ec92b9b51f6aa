"""Reasons of returns a second time: each return line under each source's reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from tests.warehouse.drawn_reasons import INSPECTED, MEANINGS, NONE, Meaning
from tests.warehouse.landed_facts import UNKNOWN, Record, is_known, to_day
from tests.warehouse.oracle_returns import ReturnOracle
from tests.warehouse.oracle_sales import to_monday

COUNTS = (
    *("requested_count", "returned_count", "returned_net_amount", "unvalued_returned_count"),
    *("size_bracketed_returned_count", "size_bracketed_returned_net_amount"),
    *("small_returned_count", "large_returned_count", "ambiguous_returned_count"),
)
TOTALS = (
    *("requested_count", "returned_count", "returned_net_amount", "unvalued_returned_count"),
    *("coded_returned_count", "other_returned_count", "unmapped_returned_count"),
    *("none_returned_count", "ambiguous_returned_count", "controllable_returned_count"),
    *("size_returned_count", "bracketed_size_returned_count", "small_returned_count"),
    *("large_returned_count", "expectation_gap_returned_count"),
)
SAYS = (
    *("group_code", "size_direction_code", "reason_state_code", "is_reason_mapped"),
    *("is_controllable", "is_size_reason", "is_expectation_gap"),
)
KEYS = ("channel_name", "reason_source_code", "date_basis_code", "reason_code", "reason_system")


def to_month(day: date) -> date:
    return day.replace(day=1)


class ReasonOracle:
    """Frames of the marts that count reasons.

    Parameters
    ----------
    returns : ReturnOracle
        Of the same rows.
    """

    def __init__(self, returns: ReturnOracle) -> None:
        self.returns = returns
        self.core = returns.core
        self.requests = {row["return_line_id"]: row for row in self.core.requests}
        self.bracketed = returns.developed.find_bracketed()
        self.inspections = self.choose_inspections()
        self.facts = list(self.list_facts())
        self.dated = list(self.list_dated())

    def choose_inspections(self) -> dict[str, str]:
        """The inspection that was made last speaks for the return line."""
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            code, graded = row.get("inspected_reason"), row.get("graded_at")
            if code and is_known(row["received_at"]) and (graded is None or is_known(graded)):
                received = "" if row["received_at"] == UNKNOWN else row["received_at"]
                found[row["return_line_id"]].append((graded or received, received, code))
        last = {key: max(some)[:2] for key, some in found.items()}
        return {
            key: min(code for *moments, code in some if tuple(moments) == last[key])
            for key, some in found.items()
        }

    def list_facts(self) -> Iterator[Record]:
        """Each return line once per source; inspections only in a shop that makes some."""
        arrivals = [
            {
                "return_line_id": key,
                "order_line_id": None,
                "sku": None,
                "channel_name": UNKNOWN,
                "requested_count": 0,
                "returned_count": 0,
                "returned_net_amount": None,
                "is_matched": False,
                "is_product_return": False,
                "is_counted_in_cohort": False,
                "cohort_date": None,
                "event_date": self.find_arrival(key),
            }
            for key in self.core.list_unrequested()
        ]
        for row in (*self.core.return_lines, *arrivals):
            key = row["return_line_id"]
            request = self.requests.get(key, {})
            system, code = request.get("reason_system"), request.get("reason_code")
            meaning = MEANINGS[system, code]
            yield self.describe(row, "stated", (system or "taxonomy", code), meaning)
            if self.inspections:
                found = self.inspections.get(key)
                meaning = INSPECTED[found] if found else NONE
                yield self.describe(row, "inspected", ("canonical", found), meaning)

    def find_arrival(self, return_line_id: str) -> date | None:
        days = [
            to_day(row["received_at"])
            for row in self.core.get("return_receipts")
            if row["return_line_id"] == return_line_id and is_known(row["received_at"])
        ]
        return min((day for day in days if day), default=None)

    def describe(
        self, row: Record, source: str, said: tuple[str, str | None], meaning: Meaning
    ) -> Record:
        """A return line with what one source says of it."""
        system, code = said
        is_mapped = meaning.reason is not None
        style = self.returns.developed.style_of(row["sku"]) if row["sku"] else None
        order = self.core.order_lines.get(row["order_line_id"] or "", {}).get("order_id")
        return {
            name: row[name]
            for name in (
                *("return_line_id", "order_line_id", "sku", "channel_name", "requested_count"),
                *("returned_count", "returned_net_amount", "is_matched", "is_product_return"),
                *("is_counted_in_cohort", "cohort_date", "event_date"),
            )
        } | {
            "style_id": style,
            "reason_source_code": source,
            "reason_code": meaning.reason if is_mapped else code,
            "reason_system": "taxonomy" if is_mapped else system,
            "source_reason_code": code,
            "source_reason_system": system if code else None,
            "group_code": meaning.group,
            "size_direction_code": meaning.direction,
            "reason_state_code": meaning.state,
            "is_reason_given": code is not None,
            "is_reason_mapped": is_mapped,
            "is_ambiguous": meaning.is_ambiguous,
            "is_controllable": meaning.is_controllable,
            "is_size_reason": meaning.is_size,
            "is_expectation_gap": meaning.is_gap,
            # A replacement was not ordered to keep one of several sizes.
            "is_size_bracketed": (order, style) in self.bracketed
            and row["order_line_id"] not in self.core.legs,
        }

    def list_dated(self) -> Iterator[Record]:
        """Product returns by the day of their delivery and by their own, with what they count."""
        for fact in self.facts:
            if not fact["is_product_return"]:
                continue
            units, amount = fact["returned_count"], fact["returned_net_amount"] or 0
            of_pair = fact["is_size_bracketed"]
            size = units if fact["is_size_reason"] else 0
            counted = fact | {
                "returned_net_amount": amount,
                "unvalued_returned_count": 0 if fact["is_matched"] else units,
                "size_bracketed_returned_count": units if of_pair else 0,
                "size_bracketed_returned_net_amount": amount if of_pair else 0,
                "ambiguous_returned_count": units if fact["is_ambiguous"] else 0,
                "controllable_returned_count": units if fact["is_controllable"] else 0,
                "expectation_gap_returned_count": units if fact["is_expectation_gap"] else 0,
                "size_returned_count": 0 if of_pair else size,
                "bracketed_size_returned_count": size if of_pair else 0,
                f"{fact['reason_state_code']}_returned_count": units,
                f"{fact['size_direction_code']}_returned_count": 0 if of_pair else size,
            }
            yield counted | {"date_basis_code": "event", "day": fact["event_date"]}
            if fact["is_counted_in_cohort"]:
                yield counted | {"date_basis_code": "cohort", "day": fact["cohort_date"]}

    def frame_facts(self) -> pd.DataFrame:
        """fct_return_reasons."""
        return pd.DataFrame(self.facts).drop(columns="order_line_id", errors="ignore")

    def frame_skus(self) -> pd.DataFrame:
        return self.sum_reasons("sku", to_month, "month_start_date", COUNTS)

    def frame_style_weeks(self) -> pd.DataFrame:
        # Weeks are read without the direction of sizes.
        names = tuple(name for name in COUNTS if name not in COUNTS[6:8])
        return self.sum_reasons("style_id", to_monday, "week_start_date", names)

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
