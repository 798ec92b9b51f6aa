"""What conditions are judged by and what leaks a month, a second time in plain Python."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from tests.warehouse.landed_facts import (
    AS_OF,
    UNKNOWN,
    Record,
    grade_of,
    is_known,
    round_half_up,
    to_day,
    was_begun,
    was_paid,
)
from tests.warehouse.oracle_addresses import AddressOracle
from tests.warehouse.oracle_facts import FactOracle
from tests.warehouse.oracle_handling import HandlingOracle
from tests.warehouse.oracle_reasons import ReasonOracle
from tests.warehouse.oracle_sales import GONE, SalesOracle
from tests.warehouse.recomputation import Recomputation

# The shipped costs, written down a second time.
WAGE: Final = Fraction(1600, 60)
EACH: Final[Mapping[str, int]] = {
    "address_looks": 15,
    "bring_backs": 1200,
    "redeliveries": 0,
    "address_contacts": 10,
    "requests_by_hand": 10,
    "return_contacts": 10,
    "staff_decisions": 5,
    "refund_entry": 5,
    "second_checks": 3,
    "transfer_fees": 165,
    "cash_fees": 300,
    "other_fees": 0,
    "refund_contacts": 10,
    "waiting_goods": 0,
    "disposals": 100,
}
FEES: Final = {
    "bank_transfer": "transfer_fees",
    "atm_cash": "cash_fees",
    "wallet": "digital_fees",
    "gift_code": "digital_fees",
}
YEN: Final = {*("bring_backs", "redeliveries", "disposals"), *FEES.values(), "other_fees"}
DECAY: Final = Fraction(275, 100_000)
TOPICS: Final = ("address", "return", "refund")
Z: Final = 1.959963984540054
DAY_MINUTES: Final = 1440


class ConditionOracle:
    """Frames of the marts that say whether the back yard earns.

    Parameters
    ----------
    facts : FactOracle
    handling : HandlingOracle
    addresses : AddressOracle
    sales : SalesOracle
    reasons : ReasonOracle
        Of the same rows.
    """

    def __init__(
        self,
        facts: FactOracle,
        handling: HandlingOracle,
        addresses: AddressOracle,
        sales: SalesOracle,
        reasons: ReasonOracle,
    ) -> None:
        self.core: Recomputation = facts.core
        self.facts = facts
        self.handling = handling
        self.addresses = addresses
        self.sales = sales
        self.reasons = reasons
        self.first, self.months = self.find_months()
        self.ended = [row for row in self.describe_refunds() if row["is_ended"]]

    def find_months(self) -> tuple[date | None, int]:
        """The first day of the judged months and their number; the last one is the as-of day."""
        orders = [self.core.orders.get(r["order_id"]) for r in self.core.order_lines.values()]
        days = [to_day(order["ordered_at"]) for order in orders if order]
        known = [day for day in days if day and day <= AS_OF]
        if not known:
            return None, 0
        first = max(min(known), date(2025, 11, 1))
        if first.day > 1:
            first = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        if first > AS_OF:
            return min(known), 1
        return first, (AS_OF.year - first.year) * 12 + AS_OF.month - first.month + 1

    def is_judged(self, day: date | None) -> bool:
        return bool(day and self.first and self.first <= day <= AS_OF)

    def get_dated(self, entity: str, moment: str) -> list[Record]:
        """Rows of which a moment up to the as-of day is known."""
        rows = [row for row in self.core.get(entity) if is_known(row[moment])]
        return [dict(row) for row in rows if row[moment] != UNKNOWN]

    def describe_refunds(self) -> Iterator[Record]:
        for row in self.core.get("refunds"):
            if not was_begun(row):
                continue
            moments = [row.get(name) for name in ("initiated_at", "paid_at", "failed_at")]
            days = [to_day(moment) if is_known(moment) else None for moment in moments]
            is_paid = was_paid(row)
            fee = row.get("fee")
            yield {
                "method": row["method"],
                "amount": int(row["amount"]),
                "fee": None if fee is None else int(fee),
                "part": FEES.get(row["method"], "other_fees"),
                "is_paid": is_paid,
                "is_failed": is_known(row.get("failed_at")) and not is_paid,
                "is_ended": is_paid or is_known(row.get("failed_at")),
                "is_by_hand": row["method"] in ("bank_transfer", "atm_cash"),
                "begun": next((day for day in days if day), None),
                "waited": max((days[1] - days[0]).days, 0)
                if is_paid and days[0] and days[1]
                else None,
            }

    def list_parts(self) -> Iterator[tuple[str, str | None, int, Fraction]]:
        """Each part: its name, what is missing, its cases, and what is recorded."""
        yield from self.list_contacts()
        yield from self.list_addresses()
        yield from self.list_requests()
        missing = None if any(map(was_begun, self.core.get("refunds"))) else "refunds"
        judged = [row for row in self.ended if self.is_judged(row["begun"])]
        entered = sum(row["is_by_hand"] for row in judged)
        for part in ("refund_entry", "second_checks"):
            yield part, missing, entered, Fraction(0)
        for part in ("transfer_fees", "cash_fees", "digital_fees", "other_fees"):
            fees = [row["fee"] for row in judged if row["part"] == part]
            cases = fees.count(None)
            asked = "costs.digital_payout_fee" if part == "digital_fees" and cases else None
            yield part, missing or asked, cases, Fraction(sum(fee or 0 for fee in fees))
        yield from self.list_goods()

    def list_contacts(self) -> Iterator[tuple[str, str | None, int, Fraction]]:
        contacts = self.get_dated("contacts", "contacted_at")
        for topic in TOPICS:
            told = [
                row.get("minutes_spent")
                for row in contacts
                if row.get("topic") == topic and self.is_judged(to_day(row["contacted_at"]))
            ]
            minutes = sum((Fraction(one) for one in told if one is not None), Fraction(0))
            missing = None if contacts else "contacts"
            yield f"{topic}_contacts", missing, told.count(None), minutes

    def list_addresses(self) -> Iterator[tuple[str, str | None, int, Fraction]]:
        checks = self.get_dated("address_checks", "checked_at")
        orders = {row["shipment_id"]: row["order_id"] for row in self.core.get("shipments")}
        looks: dict[str, list[Fraction]] = defaultdict(list)
        for row in checks:
            order = row.get("order_id") or orders.get(row.get("shipment_id") or "")
            is_look = row.get("method") == "manual" and self.is_judged(to_day(row["checked_at"]))
            if order and is_look:
                told = row.get("minutes_spent")
                looks[order] += [] if told is None else [Fraction(told)]
        missing = None if checks else "address_checks"
        if checks and not any(row.get("method") for row in checks):
            missing = "address_checks.method"
        minutes = sum((sum(some, Fraction(0)) for some in looks.values()), Fraction(0))
        yield "address_looks", missing, sum(not some for some in looks.values()), minutes
        events = self.get_dated("delivery_events", "event_at")
        causes = [row.get("cause") for row in events if row["event_type"] == "bring_back"]
        missing = None if events else "delivery_events"
        missing = "delivery_events.cause" if causes and not any(causes) else missing
        for part, kind in (("bring_backs", "bring_back"), ("redeliveries", "redelivery")):
            costs = [
                row.get("cost")
                for row in events
                if row["event_type"] == kind
                and row.get("cause") == "address"
                and self.is_judged(to_day(row["event_at"]))
            ]
            yield part, missing, costs.count(None), Fraction(sum(int(one or 0) for one in costs))

    def list_requests(self) -> Iterator[tuple[str, str | None, int, Fraction]]:
        spoken = {
            row.get("order_id")
            for row in self.get_dated("contacts", "contacted_at")
            if row.get("topic") in ("return", "refund")
        } - {None}
        asked = [r for r in self.core.return_lines if r["return_type_code"] == "customer_return"]
        requests = self.facts.outcomes.requests
        channels = {key: requests[key].get("request_channel") for key in map(name_line, asked)}
        missing = None if any(channels.values()) else "return_requests.request_channel"
        cases = sum(
            channels[row["return_line_id"]] not in (None, "web")
            and self.facts.orders.get(row["return_line_id"]) not in spoken
            and self.is_judged(row["event_date"])
            for row in asked
        ) + sum(self.is_judged(self.find_arrival(key)) for key in self.core.list_unrequested())
        yield "requests_by_hand", missing if asked else "return_requests", cases, Fraction(0)
        decided = self.handling.decided
        missing = None if decided else "return_requests"
        if decided and not {row["decider"] for row in decided} & {"system", "staff"}:
            missing = "return_requests.decided_by"
        mine = [r for r in decided if r["decider"] == "staff" and self.is_judged(r["day"])]
        minutes = sum((Fraction(row["minutes"]) for row in mine), Fraction(0))
        yield "staff_decisions", missing, sum(not row["is_stated"] for row in mine), minutes

    def find_arrival(self, key: str) -> date | None:
        """The first known day on which a return line arrived."""
        receipts = [r for r in self.core.get("return_receipts") if r["return_line_id"] == key]
        days = [to_day(row["received_at"]) for row in receipts if is_known(row["received_at"])]
        return min((day for day in days if day), default=None)

    def list_goods(self) -> Iterator[tuple[str, str | None, int, Fraction]]:
        units = self.sales.list_arrived_units()
        lines = {row["return_line_id"]: row for row in self.core.return_lines}
        waiting = thrown = 0
        for receipt, _, count in units:
            day, line = to_day(receipt["received_at"]), lines.get(receipt["return_line_id"])
            is_judged = receipt.get("graded_at") is None or is_known(receipt["graded_at"])
            is_gone = is_judged and (receipt.get("disposition") or "").lower() in GONE
            thrown += count if is_gone and self.is_judged(day) else 0
            if not day or not line or not line["returned_count"] or is_gone or not self.first:
                continue
            shelved = receipt.get("restocked_at")
            until = to_day(shelved) if is_known(shelved) else None
            begin = max(day + timedelta(days=1), self.first)
            days = ((until or AS_OF + timedelta(days=1)) - begin).days
            net = line["returned_net_amount"]
            if grade_of(receipt) == "A" and net is not None:
                share = round_half_up(Fraction(net * count, line["returned_count"]))
                waiting += share * max(days, 0)
        missing = None if units else "return_receipts"
        if units and not any(grade_of(receipt) for receipt, _, _ in units):
            missing = "return_receipts.grade"
        elif units and not any(is_shelved(receipt) for receipt, _, _ in units):
            missing = "return_receipts.restocked_at"
        yield "waiting_goods", missing, 0, Fraction(waiting)
        receipts = self.core.get("return_receipts")
        missing = None if receipts else "return_receipts"
        if receipts and not any(row.get("disposition") for row in receipts):
            missing = "return_receipts.disposition"
        yield "disposals", missing, thrown, Fraction(0)

    def frame_parts(self) -> pd.DataFrame:
        """rpt_leak_parts."""
        rows = []
        for part, missing, cases, recorded in self.list_parts():
            rate = 1 if part in YEN else DECAY if part == "waiting_goods" else WAGE
            whole = rate * (recorded + cases * EACH.get(part, 0))
            is_known_part = missing is None and self.months
            rows.append(
                {
                    "part_code": part,
                    "missing_name": missing,
                    "case_count": cases,
                    "recorded_quantity": float(recorded),
                    "near_month_amount": float(whole / self.months) if is_known_part else None,
                    "month_count": self.months or None,
                    "first_date": self.first,
                }
            )
        return pd.DataFrame(rows)

    def frame_rails(self) -> pd.DataFrame:
        """rpt_refund_rails."""
        groups: dict[tuple[str, str, date | None], list[Record]] = defaultdict(list)
        for row in self.describe_refunds():
            month = row["begun"] and row["begun"].replace(day=1)
            groups[row["method"], "month", month].append(row)
            if self.is_judged(row["begun"]):
                groups[row["method"], "period", None].append(row)
        return pd.DataFrame(
            {"method_code": method, "span_code": span, "month_start_date": month}
            | describe_rail(method, some)
            for (method, span, month), some in groups.items()
        )

    def frame_figures(self) -> pd.DataFrame:
        """rpt_condition_figures but for what rests on alarms."""
        rows = [*self.list_address_figures(), *self.list_count_figures(), *self.list_speed()]
        names = ("figure_code", "missing_name", "counted_count", "n_count", "figure_value")
        return pd.DataFrame(
            dict(zip(names, row[:5], strict=True))
            | dict(zip(("low", "high"), find_wilson(row[4], row[5]), strict=True))
            for row in rows
        )

    def sum_judged(self, frame: pd.DataFrame, *, day: str) -> Counter[str]:
        """Sum a mart's rows of the judged months."""
        total: Counter[str] = Counter()
        for row in frame.to_dict("records"):
            moment = row[day]
            if pd.notna(moment) and self.is_judged(pd.Timestamp(moment).date()):
                counts = {k: v for k, v in row.items() if k.endswith("_count") and pd.notna(v)}
                total.update(counts)
        return total

    def list_address_figures(self) -> Iterator[tuple[Any, ...]]:
        sums = self.sum_judged(self.addresses.frame(), day="ordered_date")
        orders = sums["order_count"] - sums["skipped_order_count"]
        checked = sums["checked_order_count"]
        missing = None if orders else "address_checks"
        yield "checked", missing, checked, orders, divide(checked, orders), orders
        gaps = {name: missing for name, _, missing in self.addresses.list_gaps()}
        touch = gaps.get("address_manual_touch")
        missing = touch if self.core.get("address_checks") else "address_checks"
        looked, defects = sums["manual_order_count"], sums["defect_order_count"]
        yield "looked_at", missing, looked, orders, None if missing else float(looked), None
        closed = sums["closed_without_staff_order_count"]
        share = None if missing else divide(closed, defects)
        yield "closed_without_staff", missing, closed, defects, share, None
        parcels, back, silent = self.count_parcels()
        missing = "delivery_events.cause" if silent and not back else None
        missing = missing if self.core.get("delivery_events") else "delivery_events"
        missing = missing if self.core.get("shipments") else "shipments"
        known = parcels - silent
        share = None if missing else divide(back, known)
        yield "brought_back", missing, back, known, share, None

    def count_parcels(self) -> tuple[int, int, int]:
        """Parcels of the judged months: all, back for the address, back for no stated cause."""
        causes: dict[str, list[str | None]] = defaultdict(list)
        for row in self.core.get("delivery_events"):
            if row["event_type"] == "bring_back" and is_known(row["event_at"]):
                causes[row["shipment_id"]].append(row.get("cause"))
        sent = [
            causes[row["shipment_id"]]
            for row in self.core.get("shipments")
            if row.get("kind") != "return"
            and is_known(row.get("shipped_at"))
            and self.is_judged(to_day(row.get("shipped_at")))
        ]
        back = sum("address" in some for some in sent)
        return len(sent), back, sum(None in some and "address" not in some for some in sent)

    def list_count_figures(self) -> Iterator[tuple[Any, ...]]:
        asked = self.core.get("return_requests")
        sums = self.sum_judged(self.facts.frame_request_days(), day="event_date")
        lines = sums["request_line_count"] + sums["unrequested_line_count"]
        web, told = sums["web_completed_line_count"], self.is_channel_told()
        missing = None if self.core.get("return_receipts") else "return_receipts"
        missing = missing if told else "return_requests.request_channel"
        missing = missing if asked and lines else "return_requests"
        yield "on_the_web", missing, web, lines, divide(web, lines) if told else None, lines
        frame = self.facts.outcomes.frame_exchange_days()
        sums = self.sum_judged(frame, day="calendar_date")
        eligible = sums["eligible_count"]
        # Without any row of the months nothing says whether this shop tells its offers.
        judged = [
            row["offered_eligible_count"]
            for row in frame.to_dict("records")
            if pd.notna(row["calendar_date"]) and self.is_judged(row["calendar_date"])
        ]
        has_offers = any(pd.notna(count) for count in judged)
        offered = sums["offered_eligible_count"] if has_offers else None
        missing = None if has_offers else "return_requests.exchange_offered_at"
        is_stocked = self.core.get("inventory_snapshots") and eligible
        missing = missing if is_stocked else "inventory_snapshots"
        missing = missing if asked else "return_requests"
        share = None if offered is None else divide(offered, eligible)
        yield "offered", missing, offered, eligible, share, eligible
        frame = self.reasons.frame_totals()
        if not frame.empty:
            is_stated = frame["reason_source_code"] == "stated"
            frame = frame[is_stated & (frame["date_basis_code"] == "event")]
        sums = self.sum_judged(frame, day="month_start_date")
        back, coded = sums["returned_count"], sums["coded_returned_count"]
        missing = None if back else "return_requests"
        yield "usable", missing, coded, back, divide(coded, back), back
        actions = [
            row
            for row in self.core.get("product_actions")
            if not row.get("opened_on") or date.fromisoformat(row["opened_on"]) <= AS_OF
        ]
        closed = sum(
            bool(row.get("closed_on")) and date.fromisoformat(row["closed_on"]) <= AS_OF
            for row in actions
        )
        missing = None if self.core.get("product_actions") else "product_actions"
        value = None if missing else float(closed)
        yield "closed_actions", missing, closed, len(actions), value, None

    def is_channel_told(self) -> bool:
        return any(row.get("request_channel") for row in self.core.requests)

    def list_speed(self) -> Iterator[tuple[Any, ...]]:
        waits = list(self.list_waits())
        missing = None if self.core.get("refunds") or self.core.get("exchanges") else "refunds"
        missing = missing if self.core.get("return_receipts") else "return_receipts"
        judged = sum(not is_young for _, _, is_young in waits)
        still, greenwood, ninety = follow(waits)
        share = 1 - still if judged else None
        trials = float(judged)
        if 0 < still < 1:
            trials = (1 - still) / (still * greenwood)
        shown = missing or (None if judged else "return_receipts")
        yield "resolved", shown, None, judged, None if share is None else round(share, 9), trials
        hours = None if missing else ninety
        yield "hours_until_90", missing, None, judged, hours, None

    def list_waits(self) -> Iterator[tuple[float, bool, bool]]:
        """Minutes until a return was resolved or last seen, whether it was, whether it is young."""
        if not self.core.says_settled():
            return
        outcomes = self.facts.outcomes
        for row in outcomes.returns:
            key = row["return_line_id"]
            arrived = [
                datetime.fromisoformat(one["received_at"])
                for one in self.core.get("return_receipts")
                if one["return_line_id"] == key
                and is_known(one["received_at"])
                and one["received_at"] != UNKNOWN
            ]
            if not arrived or not self.is_judged(to_day(f"{min(arrived)}")):
                continue
            moments = [one["paid_at"] for one in outcomes.refunds[key]]
            moments += [str(one["shipped_at"]) for one in outcomes.list_shipped(key)]
            dated = [datetime.fromisoformat(one) for one in moments if one != UNKNOWN]
            if moments and not dated:
                yield math.inf, True, False
                continue
            end = min(dated) if moments else datetime(2026, 10, 31, 15)
            seconds = (end - min(arrived)).total_seconds()
            is_late = seconds > DAY_MINUTES * 60 or (not moments and seconds >= DAY_MINUTES * 60)
            minutes = max(seconds // 60, 0)
            yield (
                max(minutes, DAY_MINUTES + 1) if is_late else minutes,
                bool(moments),
                not moments and not is_late,
            )


def follow(waits: list[tuple[float, bool, bool]]) -> tuple[float, float, float | None]:
    """Kaplan and Meier: the share still waiting after a day, Greenwood's sum, hours until 90 %."""
    still, after_day, greenwood, ninety = 1.0, 1.0, 0.0, None
    for minute in sorted({minutes for minutes, is_over, _ in waits if is_over}):
        at_risk = sum(minutes >= minute for minutes, _, _ in waits)
        over = sum(minutes == minute and is_over for minutes, is_over, _ in waits)
        still *= 1 - over / at_risk
        if minute <= DAY_MINUTES:
            after_day = still
            greenwood += over / at_risk / (at_risk - over) if over < at_risk else 0
        if ninety is None and still <= 0.1 and minute < math.inf:
            ninety = minute / 60
    return after_day, greenwood, ninety


def find_wilson(share: float | None, trials: float | None) -> tuple[float | None, float | None]:
    """The ends of Wilson's interval, once more."""
    if share is None or not trials:
        return None, None
    centre = share + Z**2 / (2 * trials)
    half = Z * math.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    whole = 1 + Z**2 / trials
    return max((centre - half) / whole, 0.0), min((centre + half) / whole, 1.0)


def describe_rail(method: str, refunds: list[Record]) -> Record:
    """One row of rpt_refund_rails."""
    ended = [row for row in refunds if row["is_ended"]]
    paid = [row for row in refunds if row["is_paid"]]
    waits = sorted(row["waited"] for row in refunds if row["waited"] is not None)
    entered = sum(row["is_by_hand"] for row in ended)
    part = FEES.get(method, "other_fees")
    untold = sum(row["fee"] is None for row in ended)
    fees = sum(EACH.get(part, 0) if row["fee"] is None else row["fee"] for row in ended)
    return {
        "refund_count": len(paid),
        "refund_amount": sum(row["amount"] for row in paid),
        "fee_amount": None if part == "digital_fees" and untold else fees,
        "untold_fee_count": untold,
        "entered_count": entered,
        "near_entry_labour_amount": float(5 * entered * WAGE),
        "near_second_check_amount": float(3 * entered * WAGE),
        "timed_count": len(waits),
        "median_days": waits[math.ceil(len(waits) / 2) - 1] if waits else None,
        "p90_days": waits[math.ceil(len(waits) * 9 / 10) - 1] if waits else None,
        "assumed_days": 14 if entered and not waits else None,
        "failed_count": sum(row["is_failed"] for row in refunds),
        "open_count": len(refunds) - len(ended),
    }


def divide(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def is_shelved(receipt: Mapping[str, Any]) -> bool:
    moment = receipt.get("restocked_at")
    return is_known(moment) and moment is not None


def name_line(row: Mapping[str, Any]) -> str:
    return str(row["return_line_id"])
