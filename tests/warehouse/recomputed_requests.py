"""Requests, receipts and what an order gives its lines, a second time in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from tests.warehouse.landed_facts import UNKNOWN, Record, is_known, spread
from tests.warehouse.landed_shop import Row


class LandedRows:
    """Landed rows with what each says by itself, and the order line of each request.

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
        self.requests = self.match_requests()

    def get(self, entity: str) -> list[Record]:
        return list(self.rows.get(entity, []))

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
