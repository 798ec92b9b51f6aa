"""What the worklist and the developed marts should say, summed from single cohorts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pandas as pd

from tests.warehouse.drawn_reasons import MEANINGS
from tests.warehouse.landed_facts import AS_OF, UNKNOWN
from tests.warehouse.oracle_development import (
    HALF_YEAR,
    MILLION,
    MONTHS,
    YEAR,
    Cohort,
    Development,
)

Record = dict[str, Any]
SETTLED_DAYS, RECENT_DAYS = 60, 30


class WorklistOracle:
    """Frames of the marts that rest on developed rates.

    Parameters
    ----------
    developed : Development
    """

    def __init__(self, developed: Development) -> None:
        self.developed = developed
        self.known = [
            (cohort, developed.share_of(cohort, developed.curves, AS_OF))
            for cohort in (developed.cohorts if developed.curves else ())
        ]

    def frame_skus(self) -> pd.DataFrame:
        """rpt_sku_development: one row per SKU and channel."""
        groups: dict[tuple[str, str], list[tuple[Cohort, int]]] = defaultdict(list)
        for cohort, share in self.known:
            groups[cohort.sku, cohort.channel].append((cohort, share))
        return pd.DataFrame(self.sum_sku(some) for some in groups.values())

    def sum_sku(self, some: list[tuple[Cohort, int]]) -> Record:
        first = some[0][0]
        base = self.developed.base_of(first, "base_rate")
        value_base = self.developed.base_of(first, "base_value_rate")
        delivered = sum(c.delivered for c, _ in some)
        returned = sum(c.returned for c, _ in some)
        exposure = Fraction(sum(c.delivered * share for c, share in some), MILLION)
        undeveloped_net = Fraction(sum(c.net * (MILLION - share) for c, share in some), MILLION)
        returned_net = sum(c.returned_net for c, _ in some)
        return {
            "sku": first.sku,
            "style_id": first.style_id,
            "category_name": first.category,
            "channel_name": first.channel,
            "delivered_count": delivered,
            "delivered_net_amount": sum(c.net for c, _ in some),
            "returned_count": returned,
            "returned_net_amount": returned_net,
            "unbracketed_delivered_count": sum(c.unbracketed[0] for c, _ in some),
            "unbracketed_returned_count": sum(c.unbracketed[1] for c, _ in some),
            "developed_exposure": float(exposure),
            "unbracketed_developed_exposure": sum(c.unbracketed[0] * s for c, s in some) / MILLION,
            "base_rate": float(base),
            "unbracketed_base_rate": float(self.developed.base_of(first, "unbracketed_base_rate")),
            "expected_returns": float(returned + (delivered - exposure) * base),
            "near_expected_returned_net_amount": float(returned_net + undeveloped_net * value_base),
            "is_policy_change_affected": any(self.developed.is_after(c.day) for c, _ in some),
        }

    def frame_weeks(self) -> pd.DataFrame:
        """rpt_style_development_weeks: one row per style and delivery week of half a year."""
        sums: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
        for cohort, share in self.known:
            if (AS_OF - cohort.day).days >= HALF_YEAR:
                continue
            monday = cohort.day - timedelta(days=cohort.day.weekday())
            delivered, returned = cohort.unbracketed
            base = self.developed.base_of(cohort, "unbracketed_base_rate")
            sums[cohort.style_id, monday].update(
                delivered_count=delivered,
                returned_count=returned,
                exposure=delivered * share,
                expected=delivered * share * base,
            )
        return pd.DataFrame(
            {
                "style_id": style,
                "week_start_date": monday,
                "delivered_count": total["delivered_count"],
                "returned_count": total["returned_count"],
                "developed_exposure": total["exposure"] / MILLION,
                "expected_rate": float(Fraction(total["expected"]) / total["exposure"])
                if total["exposure"]
                else None,
            }
            for (style, monday), total in sums.items()
        )

    def list_groups(self) -> Iterator[tuple[str, str, list[tuple[Cohort, int]]]]:
        """Each SKU, and each style as all its SKUs together."""
        for level, name in (("sku", "sku"), ("style", "style_id")):
            groups: dict[str, list[tuple[Cohort, int]]] = defaultdict(list)
            for cohort, share in self.known:
                groups[getattr(cohort, name)].append((cohort, share))
            for key, some in groups.items():
                yield level, key, some

    def frame_evidence(self) -> pd.DataFrame:
        """rpt_rate_evidence: what the estimation reads, bracketed pairs left out."""
        return pd.DataFrame(
            {
                "level_code": level,
                "group_id": key,
                "style_id": min(cohort.style_id for cohort, _ in some),
                **self.weigh(some),
            }
            for level, key, some in self.list_groups()
        )

    def weigh(self, some: list[tuple[Cohort, int]]) -> Record:
        delivered = sum(c.unbracketed[0] for c, _ in some)
        exposure = sum(c.unbracketed[0] * share for c, share in some)
        # Kept in whole millionths: of a bulky style the rest would be worth more than a yen.
        bases = [
            Fraction(round(MILLION * self.developed.base_of(c, "unbracketed_base_rate")), MILLION)
            for c, _ in some
        ]
        expected = None
        if exposure:
            parts = (c.unbracketed[0] * s * base for (c, s), base in zip(some, bases, strict=True))
            expected = float(sum(parts) / exposure)
        elif delivered:
            # Too young to have shown anything: its mix of categories and channels all the same.
            parts = (c.unbracketed[0] * base for (c, _), base in zip(some, bases, strict=True))
            expected = float(sum(parts) / delivered)
        categories = min(c.category for c, _ in some)
        return {
            "category_name": None if categories == UNKNOWN else categories,
            "delivered_count": delivered,
            "returned_count": sum(c.unbracketed[1] for c, _ in some),
            "developed_exposure": exposure / MILLION,
            "expected_rate": expected,
        }

    def count_reasons(self) -> dict[tuple[str, str], Counter[str]]:
        """Units by SKU or style and stated reason, those that say something."""
        developed = self.developed
        bracketed = developed.find_bracketed()
        stated = {row["return_line_id"]: row for row in developed.core.requests}
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in developed.core.return_lines:
            request = stated[row["return_line_id"]]
            meaning = MEANINGS[request.get("reason_system"), request.get("reason_code")]
            line = developed.core.order_lines.get(row["order_line_id"] or "")
            if (
                meaning.state != "coded"
                or not row["is_counted_in_cohort"]
                or not row["returned_count"]
            ):
                continue
            style = developed.style_of(row["sku"])
            if (line["order_id"], style) not in bracketed:
                counts["sku", row["sku"]][meaning.reason] += row["returned_count"]
                counts["style", style][meaning.reason] += row["returned_count"]
        return counts

    def find_notes(self) -> dict[tuple[str, str | None], Record]:
        """The newest note of each row."""
        notes = sorted(self.developed.core.get("worklist_notes"), key=lambda row: row["noted_at"])
        return {(row["style_id"], row.get("sku")): row for row in notes}

    def frame_worklist(self) -> pd.DataFrame:
        """rpt_worklist without what the estimation adds."""
        reasons, notes = self.count_reasons(), self.find_notes()
        rows = []
        for level, key, some in self.list_groups():
            weighed = self.weigh(some)
            delivered, returned = weighed["delivered_count"], weighed["returned_count"]
            if not delivered:
                continue
            exposure, expected = weighed["developed_exposure"], weighed["expected_rate"]
            excess = returned - expected * exposure
            price = Fraction(sum(c.net for c, _ in some), sum(c.delivered for c, _ in some))
            style, sku = some[0][0].style_id, key if level == "sku" else None
            counted = sorted(reasons[level, key].items(), key=lambda item: (-item[1], item[0]))
            note = notes.get((style, sku), {})
            rows.append(
                {
                    "level_code": level,
                    "style_id": style,
                    "sku": sku,
                    "main_reason_code": counted[0][0] if counted else None,
                    "owner": note.get("owner"),
                    "state": note.get("state"),
                    "near_excess_count": excess,
                    "near_excess_amount": excess * float(price),
                    "delivered_count": delivered,
                    "returned_count": returned,
                    "observed_rate": returned / delivered,
                    "developed_rate": (returned + (delivered - exposure) * expected) / delivered,
                    "expected_rate": expected,
                    "developed_share": exposure / delivered,
                }
            )
        return pd.DataFrame(rows)

    def frame_categories(self) -> pd.DataFrame:
        """rpt_category_development: today and the month ends before it."""
        days = [day for day in list_month_ends(AS_OF) if day != AS_OF][:MONTHS]
        rows = [row for day in (AS_OF, *days) for row in self.believe(day)]
        return pd.DataFrame(rows)

    def believe(self, as_of: date) -> Iterator[Record]:
        """What was seen and expected of the year's deliveries on a day."""
        developed = self.developed
        curves = developed.draw_curves(as_of)
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        affected: dict[tuple[str, str], bool] = defaultdict(bool)
        if not curves:
            return
        for cohort in developed.cohorts:
            age = (as_of - cohort.day).days
            if not 0 <= age < YEAR:
                continue
            share = developed.share_of(cohort, curves, as_of)
            total = sums[cohort.cell]
            total.update(
                delivered=cohort.delivered,
                exposure=cohort.delivered * share,
                later=cohort.returned,
            )
            if age < RECENT_DAYS:
                total.update(
                    recent_delivered=cohort.delivered,
                    recent_exposure=cohort.delivered * share,
                    recent_later=cohort.returned,
                )
            affected[cohort.cell] |= developed.is_after(cohort.day)
        for lag in developed.lags:
            age = (as_of - lag.day).days
            if lag.days <= age < YEAR:
                sums[lag.category, lag.channel]["seen"] += lag.units
                if age < RECENT_DAYS:
                    sums[lag.category, lag.channel]["recent_seen"] += lag.units
        for cell, total in sums.items():
            yield describe_belief(cell, total, as_of) | {
                "is_policy_change_affected": affected[cell]
            }


def describe_belief(cell: tuple[str, str], total: Counter[str], as_of: date) -> Record:
    # Today's figure is the shop's own count, returns of an unknown day among them.
    is_current = as_of == AS_OF
    seen = total["later"] if is_current else total["seen"]
    recent_seen = total["recent_later"] if is_current else total["recent_seen"]
    base = Fraction(MILLION * seen, total["exposure"]) if total["exposure"] else None
    is_settled = (AS_OF - as_of).days >= SETTLED_DAYS
    return {
        "as_of_date": as_of,
        "category_name": cell[0],
        "channel_name": cell[1],
        "delivered_count": total["delivered"],
        "returned_count": seen,
        "developed_exposure": total["exposure"] / MILLION,
        "expected_returns": float(
            seen + (total["delivered"] - Fraction(total["exposure"], MILLION)) * (base or 0)
        ),
        "settled_returned_count": total["later"] if is_settled else None,
        "recent_delivered_count": total["recent_delivered"],
        "recent_returned_count": recent_seen,
        "recent_expected_returns": float(
            recent_seen
            + (total["recent_delivered"] - Fraction(total["recent_exposure"], MILLION))
            * (base or 0)
        ),
        "recent_settled_returned_count": total["recent_later"] if is_settled else None,
        "base_rate": None if base is None else float(base),
        "is_current": is_current,
        "is_settled": is_settled,
    }


def list_month_ends(until: date) -> list[date]:
    """Last days of months before the month of a day, the newest first."""
    days = [until.replace(day=1) - timedelta(days=1)]
    for _ in range(20):
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days
