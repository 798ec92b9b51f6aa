"""What came before a return a second time: parcel by parcel, line by line, stratum by stratum."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from math import sqrt
from typing import Final, NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import UNKNOWN, Record, is_known, to_day
from tests.warehouse.oracle_development import MILLION
from tests.warehouse.oracle_fit import FitOracle
from tests.warehouse.oracle_sales import to_monday

OTHERS: Final = {
    "sent": "not_sent",
    "not_sent": "sent",
    "followed": "not_followed",
    "not_followed": "followed",
    "none": "followed",
}
Z: Final = 1.959963984540054


class Seen(NamedTuple):
    """A parcel or a line under one outcome."""

    kind: str
    group: str
    outcome: str
    stratum: tuple[str, str, date]
    units: int
    exposure: float
    happened: float


class BeforeOracle:
    """The frame of rpt_before_return.

    Parameters
    ----------
    fit : FitOracle
    """

    def __init__(self, fit: FitOracle) -> None:
        self.fit, self.developed = fit, fit.developed
        self.core = fit.developed.core
        self.contacts = [r for r in self.core.get("contacts") if is_known(r["contacted_at"])]
        self.events: dict[str, list[Record]] = defaultdict(list)
        for event in self.core.get("delivery_events"):
            if is_known(event["event_at"]):
                self.events[event["shipment_id"]].append(event)

    def list_parcels(self) -> Iterator[Seen]:
        """Parcels of sales that have ended, three times each."""
        goods: dict[str, set[str]] = defaultdict(set)
        for line in self.core.order_lines.values():
            is_sold = not line["is_exchange_leg"] and line["delivery_state_code"] != "cancelled"
            if is_sold and line["order_id"] in self.core.orders:
                goods[line["order_id"]].add(self.developed.category_of(line["sku"]))
        for row in self.core.get("shipments"):
            parcel = self.core.parcels.get(row["shipment_id"])
            if parcel is None or not goods[row["order_id"]]:
                continue
            events = self.events[row["shipment_id"]]
            ended, shipped = find_end(parcel, events), to_day(row["shipped_at"])
            told = row.get("notice_sent_at")
            if ended is None or shipped is None or told == UNKNOWN:
                continue
            categories, channel = goods[row["order_id"]], self.core.orders[row["order_id"]]
            category = min(categories) if len(categories) == 1 else "several"
            stratum = category, channel.get("channel") or UNKNOWN, to_monday(shipped)
            kinds = {event["event_type"] for event in events}
            is_asked = any(
                contact.get("topic") == "delivery"
                and contact.get("order_id") == row["order_id"]
                and row["shipped_at"] <= contact["contacted_at"] <= ended
                for contact in self.contacts
            )
            for outcome, happened in (
                ("delivery_enquiry", is_asked),
                ("redelivery", "redelivery" in kinds),
                ("bring_back", "bring_back" in kinds),
            ):
                group = "sent" if told and told < ended else "not_sent"
                yield Seen("notice", group, outcome, stratum, 1, 1.0, float(happened))

    def list_lines(self) -> Iterator[Seen]:
        """Delivered lines of one size of their style, twice each."""
        sent_back = {fact["order_line_id"]: fact["size_units"] for fact in self.fit.list_facts()}
        asked = {row.get("order_id") for row in self.contacts if row.get("topic") == "size"}
        for cohort, share in self.fit.worklist.known:
            label = self.developed.products.get(cohort.sku, {}).get("size_label")
            if cohort.is_bracketed or not cohort.delivered or not label:
                continue
            advised = self.core.lines[cohort.order_line_id].get("advised_size_label")
            group = "followed" if (advised or "").strip().upper() == label else "not_followed"
            group = group if advised else "none"
            stratum = cohort.category, cohort.channel, to_monday(cohort.day)
            units = cohort.delivered
            back = sent_back.get(cohort.order_line_id, 0.0)
            exposure = units * share / MILLION
            yield Seen("advice", group, "size_return", stratum, units, exposure, back)
            was_asked = units * float(cohort.order_id in asked)
            yield Seen("advice", group, "size_enquiry", stratum, units, units, was_asked)

    def list_recorded(self) -> Iterator[Seen]:
        """From the first week on in which both the kind and the outcome are written down."""
        seen = [*self.list_parcels(), *self.list_lines()]
        weeks = {
            kind: [one.stratum[2] for one in seen if one.kind == kind and one.group != nothing]
            for kind, nothing in (("notice", "not_sent"), ("advice", "none"))
        }
        asked = [to_day(row["contacted_at"]) for row in self.contacts]
        moved = [to_day(event["event_at"]) for some in self.events.values() for event in some]
        weeks["contacts"] = [to_monday(day) for day in asked if day]
        weeks["events"] = [to_monday(day) for day in moved if day]
        for one in seen:
            source = {"delivery_enquiry": "contacts", "size_enquiry": "contacts"}.get(
                one.outcome, "advice" if one.kind == "advice" else "events"
            )
            begun = weeks[one.kind], weeks[source]
            if all(begun) and one.stratum[2] >= max(map(min, begun)):
                yield one

    def frame(self) -> pd.DataFrame:
        """rpt_before_return."""
        sums: dict[tuple[str, str, str], dict[tuple[str, str, date], Counter[str]]] = {}
        for one in self.list_recorded():
            strata = sums.setdefault((one.kind, one.group, one.outcome), defaultdict(Counter))
            strata[one.stratum].update(
                units=one.units, exposure=one.exposure, happened=one.happened
            )
        rows = []
        for (kind, group, outcome), strata in sums.items():
            others = sums.get((kind, OTHERS[group], outcome), {})
            total = sum(strata.values(), Counter())
            rows.append(
                {
                    "kind_code": kind,
                    "group_code": group,
                    "other_group_code": OTHERS[group],
                    "outcome_code": outcome,
                    "unit_count": total["units"],
                    "developed_exposure": total["exposure"],
                    "outcome_units": total["happened"],
                    "outcome_share": total["happened"] / total["exposure"]
                    if total["exposure"]
                    else None,
                }
                | compare(strata, others)
            )
        return pd.DataFrame(rows)


def find_end(parcel: Record, events: list[Record]) -> str | None:
    """When a parcel was delivered, else when it last failed; None where nobody knows."""
    if parcel["arrived"] not in (None, UNKNOWN):
        return str(parcel["arrived"])
    failed = [e["event_at"] for e in events if e["event_type"] in ("bring_back", "refused")]
    return max((moment for moment in failed if moment != UNKNOWN), default=None)


def compare(strata: dict[tuple[str, str, date], Counter[str]], others: Record) -> Record:
    """Both groups over the strata that hold both, the others with the mix of the first."""
    pairs = [
        (one, others[place])
        for place, one in strata.items()
        if place in others and one["exposure"] and others[place]["exposure"]
    ]
    names = ("matched", "other", "difference", "low_difference", "high_difference")
    row: Record = {"matched_count": sum(one["units"] for one, _ in pairs)}
    row |= {f"{name}_share": None for name in names}
    if not pairs:
        return row
    n = sum(one["exposure"] for one, _ in pairs)
    own = sum(one["happened"] for one, _ in pairs) / n
    theirs = sum(one["exposure"] * x["happened"] / x["exposure"] for one, x in pairs) / n
    weight = sum(round(MILLION * one["exposure"] ** 2 / x["exposure"]) for one, x in pairs)
    low, high = bound(own, n)
    row |= {"matched_share": own, "other_share": theirs, "difference_share": own - theirs}
    if weight:
        other_low, other_high = bound(theirs, n * n / (weight / MILLION))
        row["low_difference_share"] = (
            own - theirs - sqrt((own - low) ** 2 + (other_high - theirs) ** 2)
        )
        row["high_difference_share"] = (
            own - theirs + sqrt((high - own) ** 2 + (theirs - other_low) ** 2)
        )
    return row


def bound(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval of a share."""
    cases = min(share, 1.0) * n
    half = Z * sqrt(cases * (n - cases) / n + Z * Z / 4)
    return (cases + Z * Z / 2 - half) / (n + Z * Z), (cases + Z * Z / 2 + half) / (n + Z * Z)
