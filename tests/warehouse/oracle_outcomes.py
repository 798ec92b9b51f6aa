"""What returns ended in, a second time, from metrics.md in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import UNKNOWN, is_known, to_day, was_paid
from tests.warehouse.oracle_development import Development
from tests.warehouse.recomputation import Recomputation

Record = dict[str, Any]
END = datetime(2026, 10, 31, 15)  # UTC: the as-of day ends in Tokyo
IN_TIME = timedelta(hours=24)
SNAPSHOT_DAYS = 35


class OutcomeOracle:
    """Frames of the marts that say how returns were resolved.

    Parameters
    ----------
    core : Recomputation
    developed : Development
        Of the same rows.
    """

    def __init__(self, core: Recomputation, developed: Development) -> None:
        self.core = core
        self.developed = developed
        self.products = developed.products
        self.requests = {row["return_line_id"]: row for row in core.requests}
        self.refunds: dict[str, list[Record]] = defaultdict(list)
        for row in core.get("refunds"):
            if was_paid(row) and row.get("return_line_id"):
                self.refunds[row["return_line_id"]].append(row)
        self.exchanges: dict[str, list[Record]] = defaultdict(list)
        for row in core.get("exchanges"):
            row["shipped_at"] = core.when_shipped(row)
            self.exchanges[row["return_line_id"]].append(row)
        self.returns = [row for row in core.return_lines if row["is_product_return"]]

    def list_shipped(self, return_line_id: str) -> list[Record]:
        return [e for e in self.exchanges[return_line_id] if e["shipped_at"]]

    def frame_resolution_days(self) -> pd.DataFrame:
        """rpt_resolution_days: 24 hours from the first arrival scan."""
        counts: dict[tuple[date, str], Counter[str]] = defaultdict(Counter)
        arrivals: dict[str, list[datetime]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            if is_known(row["received_at"]) and row["received_at"] != UNKNOWN:
                arrivals[row["return_line_id"]].append(datetime.fromisoformat(row["received_at"]))
        for row in self.returns if self.core.says_settled() else ():
            key = row["return_line_id"]
            if not arrivals[key]:
                continue
            arrived = min(arrivals[key])
            moments = [r["paid_at"] for r in self.refunds[key]]
            moments += [str(e["shipped_at"]) for e in self.list_shipped(key)]
            known = [datetime.fromisoformat(m) for m in moments if m != UNKNOWN]
            if known and min(known) <= arrived + IN_TIME:
                state = "resolved_in_time_line_count"
            elif moments:
                state = "resolved_later_line_count"
            else:
                is_judged = arrived + IN_TIME <= END
                state = "open_line_count" if is_judged else "young_open_line_count"
            day = to_day(f"{arrived:%Y-%m-%d %H:%M:%S}")
            assert day
            counts[day, row["channel_name"]].update([state, "arrived_line_count"])
        names = ("arrived", "resolved_in_time", "resolved_later", "open", "young_open")
        return pd.DataFrame(
            {"calendar_date": day, "channel_name": channel}
            | {f"{name}_line_count": total[f"{name}_line_count"] for name in names}
            for (day, channel), total in counts.items()
        )

    def kind_of(self, old: str | None, new: str) -> tuple[str, int | None]:
        """What an exchange changed, and by how many sizes."""
        if old == new:
            return "same", None
        if old not in self.products or new not in self.products:
            return "unknown", None
        was, becomes = self.products[old], self.products[new]
        if was.get("style_id") != becomes.get("style_id"):
            return "style", None
        if was.get("size_label") != becomes.get("size_label"):
            steps = int(becomes["size_order"]) - int(was["size_order"])
            return ("size_up" if steps > 0 else "size_down"), steps
        # Two SKUs of which the catalogue says the same.
        return ("colour" if was["colour_name"] != becomes["colour_name"] else "unknown"), None

    def frame_style_exchanges(self) -> pd.DataFrame:
        """rpt_style_exchanges: replacements that left."""
        counts: Counter[tuple[str, str, int | None]] = Counter()
        for key in list(self.exchanges):
            sku = self.core.sku_of(key)
            for exchange in self.list_shipped(key):
                if sku:
                    kind = self.kind_of(sku, exchange["replacement_sku"])
                    counts[(self.developed.style_of(sku), *kind)] += 1
        return pd.DataFrame(
            {
                "style_id": style,
                "exchange_kind_code": kind,
                "size_step_count": steps,
                "exchange_count": count,
            }
            for (style, kind, steps), count in counts.items()
        )

    def first_kind(self, row: Record) -> str:
        """What changed in the first exchange, shipped ones before others."""
        shipped = self.list_shipped(row["return_line_id"])
        some = sorted(
            shipped or self.exchanges[row["return_line_id"]],
            key=lambda e: (
                e["shipped_at"] in (None, UNKNOWN),
                e["shipped_at"] or "",
                e["exchange_id"],
            ),
        )
        return self.kind_of(row["sku"], some[0]["replacement_sku"])[0] if some else "none"

    def frame_exchange_days(self) -> pd.DataFrame:
        """rpt_exchange_days: exchanges, refunds and credits by the day of the event."""
        counts: dict[tuple[str, str, date | None], Counter[str]] = defaultdict(Counter)
        has_offers = any(is_known(row.get("exchange_offered_at")) for row in self.requests.values())
        for row in self.returns:
            place = (row["channel_name"], self.first_kind(row))
            for day, parts in (*self.list_outcome(row), *self.list_questions(row)):
                counts[(*place, day)].update(parts)
            for exchange in self.list_shipped(row["return_line_id"]):
                kind = self.kind_of(row["sku"], exchange["replacement_sku"])[0]
                day = to_day(exchange["shipped_at"])
                counts[row["channel_name"], kind, day]["shipped_count"] += 1
        offers = {"offered_eligible_count", "offered_count", "accepted_count"}
        events = {*LINES, "exchange_request_count", "eligibility_known_count", "shipped_count"}
        return pd.DataFrame(
            {"channel_name": channel, "exchange_kind_code": kind, "calendar_date": day}
            | {name: total[name] if has_offers or name not in offers else None for name in COUNTS}
            | {"resolved_line_count": sum(total[name] for name in LINES)}
            for (channel, kind, day), total in counts.items()
            if any(total[name] for name in events | {"offered_count"})
        )

    def list_outcome(self, row: Record) -> Iterator[tuple[date | None, Record]]:
        key = row["return_line_id"]
        shipped = [e["shipped_at"] for e in self.list_shipped(key)]
        refunds = [r for r in self.refunds[key] if r["method"] != "credit"]
        credits = [r for r in self.refunds[key] if r["method"] == "credit"]
        refunded = sum(int(r["amount"]) for r in refunds)
        credited = sum(int(r["amount"]) for r in credits)
        value = row["returned_net_amount"]
        whole = max(value or 0, 0)
        if shipped:
            name, moments, retained = "exchanged", shipped, min(max(whole - refunded, 0), whole)
        elif refunds:
            name, moments = "refunded", [r["paid_at"] for r in refunds]
            retained = min(credited, whole)
        elif credits:
            name, moments = "credited", [r["paid_at"] for r in credits]
            retained = min(credited, whole)
        else:
            return
        days = [day for day in map(to_day, moments) if day]
        yield (
            min(days, default=None),
            {
                f"{name}_line_count": 1,
                "resolved_net_amount": value or 0,
                "retained_gross_amount": retained,
                "unvalued_line_count": value is None,
            },
        )

    def list_questions(self, row: Record) -> Iterator[tuple[date | None, Record]]:
        """Whether an exchange was asked for, could be had, was offered and taken."""
        request = self.requests[row["return_line_id"]]
        day = row["event_date"]
        begun = bool(self.exchanges[row["return_line_id"]])
        is_asked = begun or request.get("requested_resolution") == "exchange"
        stock = self.list_stock(day)
        wanted = request.get("wanted_sku")
        is_known_stock = stock is not None and row["sku"] is not None
        others = {
            sku
            for sku in stock or ()
            if sku != row["sku"]
            and self.developed.style_of(sku) == self.developed.style_of(row["sku"] or "")
        }
        is_denied = self.core.is_dropped(request) and request["decision"] == "denied"
        is_eligible = is_known_stock and bool(others) and not is_denied
        offered = request.get("exchange_offered_at")
        paid = [r["paid_at"] for r in self.refunds[row["return_line_id"]]]
        first = min((moment for moment in paid if moment != UNKNOWN), default=None)
        is_offered = is_known(offered) and (first is None or first > str(offered))
        yield (
            day,
            {
                "exchange_request_count": is_asked,
                "stocked_request_count": bool(is_asked and wanted and stock is not None),
                "fillable_request_count": bool(is_asked and wanted and wanted in (stock or ())),
                "eligibility_known_count": is_known_stock,
                "eligible_count": is_eligible,
                "offered_eligible_count": is_eligible and is_offered,
            },
        )
        if is_offered:
            yield to_day(offered), {"offered_count": 1, "accepted_count": begun}

    def list_stock(self, day: date | None) -> set[str] | None:
        """SKUs that could be sold on a day; None where no place says so."""
        if day is None:
            return None
        places: dict[str, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for row in self.core.get("inventory_snapshots"):
            told = date.fromisoformat(row["snapshot_date"])
            counter = places[row["location_id"]][told]
            if (row.get("condition") or "sellable") == "sellable":
                counter[row["sku"]] += int(row["on_hand"]) - int(row.get("reserved") or 0)
        found: set[str] = set()
        is_told = False
        for snapshots in places.values():
            newest = max((told for told in snapshots if told <= day), default=None)
            if newest is not None and (day - newest).days < SNAPSHOT_DAYS:
                is_told = True
                found |= {sku for sku, units in snapshots[newest].items() if units > 0}
        return found if is_told else None


LINES = ("exchanged_line_count", "refunded_line_count", "credited_line_count")
COUNTS = (
    *LINES,
    *("retained_gross_amount", "resolved_net_amount", "unvalued_line_count"),
    *("exchange_request_count", "stocked_request_count", "fillable_request_count"),
    *("eligibility_known_count", "eligible_count", "offered_eligible_count", "offered_count"),
    *("accepted_count", "shipped_count"),
)
