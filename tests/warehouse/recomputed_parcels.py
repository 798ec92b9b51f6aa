"""When parcels arrived, a second time in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tests.warehouse.landed_facts import AS_OF, UNKNOWN, Record, is_known, to_day
from tests.warehouse.landed_shop import Row
from tests.warehouse.recomputed_requests import LandedRows


class Parcels(LandedRows):
    """When each parcel to a customer arrived, and which one carried an order line.

    Parameters
    ----------
    entities, sources
        As ``LandedRows``.
    """

    def __init__(
        self,
        entities: Mapping[str, Sequence[Row]],
        *,
        sources: Sequence[tuple[str, int, bool]],
    ) -> None:
        super().__init__(entities, sources=sources)
        self.parcels = self.resolve_parcels()

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
