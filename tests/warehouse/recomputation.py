"""The meanings of the design a second time, row by row in Python: nothing shared with the SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from tests.warehouse.landed_shop import Row

TOKYO = ZoneInfo("Asia/Tokyo")
UTC = ZoneInfo("UTC")
AS_OF = date(2026, 10, 31)
ARRIVED = ("delivered", "delivered_unknown_day")
UNKNOWN = "unknown"
Record = dict[str, Any]


def to_day(moment: str | None) -> date | None:
    """The shop's day of a landed time; None for none and for the word unknown."""
    if moment is None or moment == UNKNOWN:
        return None
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(TOKYO).date()


def is_known(moment: str | None) -> bool:
    """Whether something had happened by the end of the as-of day."""
    day = to_day(moment)
    return moment == UNKNOWN or (day is not None and day <= AS_OF)


def was_paid(refund: Row) -> bool:
    """Paid by the as-of day, and not failed after that; what is begun later is not paid yet."""
    paid, failed = refund.get("paid_at"), refund.get("failed_at")
    if not is_known(paid) or (paid == UNKNOWN and not is_known(refund["initiated_at"])):
        return False
    return not is_known(failed) or (UNKNOWN not in (paid, failed) and str(paid) > str(failed))


def round_half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def spread(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split an amount by largest remainder; ties by key."""
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    total = sum(weights.values())
    shares = {key: Fraction(amount * weight, total) for key, weight in weights.items()}
    result = {key: floor(share) for key, share in shares.items()}
    ranked = sorted(shares, key=lambda key: (floor(shares[key]) - shares[key], key))
    for key in ranked[: amount - sum(result.values())]:
        result[key] += 1
    return result


class Recomputation:
    """Everything that the core marts should say about a set of landed rows.

    Parameters
    ----------
    entities : mapping of entity name to rows
        Landed text, one version per key.
    sources : sequence of (source system, lead time in days, has delivery data)
    """

    def __init__(
        self,
        entities: Mapping[str, Sequence[Row]],
        *,
        sources: Sequence[tuple[str, int, bool]],
    ) -> None:
        self.rows: Mapping[str, list[Record]] = {
            name: [{"source_system": "canonical"} | dict(row) for row in rows]
            for name, rows in entities.items()
        }
        self.lead_times = {name: days for name, days, _ in sources}
        self.reporting = {name for name, _, reports in sources if reports}
        self.legs = {
            row["replacement_order_line_id"]
            for row in self.get("exchanges")
            if row.get("replacement_order_line_id")
        }
        self.orders = {row["order_id"]: row for row in self.get("orders")}
        self.lines = {
            row["order_line_id"]: row
            for row in self.get("order_lines")
            if row["order_id"] not in self.orders
            or is_known(self.orders[row["order_id"]]["ordered_at"])
        }
        self.has_receipts = bool(self.get("return_receipts"))
        self.parcels = self.resolve_parcels()
        self.requests = self.match_requests()
        self.order_lines = self.describe_order_lines()
        self.return_lines = self.describe_return_lines()

    def get(self, entity: str) -> list[Record]:
        return list(self.rows.get(entity, []))

    def resolve_parcels(self) -> dict[str, Record]:
        """When each parcel to a customer arrived, if it did."""
        events = defaultdict(list)
        for event in self.get("delivery_events"):
            if is_known(event["event_at"]):
                events[event["shipment_id"]].append((event["event_at"], event["event_type"]))
        reporting = self.reporting | {
            row["source_system"]
            for row in self.get("shipments")
            if row.get("kind") != "return"
            and is_known(row["shipped_at"])
            and any(
                kind == "delivered" and moment != UNKNOWN
                for moment, kind in events[row["shipment_id"]]
            )
        }
        return {
            row["shipment_id"]: self.resolve_parcel(
                row, events[row["shipment_id"]], is_reporting=row["source_system"] in reporting
            )
            for row in self.get("shipments")
            if row.get("kind") != "return" and is_known(row["shipped_at"])
        }

    def resolve_parcel(
        self, row: Record, events: list[tuple[str, str]], *, is_reporting: bool
    ) -> Record:
        failures = [m for m, kind in events if kind in ("bring_back", "refused")]
        reported = row.get("delivered_at") if is_known(row.get("delivered_at")) else None
        arrivals = [m for m, kind in events if kind == "delivered"]
        parcel: Record = {
            "order_id": row["order_id"],
            "kind": row.get("kind") or "original",
            "shipped_at": row["shipped_at"],
            "is_failed": False,
            "is_estimated": False,
            "arrived": None,
            "day": None,
        }
        if failures:
            later = [
                m
                for m in [*arrivals, reported]
                if m and m != UNKNOWN and UNKNOWN not in failures and m > max(failures)
            ]
            return parcel | {
                "is_failed": not later,
                "arrived": min(later, default=None),
                "day": to_day(min(later, default=None)),
            }
        first = reported if reported != UNKNOWN else None
        first = first or min((m for m in arrivals if m != UNKNOWN), default=None)
        if first:
            return parcel | {"arrived": first, "day": to_day(first)}
        if reported == UNKNOWN or arrivals:
            return parcel | {"arrived": UNKNOWN}
        shipped_day = to_day(row["shipped_at"])
        day = shipped_day and shipped_day + self.lead_time(row["source_system"])
        if is_reporting or (day is not None and day > AS_OF):
            return parcel
        return parcel | {"arrived": UNKNOWN, "day": day, "is_estimated": True}

    def lead_time(self, source: str) -> timedelta:
        return timedelta(days=self.lead_times.get(source, 2))

    def match_requests(self) -> list[Record]:
        """Requests up to the as-of day with the order line that each belongs to."""
        late_lines = {row["order_line_id"] for row in self.get("order_lines")} - set(self.lines)
        known = [row for row in self.get("return_requests") if is_known(row["requested_at"])]
        places: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in sorted(self.get("order_lines"), key=lambda row: row["order_line_id"]):
            places[row["order_id"], row["sku"]] += [row["order_line_id"]] * int(row["quantity"])
        used: dict[tuple[str, str], int] = defaultdict(int)
        in_time = sorted(
            known,
            key=lambda row: (
                row["requested_at"] == UNKNOWN,
                row["requested_at"],
                row["return_line_id"],
            ),
        )
        for row in in_time:
            key = (row.get("order_id") or "", row.get("sku") or "")
            if row.get("order_line_id") or not all(key) or not places[key]:
                continue
            row["order_line_id"] = places[key][min(used[key], len(places[key]) - 1)]
            used[key] += int(row.get("quantity") or 1)
        return [
            row
            for row in in_time
            if row["requested_at"] != UNKNOWN or row.get("order_line_id") not in late_lines
        ]

    def kind_of(self, request: Record) -> str:
        kind = request.get("return_type") or "customer_return"
        is_leg = request.get("order_line_id") in self.legs
        return "exchange_leg" if is_leg and kind == "customer_return" else kind

    def is_dropped(self, request: Record) -> bool:
        decided = request.get("decided_at")
        counts = decided is None or is_known(decided)
        return counts and request.get("decision") in ("denied", "cancelled")

    def count_received(self, return_line_id: str, requested: int) -> int:
        mine = [
            row
            for row in self.get("return_receipts")
            if row["return_line_id"] == return_line_id and is_known(row["received_at"])
        ]
        stated = sum(int(row["quantity"]) for row in mine if row.get("quantity"))
        has_unstated = any(not row.get("quantity") for row in mine)
        return stated + (max(requested - stated, 0) if has_unstated else 0)

    def count_sent_back(self, request: Record) -> int:
        requested = int(request.get("quantity") or 1)
        if self.has_receipts:
            return self.count_received(request["return_line_id"], requested)
        return 0 if self.is_dropped(request) else requested

    def allocate(self, order_id: str) -> tuple[dict[str, int], dict[str, int]]:
        """Discount and points of each line of an order, beyond what the lines state."""
        order = self.orders.get(order_id, {})
        lines = [row for row in self.lines.values() if row["order_id"] == order_id]
        gross = {r["order_line_id"]: int(r["unit_price"]) * int(r["quantity"]) for r in lines}
        sold = {key: 0 if key in self.legs else value for key, value in gross.items()}
        weights = sold if any(sold.values()) else gross
        own = sum(int(row.get("discount_allocated") or 0) for row in lines)
        discount = max(int(order.get("discount") or 0) - own, 0)
        return spread(discount, weights), spread(int(order.get("points_used") or 0), weights)

    def choose_parcel(self, line: Record) -> Record | None:
        """The parcel of a line whose order lists no contents; an estimate without any parcels."""
        mine = [p | {"id": i} for i, p in self.parcels.items() if p["order_id"] == line["order_id"]]
        mine.sort(key=lambda p: (p["shipped_at"] == UNKNOWN, p["shipped_at"], p["id"]))
        exchange = [p for p in mine if p["kind"] == "exchange"]
        if line["order_line_id"] in self.legs and exchange:
            return exchange[0]
        return next((p for p in mine if p["kind"] == "original"), None)

    def estimate_from_order(self, line: Record) -> Record | None:
        """The arrival of a line whose order's source never sends a parcel."""
        order = self.orders.get(line["order_id"])
        if order is None:
            return None
        source = order["source_system"]
        if any(
            row["source_system"] == source
            or self.orders.get(row["order_id"], {}).get("source_system") == source
            for row in self.get("shipments")
        ):
            return None
        ordered_day = to_day(order["ordered_at"])
        day = ordered_day and ordered_day + self.lead_time(source)
        arrived = UNKNOWN if day is None or day <= AS_OF else None
        return {"arrived": arrived, "day": day if arrived else None, "is_estimated": True}

    def describe_order_lines(self) -> dict[str, Record]:
        listed: dict[str, list[tuple[Record, int]]] = defaultdict(list)
        listed_orders = set()
        for row in self.get("shipment_lines"):
            if row["shipment_id"] in self.parcels:
                parcel = self.parcels[row["shipment_id"]]
                listed[row["order_line_id"]].append((parcel, int(row["quantity"])))
                listed_orders.add(parcel["order_id"])
        allocated = {order_id: self.allocate(order_id) for order_id in {*self.orders}}
        result = {}
        self.shipped: dict[str, str] = {}
        for key, line in self.lines.items():
            ordered = int(line["quantity"])
            parts = listed.get(key, [])
            if not parts and line["order_id"] not in listed_orders:
                chosen = self.estimate_from_order(line) or self.choose_parcel(line)
                parts = [(chosen, ordered)] if chosen else []
            left = [parcel["shipped_at"] for parcel, _ in parts if "shipped_at" in parcel]
            if left:
                self.shipped[key] = min(left, key=lambda moment: (moment == UNKNOWN, moment))
            result[key] = self.describe_order_line(line, parts)
            discount, points = allocated.get(line["order_id"], ({}, {}))
            result[key] |= self.price(
                line, discount.get(key, 0), points.get(key, 0), result[key]["delivered_count"]
            )
        return result

    def describe_order_line(self, line: Record, parts: list[tuple[Record, int]]) -> Record:
        key, ordered = line["order_line_id"], int(line["quantity"])
        order = self.orders.get(line["order_id"], {})
        arrived = sum(count for parcel, count in parts if parcel["arrived"])
        reported = [p["arrived"] for p, _ in parts if p["arrived"] not in (None, UNKNOWN)]
        last = max(reported, default="")
        cancelled = order.get("cancelled_at")
        if not is_known(cancelled) or (cancelled != UNKNOWN and last > str(cancelled)):
            cancelled = None
        mine = [r for r in self.requests if r.get("order_line_id") == key]
        failed = [
            r
            for r in mine
            if self.kind_of(r) in ("undeliverable", "refused") and not self.is_dropped(r)
        ]
        failed_at = [r["requested_at"] for r in failed]
        blocked = sum(int(r.get("quantity") or 1) for r in failed)
        if failed and UNKNOWN not in failed_at and last > max(failed_at):
            blocked = 0
        blocked = min(blocked, ordered)
        delivered = 0 if cancelled else min(arrived, ordered - blocked)
        days = [p["day"] for p, _ in parts if p["arrived"] and p["day"]]
        day = min(days, default=None) if delivered else None
        travelling = sum(
            count for p, count in parts if not p["arrived"] and not p.get("is_failed")
        ) + max(ordered - sum(count for _, count in parts), 0)
        broken = sum(count for p, count in parts if p.get("is_failed"))
        left = ordered - delivered
        undelivered = (
            left if cancelled else max(min(blocked, left), min(broken, max(left - travelling, 0)))
        )
        sold_back = [r for r in mine if self.kind_of(r) == "customer_return"]
        if delivered:
            state = ARRIVED[0] if day else ARRIVED[1]
        elif cancelled:
            state = "cancelled"
        else:
            state = "in_transit" if left > undelivered else "not_delivered"
        returned = sum(self.count_sent_back(r) for r in sold_back)
        return {
            "order_line_id": key,
            "order_id": line["order_id"],
            "sku": line["sku"],
            "channel_name": order.get("channel") or UNKNOWN,
            "delivery_state_code": state,
            "delivered_count": delivered,
            "in_transit_count": left - undelivered,
            "undelivered_count": undelivered,
            "requested_count": sum(int(r.get("quantity") or 1) for r in sold_back),
            "returned_count": returned,
            "is_exchange_leg": key in self.legs,
            "is_estimated_delivery": bool(
                delivered and any(p["is_estimated"] for p, _ in parts if p["arrived"])
            ),
            "is_over_returned": returned > delivered,
            "delivered_date": day,
        }

    def price(self, line: Record, discount: int, points: int, delivered: int) -> Record:
        ordered = int(line["quantity"])
        gross = int(line["unit_price"]) * ordered
        discount += int(line.get("discount_allocated") or 0)
        net = gross - discount - points
        return {
            "discount_amount": discount,
            "points_amount": points,
            "net_amount": net,
            "delivered_net_amount": round_half_up(Fraction(net * delivered, ordered)),
        }

    def describe_return_lines(self) -> list[Record]:
        until: dict[str, int] = defaultdict(int)
        refunded = self.sum_refunds()
        result = []
        for request in self.requests:
            line = self.order_lines.get(request.get("order_line_id") or "")
            kind = self.kind_of(request)
            sent_back = self.count_sent_back(request)
            returned = sent_back if kind == "customer_return" else 0
            amount = None
            if line:
                ordered = int(self.lines[line["order_line_id"]]["quantity"])
                before = until[line["order_line_id"]]
                amount = round_half_up(
                    Fraction(line["net_amount"] * (before + returned), ordered)
                ) - round_half_up(Fraction(line["net_amount"] * before, ordered))
                until[line["order_line_id"]] += returned
            day = to_day(request["requested_at"])
            cohort = line["delivered_date"] if line else None
            lag = (day - cohort).days if sent_back and day and cohort else -1
            result.append(
                {
                    "return_line_id": request["return_line_id"],
                    "order_line_id": request.get("order_line_id"),
                    "sku": line["sku"] if line else request.get("sku"),
                    "channel_name": line["channel_name"] if line else UNKNOWN,
                    "return_type_code": kind,
                    "reason_code": request.get("reason_code"),
                    "requested_count": int(request.get("quantity") or 1),
                    "sent_back_count": sent_back,
                    "returned_count": returned,
                    "returned_net_amount": amount,
                    "refunded_amount": refunded.get(request["return_line_id"], 0),
                    "days_to_return": lag if lag >= 0 else None,
                    "is_matched": line is not None,
                    "is_product_return": kind == "customer_return",
                    "is_counted_in_cohort": bool(
                        line
                        and kind == "customer_return"
                        and line["delivery_state_code"] in ARRIVED
                    ),
                    "cohort_date": cohort,
                    "event_date": day,
                }
            )
        return result

    def list_unrequested(self) -> list[str]:
        """Return lines that arrived up to the as-of day and that no used request explains."""
        landed = {row["return_line_id"] for row in self.get("return_requests")}
        used = {row["return_line_id"] for row in self.requests}
        return sorted(
            {
                row["return_line_id"]
                for row in self.get("return_receipts")
                if is_known(row["received_at"])
                and row["return_line_id"] not in used
                and not (row["received_at"] == UNKNOWN and row["return_line_id"] in landed)
            }
        )

    def sum_refunds(self) -> dict[str, int]:
        result: dict[str, int] = defaultdict(int)
        for row in self.get("refunds"):
            if not was_paid(row) or not row.get("return_line_id"):
                continue
            result[row["return_line_id"]] += int(row["amount"])
        return result

    def list_order_lines(self) -> list[Record]:
        """Order lines with the returned value that their return lines sum to."""
        sums: dict[str, int] = defaultdict(int)
        for row in self.return_lines:
            sums[row["order_line_id"] or ""] += row["returned_net_amount"] or 0
        return [row | {"returned_net_amount": sums[key]} for key, row in self.order_lines.items()]

    def when_shipped(self, exchange: Row) -> str | None:
        """When a replacement left: as the exchange says, else as its order line's parcel says."""
        if is_known(exchange.get("shipped_at")):
            return str(exchange["shipped_at"])
        line = exchange.get("replacement_order_line_id") or ""
        return self.shipped.get(line) if line in self.order_lines else None

    def sku_of(self, return_line_id: str) -> str | None:
        """The SKU sent back, of any return line that is known by the as-of day."""
        for row in self.return_lines:
            if row["return_line_id"] == return_line_id:
                return row["sku"]
        return None

    def frame_order_lines(self) -> pd.DataFrame:
        """One row per order line."""
        return pd.DataFrame(self.list_order_lines())

    def frame_return_lines(self) -> pd.DataFrame:
        frame = pd.DataFrame(self.return_lines)
        return frame.assign(returned_net_amount=pd.to_numeric(frame["returned_net_amount"]))
