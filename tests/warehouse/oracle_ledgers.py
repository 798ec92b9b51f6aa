"""What the shop keeps beside its sales a second time: the bank's file, ad costs, targets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record, to_day, was_paid
from tests.warehouse.oracle_cash import OUTSIDE
from tests.warehouse.recomputation import Recomputation

BASES = ("refund_id", "return_line_id", "order_id")


class BankOracle:
    """Refunds that left the shop beside the payouts that the bank knows.

    Parameters
    ----------
    core : Recomputation
    """

    def __init__(self, core: Recomputation) -> None:
        orders = {
            row["return_line_id"]: core.order_lines.get(row.get("order_line_id") or "", row).get(
                "order_id"
            )
            for row in core.requests
        }
        self.payouts = [
            row | {"day": date.fromisoformat(row["paid_on"])}
            for row in core.get("bank_payouts")
            if date.fromisoformat(row["paid_on"]) <= AS_OF
        ]
        self.refunds = [
            row
            | {
                "day": to_day(row["paid_at"]),
                "order_id": row.get("order_id") or orders.get(row.get("return_line_id") or ""),
            }
            for row in core.get("refunds")
            if was_paid(row) and row["method"] in OUTSIDE
        ]

    def frame(self) -> pd.DataFrame:
        """rpt_bank_reconciliation: pairs, and what has no counterpart on either side."""
        if not self.payouts:
            return pd.DataFrame()
        pairs = self.match()
        of_payout = {payout: refund for refund, (payout, _) in pairs.items()}
        by_id = {row["payout_id"]: row for row in self.payouts}
        rows = [
            self.describe(
                refund, by_id[pairs[refund["refund_id"]][0]], pairs[refund["refund_id"]][1]
            )
            if refund["refund_id"] in pairs
            else self.describe(refund, None, None)
            for refund in self.refunds
            if refund["refund_id"] in pairs or refund["method"] == "bank_transfer"
        ]
        rows += [
            self.describe(None, row, None)
            for row in self.payouts
            if row["payout_id"] not in of_payout
        ]
        return pd.DataFrame(rows)

    def match(self) -> dict[str, tuple[str, str]]:
        """Payout and reason by refund: what names it, nearest first; then day and amount."""
        wishes = []
        for payout in self.payouts:
            for refund in self.refunds:
                names = [refund.get(base) for base in BASES]
                if payout.get("reference") is None or payout["reference"] not in names:
                    continue
                rank = names.index(payout["reference"])
                differs = payout["amount"] != refund["amount"]
                if not rank or not differs:
                    far = abs((payout["day"] - refund["day"]).days) if refund["day"] else 9999
                    ids = (payout["payout_id"], refund["refund_id"])
                    wishes.append((rank, differs, far, *ids))
        pairs: dict[str, tuple[str, str]] = {}
        used: set[str] = set()
        for rank, _, _, payout_id, refund_id in sorted(wishes):
            if payout_id not in used and refund_id not in pairs:
                used.add(payout_id)
                pairs[refund_id] = payout_id, BASES[rank]
        # What names a refund that is paid already is no other refund's payout.
        named = {row["refund_id"] for row in self.refunds}
        rest = [
            row
            for row in sorted(self.payouts, key=lambda row: row["payout_id"])
            if row["payout_id"] not in used and row.get("reference") not in named
        ]
        for refund in sorted(self.refunds, key=lambda row: row["refund_id"]):
            fits = [
                row
                for row in rest
                if refund["refund_id"] not in pairs
                and (row["day"], row["amount"]) == (refund["day"], refund["amount"])
            ]
            if fits:
                rest.remove(fits[0])
                pairs[refund["refund_id"]] = fits[0]["payout_id"], "day_and_amount"
        return pairs

    def describe(self, refund: Record | None, payout: Record | None, basis: str | None) -> Record:
        """One row of the reconciliation."""
        paid = int(refund["amount"]) if refund else None
        booked = int(payout["amount"]) if payout else None
        days = [row["day"] for row in self.payouts]
        if refund is None:
            state = "payout_only"
        elif payout:
            state = "matched" if paid == booked else "amount_differs"
        elif refund["day"] and min(days) <= refund["day"] <= max(days):
            state = "refund_only"
        else:
            state = "outside_bank_file"
        return {
            "reconciliation_id": f"refund:{refund['refund_id']}"
            if refund
            else f"payout:{(payout or {})['payout_id']}",
            "payout_id": payout and payout["payout_id"],
            "method_code": refund and refund["method"],
            "reconciliation_state_code": state,
            "match_basis_code": basis,
            "refund_amount": paid,
            "payout_amount": booked,
            "difference_amount": (booked or 0) - (paid or 0),
            "refund_paid_date": refund and refund["day"],
            "payout_paid_date": payout and payout["day"],
        }


def frame_ad_costs(core: Recomputation, episodes: list[Record]) -> pd.DataFrame:
    """rpt_ad_costs: campaigns with ad costs; a month has sales, costs or both.

    Parameters
    ----------
    core : Recomputation
    episodes : list of record
        Of ``Costs.list_episodes``.
    """
    costs: Counter[tuple[str, date | None]] = Counter()
    known: set[tuple[str, date | None]] = set()
    for row in core.get("ad_costs"):
        day = date.fromisoformat(row["date"])
        if day <= AS_OF:
            place = row["campaign_code"], day.replace(day=1)
            known.add(place)
            costs[place] += int(row["amount"])
    sums: dict[tuple[str, date | None], Counter[str]] = defaultdict(Counter)
    campaigns = {campaign for campaign, _ in known}
    for row in episodes:
        if row["campaign_code"] in campaigns:
            month = row["cohort_date"] and row["cohort_date"].replace(day=1)
            sums[row["campaign_code"], month].update(
                episode_count=1,
                **{name: row[name] for name in ("delivered_count", "uncosted_count")},
                **{name: row[name] for name in ("net_sales", "contribution")},
            )
    return pd.DataFrame(list_ad_rows(known | sums.keys(), sums, costs, known))


def list_ad_rows(
    places: set[tuple[str, date | None]],
    sums: dict[tuple[str, date | None], Counter[str]],
    costs: Counter[tuple[str, date | None]],
    known: set[tuple[str, date | None]],
) -> Iterator[Record]:
    for place in places:
        total = sums[place]
        contribution = None if total["uncosted_count"] else total["contribution"]
        cost = costs[place] if place in known else None
        is_known = contribution is not None and cost is not None
        yield {
            "campaign_code": place[0],
            "month_start_date": place[1],
            "episode_count": total["episode_count"],
            "delivered_count": total["delivered_count"],
            "net_sales_amount": total["net_sales"],
            "contribution_amount": contribution,
            "ad_cost_amount": cost,
            "contribution_after_ads_amount": contribution - cost if is_known else None,
            "uncosted_count": total["uncosted_count"],
        }
