"""What every return says of the size, a second time, and what is counted of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pandas as pd

from tests.warehouse.drawn_reasons import Words
from tests.warehouse.landed_facts import ARRIVED, UNKNOWN, Record
from tests.warehouse.oracle_development import MILLION
from tests.warehouse.oracle_outcomes import OutcomeOracle
from tests.warehouse.oracle_reasons import ReasonOracle
from tests.warehouse.oracle_worklist import WorklistOracle

COUNTED = (
    *("stated_small_count", "stated_large_count", "moved_up_count", "moved_down_count"),
    *("contradictory_count", "read_small_units", "read_large_units"),
    *("small_units", "large_units", "size_units"),
)
SUMMED = ("returned_count", "stated_size_count", *COUNTED)
DECIDED = 0.5
NEARLY_ALL = 950_000  # millionths of the returns of an age
OUTCOME_COLUMNS = (
    *("order_line_id", "customer_id", "style_id", "size_label", "category_name", "brand_name"),
    "outcome_code",
)
KEPT = ("kept_larger_count", "kept_smaller_count")


class FitOracle:
    """Frames of the marts of fit that only count.

    Parameters
    ----------
    reasons : ReasonOracle
    outcomes : OutcomeOracle
    worklist : WorklistOracle
        All three of the same rows.
    """

    def __init__(
        self, reasons: ReasonOracle, outcomes: OutcomeOracle, worklist: WorklistOracle
    ) -> None:
        self.reasons, self.outcomes, self.worklist = reasons, outcomes, worklist
        self.developed = worklist.developed
        self.lines = [*self.list_returned(), *self.list_kept()]

    def list_returned(self) -> Iterator[Record]:
        """Return lines that say anything of the size, orders of several sizes left out."""
        stated = [f for f in self.reasons.facts if f["reason_source_code"] == "stated"]
        read = {
            f["return_line_id"]: list(self.reasons.list_readings(f))
            for f in self.reasons.facts
            if f["reason_source_code"] == "classified"
        }
        for fact in stated:
            is_counted = fact["is_counted_in_cohort"] and not fact["is_size_bracketed"]
            if not is_counted or fact["cohort_date"] is None or not fact["returned_count"]:
                continue
            key = fact["return_line_id"]
            words = self.reasons.readings.get(key)
            readings = [r for r in read.get(key, ()) if r["is_size_reason"]]
            moves = {
                self.outcomes.kind_of(fact["sku"], exchange["replacement_sku"])[0]
                for exchange in self.outcomes.list_shipped(key)
            }
            told = {"small"} & {fact["size_direction_code"]} | (
                {"small"} if "size_up" in moves else set()
            )
            told |= {"large"} & {fact["size_direction_code"]} | (
                {"large"} if "size_down" in moves else set()
            )
            if fact["is_size_reason"] or readings or told:
                yield self.judge(
                    fact,
                    told=told,
                    moves=moves,
                    read=sum_read(readings, words),
                    words=words if readings else None,
                )

    def judge(
        self,
        fact: Record,
        *,
        told: set[str],
        moves: set[str],
        read: Counter[str],
        words: Words | None,
    ) -> Record:
        """One return line: what is told is certain, what is read as probable as it was read."""
        units = fact["returned_count"]
        against = {"small": "large", "large": "small"}
        is_contradictory = len(told) == 2 or any(read[against[one]] >= DECIDED for one in told)
        shares = {one: float(one in told) for one in against} if told else dict(read)
        if is_contradictory:
            shares = {}
        is_certain = bool(told) or fact["is_size_reason"]
        direction = fact["size_direction_code"] if fact["is_size_reason"] else None
        return {
            "order_line_id": fact["order_line_id"],
            "sku": fact["sku"],
            "style_id": fact["style_id"],
            "zones_text": words.zones if words else None,
            "kept_code": None,
            "returned_count": units,
            "stated_size_count": units * fact["is_size_reason"],
            "stated_small_count": units * (direction == "small"),
            "stated_large_count": units * (direction == "large"),
            "moved_up_count": units * ("size_up" in moves),
            "moved_down_count": units * ("size_down" in moves),
            "contradictory_count": units * is_contradictory,
            "read_small_units": units * read["small"],
            "read_large_units": units * read["large"],
            "small_units": units * shares.get("small", 0.0),
            "large_units": units * shares.get("large", 0.0),
            "size_units": units * (1.0 if is_certain else read["size"]),
        }

    def list_kept(self) -> Iterator[Record]:
        """Order lines that were kept while every larger, or every smaller, size came back."""
        orders: dict[tuple[str, str], list[tuple[int, Record]]] = defaultdict(list)
        bracketed = self.developed.find_bracketed()
        for line in self.developed.core.list_order_lines():
            style = self.developed.style_of(line["sku"])
            size = self.developed.products.get(line["sku"], {}).get("size_order")
            is_pair = (line["order_id"], style) in bracketed and not line["is_exchange_leg"]
            if is_pair and line["delivered_count"] > 0 and size is not None:
                orders[line["order_id"], style].append((int(size), line))
        for (_, style), lines in orders.items():
            kept = [size for size, one in lines if one["returned_count"] < one["delivered_count"]]
            back = [size for size, one in lines if one["returned_count"] >= one["delivered_count"]]
            if not kept or not back or not (min(kept) > max(back) or max(kept) < min(back)):
                continue
            for _, line in lines:
                if line["returned_count"] < line["delivered_count"]:
                    yield {
                        "order_line_id": line["order_line_id"],
                        "sku": line["sku"],
                        "style_id": style,
                        "kept_code": "larger" if min(kept) > max(back) else "smaller",
                    }

    def frame_facts(self) -> pd.DataFrame:
        """fct_fit_evidence."""
        return pd.DataFrame(self.list_facts())

    def list_facts(self) -> list[Record]:
        rows: dict[str, Record] = {}
        for line in self.lines:
            key = line["order_line_id"]
            row = rows.setdefault(
                key,
                {name: line[name] for name in ("order_line_id", "sku", "style_id")}
                | {"feedback_code": None, "kept_code": None, "zones_text": None}
                | dict.fromkeys(SUMMED, 0),
            )
            row["kept_code"] = row["kept_code"] or line["kept_code"]
            row["zones_text"] = max(row["zones_text"] or "", line.get("zones_text") or "") or None
            for name in SUMMED:
                row[name] += line.get(name, 0)
        return list(rows.values())

    def frame_evidence(self) -> pd.DataFrame:
        """rpt_fit_evidence: what was delivered and developed, beside what says something."""
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        categories: dict[tuple[str, str], set[str]] = defaultdict(set)
        for cohort, share in self.worklist.known:
            place = self.place_of(cohort.sku)
            delivered, returned = cohort.unbracketed
            sums[place].update(
                delivered_count=delivered, returned_count=returned, developed=delivered * share
            )
            categories[place].add(cohort.category)
        for line in self.lines:
            place = self.place_of(line["sku"])
            sums[place].update({name: line.get(name, 0) for name in COUNTED})
            if line["kept_code"]:
                sums[place][f"kept_{line['kept_code']}_count"] += 1
        return pd.DataFrame(
            {
                "style_id": place[0],
                "size_label": place[1],
                "category_name": min(categories[place])
                if min(categories[place]) != UNKNOWN
                else None,
                "size_order": self.order_of(place),
                "developed_exposure": total["developed"] / MILLION,
            }
            | {name: total[name] for name in ("delivered_count", "returned_count", *COUNTED, *KEPT)}
            for place, total in sums.items()
            if categories[place]
        )

    def frame_outcomes(self) -> pd.DataFrame:
        """fct_fit_outcomes: what is known of lines whose returns have nearly all come."""
        facts = {fact["order_line_id"]: fact for fact in self.list_facts()}
        lines = [
            line
            for line in self.developed.core.list_order_lines()
            if not line["is_exchange_leg"] and line["delivery_state_code"] == ARRIVED[0]
        ]
        orders = self.developed.core.orders
        rows = []
        for line, (cohort, share) in zip(lines, self.worklist.known, strict=False):
            outcome = judge_outcome(facts.get(line["order_line_id"]))
            if cohort.is_bracketed or share < NEARLY_ALL or outcome is None:
                continue
            style, label = self.place_of(line["sku"])
            product = self.developed.products.get(line["sku"], {})
            rows.append(
                {
                    "order_line_id": line["order_line_id"],
                    "customer_id": orders.get(line["order_id"], {}).get("customer_id"),
                    "style_id": style,
                    "size_label": label,
                    "category_name": product.get("category"),
                    "brand_name": product.get("brand"),
                    "outcome_code": outcome,
                }
            )
        return pd.DataFrame(rows, columns=list(OUTCOME_COLUMNS))

    def frame_zones(self) -> pd.DataFrame:
        """rpt_fit_zones."""
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in self.list_facts():
            for zone in (row["zones_text"] or "").split(","):
                if zone and row["small_units"] + row["large_units"] > 0:
                    sums[row["style_id"], zone].update(
                        {name: row[name] for name in ("small_units", "large_units")}
                    )
        return pd.DataFrame(
            [
                {"style_id": style, "zone_code": zone, **total}
                for (style, zone), total in sums.items()
            ],
            columns=["style_id", "zone_code", "small_units", "large_units"],
        )

    def place_of(self, sku: str) -> tuple[str, str]:
        label = self.developed.products.get(sku, {}).get("size_label")
        return self.developed.style_of(sku), str(label or UNKNOWN)

    def order_of(self, place: tuple[str, str]) -> int | None:
        """The place that every SKU of a size agrees on."""
        orders = {
            row.get("size_order")
            for sku, row in self.developed.products.items()
            if self.place_of(sku) == place
        }
        found = orders.pop() if len(orders) == 1 else None
        return int(found) if found is not None else None


def judge_outcome(fact: Record | None) -> str | None:
    """What became of a line; None where it came back for size and nothing says which way."""
    if fact is None:
        return "fit"
    small, large = fact["small_units"], fact["large_units"]
    if max(small, large) >= DECIDED and small != large:
        return "small" if small > large else "large"
    return None if fact["size_units"] > 0 else "fit"


def sum_read(readings: list[Record], words: Words | None) -> Counter[str]:
    """What words say of each direction, together never more than certain, and of size at all."""
    read: Counter[str] = Counter()
    for reading in readings:
        direction = reading["size_direction_code"] or (words.direction if words else None)
        if direction in ("small", "large"):
            read[direction] += reading["reason_probability"]
        read["size"] += reading["reason_probability"]
    told = max(read["small"] + read["large"], 1.0)
    return Counter(
        {
            "small": read["small"] / told,
            "large": read["large"] / told,
            "size": min(read["size"], 1.0),
        }
    )
