"""What checks of addresses found and missed, a second time in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

import pandas as pd

from tests.warehouse.drawn_checks import find_own_check
from tests.warehouse.landed_facts import AS_OF, UNKNOWN, Record, is_known, to_day
from tests.warehouse.recomputation import Recomputation

# The drawn words and codes, by what they mean.
LANES: Final = {
    "ship": "ship",
    "ok": "ship",
    "補正済": "correct",
    "ask": "ask",
    "保留": "ask",
    "resolved": "resolved",
    "not_checked": "skipped",
}
DEFECTS: Final = ("banchi_missing", "town_typo")
FOUND: Final = ("correct", "ask", "resolved")
LANE_COUNTS: Final = ("looked_at", "brought_back", "unknown_cause", "uncosted")
COUNTS: Final = (
    *("skipped", "checked", "defect", "closed_without_staff", "open", "manual"),
    *("unknown_method", "passed", "missed", "unknown_cause", "unknown_status"),
)


class AddressOracle:
    """rpt_address_checks, and what its metrics lack.

    Parameters
    ----------
    core : Recomputation
    """

    def __init__(self, core: Recomputation) -> None:
        self.core = core
        orders = {row["shipment_id"]: row["order_id"] for row in core.get("shipments")}
        self.checks: dict[str, list[Record]] = defaultdict(list)
        for row in core.get("address_checks"):
            order_id = row.get("order_id") or orders.get(row.get("shipment_id") or "")
            if order_id and is_known(row["checked_at"]):
                lane = LANES.get((row.get("status") or "").strip().lower())
                self.checks[order_id].append(row | {"lane": lane})
        self.add_own_checks()
        self.backs: dict[str, list[Record]] = defaultdict(list)
        for row in core.get("delivery_events"):
            order_id = orders.get(row["shipment_id"])
            if order_id and row["event_type"] == "bring_back" and is_known(row["event_at"]):
                self.backs[order_id].append(row)
        self.orders = {key: self.describe(key) for key in self.checks}

    def add_own_checks(self) -> None:
        """Add our own checks of the parcels of orders that nobody else checked."""
        theirs = set(self.checks)
        for row in self.core.get("shipments"):
            own, order_id = find_own_check(row["shipment_id"]), row["order_id"]
            shipped = row.get("shipped_at") or UNKNOWN
            if own is None or order_id in theirs or row.get("kind") == "return":
                continue
            if is_known(shipped):
                lane = "skipped" if own.lane == "not_checked" else own.lane
                said = {"method": "system", "codes": own.codes, "checked_at": shipped}
                self.checks[order_id].append(said | {"lane": lane, "is_own": True})

    def describe(self, order_id: str) -> dict[str, bool]:
        """What is true of an order with a check."""
        checks, backs = self.checks[order_id], self.backs[order_id]
        known = [row for row in checks if row["lane"] in ("ship", *FOUND)]
        has_defect = any(row["lane"] in FOUND or has_defect_code(row) for row in known)
        is_manual = any(row.get("method") == "manual" for row in checks)
        is_nameless = any(row.get("method") is None for row in checks)
        is_open = has_defect and "ask" in find_last_lanes(known)
        passes = [row["checked_at"] for row in known if row["lane"] == "ship"]
        is_blamed = any(row.get("cause") == "address" for row in backs)
        return {
            "skipped": any(row["lane"] == "skipped" for row in checks)
            and not known
            and not is_manual,
            "checked": bool(known),
            "defect": has_defect,
            "closed_without_staff": has_defect
            and not is_open
            and not is_manual
            and not is_nameless,
            "open": is_open,
            "manual": is_manual,
            "unknown_method": is_nameless and not is_manual,
            "passed": bool(passes),
            "missed": any(
                row.get("cause") == "address" and came_after(row["event_at"], passes)
                for row in backs
            ),
            "unknown_cause": bool(passes)
            and not is_blamed
            and any(row.get("cause") is None for row in backs),
            "unknown_status": any(row["lane"] is None for row in checks),
        }

    def list_sales(self) -> Iterator[tuple[str, str, date | None]]:
        """Orders that sold something, with channel and day."""
        for order_id, order in self.core.orders.items():
            day = to_day(order["ordered_at"])
            sold = any(
                line["order_id"] == order_id
                and not line["is_exchange_leg"]
                and line["delivery_state_code"] != "cancelled"
                for line in self.core.order_lines.values()
            )
            if sold and (day is None or day <= AS_OF):
                yield order_id, order.get("channel") or UNKNOWN, day

    def frame(self) -> pd.DataFrame:
        """rpt_address_checks: from the first order with a check on."""
        sales = list(self.list_sales())
        first = min((day for key, _, day in sales if day and key in self.orders), default=None)
        sums: dict[tuple[str, date | None], Counter[str]] = defaultdict(Counter)
        for key, channel, day in sales:
            if key in self.orders or (first and day and day >= first):
                sums[channel, day].update({"order": 1} | self.orders.get(key, {}))
        return pd.DataFrame(
            {"channel_name": channel, "ordered_date": day, "order_count": total["order"]}
            | {f"{name}_order_count": total[name] for name in COUNTS}
            for (channel, day), total in sums.items()
        )

    def frame_lanes(self) -> pd.DataFrame:
        """rpt_address_lanes: every parcel with a check of our own, but those sent back."""
        orders = {row["shipment_id"]: row["order_id"] for row in self.core.get("shipments")}
        looked_at = {
            row.get("order_id") or orders.get(row.get("shipment_id") or "")
            for row in self.core.get("address_checks")
            if row.get("method") == "manual" and is_known(row["checked_at"])
        }
        sums: dict[tuple[str, str, date | None], Counter[str]] = defaultdict(Counter)
        for row in self.core.get("shipments"):
            own, shipped = find_own_check(row["shipment_id"]), row.get("shipped_at") or UNKNOWN
            if own is None or row.get("kind") == "return" or not is_known(shipped):
                continue
            key = (own.lane, own.defect, to_day(shipped))
            backs = [
                back
                for back in self.core.get("delivery_events")
                if back["shipment_id"] == row["shipment_id"]
                and back["event_type"] == "bring_back"
                and is_known(back["event_at"])
            ]
            sums[key].update(count_backs(backs))
            sums[key].update({"parcel": 1, "looked_at": row["order_id"] in looked_at})
        return pd.DataFrame(
            {"lane_code": lane, "defect_code": defect, "shipped_date": day}
            | {f"{name}_parcel_count": total[name] for name in LANE_COUNTS}
            | {"parcel_count": total["parcel"], "bring_back_cost_amount": total["cost"]}
            for (lane, defect, day), total in sums.items()
        )

    def list_gaps(self) -> Iterator[tuple[str, str, str]]:
        """What a metric of addresses lacks: its name, its part, what would help."""
        if not any(order["checked"] for order in self.orders.values()):
            for name in ("defect_rate", "auto_resolved", "check_miss"):
                yield f"address_{name}", "whole", "address_checks.status"
        theirs = [row for some in self.checks.values() for row in some if not row.get("is_own")]
        if not any(row.get("method") for row in theirs):
            for name in ("auto_resolved", "manual_touch"):
                yield f"address_{name}", "whole", "address_checks.method"
        causes = [row.get("cause") for key in self.orders for row in self.backs[key]]
        is_asked = any(order["unknown_cause"] for order in self.orders.values())
        if is_asked and not any(causes):
            yield "address_check_miss", "whole", "delivery_events.cause"


def count_backs(backs: list[Record]) -> Counter[str]:
    """What the bring-backs of one parcel add to its lane."""
    blamed = [back for back in backs if back.get("cause") == "address"]
    costs = [int(back["cost"]) for back in blamed if back.get("cost") is not None]
    is_silent = not blamed and any(back.get("cause") is None for back in backs)
    return Counter(
        brought_back=bool(blamed),
        unknown_cause=is_silent,
        uncosted=bool(blamed) and not costs,
        cost=sum(costs),
    )


def has_defect_code(row: Record) -> bool:
    return any(code in (row.get("codes") or "") for code in DEFECTS)


def find_last_lanes(known: list[Record]) -> set[str]:
    """Lanes of the last moment that anyone knows, else of the unknown ones."""
    dated = [row["checked_at"] for row in known if row["checked_at"] != UNKNOWN]
    last = max(dated, default=UNKNOWN)
    return {row["lane"] for row in known if row["checked_at"] == last}


def came_after(moment: str, passes: list[str]) -> bool:
    """Whether something came when a check had passed, or may have."""
    return bool(passes) and (moment == UNKNOWN or UNKNOWN in passes or moment >= min(passes))
