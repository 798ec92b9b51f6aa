"""Stock against sales a second time: each snapshot valued, each unit moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, is_known, round_half_up, to_day
from tests.warehouse.oracle_sales import SalesOracle

COMES_BACK = ("exchange_leg", "recall")
Place = tuple[str, date]  # of a SKU and a month


class TurnoverOracle:
    """rpt_inventory_turnover of a shop.

    Parameters
    ----------
    sales : SalesOracle
        Of the same rows.
    """

    def __init__(self, sales: SalesOracle) -> None:
        self.sales = sales
        self.core = sales.core
        self.days: dict[date, set[date]] = defaultdict(set)
        self.location_days: dict[tuple[str, date], set[date]] = defaultdict(set)
        self.held: dict[Place, Counter[str]] = defaultdict(Counter)
        for row in self.core.get("inventory_snapshots"):
            day = date.fromisoformat(row["snapshot_date"])
            if day <= AS_OF:
                month = day.replace(day=1)
                self.days[month].add(day)
                self.location_days[row["location_id"], month].add(day)
                self.held[row["sku"], month][row["location_id"]] += int(row["on_hand"])
        self.moved = self.move_units()

    def cost_of(self, sku: str) -> int | None:
        cost = self.sales.products.get(sku, {}).get("unit_cost")
        return int(cost) if cost else None

    def move_units(self) -> Counter[Place]:
        """Units delivered less units that came back, by the month of each."""
        moved: Counter[Place] = Counter()
        for line in self.core.order_lines.values():
            if line["delivered_count"] and line["delivered_date"]:
                month = line["delivered_date"].replace(day=1)
                moved[line["sku"], month] += line["delivered_count"]
        for row in self.core.return_lines:
            counts = row["is_counted_in_cohort"] or row["return_type_code"] in COMES_BACK
            day = self.find_arrival(row["return_line_id"]) or row["event_date"]
            if row["is_matched"] and counts and day and row["sent_back_count"]:
                moved[row["sku"], day.replace(day=1)] -= row["sent_back_count"]
        return moved

    def find_arrival(self, return_line_id: str) -> date | None:
        days = [
            to_day(row["received_at"])
            for row in self.core.get("return_receipts")
            if row["return_line_id"] == return_line_id and is_known(row["received_at"])
        ]
        return min((day for day in days if day), default=None)

    def value_stock(self, place: Place) -> int:
        """Mean stock at cost: of each location over its own snapshots of the month."""
        cost = self.cost_of(place[0]) or 0
        return sum(
            round_half_up(Fraction(units * cost, len(self.location_days[location, place[1]])))
            for location, units in self.held[place].items()
        )

    def value_shelved(self, place: Place) -> int:
        """Of that, returns shelved since the first of the month; not more than there is."""
        sku, month = place
        units = sum(
            count
            for receipt, of, count in self.sales.list_arrived_units()
            for day in self.days[month]
            if of == sku
            and is_known(receipt.get("restocked_at"))
            and month <= (to_day(receipt["restocked_at"]) or date.max) <= day
        )
        shelved = Fraction(units * (self.cost_of(sku) or 0), len(self.days[month]))
        return min(round_half_up(shelved), self.value_stock(place))

    def frame(self) -> pd.DataFrame:
        """rpt_inventory_turnover: months with a snapshot, in a shop that knows any cost."""
        if not any(row.get("unit_cost") for row in self.sales.products.values()):
            return pd.DataFrame()
        sums: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
        places = set(self.held) | {place for place in self.moved if place[1] in self.days}
        for place in places:
            cost, sold = self.cost_of(place[0]), self.moved[place]
            is_there = sum(self.held[place].values()) > 0 if place in self.held else False
            stock = self.value_stock(place) if place in self.held else 0
            shelved = self.value_shelved(place) if place in self.held else 0
            sums[self.sales.style_of(place[0]), place[1]].update(
                net_sold=sold,
                sold_cost=sold * (cost or 0),
                stock=stock,
                shelved=shelved,
                uncosted=cost is None and (is_there or sold != 0),
            )
        return pd.DataFrame(
            {
                "style_id": style,
                "month_start_date": month,
                "net_sold_count": total["net_sold"],
                "snapshot_count": len(self.days[month]),
                "uncosted_sku_count": total["uncosted"],
            }
            | {
                name: None if total["uncosted"] else value
                for name, value in (
                    ("net_sold_cost_amount", total["sold_cost"]),
                    ("annualised_sold_cost_amount", 12 * total["sold_cost"]),
                    ("average_stock_amount", total["stock"]),
                    ("average_unreturned_stock_amount", total["stock"] - total["shelved"]),
                )
            }
            for (style, month), total in sums.items()
        )
