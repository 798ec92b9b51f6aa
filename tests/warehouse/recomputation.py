"""The meanings of the design a second time, row by row in Python: nothing shared with the SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd

from tests.warehouse.landed_facts import (
    ARRIVED,
    UNKNOWN,
    Record,
    is_known,
    round_half_up,
    to_day,
    was_begun,
    was_paid,
)
from tests.warehouse.landed_shop import Row
from tests.warehouse.recomputed_parcels import Parcels


class Recomputation(Parcels):
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
        super().__init__(entities, sources=sources)
        self.order_lines = self.describe_order_lines()
        self.return_lines = self.describe_return_lines()

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

    def says_settled(self) -> bool:
        """Whether the shop lands anything by which a return can be settled."""
        return bool(self.get("exchanges")) or any(map(was_begun, self.get("refunds")))

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
