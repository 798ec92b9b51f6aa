"""Sales, stock and contacts a second time, from metrics.md in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import ARRIVED, AS_OF, UNKNOWN, grade_of, is_known, to_day
from tests.warehouse.oracle_development import Development
from tests.warehouse.recomputation import Recomputation

Record = dict[str, Any]
ASLEEP_DAYS = 14
AGES = ((30, "days_0_29"), (60, "days_30_59"), (90, "days_60_89"), (180, "days_90_179"))
GONE = ("disposal", "disposed", "destroyed", "scrapped", "written_off", "write_off")


class SalesOracle:
    """Frames of the marts of sell-through, stock and enquiries.

    Parameters
    ----------
    core : Recomputation
    developed : Development
        Of the same rows.
    """

    def __init__(self, core: Recomputation, developed: Development) -> None:
        self.core = core
        self.products = developed.products
        self.style_of = developed.style_of

    def season_of(self, sku: str) -> str | None:
        return self.products.get(sku, {}).get("season")

    def frame_sell_through(self) -> pd.DataFrame:
        """rpt_sell_through: full price is the list price or more, and no discount."""
        sums: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        plans = [
            row
            for row in self.core.get("purchase_plan")
            if not row.get("received_on") or date.fromisoformat(row["received_on"]) <= AS_OF
        ]
        if not plans:
            return pd.DataFrame()
        for row in plans:
            units = int(row["units_received"])
            price = self.products[row["sku"]].get("list_price")
            sums[self.style_of(row["sku"]), self.season_of(row["sku"])].update(
                is_planned=1, received=units, unlisted=not price, listed=units * int(price or 0)
            )
        for key, line in self.core.order_lines.items():
            if line["is_exchange_leg"] or line["delivery_state_code"] not in ARRIVED:
                continue
            landed = self.core.lines[key]
            price = landed.get("list_price") or self.products[line["sku"]].get("list_price")
            kept = line["delivered_count"] - line["returned_count"]
            sold = sums[self.style_of(line["sku"]), self.season_of(line["sku"])]
            sold["sold"] += kept
            if line["discount_amount"]:
                continue
            if price is None:
                sold["unpriced"] += kept
            elif int(landed["unit_price"]) >= int(price):
                sold.update(full=kept, full_amount=kept * int(landed["unit_price"]))
        return pd.DataFrame(
            {
                "style_id": style,
                "season_name": season,
                "received_count": total["received"] if total["is_planned"] else None,
                "received_list_amount": total["listed"]
                if total["is_planned"] and not total["unlisted"]
                else None,
                "sold_count": total["sold"],
                "full_price_count": total["full"],
                "full_price_amount": total["full_amount"],
                "unpriced_count": total["unpriced"],
            }
            for (style, season), total in sums.items()
        )

    def frame_style_stock(self) -> pd.DataFrame:
        """rpt_style_stock: of each place, what its newest snapshot says."""
        newest: dict[str, date] = {}
        rows = []
        for row in self.core.get("inventory_snapshots"):
            day = date.fromisoformat(row["snapshot_date"])
            if day <= AS_OF:
                newest[row["location_id"]] = max(day, newest.get(row["location_id"], day))
                rows.append((row, day))
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for row, day in rows:
            if day != newest[row["location_id"]]:
                continue
            size = self.products[row["sku"]].get("size_label") or UNKNOWN
            place = self.style_of(row["sku"]), size
            days[place].append(day)
            sums[place]["on_hand"] += int(row["on_hand"])
            if (row.get("condition") or "sellable") == "sellable":
                sums[place]["available"] += int(row["on_hand"]) - int(row.get("reserved") or 0)
        return pd.DataFrame(
            {
                "style_id": style,
                "size_label": size,
                "on_hand_count": sums[style, size]["on_hand"],
                "available_count": sums[style, size]["available"],
                "oldest_snapshot_date": min(some),
                "newest_snapshot_date": max(some),
            }
            for (style, size), some in days.items()
        )

    def frame_enquiries(self) -> pd.DataFrame:
        """rpt_enquiries: every topic in every week from the first contact on."""
        contacts: dict[tuple[str, date], list[Record]] = defaultdict(list)
        for row in self.core.get("contacts"):
            day = to_day(row["contacted_at"])
            if day and day <= AS_OF:
                contacts[row.get("topic") or UNKNOWN, to_monday(day)].append(row)
        if not contacts:
            return pd.DataFrame()
        orders = Counter(map(to_monday, self.list_order_days()))
        first = min(week for _, week in contacts)
        weeks = {week for _, week in contacts} | {week for week in orders if week >= first}
        return pd.DataFrame(
            {
                "topic_code": topic,
                "week_start_date": week,
                "contact_count": len(contacts[topic, week]),
                "timed_contact_count": sum("minutes_spent" in row for row in contacts[topic, week]),
                "minutes_spent": float(
                    sum(int(row.get("minutes_spent") or 0) for row in contacts[topic, week])
                ),
                "order_count": orders[week],
            }
            for topic in {topic for topic, _ in contacts}
            for week in weeks
        )

    def list_order_days(self) -> list[date]:
        """Days of orders that sold something: not cancelled, and more than replacements."""
        days = []
        for order_id, order in self.core.orders.items():
            day = to_day(order["ordered_at"])
            lines = [
                line
                for line in self.core.order_lines.values()
                if line["order_id"] == order_id
                and not line["is_exchange_leg"]
                and line["delivery_state_code"] != "cancelled"
            ]
            if day and day <= AS_OF and lines:
                days.append(day)
        return days

    def frame_stock_asleep(self) -> pd.DataFrame:
        """rpt_stock_asleep: arrived, neither shelved nor written off."""
        counts: dict[tuple[str | None, str, str], Counter[str]] = defaultdict(Counter)
        units = self.list_arrived_units()
        if not any(is_known(receipt.get("restocked_at")) for receipt, _, _ in units):
            return pd.DataFrame()
        for receipt, sku, count in units:
            day = to_day(receipt["received_at"])
            if day is None or (AS_OF - day).days < ASLEEP_DAYS:
                continue
            age = (AS_OF - day).days
            name = next((name for limit, name in AGES if age < limit), "days_180_up")
            is_judged = receipt.get("graded_at") is None or is_known(receipt["graded_at"])
            is_gone = is_judged and (receipt.get("disposition") or "").lower() in GONE
            asleep = 0 if is_gone or is_known(receipt.get("restocked_at")) else count
            cost = self.products.get(sku or "", {}).get("unit_cost")
            style = self.style_of(sku) if sku else None
            counts[style, grade_of(receipt) or "ungraded", name].update(
                arrived_count=count,
                asleep_count=asleep,
                uncosted_count=0 if cost else asleep,
                cost=asleep * int(cost or 0),
            )
        return pd.DataFrame(
            {
                "style_id": style,
                "grade_code": grade,
                "age_code": age,
                "arrived_count": total["arrived_count"],
                "asleep_count": total["asleep_count"],
                "uncosted_count": total["uncosted_count"],
                "asleep_cost_amount": None if total["uncosted_count"] else total["cost"],
            }
            for (style, grade, age), total in counts.items()
        )

    def frame_grades(self) -> pd.DataFrame:
        """rpt_return_grades: what arrived, by the grade that is known of it."""
        counts: Counter[tuple[str | None, str, date | None]] = Counter()
        for receipt, sku, count in self.list_arrived_units():
            style = self.style_of(sku) if sku else None
            day = to_day(receipt["received_at"])
            counts[style, grade_of(receipt) or "ungraded", day] += count
        return pd.DataFrame(
            {"style_id": style, "grade_code": grade, "received_date": day, "arrived_count": count}
            for (style, grade, day), count in counts.items()
        )

    def frame_enquiry_weeks(self) -> pd.DataFrame:
        """rpt_enquiry_weeks: contacts of every topic against the week's orders."""
        topics = self.frame_enquiries()
        if topics.empty:
            return topics
        sums = {"contact_count": "sum", "order_count": "max"}
        return topics.groupby("week_start_date").agg(sums).reset_index()

    def list_arrived_units(self) -> list[tuple[Record, str | None, int]]:
        """Receipts up to the as-of day with the SKU and the units that arrived."""
        by_line: dict[str, list[Record]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            if is_known(row["received_at"]):
                by_line[row["return_line_id"]].append(row)
        requests = {row["return_line_id"]: row for row in self.core.requests}
        known = requests.keys() | set(self.core.list_unrequested())
        result = []
        for key, receipts in by_line.items():
            if key not in known:
                continue
            request = requests.get(key)
            requested = int(request.get("quantity") or 1) if request else 0
            stated = sum(int(row.get("quantity") or 0) for row in receipts)
            rest = max(requested - stated, 0)
            units = []
            receipts.sort(key=lambda row: (row["received_at"] == UNKNOWN, row["received_at"]))
            for row in receipts:
                count = int(row.get("quantity") or 0)
                if not row.get("quantity"):
                    count, rest = rest, 0
                units.append((row, self.core.sku_of(key), count))
            result += units if any(count for _, _, count in units) else []
        return result


def to_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
