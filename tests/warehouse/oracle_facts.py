"""Facts of refunds, exchanges, outcomes and legs, and what sums them, a second time."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import (
    UNKNOWN,
    Record,
    is_known,
    to_day,
    was_begun,
    was_paid,
)
from tests.warehouse.oracle_cash import OUTSIDE
from tests.warehouse.oracle_costs import OWN_RETURNS
from tests.warehouse.oracle_episodes import Walk
from tests.warehouse.oracle_outcomes import OutcomeOracle

BY_HAND = ("phone", "mail")  # as the drawn contacts call them


class FactOracle:
    """Frames of single facts.

    Parameters
    ----------
    outcomes : OutcomeOracle
    walk : Walk
        Of the same rows.
    """

    def __init__(self, outcomes: OutcomeOracle, walk: Walk) -> None:
        self.outcomes = outcomes
        self.core = outcomes.core
        self.walk = walk
        self.orders = {
            row["return_line_id"]: self.core.order_lines.get(
                row.get("order_line_id") or "", row
            ).get("order_id")
            for row in self.core.requests
        }
        self.matched = self.orders.keys() | set(self.core.list_unrequested())

    def frame_return_lines(self) -> pd.DataFrame:
        """fct_return_lines: requests, and arrivals that nobody asked for."""
        rows = [
            {name: value for name, value in row.items() if name != "reason_code"}
            | {"order_id": self.orders[row["return_line_id"]], "has_request": True}
            for row in self.core.return_lines
        ]
        rows += [
            {
                "return_line_id": key,
                "sku": None,
                "channel_name": UNKNOWN,
                "return_type_code": None,
                "requested_count": 0,
                "sent_back_count": self.core.count_received(key, 1),
                "returned_count": 0,
                "returned_net_amount": None,
                "refunded_amount": self.core.sum_refunds().get(key, 0),
                "days_to_return": None,
                "is_matched": False,
                "is_product_return": False,
                "is_counted_in_cohort": False,
                "cohort_date": None,
                "has_request": False,
            }
            for key in self.core.list_unrequested()
        ]
        return pd.DataFrame(rows).drop(columns=["event_date", "order_line_id"], errors="ignore")

    def frame_refunds(self) -> pd.DataFrame:
        """fct_refunds: begun, paid or failed by the as-of day."""
        rows = []
        for row in self.core.get("refunds"):
            if not was_begun(row):
                continue
            is_paid = was_paid(row)
            line = row.get("return_line_id")
            rows.append(
                {
                    "refund_id": row["refund_id"],
                    "order_id": row.get("order_id") or self.orders.get(line or ""),
                    "method_code": row["method"],
                    "refund_amount": int(row["amount"]),
                    "fee_amount": None if row.get("fee") is None else int(row["fee"]),
                    "is_matched": line in self.matched,
                    "is_outside_cash": row["method"] in OUTSIDE,
                    "is_paid": is_paid,
                    "is_failed": is_known(row.get("failed_at")) and not is_paid,
                    "paid_date": to_day(row["paid_at"]) if is_paid else None,
                }
            )
        return pd.DataFrame(rows)

    def frame_exchanges(self) -> pd.DataFrame:
        """fct_exchanges: one row each, shipped or not."""
        rows = []
        for row in self.core.get("exchanges"):
            sku, shipped = self.core.sku_of(row["return_line_id"]), self.core.when_shipped(row)
            kind, steps = self.outcomes.kind_of(sku, row["replacement_sku"])
            rows.append(
                {
                    "exchange_id": row["exchange_id"],
                    "from_sku": sku,
                    "exchange_kind_code": kind,
                    "size_step_count": steps,
                    "is_shipped": shipped is not None,
                    "shipped_date": to_day(shipped),
                }
            )
        return pd.DataFrame(rows)

    def frame_outcomes(self) -> pd.DataFrame:
        """fct_return_outcomes of what was asked for."""
        return pd.DataFrame(self.describe_outcome(row) for row in self.core.return_lines)

    def describe_outcome(self, row: Record) -> Record:
        key, value = row["return_line_id"], row["returned_net_amount"]
        leg: Record = defaultdict(int)
        self.walk.add_money(leg, row)
        shipped = self.outcomes.list_shipped(key)
        kinds = Counter(self.outcomes.kind_of(row["sku"], e["replacement_sku"])[0] for e in shipped)
        money = self.walk.money.get(key, {})
        if shipped:
            outcome = "exchanged"
        elif "refunded" in money:
            outcome = "refunded"
        else:
            outcome = "credited" if "credited" in money else "none"
        retained = None
        if value is not None:
            kept = value - leg["refunded"] if shipped else min(leg["credited"], value)
            retained = max(kept, 0)
        moments = {
            "exchanged": [str(e["shipped_at"]) for e in shipped],
            "refunded": [
                r["paid_at"] for r in self.outcomes.refunds[key] if r["method"] != "credit"
            ],
            "credited": [
                r["paid_at"] for r in self.outcomes.refunds[key] if r["method"] == "credit"
            ],
            "none": [],
        }[outcome]
        sizes = kinds["size_up"] + kinds["size_down"]
        return {
            "return_line_id": key,
            "outcome_code": outcome,
            "refunded_amount": leg["refunded"],
            "credited_amount": leg["credited"],
            "retained_gross_amount": retained,
            "bonus_amount": leg["bonus"],
            "subsidy_amount": leg["subsidy"],
            "exchange_count": len(self.walk.exchanges[key]),
            "shipped_exchange_count": len(shipped),
            "size_exchange_count": sizes,
            "colour_exchange_count": kinds["colour"],
            "other_exchange_count": len(shipped) - sizes - kinds["colour"],
            "unknown_subsidy_count": leg["unknown"],
            "is_customer_return": row["return_type_code"] in OWN_RETURNS,
            "is_dropped": key in self.walk.dropped,
            "is_exchange_requested": bool(self.walk.exchanges[key])
            or self.outcomes.requests[key].get("requested_resolution") == "exchange",
            "event_date": row["event_date"],
            "resolved_date": min((d for d in map(to_day, moments) if d), default=None),
        }

    def frame_legs(self) -> pd.DataFrame:
        """fct_episode_legs: every step of every episode."""
        names = {
            "leg_number": "depth",
            "delivered_count": "delivered",
            "in_transit_count": "in_transit",
            "sent_back_count": "sent_back",
            "unfollowed_count": "unfollowed",
            "kept_count": "held",
            "price_difference_amount": "difference",
            "refunded_amount": "refunded",
            "credited_amount": "credited",
            "bonus_amount": "bonus",
            "subsidy_amount": "subsidy",
            "exchange_count": "exchanges",
            "unknown_subsidy_count": "unknown",
        }
        return pd.DataFrame(
            {"order_line_id": leg["key"], "episode_id": line["order_line_id"]}
            | {name: leg[of] for name, of in names.items()}
            | {"is_chain_cut": bool(leg["is_cut"]), "delivered_date": leg["day"]}
            for line, legs in self.walk.list_chains()
            for leg in legs
        )

    def frame_request_days(self) -> pd.DataFrame:
        """rpt_request_days: asked for on the web alone, asked for otherwise, not asked for."""
        helped = {
            row.get("order_id")
            for row in self.core.get("contacts")
            if is_known(row["contacted_at"])
            and row.get("topic") in ("return", "refund")
            and (row.get("channel") or "").strip().lower() in BY_HAND
        }
        counts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.core.return_lines:
            if row["return_type_code"] != "customer_return":
                continue
            request = self.outcomes.requests[row["return_line_id"]]
            is_web = request.get("request_channel") == "web"
            alone = is_web and self.orders[row["return_line_id"]] not in helped
            style = self.outcomes.developed.style_of(row["sku"]) if row["sku"] else None
            counts[style, row["channel_name"], row["event_date"]].update(
                request_line_count=1, web_completed_line_count=alone
            )
        for key in self.core.list_unrequested():
            days = [
                to_day(row["received_at"])
                for row in self.core.get("return_receipts")
                if row["return_line_id"] == key and is_known(row["received_at"])
            ]
            day = min((day for day in days if day), default=None)
            counts[None, UNKNOWN, day]["unrequested_line_count"] += 1
        names = ("request_line_count", "web_completed_line_count", "unrequested_line_count")
        return pd.DataFrame(
            {"style_id": style, "channel_name": channel, "event_date": day}
            | {name: total[name] for name in names}
            for (style, channel, day), total in counts.items()
        )
